"""Paints the clips of the placements and lets MediaPipe look at them."""

import os
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.body.landmarks import PoseLandmarks
from formcheck.io.recording.track import Track
from formcheck.picture.frame import Frame
from samples.render.clip import Clip

Image = npt.NDArray[np.uint8]


class Filmed(Protocol):
    """What is to be painted before a camera."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture."""

    @property
    def barrel(self) -> float:
        """By what share of itself the lens draws the picture's corner nearer to the middle."""

    def clip(self) -> Clip:
        """Return what is to be painted."""


F = TypeVar("F", bound=Filmed)


def remade(placements: Sequence[F], processes: int) -> Iterator[tuple[F, Track]]:
    """Yield each placement with its landmarks, as they get ready."""
    context = get_context("spawn")
    with context.Pool(processes, _one_thread) as pool:
        yield from pool.imap_unordered(_track, placements)


def _one_thread() -> None:
    """Keep to one core, before numba is loaded."""
    os.environ["NUMBA_NUM_THREADS"] = "1"
    cv2.setNumThreads(1)


def _track(placement: F) -> tuple[F, Track]:
    from formcheck.io.detector import PoseDetector
    from samples.render.__main__ import pictures  # numba is needed from here on

    clip = placement.clip()
    width, height = placement.size
    bend = _Barrel(placement.size, placement.barrel) if placement.barrel else None
    times, track = clip.times(), list[tuple[float, PoseLandmarks | None]]()
    with PoseDetector() as detector:
        for index, pixels in enumerate(pictures(clip)):
            time_s = float(times[index])
            image: Any = np.frombuffer(pixels, np.uint8).reshape(height, width, 3)[..., ::-1]
            image = np.ascontiguousarray(image)
            if bend is not None:
                image = bend(image)
            track.append((time_s, detector.detect(Frame(image, time_s, index))))
    return placement, track


class _Barrel:
    """Bends a picture as a wide lens does: the further from the middle, the nearer to it."""

    def __init__(self, size: tuple[int, int], share: float) -> None:
        width, height = size
        x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
        x, y = x - width / 2, y - height / 2
        corner = np.hypot(width / 2, height / 2)
        out = 1.0 + share * (x * x + y * y) / corner**2
        self._x = (width / 2 + x * out).astype(np.float32)
        self._y = (height / 2 + y * out).astype(np.float32)

    def __call__(self, image: Image) -> Image:
        bent = cv2.remap(image, self._x, self._y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(bent, np.uint8)
