"""The landmarks of a clip, saved behind the detector, to replay its judging in seconds."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

import numpy as np

from formcheck.landmarks import LANDMARK_NAMES, PoseLandmarks

Track = list[tuple[float, PoseLandmarks | None]]
"""The time of each frame in seconds, and the landmarks found in it."""

SUFFIX: Final = ".landmarks.npz"

_COUNT: Final = len(LANDMARK_NAMES)
_PIXEL_PARTS: Final = 16
_VISIBILITY_PARTS: Final = 255


class PackedTrack:
    """A track in as little memory as its file: pixels to a sixteenth, visibility to a 255th,
    metres to a half float. An hour at 30 frames a second takes about 55 MB.
    """

    def __init__(self) -> None:
        """Start with no frame."""
        self._times_s: list[float] = []
        self._is_found: list[bool] = []
        self._image_xy = bytearray()
        self._world_xyz = bytearray()
        self._visibility = bytearray()
        self._image_size = (1, 1)

    def __len__(self) -> int:
        """Return how many frames there are."""
        return len(self._times_s)

    def add(self, time_s: float, landmarks: PoseLandmarks | None) -> None:
        """Add the next frame, with None for nobody. All are of pictures of one size."""
        self._times_s.append(time_s)
        self._is_found.append(landmarks is not None)
        if landmarks is None:
            self._image_xy.extend(bytes(_COUNT * 2 * 4))
            self._world_xyz.extend(bytes(_COUNT * 3 * 2))
            self._visibility.extend(bytes(_COUNT))
            return
        if self._image_size == (1, 1):
            self._image_size = landmarks.image_size
        pixels = np.round(landmarks.image_xy * _PIXEL_PARTS).astype(np.int32)
        visibility = np.round(landmarks.visibility * _VISIBILITY_PARTS).astype(np.uint8)
        self._image_xy.extend(pixels.tobytes())
        self._world_xyz.extend(landmarks.world_xyz.astype(np.float16).tobytes())
        self._visibility.extend(visibility.tobytes())

    def save(self, file: IO[bytes] | Path) -> None:
        """Write it as `load_track` reads it."""
        where: Any = file
        np.savez_compressed(
            where,
            time_s=np.array(self._times_s),
            is_found=np.array(self._is_found, dtype=bool),
            image_xy=np.frombuffer(self._image_xy, np.int32).reshape(-1, _COUNT, 2),
            world_xyz=np.frombuffer(self._world_xyz, np.float16).reshape(-1, _COUNT, 3),
            visibility=np.frombuffer(self._visibility, np.uint8).reshape(-1, _COUNT),
            image_size=np.array(self._image_size),
        )


def save_track(path: Path, track: Track) -> None:
    """Save a whole track."""
    packed = PackedTrack()
    for time_s, landmarks in track:
        packed.add(time_s, landmarks)
    packed.save(path)


def load_track(path: Path) -> Iterator[tuple[float, PoseLandmarks | None]]:
    """Yield what was saved, frame by frame."""
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
