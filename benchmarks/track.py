"""The landmarks of a clip, saved behind the detector, to replay its judging in seconds."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import numpy as np

from formcheck.landmarks import LANDMARK_NAMES, PoseLandmarks

Track = list[tuple[float, PoseLandmarks | None]]
"""The time of each frame in seconds, and the landmarks found in it."""

SUFFIX: Final = ".landmarks.npz"

_PIXEL_PARTS: Final = 16
_VISIBILITY_PARTS: Final = 255


def save_track(path: Path, track: Track) -> None:
    """Save a track: pixels to a sixteenth, visibility to a 255th, metres to a half float."""
    count = len(LANDMARK_NAMES)
    found = [landmarks for _, landmarks in track if landmarks is not None]
    size = found[0].image_size if found else (1, 1)
    nobody = PoseLandmarks(np.zeros((count, 2)), np.zeros((count, 3)), np.zeros(count), size)
    rows = [landmarks or nobody for _, landmarks in track]
    np.savez_compressed(
        path,
        time_s=np.array([time_s for time_s, _ in track]),
        is_found=np.array([landmarks is not None for _, landmarks in track]),
        image_xy=np.round(np.stack([r.image_xy for r in rows]) * _PIXEL_PARTS).astype(np.int32),
        world_xyz=np.stack([r.world_xyz for r in rows]).astype(np.float16),
        visibility=np.round(np.stack([r.visibility for r in rows]) * _VISIBILITY_PARTS).astype(
            np.uint8
        ),
        image_size=np.array(size),
    )


def load_track(path: Path) -> Iterator[tuple[float, PoseLandmarks | None]]:
    """Yield what `save_track` saved, frame by frame."""
    with np.load(path) as saved:
        parts = {name: saved[name] for name in saved.files}
    width, height = (int(edge) for edge in parts["image_size"])
    for number, time_s in enumerate(parts["time_s"]):
        landmarks = None
        if parts["is_found"][number]:
            landmarks = PoseLandmarks(
                parts["image_xy"][number] / _PIXEL_PARTS,
                parts["world_xyz"][number].astype(np.float64),
                parts["visibility"][number] / _VISIBILITY_PARTS,
                (width, height),
            )
        yield float(time_s), landmarks


def thinned(
    track: Iterable[tuple[float, PoseLandmarks | None]], step: int
) -> Iterator[tuple[float, PoseLandmarks | None]]:
    """Yield every `step`-th frame: the same clip from a slower camera."""
    for number, frame in enumerate(track):
        if number % step == 0:
            yield frame
