"""A screen for what draws in a window, where there is none."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def virtual_screen() -> Iterator[dict[str, str]]:
    """Start a virtual screen; give the environment that shows on it."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as number:
        display = f":{number.readline().strip()}"
    try:
        yield {**os.environ, "DISPLAY": display}
    finally:
        server.terminate()
        server.wait()
