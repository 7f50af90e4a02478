"""One large picture for each step of setting up: a direction to go is seen before it is read."""

import itertools
from enum import Enum
from math import cos, pi, sin
from typing import Final

import cv2

from formcheck.ui.colours import INK, MEND, PAPER, WAIT, Colour
from formcheck.ui.shapes import SHIFT, Point, dot, fill, fixed, stroke
from formcheck.ui.sprite import Pixels
from formcheck.ui.text import write


class Pictogram(Enum):
    """What to do. Left and right are those of the mirrored picture, and so the person's own."""

    BACK = "back"
    NEARER = "nearer"
    LEFT = "left"
    RIGHT = "right"
    TURN = "turn"
    TILT = "tilt"
    LIGHT = "light"
    ALONE = "alone"
    FEET = "feet"
    WHOLE = "whole"
    """The whole body has to be in the picture."""
    STEP_IN = "step_in"
    CAMERA = "camera"
    """No picture comes."""


_TURNED_ARC: Final = (-2.6, 0.9)
"""From where to where the arrow of a turn goes round, in radians from the right, downwards."""


def draw_pictogram(
    canvas: Pixels, what: Pictogram, centre: Point, size: float, *, degrees: int | None = None
) -> None:
    """Draw what to do, about `size` pixels high and wide.

    Args:
        canvas: To draw on.
        what: To do.
        centre: In pixels.
        size: In pixels.
        degrees: How far to turn, written large beside the arrow.
    """
    _Pen(canvas, centre, size / 2).draw(what, degrees)


