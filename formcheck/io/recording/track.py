"""The landmarks of a clip, saved behind the detector, to replay its judging in seconds."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
import numpy.typing as npt

from formcheck.body.landmarks import LANDMARK_NAMES, PoseLandmarks

Track = list[tuple[float, PoseLandmarks | None]]
"""The time of each frame in seconds, and the landmarks found in it."""

SUFFIX: Final = ".landmarks.npz"

_COUNT: Final = len(LANDMARK_NAMES)
_PIXEL_PARTS: Final = 16
_VISIBILITY_PARTS: Final = 255


_FRAME: Final = np.dtype(
    [
        ("time_s", "<f8"),
        ("is_found", "?"),
        ("image_size", "<i4", 2),
        ("image_xy", "<i4", (_COUNT, 2)),
        ("world_xyz", "<f2", (_COUNT, 3)),
        ("visibility", "u1", _COUNT),
    ]
)
_GROWING: Final = b"formcheck landmarks, frame by frame\n"
"""How a file begins that was cut short before it became an npz."""


class PackedTrack:
    """A track in as little memory as its file: pixels to a sixteenth, visibility to a 255th,
    metres to a half float. An hour at 30 frames a second takes about 55 MB.
    """

    def __init__(self, growing: IO[bytes] | None = None) -> None:
        """Start with no frame.

        Args:
            growing: An unbuffered file into which every frame goes at once, so that `load_track`
                reads it whenever it is cut short.

        Raises:
            OSError: It cannot be written.
        """
        self._frames = bytearray()
        self._growing = growing
        if growing is not None:
            growing.write(_GROWING)

    def __len__(self) -> int:
        """Return how many frames there are."""
        return len(self._frames) // _FRAME.itemsize

    def add(self, time_s: float, landmarks: PoseLandmarks | None) -> None:
        """Add the next frame, with None for nobody. All are of pictures of one size.

        Raises:
            OSError: It cannot be written into the growing file.
        """
        frame = np.zeros((), _FRAME)
        frame["time_s"], frame["is_found"] = time_s, landmarks is not None
        if landmarks is not None:
            frame["image_size"] = landmarks.image_size
            frame["image_xy"] = np.round(landmarks.image_xy * _PIXEL_PARTS)
            frame["world_xyz"] = landmarks.world_xyz
            frame["visibility"] = np.round(landmarks.visibility * _VISIBILITY_PARTS)
        self._frames.extend(frame.tobytes())
        if self._growing is not None:
            self._growing.write(frame.tobytes())

    def save(self, file: IO[bytes] | Path) -> None:
        """Write it as `load_track` reads it."""
        where: Any = file
        parts: dict[str, Any] = _parts(self._frames)
        np.savez_compressed(where, **parts)


def save_track(path: Path, track: Track) -> None:
    """Save a whole track."""
    packed = PackedTrack()
    for time_s, landmarks in track:
        packed.add(time_s, landmarks)
    packed.save(path)


def load_track(path: Path) -> Iterator[tuple[float, PoseLandmarks | None]]:
    """Yield what was saved, frame by frame; of a recording that was cut short, what there is."""
    with path.open("rb") as file:
        is_cut_short = file.read(len(_GROWING)) == _GROWING
        parts = _parts(file.read()) if is_cut_short else {}
    if not is_cut_short:
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


def _parts(frames: bytes | bytearray) -> dict[str, npt.NDArray[Any]]:
    """Return whole packed frames as the arrays that are saved, without a last one that is none."""
    packed = np.frombuffer(frames, _FRAME, count=len(frames) // _FRAME.itemsize)
    sizes = packed["image_size"][packed["is_found"]]
    return {
        **{name: packed[name] for name in packed.dtype.names or () if name != "image_size"},
        "image_size": sizes[0] if len(sizes) else np.array((1, 1)),
    }
