"""The landmarks of all placements in one small file, to replay them in seconds.

Of each frame what MediaPipe said of the joints, the nose and the ears, which is all that a session
looks at: pixels to an eighth, metres to a thousandth, visibility to a
255th. Kept as differences from the frame before, since a body that keeps still compresses well.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.body.landmarks import LANDMARK_NAMES, PoseLandmarks
from formcheck.io.recording.track import Track

FILE: Final = Path(__file__).parent / "landmarks.npz"

_PIXEL_PARTS: Final = 8
_METRE_PARTS: Final = 1000
_VISIBILITY_PARTS: Final = 255
_COUNT: Final = len(LANDMARK_NAMES)
_LEFT_OUT: Final = tuple(
    number
    for number, name in enumerate(LANDMARK_NAMES)
    if any(part in name for part in ("eye", "mouth", "pinky", "thumb"))
    or name in ("left_index", "right_index")
)

Numbers = npt.NDArray[np.int16]


def save(tracks: Mapping[str, Track], path: Path = FILE) -> None:
    """Write the tracks by name; all in one file."""
    names = sorted(tracks)
    frames = [frame for name in names for frame in tracks[name]]
    rows = np.zeros((len(frames), _COUNT, 6), np.int64)
    found = np.zeros(len(frames), bool)
    for row, (_, landmarks) in enumerate(frames):
        if landmarks is None:
            continue
        found[row] = True
        rows[row, :, :2] = np.round(landmarks.image_xy * _PIXEL_PARTS)
        rows[row, :, 2:5] = np.round(landmarks.world_xyz * _METRE_PARTS)
        rows[row, :, 5] = np.round(landmarks.visibility * _VISIBILITY_PARTS)
        rows[row, _LEFT_OUT] = 0
    steps = np.diff(np.clip(rows, -32768, 32767), axis=0, prepend=0)
    sizes = [next((lm.image_size for _, lm in tracks[n] if lm is not None), (1, 1)) for n in names]
    np.savez_compressed(
        path,
        names=np.array(names),
        lengths=np.array([len(tracks[name]) for name in names], np.int32),
        sizes=np.array(sizes, np.int32),
        time_s=np.array([time_s for time_s, _ in frames], np.float32),
        found=found,
        # One landmark's numbers in a row, each wrapped to 16 bits: differences may be larger.
        steps=np.ascontiguousarray(np.moveaxis(steps, 0, -1).astype(np.uint16)),
    )


def load(path: Path = FILE) -> dict[str, Track]:
    """Return the tracks by name; none where nothing was saved yet."""
    if not path.exists():
        return {}
    with np.load(path) as saved:
        parts = {name: saved[name] for name in saved.files}
    summed = np.cumsum(np.moveaxis(parts["steps"], -1, 0), axis=0, dtype=np.uint16)
    rows: Numbers = summed.view(np.int16)
    times = np.round(parts["time_s"].astype(np.float64), 4)
    tracks: dict[str, Track] = {}
    start = 0
    for name, length, size in zip(parts["names"], parts["lengths"], parts["sizes"], strict=True):
        span = range(start, start + int(length))
        image_size = (int(size[0]), int(size[1]))
        tracks[str(name)] = [
            (float(times[i]), _landmarks(rows[i], image_size) if parts["found"][i] else None)
            for i in span
        ]
        start = span.stop
    return tracks


def _landmarks(row: Numbers, image_size: tuple[int, int]) -> PoseLandmarks:
    return PoseLandmarks(
        row[:, :2] / _PIXEL_PARTS,
        row[:, 2:5] / _METRE_PARTS,
        row[:, 5] / _VISIBILITY_PARTS,
        image_size,
    )