class _Pen:
    """Draws in a square from -1 to 1, x to the right and y up."""

    def __init__(self, canvas: Pixels, centre: Point, half: float) -> None:
        self._canvas, self._centre, self._half = canvas, centre, half

    def draw(self, what: Pictogram, degrees: int | None) -> None:
        match what:
            case Pictogram.LEFT | Pictogram.RIGHT:
                self._straight(-1.0 if what is Pictogram.LEFT else 1.0)
            case Pictogram.BACK | Pictogram.NEARER:
                self._on_the_floor(away=what is Pictogram.BACK)
            case Pictogram.TURN:
                self._turn(degrees)
            case Pictogram.TILT:
                self._laptop()
            case Pictogram.LIGHT:
                self._lamp()
            case Pictogram.ALONE:
                self._person((-0.42, 0.0), 0.9, PAPER)
                self._person((0.5, 0.0), 0.9, WAIT)
                self._line((0.15, -0.75), (0.85, 0.75), 0.13, MEND)
                self._line((0.15, 0.75), (0.85, -0.75), 0.13, MEND)
            case Pictogram.CAMERA:
                self._camera()
            case Pictogram.FEET | Pictogram.WHOLE:
                self._frame()
                self._person((0.0, 0.02), 0.8, PAPER)
                if what is Pictogram.FEET:
                    self._line((-0.3, -0.66), (0.3, -0.66), 0.16, MEND)
            case Pictogram.STEP_IN:
                self._frame()
                self._person((0.0, 0.02), 0.8, WAIT)

    def _at(self, x: float, y: float) -> Point:
        return self._centre[0] + x * self._half, self._centre[1] - y * self._half

    def _line(self, start: Point, end: Point, thick: float, colour: Colour) -> None:
        stroke(self._canvas, self._at(*start), self._at(*end), thick * self._half, colour)

    def _shape(self, corners: list[Point], colour: Colour) -> None:
        fill(self._canvas, [self._at(*corner) for corner in corners], colour)

    def _dot(self, at: Point, radius: float, colour: Colour) -> None:
        dot(self._canvas, self._at(*at), radius * self._half, colour)

    def _straight(self, towards: float) -> None:
        self._shape([(0.05, 0.2), (-0.9, 0.2), (-0.9, -0.2), (0.05, -0.2)] if towards > 0 else
                    [(-0.05, 0.2), (0.9, 0.2), (0.9, -0.2), (-0.05, -0.2)], MEND)  # fmt: skip
        self._shape([(towards * 0.95, 0.0), (0.0, 0.72), (0.0, -0.72)], MEND)

    def _on_the_floor(self, *, away: bool) -> None:
        """An arrow that lies on the floor, narrow where it is far from us."""
        if away:
            self._shape([(-0.36, -0.9), (0.36, -0.9), (0.22, 0.1), (-0.22, 0.1)], MEND)
            self._shape([(0.0, 0.85), (0.58, 0.08), (-0.58, 0.08)], MEND)
        else:
            self._shape([(-0.16, 0.85), (0.16, 0.85), (0.27, 0.0), (-0.27, 0.0)], MEND)
            self._shape([(0.0, -0.95), (0.85, 0.02), (-0.85, 0.02)], MEND)

    def _turn(self, degrees: int | None) -> None:
        """An arrow round an upright axis, seen from a little above."""
        middle = -0.42 if degrees is not None else 0.0
        start, end = _TURNED_ARC[0], _TURNED_ARC[1]
        places = [
            (0.82 * cos(start + (end - start) * step / 24),
             middle - 0.38 * sin(start + (end - start) * step / 24))
            for step in range(25)
        ]  # fmt: skip
        # The near half of a turn reads as the front: it is drawn whole, the far part thinner.
        for number, (a, b) in enumerate(itertools.pairwise(places)):
            self._line(a, b, 0.13 + 0.08 * number / 24, MEND)
        tip, before = places[-1], places[-4]
        along = (tip[0] - before[0], tip[1] - before[1])
        length = (along[0] ** 2 + along[1] ** 2) ** 0.5
        x, y = along[0] / length, along[1] / length
        self._shape(
            [
                (tip[0] + 0.36 * x, tip[1] + 0.36 * y),
                (tip[0] - 0.12 * x - 0.32 * y, tip[1] - 0.12 * y + 0.32 * x),
                (tip[0] - 0.12 * x + 0.32 * y, tip[1] - 0.12 * y - 0.32 * x),
            ],
            MEND,
        )
        if degrees is not None:
            size = round(self._half * 0.86)
            x_px, y_px = self._at(0.0, 0.28)
            write(
                self._canvas, f"{degrees}°", (round(x_px), round(y_px)),
                size=size, colour=PAPER, anchor="centre",
            )  # fmt: skip

    def _laptop(self) -> None:
        """A laptop from the side, its lid and the way it should tilt."""
        hinge = (0.35, -0.62)
        self._line(hinge, (-0.7, -0.62), 0.17, PAPER)
        self._line(hinge, (0.62, 0.62), 0.13, PAPER)
        self._arc(hinge, 1.12, 1.9, 2.5)

    def _arc(self, centre: Point, radius: float, start: float, end: float) -> None:
        """An arrow along a circle, angles in radians from the right, upwards."""
        places = [
            (centre[0] + radius * cos(start + (end - start) * step / 12),
             centre[1] + radius * sin(start + (end - start) * step / 12))
            for step in range(13)
        ]  # fmt: skip
        for a, b in itertools.pairwise(places):
            self._line(a, b, 0.13, MEND)
        tip = places[-1]
        turn = end + pi / 2
        self._shape(
            [
                (tip[0] + 0.3 * cos(turn), tip[1] + 0.3 * sin(turn)),
                (tip[0] + 0.24 * cos(end), tip[1] + 0.24 * sin(end)),
                (tip[0] - 0.24 * cos(end), tip[1] - 0.24 * sin(end)),
            ],
            MEND,
        )

    def _lamp(self) -> None:
        self._dot((0.0, 0.0), 0.4, MEND)
        for ray in range(8):
            x, y = cos(ray * pi / 4), sin(ray * pi / 4)
            self._line((0.58 * x, 0.58 * y), (0.86 * x, 0.86 * y), 0.13, MEND)

    def _camera(self) -> None:
        """A webcam on its foot, struck through."""
        self._dot((0.0, 0.2), 0.62, WAIT)
        self._dot((0.0, 0.2), 0.4, INK)
        self._dot((0.0, 0.2), 0.22, WAIT)
        self._line((0.0, -0.42), (0.0, -0.78), 0.14, WAIT)
        self._line((-0.4, -0.82), (0.4, -0.82), 0.14, WAIT)
        self._line((-0.82, -0.75), (0.82, 0.95), 0.22, INK)
        self._line((-0.82, -0.75), (0.82, 0.95), 0.13, MEND)

    def _frame(self) -> None:
        """The corners of a picture."""
        for x in (-1.0, 1.0):
            for y in (-1.0, 1.0):
                self._line((0.86 * x, 0.86 * y), (0.5 * x, 0.86 * y), 0.1, MEND)
                self._line((0.86 * x, 0.86 * y), (0.86 * x, 0.5 * y), 0.1, MEND)

    def _person(self, at: Point, size: float, colour: Colour) -> None:
        x, y = at
        self._dot((x, y + 0.6 * size), 0.17 * size, colour)
        self._line((x, y + 0.24 * size), (x, y - 0.1 * size), 0.34 * size, colour)
        for side in (-1.0, 1.0):
            self._line(
                (x + side * 0.08 * size, y - 0.15 * size),
                (x + side * 0.13 * size, y - 0.8 * size), 0.15 * size, colour,
            )  # fmt: skip
            self._line(
                (x + side * 0.2 * size, y + 0.3 * size),
                (x + side * 0.3 * size, y - 0.15 * size), 0.11 * size, colour,
            )  # fmt: skip


def draw_stop(canvas: Pixels, centre: Point, size: float, share: float) -> None:
    """Draw the sign that ends as it is held: a square that fills from below, `share` 0 to 1."""
    x, y = centre
    half, edge = size / 2, max(2, round(size * 0.07))
    level = y + half - size * min(1.0, max(0.0, share))
    right_below = fixed((x + half, y + half))
    cv2.rectangle(
        canvas, fixed((x - half, level)), right_below, WAIT, cv2.FILLED, cv2.LINE_8, SHIFT
    )
    cv2.rectangle(canvas, fixed((x - half, y - half)), right_below, PAPER, edge, cv2.LINE_AA, SHIFT)
