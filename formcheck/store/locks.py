"""Which files belong to a program that still runs: of sessions under way, and of results."""

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
        if try_lock(descriptor):
            return cls(path, descriptor)
        os.close(descriptor)
        return None

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


def try_lock(descriptor: int) -> bool:
    """Lock an open file for as long as it is open here; whether no other program has it.

    On a file system without locks nobody has it: better told once too early than lost.
    """
    try:
        _lock(descriptor)
    except OSError as error:
        return error.errno not in _LOCKED
    return True


if sys.platform != "win32":
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
else:
    import msvcrt

    _NOBODY_READS_HERE: Final = 1 << 40
    """On Windows nobody else can read what is locked."""

    def _lock(descriptor: int) -> None:
        before = os.lseek(descriptor, 0, os.SEEK_CUR)
        os.lseek(descriptor, _NOBODY_READS_HERE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(descriptor, before, os.SEEK_SET)
