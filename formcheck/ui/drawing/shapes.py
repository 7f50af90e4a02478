"""The shapes that say what the colours say, for whoever sees no colour or only a corner of it."""

from enum import Enum
from typing import Final

import cv2
import numpy as np

from formcheck.ui.drawing.colours import GOOD, INK, MEND, WAIT, Colour
from formcheck.ui.drawing.sprite import Pixels

SHIFT: Final = 4
"""OpenCV draws at a sixteenth of a pixel."""

Point = tuple[float, float]


class Shape(Enum):
    """What stands beside a cue."""

    CHECK = "check"
    TRIANGLE = "triangle"
    DOTS = "dots"
    """Wait."""
    BARS = "bars"
    """Paused by the person."""


def fixed(point: Point) -> tuple[int, int]:
    """Return a point in the sixteenths of a pixel that OpenCV draws at."""
    return round(point[0] * 16), round(point[1] * 16)


def fill(canvas: Pixels, corners: list[Point], colour: Colour) -> None:
    """Fill a convex shape with soft edges."""
    points = np.array([fixed(corner) for corner in corners], np.int32)
    cv2.fillConvexPoly(canvas, points, colour, cv2.LINE_AA, SHIFT)


def dot(canvas: Pixels, centre: Point, radius: float, colour: Colour) -> None:
    """Fill a circle with soft edges."""
    cv2.circle(canvas, fixed(centre), round(radius * 16), colour, cv2.FILLED, cv2.LINE_AA, SHIFT)


def stroke(canvas: Pixels, start: Point, end: Point, thickness: float, colour: Colour) -> None:
    """Draw a line with soft edges and round ends."""
    width = max(1, round(thickness))
    cv2.line(canvas, fixed(start), fixed(end), colour, width, cv2.LINE_AA, SHIFT)


def draw_shape(canvas: Pixels, shape: Shape, centre: Point, size: float) -> None:
    """Draw a shape in its colour, about `size` pixels high and wide."""
    x, y = centre
    half = size / 2

    def at(right: float, up: float) -> Point:
        return x + right * half, y - up * half

    match shape:
        case Shape.CHECK:
            dot(canvas, centre, half, GOOD)
            for start, end in (((-0.46, -0.02), (-0.12, -0.36)), ((-0.12, -0.36), (0.48, 0.38))):
                stroke(canvas, at(*start), at(*end), size * 0.13, INK)
        case Shape.TRIANGLE:
            corners = [at(0, 0.8), at(0.88, -0.72), at(-0.88, -0.72)]
            fill(canvas, corners, MEND)
            for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
                stroke(canvas, start, end, size * 0.14, MEND)  # rounds the corners
            stroke(canvas, at(0, 0.38), at(0, -0.2), size * 0.12, INK)
            dot(canvas, at(0, -0.54), size * 0.075, INK)
        case Shape.DOTS:
            for right in (-0.68, 0.0, 0.68):
                dot(canvas, at(right, 0), size * 0.13, WAIT)
        case Shape.BARS:
            for right in (-0.4, 0.4):
                stroke(canvas, at(right, 0.6), at(right, -0.6), size * 0.24, WAIT)
