"""Where the program starts: quick, and quiet when it is interrupted before it has begun."""

import signal
import sys


def main() -> None:
    """Run the command line and leave with its status.

    Until a session begins there is nothing to save, and Ctrl-C ends the process at once; a
    traceback out of a half-done import would help nobody. `formcheck.cli.interrupts` takes over.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from formcheck.cli.main import run, send_native_noise_away

    try:
        send_native_noise_away()
    except OSError as error:
        sys.exit(f"formcheck: FORMCHECK_NATIVE_LOG cannot be written: {error.strerror}.")
    sys.exit(run(sys.argv[1:]))
