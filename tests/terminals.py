"""A terminal of any width and encoding, with a program in it."""

import codecs
import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Terminal:
    """A program in a terminal, as whoever sits at it has it."""

    program: "subprocess.Popen[bytes]"
    _end: int
    written: bytes = b""
    """All that came on the screen so far."""

    def read(self, for_s: float, until: bytes = b"") -> bytes:
        """Read for so long, or until this has come after the call; return what has."""
        start, stop_s = len(self.written), time.monotonic() + for_s
        while time.monotonic() < stop_s:
            if until and until in self.written[start:]:
                break
            if not select.select([self._end], [], [], 0.1)[0]:
                if self.program.poll() is not None:
                    break
                continue
            try:
                got = os.read(self._end, 65536)
            except OSError:  # whoever wrote is gone
                break
            self.written += got
        return self.written[start:]

    def type(self, keys: bytes) -> None:
        """Press these keys."""
        os.write(self._end, keys)

    def close(self) -> int:
        """Wait for the program, and return its status."""
        status = self.program.wait(60)
        os.close(self._end)
        return status


def terminal(
    command: Sequence[str | Path], *, columns: int, home: Path, **environment: str
) -> Terminal:
    """Run a command in a terminal that is so wide, with a home folder of its own."""
    end, other = pty.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def take_it() -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl-Z and Ctrl-C are for it

    program = subprocess.Popen(
        command, stdin=other, stdout=other, stderr=other, cwd=home, start_new_session=True,
        preexec_fn=take_it,  # noqa: PLW1509 - nothing else runs when this is called
        env={"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm", **environment},
    )  # fmt: skip
    os.close(other)
    return Terminal(program, end)


def shown(written: bytes, encoding: str) -> str:
    """Return what a terminal of this encoding shows; what is no text there is an error."""
    return codecs.decode(written, encoding).replace("\r\n", "\n")
