"""Which sessions under way belong to a program that still runs."""

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from formcheck.store.private_files import OWNER_ONLY_FILE

PREFIX: Final = "under-way-"

_LOCKED: Final = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class SessionLock:
    """A file that is locked for as long as its process lives: the system lets go of it, always.

    (A process number would not do: it is given again to others.)
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        """Hold this open and locked file."""
        self._path = path
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, folder: Path, session_id: int) -> Self | None:
        """Claim a session; None where a living process has it.

        Raises:
            OSError: The folder cannot be written.
        """
        path = folder / f"{PREFIX}{session_id}.lock"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY_FILE)
        try:
            _lock(descriptor)
        except OSError as error:
            if error.errno in _LOCKED:
                os.close(descriptor)
                return None
            # A file system without locks: better told once too early than lost.
        return cls(path, descriptor)

    def release(self) -> None:
        """Let go of the session and remove the file; twice is fine."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        if os.name == "posix":
            # While it is still locked, so that nobody locks a file that is about to go.
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        os.close(descriptor)
        with suppress(OSError):  # Windows removes no open file
            self._path.unlink(missing_ok=True)


if sys.platform != "win32":
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
else:
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
