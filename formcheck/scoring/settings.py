"""By what files are scored: the same for each of them, wherever it is scored."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from formcheck.pose.definition import PoseDefinition

LONGEST_EVERY_S: Final = 0.25
"""With fewer pictures a second nothing can be counted: two have to lie within the half second that
a hold may be without one, and within the time over which a movement is measured."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Travels to the processes that score; nothing in it depends on a file."""

    poses: tuple[PoseDefinition, ...]
    """The pose to judge by; or, where the pose is to be found, all that are looked for."""
    is_sought: bool = False
    """The pose that fits best is found among `poses`."""
    model: Path | None = None
    """Another MediaPipe pose bundle; None for that of the package."""
    every_s: float | None = None
    """Seconds from one picture that is looked at to the next; None for every picture."""
    rotate_deg: int = 0
    """By how many degrees clockwise every picture is turned before it is looked at."""
    keeps_frames: bool = False
    """What was measured in each frame of a clip is kept with its score."""
    patience_s: float = 120.0
    """A process of its own that has come no further for so long hangs, and is ended."""
