"""The body's 33 landmarks, as a detector saw them in one picture."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

Side = Literal["left", "right"]

SIDES: Final[tuple[Side, Side]] = ("left", "right")
"""The person's own."""

LANDMARK_NAMES: Final = (
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
)
"""BlazePose's names, in its order."""

INDEX: Final = {name: index for index, name in enumerate(LANDMARK_NAMES)}

MIN_VISIBILITY: Final = 0.5
"""Below it a landmark was guessed rather than seen (reference: MediaPipe's own threshold, and the
footage on which the bands were measured)."""


def other_side(side: Side) -> Side:
    """Return "right" for "left" and the reverse."""
    return "right" if side == "left" else "left"


@dataclass(frozen=True, eq=False, slots=True)
class PoseLandmarks:
    """One person's landmarks in one picture, in the order of `LANDMARK_NAMES`.

    A landmark that is missing has coordinates that are not finite, or a visibility of 0.
    """

    image_xy: npt.NDArray[np.float64]
    """Shape (33, 2): pixels, x to the right, y down. May lie outside the picture."""
    world_xyz: npt.NDArray[np.float64]
    """Shape (33, 3): metres from the middle of the hips, x right, y down, z away from us."""
    visibility: npt.NDArray[np.float64]
    """Shape (33,): 0 (guessed) to 1 (seen)."""
    image_size: tuple[int, int]
    """The picture's width and height in pixels."""

    def __post_init__(self) -> None:
        """Check the shapes once, so that nothing later has to."""
        count = len(LANDMARK_NAMES)
        expected = {
            "image_xy": (count, 2),
            "world_xyz": (count, 3),
            "visibility": (count,),
        }
        for name, shape in expected.items():
            actual = getattr(self, name).shape
            if actual != shape:
                raise ValueError(f"{name} must have the shape {shape}, not {actual}")
        if min(self.image_size) <= 0:
            raise ValueError(f"image_size must be positive, not {self.image_size}")
