"""Where formcheck keeps things, in folders and files that their owner alone can read."""

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, Literal

from platformdirs import user_cache_path, user_data_path

from formcheck.errors import FormcheckError

REPORT_NAME: Final = "report.html"
"""The page of the sessions, in the folder of the history."""

REMINDER_NAME: Final = "reminder.ics"
"""The reminder for one's calendar, beside it."""

OWNER_ONLY_FOLDER: Final = 0o700
OWNER_ONLY_FILE: Final = 0o600
"""On Windows these bits say little; there the system's own folders belong to their owner alone."""

Kind = Literal["file", "folder", "something else"]

_NOTHING_THERE: Final = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EINVAL)
"""The last for a name that no file can have on Windows, as one with a question mark."""

_BINARY: Final = getattr(os, "O_BINARY", 0)  # Windows changes line ends without it


def data_folder() -> Path:
    """Return the folder of the history; it need not be there yet."""
    return _of_home(user_data_path)


def cache_folder() -> Path:
    """Return the folder where an older formcheck kept what can be made again."""
    return _of_home(user_cache_path)


def _of_home(find: Callable[..., Path]) -> Path:
    """Return a folder of this account; one that no file can be in where it has no home."""
    try:
        return find("formcheck", appauthor=False)
    except RuntimeError:  # neither HOME nor the password file tells one
        return Path("~", "formcheck")


def make_private_folder(folder: Path) -> None:
    """Make a folder, and take away what others may do with it if it was there.

    Raises:
        OSError: It cannot be made, or it belongs to somebody else.
    """
    folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    _take_from_others(folder, OWNER_ONLY_FOLDER)


def make_private_file(path: Path) -> None:
    """Make an empty file, or take away what others may do with the one that is there.

    Raises:
        OSError: It cannot be made or written.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY_FILE))
    _take_from_others(path, OWNER_ONLY_FILE)


def write_privately(
    path: Path, write: Callable[[IO[bytes]], object], *, force: bool = False
) -> None:
    """Write a file that its owner alone can read, in one step: whole or not at all.

    Args:
        path: Where a person wants it.
        write: Writes the content into the open file.
        force: Replace a file that is there.

    Raises:
        FormcheckError: It is there and `force` is not given, or it cannot be written.
    """
    check_may_be_written(path, force=force)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        descriptor = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, OWNER_ONLY_FILE
        )
        with os.fdopen(descriptor, "wb") as file:
            write(file)
        os.replace(temporary, path)  # noqa: PTH105 - the atomic call, by name
    except OSError as error:
        raise FormcheckError(
            f"{path} cannot be written: {error.strerror}. Make room, or name a file elsewhere."
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def open_privately(path: Path) -> IO[bytes]:
    """Open a file that is not there yet, readable by its owner alone, to write it bit by bit.

    What is written is in the file at once, so that it is kept whatever happens to the program.

    Raises:
        OSError: It is there, or cannot be made.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
    return os.fdopen(os.open(path, flags, OWNER_ONLY_FILE), "wb", buffering=0)


def kind_of(path: Path) -> Kind | None:
    """Return what is at a path, links followed; None for nothing.

    pathlib's own `exists`, `is_file` and `is_dir` raise where that cannot be known, as for a name
    that is too long or a folder that is closed to us; from Python 3.14 on they answer no instead.

    Raises:
        OSError: It cannot be known.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if error.errno in _NOTHING_THERE:
            return None
        raise
    except ValueError:  # a name that no file has, as one with a zero byte
        return None
    if stat.S_ISREG(mode):
        return "file"
    return "folder" if stat.S_ISDIR(mode) else "something else"


def check_may_be_written(path: Path, *, force: bool) -> None:
    """See that a file that a person names replaces nothing it should not.

    Raises:
        FormcheckError: Something is there, and `force` is not given or it is no file.
        OSError: Nothing can be there, as for a name that is too long.
    """
    kind = kind_of(path)
    if kind not in (None, "file"):
        raise FormcheckError(f"{path} is no file that can be replaced. Name another one.")
    if kind and not force:
        raise FormcheckError(f"{path} is there already. Name another file, or add --force.")


def _take_from_others(path: Path, mode: int) -> None:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(mode)
