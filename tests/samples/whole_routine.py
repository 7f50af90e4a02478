"""The whole routine `hip-flexors` over both sides of both stretches as one clip.

First comes the whole session of the kneeling stretch, then the rest, in which somebody stands and
faces the camera, then the side bend from `low-lunge-side-bend`: down, bent and held as in the
sample, and up again backwards. The other side is the same in a mirror.
"""

from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.counting.truth import read_truth
from formcheck.body.landmarks import Side, other_side
from tests.samples import whole_session
from tests.samples.whole_session import FPS, even, frames_of, to_and_fro
from tests.shared import CHECKOUT

SIDE_BEND: Final = CHECKOUT / "samples" / "low-lunge-side-bend.mp4"

_HOLD: Final = (54, 86)
"""First and last frame in which the person rests in the bend, by the clip's script."""


def make_whole_routine(folder: Path, hold_s: float, rest_s: float, stands_s: float = 0) -> Path:
    """Write the routine as `folder/whole-routine.mp4`; each side is held for about `hold_s`.

    How long exactly, `true_held_s` says.

    Args:
        folder: For the clip.
        hold_s: Of each side of each stretch.
        rest_s: So long the person stands between the stretches.
        stands_s: So much longer before it begins.
    """
    path = folder / "whole-routine.mp4"
    frames = [*_kneeling(hold_s, stands_s), *_side_bend(hold_s, rest_s)]
    height, width = frames[0].shape[:2]
    writer = cv2.VideoWriter(
        str(path), cv2.VideoWriter.fourcc(*"mp4v"), FPS, (width, height), isColor=True
    )
    assert writer.isOpened()
    for frame in frames:
        writer.write(frame)
    writer.release()
    return path


def true_held_s(hold_s: float) -> dict[str, dict[Side, float]]:
    """Return the true seconds of each side in each pose, in the order they come."""
    side, held_s = _sample_held_s()
    each_s = 2 * held_s + _more_frames(hold_s) / FPS
    return {
        "lunge-stretch": whole_session.true_held_s(hold_s),
        "low-lunge-side-bend": {side: each_s, other_side(side): each_s},
    }


def _kneeling(hold_s: float, stands_s: float) -> list[npt.NDArray[np.uint8]]:
    frames = frames_of(whole_session.SAMPLE)
    standing = [number % 2 for number in range(round(stands_s * FPS))]
    return [frames[number] for number in [*standing, *whole_session.frame_order(hold_s)]]


def _side_bend(hold_s: float, rest_s: float) -> list[npt.NDArray[np.uint8]]:
    frames = frames_of(SIDE_BEND)
    down = range(_HOLD[1] + 1)
    side = [*down, *to_and_fro(*_HOLD, _more_frames(hold_s)), *reversed(down[:-1])]
    standing = [number % 2 for number in range(round(rest_s * FPS))]
    mirrored = [np.ascontiguousarray(frame[:, ::-1]) for frame in frames]
    return [
        *(frames[number] for number in [*standing, *side]),
        *(mirrored[number] for number in [*side, *standing[: 2 * FPS]]),
    ]


def _more_frames(hold_s: float) -> int:
    return even((hold_s - 2 * _sample_held_s()[1]) * FPS)


def _sample_held_s() -> tuple[Side, float]:
    """Return the side, and the true seconds from where the hold begins to its turning point."""
    (held,) = [interval for interval in read_truth(SIDE_BEND).intervals if interval.held]
    assert held.stretched_side is not None
    return held.stretched_side, _HOLD[1] / FPS - held.start_s
