"""MediaPipe's pose model behind the project's own types. No other module imports mediapipe."""

import os
from pathlib import Path
from typing import Final, Literal, Self

import cv2
import numpy as np
import numpy.typing as npt

# Read by MediaPipe's libraries as they load: errors only.
os.environ.setdefault("GLOG_minloglevel", "2")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

from formcheck.io.no_microphone import no_microphone
from formcheck.io.no_plots import no_plots

with no_plots(), no_microphone():  # MediaPipe wants them for what nobody asks for here
    import mediapipe as mp
    from mediapipe.tasks.python import BaseOptions, vision

from formcheck.body.landmarks import PoseLandmarks
from formcheck.errors import FormcheckError
from formcheck.io.model import model_file, read_model
from formcheck.picture.frame import Frame

Kind = Literal["video", "photo"]

_MODES: Final = {"video": vision.RunningMode.VIDEO, "photo": vision.RunningMode.IMAGE}


class PoseDetector:
    """Finds one person's landmarks in a picture.

    For a video it follows the person from frame to frame and smooths by the frames' real times.
    """

    def __init__(self, kind: Kind = "video", model: Path | None = None) -> None:
        """Load the model: the one of the package, or a `.task` bundle.

        Raises:
            FormcheckError: There is no model, or it is none.
        """
        options = vision.PoseLandmarkerOptions(
            base_options=_base_options(model),
            running_mode=_MODES[kind],
        )
        try:
            self._landmarker = _opened(options)
        except (RuntimeError, ValueError) as error:
            if model is None:
                raise
            raise FormcheckError(
                f"MediaPipe cannot use the model {model}. --model takes a pose landmarker's .task "
                f"file ({str(error).splitlines()[0]:.200})."
            ) from error
        self._kind = kind
        self._last_ms = -1

    def detect(self, frame: Frame) -> PoseLandmarks | None:
        """Return the person's landmarks, in pixels of the frame as it is; None for nobody.

        A detector for videos takes frames in the order of their times.
        """
        image = _picture(frame)
        if self._kind == "photo":
            result = self._landmarker.detect(image)
        else:
            self._last_ms = max(self._last_ms + 1, round(frame.time_s * 1000))
            result = self._landmarker.detect_for_video(image, self._last_ms)
        if not result.pose_landmarks:
            return None
        height, width = frame.image.shape[:2]
        found, world = result.pose_landmarks[0], result.pose_world_landmarks[0]
        return PoseLandmarks(
            image_xy=_array([(point.x * width, point.y * height) for point in found]),
            world_xyz=_array([(point.x, point.y, point.z) for point in world]),
            visibility=_array([point.visibility for point in found]),
            image_size=(width, height),
        )

    def close(self) -> None:
        """Let go of the model; twice is fine."""
        _close(self._landmarker)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the model."""
        self.close()


class PeopleCounter:
    """Counts the people in a picture, up to two: whether one person is alone in it.

    A second, slower look beside `PoseDetector`, which finds one person and follows them. Loaded
    at the first count.
    """

    def __init__(self, model: Path | None = None) -> None:
        """Count with the model of the package, or a `.task` bundle."""
        self._model = model
        self._landmarker: vision.PoseLandmarker | None = None

    def count(self, frame: Frame) -> int:
        """Return how many people are in the picture: 0, 1, or 2 for more than one.

        Raises:
            FormcheckError: There is no model, or it is none.
        """
        self.load()
        assert self._landmarker is not None
        return len(self._landmarker.detect(_picture(frame)).pose_landmarks)

    def load(self) -> None:
        """Load the model now, so that the first count need not; twice is fine.

        Raises:
            FormcheckError: There is no model, or it is none.
        """
        if self._landmarker is None:
            self._landmarker = _opened(
                vision.PoseLandmarkerOptions(
                    base_options=_base_options(self._model),
                    running_mode=vision.RunningMode.IMAGE,
                    num_poses=2,
                )
            )

    def close(self) -> None:
        """Let go of the model; twice is fine."""
        if self._landmarker is not None:
            _close(self._landmarker)
            self._landmarker = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the model."""
        self.close()


def _base_options(model: Path | None) -> BaseOptions:
    file = model_file(model)
    if file is not None:
        return BaseOptions(model_asset_path=str(file))
    return BaseOptions(model_asset_buffer=read_model(model))


_open: Final[set[vision.PoseLandmarker]] = set()
"""Every landmarker until it is closed. One that the garbage collector finds unclosed waits for ever
for a thread of its own (mediapipe 0.10.31); what is held here it never finds."""


def _opened(options: vision.PoseLandmarkerOptions) -> vision.PoseLandmarker:
    landmarker = vision.PoseLandmarker.create_from_options(options)
    _open.add(landmarker)
    return landmarker


def unclosed() -> int:
    """Return how many landmarkers are open in this process."""
    return len(_open)


def _close(landmarker: vision.PoseLandmarker) -> None:
    if landmarker in _open:
        _open.discard(landmarker)
        landmarker.close()


def _picture(frame: Frame) -> mp.Image:
    return mp.Image(mp.ImageFormat.SRGB, cv2.cvtColor(frame.image, cv2.COLOR_BGR2RGB))


def _array(values: object) -> npt.NDArray[np.float64]:
    return np.array(values, dtype=np.float64)
