"""The pose model: made once from the files that MediaPipe's wheel carries, kept in the cache."""

import hashlib
import io
import os
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from formcheck.errors import FormcheckError
from formcheck.store.place import cache_folder, make_private_folder

_RECIPE: Final = b"1"
"""Changes when the bundle is put together differently, so that an old one is not used."""


@dataclass(frozen=True, slots=True)
class ModelPart:
    """One TFLite model of the bundle."""

    wheel_path: str
    """Within the mediapipe package."""
    bundle_name: str
    mean: float
    std: float
    """Pixels (0 to 255) are given to the model as (pixel - mean) / std."""


PARTS: Final = (
    ModelPart("modules/pose_detection/pose_detection.tflite", "pose_detector.tflite", 127.5, 127.5),
    ModelPart(
        "modules/pose_landmark/pose_landmark_full.tflite", "pose_landmarks_detector.tflite", 0, 255
    ),
)

Normalise = Callable[[bytes, float, float], bytes]
"""Writes the mean and standard deviation into a model's metadata."""


def model_bundle(normalise: Normalise, cache: Path | None = None) -> bytes:
    """Return the bundle MediaPipe's `PoseLandmarker` reads, from the cache where it is there.

    A cache that cannot be read or written costs a third of a second at each start, nothing else.

    Raises:
        FormcheckError: The installed MediaPipe carries no model.
    """
    models = [_wheel_file(part.wheel_path) for part in PARTS]
    digest = hashlib.sha256(_RECIPE + b"".join(models)).hexdigest()
    folder = cache or cache_folder()
    path = folder / f"pose-full-{digest[:16]}.task"
    try:
        content = path.read_bytes()
        if zipfile.is_zipfile(io.BytesIO(content)):
            return content
    except OSError:
        pass
    content = _put_together(models, normalise)
    _keep(path, content)
    return content


def read_model(path: Path) -> bytes:
    """Return a `.task` bundle that the person chose.

    Raises:
        FormcheckError: There is none, or it is none.
    """
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


def _wheel_file(name: str) -> bytes:
    spec = find_spec("mediapipe")
    folders = (spec.submodule_search_locations or []) if spec else []
    for folder in folders:
        path = Path(folder) / name
        if path.is_file():
            return path.read_bytes()
    raise FormcheckError(
        "The installed mediapipe carries no pose model. Install a version from 0.10.18 to below "
        "0.10.30, or name a model with --model FILE.task."
    )


def _put_together(models: list[bytes], normalise: Normalise) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as bundle:  # MediaPipe maps it unpacked
        for part, model in zip(PARTS, models, strict=True):
            # A fixed date, so that the same models make the same bytes.
            entry = zipfile.ZipInfo(part.bundle_name, date_time=(1980, 1, 1, 0, 0, 0))
            bundle.writestr(entry, normalise(model, part.mean, part.std))
    return buffer.getvalue()


def _keep(path: Path, content: bytes) -> None:
    """Write the file in one step, so that a second start never reads half of it."""
    temporary = None
    try:
        make_private_folder(path.parent)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            temporary = Path(file.name)
            file.write(content)
        os.replace(temporary, path)  # noqa: PTH105 - the atomic call, by name
    except OSError:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
