"""Everything that formcheck ever wrote by itself, and its removal."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from formcheck.errors import FormcheckError
from formcheck.store.database import FILE_NAME, SIDECARS
from formcheck.store.locks import PREFIX, SessionLock
from formcheck.store.private_files import REMINDER_NAME, REPORT_NAME, cache_folder, data_folder

_DATA: Final = (
    (FILE_NAME, "sessions second by second, personal depth and what else was remembered"),
    *((f"{FILE_NAME}{sidecar}", "a part of it") for sidecar in SIDECARS),
    (REPORT_NAME, "the page of the sessions"),
    (REMINDER_NAME, "the reminder for your calendar"),
    ("history-damaged-*", "a damaged history that was set aside"),
    (f"{PREFIX}*.lock", "left by a session that was cut off"),
)
_CACHE: Final = (
    ("pose-full-*.task", "the pose model, by an older formcheck"),
    ("tmp*", "left by a start of an older formcheck that was cut off"),
    ("matplotlib", "a list of this machine's fonts, by an older formcheck"),
)


@dataclass(frozen=True, slots=True)
class Trace:
    """A file or folder that formcheck wrote."""

    path: Path
    what: str
    """What is in it, for its owner."""
    size: int
    """In bytes."""


def traces(data: Path | None = None, cache: Path | None = None) -> list[Trace]:
    """Return what is there of all that formcheck writes without being told a file to write."""
    return [
        *_found(data_folder() if data is None else data, _DATA),
        *_found(cache_folder() if cache is None else cache, _CACHE),
    ]


def is_session_under_way(data: Path | None = None) -> bool:
    """Tell whether a living process writes the history now."""
    folder = data_folder() if data is None else data
    for path in folder.glob(f"{PREFIX}*.lock"):
        number = path.stem.removeprefix(PREFIX)
        if not number.isdecimal():
            continue
        try:
            lock = SessionLock.take(folder, int(number))
        except OSError:
            continue
        if lock is None:
            return True
        lock.release()
    return False


def remove(trace: Trace) -> None:
    """Remove a trace, and its folder where that is empty then.

    Raises:
        FormcheckError: It cannot be removed.
    """
    try:
        if trace.path.is_dir() and not trace.path.is_symlink():
            shutil.rmtree(trace.path)
        else:
            trace.path.unlink(missing_ok=True)
    except OSError as error:
        raise FormcheckError(
            f"{trace.path} cannot be removed: {error.strerror}. Close what uses it, and see to "
            "the rights of its folder."
        ) from error
    with suppress(OSError):  # other things are in it, and stay
        os.rmdir(trace.path.parent)  # noqa: PTH106


def _found(folder: Path, wanted: tuple[tuple[str, str], ...]) -> Iterator[Trace]:
    for pattern, what in wanted:
        for path in sorted(folder.glob(pattern)):
            files = [path] if path.is_file() else path.rglob("*")
            yield Trace(path, what, sum(each.lstat().st_size for each in files))
