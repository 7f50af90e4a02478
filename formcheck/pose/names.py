"""What poses and routines are called, and where formcheck's own are: known before any is read."""

import difflib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

NAME: Final = r"^[a-z0-9][a-z0-9_-]{0,60}$"
"""The name of a pose or a routine: never a path."""

ROUTINES_FOLDER: Final = "routines"
"""Beside the poses."""


def poses_folder() -> Path:
    """Return the folder of the poses: inside the installed package, or beside it in a checkout."""
    installed = Path(str(files("formcheck"))) / "poses"
    return installed if installed.is_dir() else installed.parent.parent / "poses"


def nearest(name: str, known: Sequence[str]) -> list[str]:
    """Return the name that was probably meant, if any: one that begins so, or is spelled alike."""
    begun = [whole for whole in known if name and whole.startswith(name)]
    return begun[:1] or difflib.get_close_matches(name, known, n=1, cutoff=0.4)
