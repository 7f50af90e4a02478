"""Where formcheck keeps things, in folders and files that their owner alone can read."""

import os
import stat
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path, user_data_path

OWNER_ONLY_FOLDER: Final = 0o700
OWNER_ONLY_FILE: Final = 0o600
"""On Windows these bits say little; there the system's own folders belong to their owner alone."""


def data_folder() -> Path:
    """Return the folder of the history; it need not be there yet."""
    return user_data_path("formcheck", appauthor=False)


def cache_folder() -> Path:
    """Return the folder of the model, which can be made again; it need not be there yet."""
    return user_cache_path("formcheck", appauthor=False)


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


def _take_from_others(path: Path, mode: int) -> None:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(mode)
