"""A picture that carries its own time."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, eq=False, slots=True)
class Frame:
    """One picture from a camera or a clip."""

    image: npt.NDArray[np.uint8]
    """Shape (height, width, 3), channels blue, green, red; never mirrored."""
    time_s: float
    """When it was captured, in seconds: a camera's monotonic clock or the clip's own time."""
    index: int
    """Its number within the source, from 0; a camera's dropped frames leave holes."""


class FrameSource(Protocol):
    """Where frames come from; a camera and a clip keep the same contract.

    Times strictly grow, images are (height, width, 3) uint8, and closing twice is fine.
    """

    @property
    def name(self) -> str:
        """What a person calls it: "camera 0", a file's name, a URL."""

    @property
    def is_live(self) -> bool:
        """Whether frames come at their own pace and only the newest is handed on."""

    @property
    def ended(self) -> bool:
        """Whether no frame will ever come again."""

    @property
    def problem(self) -> str | None:
        """Why it ended before its time, in a sentence with the remedy; None where it did not."""

    def read(self, timeout_s: float = 0.5) -> Frame | None:
        """Return the next frame, or None where none came within `timeout_s` or none is left."""

    def close(self) -> None:
        """Let go of the device or file."""
