"""What the picture is like, apart from the person in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The picture itself, measured now and then; the newest there is goes with each frame."""

    brightness: float
    """Mean luma, 0 (black) to 255."""
    contrast: float
    """Standard deviation of the luma: near 0 where a lens is covered."""
    sharpness: float | None = None
    """The share of the picture's range of tones that its sharpest edges cross within one pixel of a
    copy 320 pixels wide, 0 to about 0.4; None where it was not measured, or nothing shows it."""
    people: int | None = None
    """How many people are in the picture, 2 for more than one; None where they were not counted
    lately."""
