"""Where the program starts: quick, and quiet when it is interrupted before it has begun."""

import os
import signal
import sys
import threading
from contextlib import suppress

from formcheck.cli.garbage import collect_less


def main() -> None:
    """Run the command line and leave with its status.

    Until a session begins there is nothing to save, and Ctrl-C ends the process at once; a
    traceback out of a half-done import would help nobody. `formcheck.cli.interrupts` takes over.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    collect_less()
    # Nobody's plugins: they are looked for in every package installed, while a person waits.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Read as OpenCV loads: with them Windows may take a minute to open a camera.
    os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
    from formcheck.cli.main import run, send_native_noise_away
    from formcheck.cli.output.streams import make_safe

    make_safe()
    try:
        send_native_noise_away()
    except OSError as error:
        sys.exit(f"formcheck: FORMCHECK_NATIVE_LOG cannot be written: {error.strerror}.")
    leave(run(sys.argv[1:]))


def leave(status: int) -> None:
    """End the process with this status.

    A camera that hangs leaves its thread within OpenCV, and the interpreter's orderly end would
    take the library down under it: the process would die of a signal in place of its status.
    """
    if any(thread.daemon for thread in threading.enumerate()):
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(status)
    sys.exit(status)
