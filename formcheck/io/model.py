"""The pose model that travels in the package, or the bundle that the person names."""

import hashlib
import os
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Final

from formcheck.errors import FormcheckError

MODEL_NAME: Final = "pose_full.task"
"""In `formcheck/models`; `README.md` beside it tells where it comes from."""


def read_model(path: Path | None = None) -> bytes:
    """Return a bundle's content: of ours, or of the one at `path`.

    Ours is read as a resource, so that it is found in a zipped or read-only package too.

    Raises:
        FormcheckError: There is none at `path`, or it is none.
    """
    if path is None:
        return (files("formcheck") / "models" / MODEL_NAME).read_bytes()
    _check_is_bundle(path)
    return path.read_bytes()


def model_file(path: Path | None = None) -> Path | None:
    """Return where a bundle lies as a file that MediaPipe can open by itself; None where it cannot.

    It maps the file, and needs a tenth less memory than for a copy. A zipped package has no such
    file, and the letters of a Windows path may be none that the library reads.

    Raises:
        FormcheckError: There is none at `path`, or it is none.
    """
    if path is not None:
        _check_is_bundle(path)
    place = files("formcheck") / "models" / MODEL_NAME if path is None else path
    if not isinstance(place, Path) or not place.is_file():
        return None
    return place if os.name == "posix" or str(place).isascii() else None


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a bundle, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _check_is_bundle(path: Path) -> None:
    try:
        with path.open("rb") as file:
            is_bundle = zipfile.is_zipfile(file)
    except OSError as error:
        raise FormcheckError(
            f"The model {path} cannot be read: {error.strerror}. Check the path given to --model."
        ) from error
    if not is_bundle:
        raise FormcheckError(
            f"{path} is not a MediaPipe pose bundle. --model takes a .task file, for instance "
            "pose_landmarker_heavy.task."
        )
