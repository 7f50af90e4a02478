"""Pictures of a camera that stands on its side or on its head, turned upright."""

from dataclasses import replace
from typing import Final

import numpy as np

from formcheck.picture.frame import Frame, FrameSource

TURNS: Final = (0, 90, 180, 270)
"""Degrees clockwise."""


def turned(frame: Frame, clockwise_deg: int) -> Frame:
    """Return the frame with its picture turned by so many degrees, one of `TURNS`."""
    image = np.ascontiguousarray(np.rot90(frame.image, -clockwise_deg // 90))
    return replace(frame, image=image)


class TurnedSource:
    """A source whose every picture is turned before anybody looks at it."""

    def __init__(self, source: FrameSource, clockwise_deg: int) -> None:
        """Hand on the pictures of this source, turned by one of `TURNS`."""
        self._source = source
        self._clockwise_deg = clockwise_deg

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self._source.name

    @property
    def is_live(self) -> bool:
        """Whether frames come at their own pace."""
        return self._source.is_live

    @property
    def ended(self) -> bool:
        """Whether no frame will ever come again."""
        return self._source.ended

    @property
    def problem(self) -> str | None:
        """Why it ended before its time."""
        return self._source.problem

    def read(self, timeout_s: float = 0.5) -> Frame | None:
        """Return the next frame, turned."""
        frame = self._source.read(timeout_s)
        return None if frame is None else turned(frame, self._clockwise_deg)

    def close(self) -> None:
        """Let go of the device or file."""
        self._source.close()
