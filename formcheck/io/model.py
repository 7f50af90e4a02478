"""The pose model that travels in the package, or the bundle that the person names."""

import hashlib
import io
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Final

from formcheck.errors import FormcheckError

MODEL_NAME: Final = "pose_full.task"
"""In `formcheck/models`; `README.md` beside it tells where it comes from."""


def read_model(path: Path | None = None) -> bytes:
    """Return a bundle as MediaPipe's `PoseLandmarker` reads it: ours, or the one at `path`.

    Ours is read as a resource, so that it is found in a zipped or read-only package too.

    Raises:
        FormcheckError: There is none at `path`, or it is none.
    """
    if path is None:
        return (files("formcheck") / "models" / MODEL_NAME).read_bytes()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FormcheckError(
            f"The model {path} cannot be read: {error.strerror}. Check the path given to --model."
        ) from error
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise FormcheckError(
            f"{path} is not a MediaPipe pose bundle. --model takes a .task file, for instance "
            "pose_landmarker_heavy.task."
        )
    return content


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a bundle, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
