"""Small drawings made once and stamped on every frame, with soft edges."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.ui.drawing.colours import Colour
from formcheck.ui.drawing.layout import Size

Pixels = npt.NDArray[np.uint8]
"""(height, width, 3) blue-green-red."""
Mask = npt.NDArray[np.uint8]
"""(height, width): 0 leaves what is below, 255 covers it."""

_FINER = 4
"""Masks are drawn so much larger and shrunk, for soft edges."""


@dataclass(frozen=True, eq=False, slots=True)
class Sprite:
    """A drawing with transparency: `below * keep / 255 + add`."""

    add: Pixels
    keep: Pixels

    @property
    def size(self) -> Size:
        """Width and height in pixels."""
        return self.add.shape[1], self.add.shape[0]

    def stamp(self, canvas: Pixels, x: int, y: int) -> None:
        """Put it on a canvas with its upper left corner at (x, y); what sticks out is cut off."""
        width, height = self.size
        left, top = max(0, x), max(0, y)
        right, bottom = min(canvas.shape[1], x + width), min(canvas.shape[0], y + height)
        if right <= left or bottom <= top:
            return
        part = np.s_[top - y : bottom - y, left - x : right - x]
        below = canvas[top:bottom, left:right]
        cv2.multiply(below, self.keep[part], dst=below, scale=1 / 255)
        cv2.add(below, self.add[part], dst=below)


def coloured(mask: Mask, colour: Colour) -> Sprite:
    """Make a sprite of one colour from a mask."""
    keep = cv2.merge([cv2.bitwise_not(mask)] * 3).astype(np.uint8, copy=False)
    add = cv2.merge([cv2.convertScaleAbs(mask, alpha=part / 255) for part in colour])
    return Sprite(add=add.astype(np.uint8, copy=False), keep=keep)


@lru_cache(maxsize=64)
def rounded(width: int, height: int, radius: int) -> Mask:
    """Return the mask of a rectangle with round corners; at least one pixel each way."""
    width, height = max(1, width), max(1, height)
    big: Mask = np.zeros((height * _FINER, width * _FINER), np.uint8)
    reach = min(radius, width // 2, height // 2) * _FINER
    right, bottom = width * _FINER - 1, height * _FINER - 1
    cv2.rectangle(big, (reach, 0), (right - reach, bottom), (255,), cv2.FILLED)
    cv2.rectangle(big, (0, reach), (right, bottom - reach), (255,), cv2.FILLED)
    for x in (reach, right - reach):
        for y in (reach, bottom - reach):
            cv2.circle(big, (x, y), reach, (255,), cv2.FILLED)
    small = cv2.resize(big, (width, height), interpolation=cv2.INTER_AREA)
    return small.astype(np.uint8, copy=False)


def tint(
    canvas: Pixels, mask: Mask, colour: Colour, x: int, y: int, *, opacity: float = 1.0
) -> None:
    """Put a colour on a canvas through a mask, its upper left corner at (x, y)."""
    if opacity < 1.0:
        mask = cv2.convertScaleAbs(mask, alpha=opacity).astype(np.uint8, copy=False)
    coloured(mask, colour).stamp(canvas, x, y)
