"""Whether a file that a person names is one that can be opened at all."""

import os
from pathlib import Path

from formcheck.errors import FormcheckError
from formcheck.io.cameras.address import hint_for_address
from formcheck.store.private_files import kind_of


def check_is_file(path: Path) -> None:
    """Check that there is such a file, and that it may be read.

    Raises:
        FormcheckError: It is none, with what to do.
    """
    try:
        kind = kind_of(path)
        if kind == "folder":
            raise FormcheckError(f"{path} is a folder. Name a file in it.")
        if kind != "file":
            hint = (
                hint_for_address(str(path))
                or f"There is no file {path}. Check its name and folder."
            )
            raise FormcheckError(hint)
        if not has_letters(path):
            raise FormcheckError(
                f"The name {path} holds bytes that are no letters. Rename the file."
            )
        with path.open("rb"):
            pass
    except OSError as error:
        raise FormcheckError(
            f"{path} cannot be opened: {error.strerror}. Check its name and its rights."
        ) from error


def first_bytes(path: Path, count: int) -> bytes:
    """Return how a file begins; nothing where it cannot be opened, or is no file."""
    # pathlib raises where a name is too long, or its folder is closed to us.
    if not os.path.isfile(path):  # noqa: PTH113
        return b""
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError:
        return b""


def has_letters(path: Path) -> bool:
    """Tell whether a name is whole letters; native libraries crash on one that is not."""
    try:
        return bool(str(path).encode("utf-8"))
    except UnicodeEncodeError:
        return False
