"""A whole session over both sides as one clip, made from a short sample.

`changes-sides` has everything but the length: somebody stands, kneels, holds, stands up, turns
round, kneels on the other side and holds. Its holds are played forwards and backwards for as long
as is asked. They begin and end in stillness, so what is seen is a person who breathes and sways a
little, and no jump. At the end the person stands up as they came down, backwards.
"""

from functools import cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.counting.track import SUFFIX, Track, load_track
from benchmarks.counting.truth import read_truth
from formcheck.body.landmarks import Side
from tests.shared import CHECKOUT

SAMPLE: Final = CHECKOUT / "samples" / "changes-sides.mp4"
FPS: Final = 10

_FIRST_HOLD: Final = (29, 69)
"""First and last frame in which the person rests in the first stretch, by the clip's script."""
_TURNED: Final = 103
"""The frame in which the person has turned round and stands."""
_LAST_HOLD: Final = (127, 166)
_STANDS: Final = 15
"""Frames of standing at the end."""


def make_whole_session(folder: Path, hold_s: float = 62, stands_s: float = 0) -> Path:
    """Write the session as `folder/whole-session.mp4`; each side is held for about `hold_s`.

    How long exactly, `true_held_s` says. The person stands for `stands_s` longer before it begins.
    """
    path = folder / "whole-session.mp4"
    frames = frames_of(SAMPLE)
    height, width = frames[0].shape[:2]
    writer = cv2.VideoWriter(
        str(path), cv2.VideoWriter.fourcc(*"mp4v"), FPS, (width, height), isColor=True
    )
    assert writer.isOpened()
    standing = [number % 2 for number in range(round(stands_s * FPS))]
    for number in [*standing, *frame_order(hold_s)]:
        writer.write(frames[number])
    writer.release()
    return path


def whole_session_track(hold_s: float = 62) -> Track:
    """Return the session's landmarks, from those saved for the sample: no picture is needed."""
    sample = list(load_track(SAMPLE.with_suffix(SUFFIX)))
    return [(at / FPS, sample[number][1]) for at, number in enumerate(frame_order(hold_s))]


def true_held_s(hold_s: float = 62) -> dict[Side, float]:
    """Return the true seconds of each stretched side in the session, in the order they come."""
    first, last = _sample_held_s()
    (side_1, held_1), (side_2, held_2) = first, last
    more_1, more_2 = _more_frames(hold_s)
    return {side_1: held_1 + more_1 / FPS, side_2: 2 * held_2 + more_2 / FPS}


def frame_order(hold_s: float = 62) -> list[int]:
    """Return which frame of the sample is shown in each frame of the session."""
    more_1, more_2 = _more_frames(hold_s)
    down = list(range(_TURNED, _LAST_HOLD[1] + 1))
    return [
        *range(_FIRST_HOLD[1] + 1),
        *to_and_fro(*_FIRST_HOLD, more_1),
        *range(_FIRST_HOLD[1] + 1, _TURNED),
        *down,
        *to_and_fro(*_LAST_HOLD, more_2),
        *reversed(down[:-1]),
        *(_TURNED + number % 2 for number in range(_STANDS)),
    ]


def _more_frames(hold_s: float) -> tuple[int, int]:
    """Return how many frames each hold is longer than in the sample: even numbers."""
    (_, held_1), (_, held_2) = _sample_held_s()
    return even((hold_s - held_1) * FPS), even((hold_s - 2 * held_2) * FPS)


def even(number: float) -> int:
    """Return the nearest even number that is not negative."""
    return max(0, 2 * round(number / 2))


def to_and_fro(first: int, last: int, count: int) -> list[int]:
    """Return `count` frames that leave from `last`, go back at most to `first`, and return."""
    order: list[int] = []
    while len(order) < count:
        away = min(last - first, (count - len(order)) // 2)
        order += [*range(last - 1, last - away - 1, -1), *range(last - away + 1, last + 1)]
    return order


@cache
def _sample_held_s() -> tuple[tuple[Side, float], tuple[Side, float]]:
    """Return side and true seconds of the sample's two holds; the second as far as it is filmed."""
    first, last = [i for i in read_truth(SAMPLE).intervals if i.held]
    assert first.stretched_side is not None
    assert last.stretched_side is not None
    return (first.stretched_side, first.duration_s), (last.stretched_side, last.duration_s)


def frames_of(clip: Path) -> list[npt.NDArray[np.uint8]]:
    """Return every frame of a clip, each (height, width, 3) blue-green-red."""
    capture = cv2.VideoCapture(str(clip))
    frames: list[npt.NDArray[np.uint8]] = []
    while True:
        is_there, frame = capture.read()
        if not is_there:
            return frames
        frames.append(np.asarray(frame, np.uint8))
