"""One large picture for each step of setting up: a direction to go is seen before it is read."""

from enum import Enum
from itertools import pairwise
from math import cos, hypot, pi, sin

import cv2

from formcheck.ui.drawing.colours import GOOD, INK, MEND, PAPER, WAIT, Colour
from formcheck.ui.drawing.shapes import SHIFT, Point, dot, fill, fixed, stroke
from formcheck.ui.drawing.sprite import Pixels
from formcheck.ui.drawing.text import write


class Pictogram(Enum):
    """What to do. Left and right are those of the mirrored picture, and so the person's own."""

    BACK = "back"
    NEARER = "nearer"
    LEFT = "left"
    RIGHT = "right"
    TURN = "turn"
    """Either way."""
    TURN_LEFT = "turn_left"
    """The person's own left, anticlockwise from above."""
    TURN_RIGHT = "turn_right"
    LID_UP = "lid_up"
    """Tilt the lid so that the camera looks higher."""
    LID_DOWN = "lid_down"
    LIGHT = "light"
    ALONE = "alone"
    FEET = "feet"
    WHOLE = "whole"
    """The whole body has to be in the picture."""
    STEP_IN = "step_in"
    SWITCH = "switch"
    """The other side."""
    CAMERA = "camera"
    """No picture comes."""


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
            case Pictogram.TURN | Pictogram.TURN_LEFT | Pictogram.TURN_RIGHT:
                self._turn(degrees, what)
            case Pictogram.LID_UP | Pictogram.LID_DOWN:
                self._laptop(up=what is Pictogram.LID_UP)
            case Pictogram.SWITCH:
                self._arrow((-0.85, 0.42), (0.85, 0.42), GOOD)
                self._arrow((0.85, -0.42), (-0.85, -0.42), GOOD)
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
        shaft = [(-0.9 * towards, 0.2), (0.05 * towards, 0.2), (0.05 * towards, -0.2)]
        self._shape([*shaft, (-0.9 * towards, -0.2)], MEND)
        self._shape([(towards * 0.95, 0.0), (0.0, 0.72), (0.0, -0.72)], MEND)

    def _arrow(self, start: Point, tip: Point, colour: Colour, thick: float = 0.2) -> None:
        """A plain arrow with a head of three times its thickness."""
        x, y = tip[0] - start[0], tip[1] - start[1]
        length = hypot(x, y)
        x, y = x / length, y / length
        head = 2.4 * thick
        neck = tip[0] - head * 0.8 * x, tip[1] - head * 0.8 * y
        self._line(start, neck, thick, colour)
        back = tip[0] - head * x, tip[1] - head * y
        wing = 1.6 * thick
        self._shape(
            [
                tip,
                (back[0] - wing * y, back[1] + wing * x),
                (back[0] + wing * y, back[1] - wing * x),
            ],
            colour,
        )

    def _on_the_floor(self, *, away: bool) -> None:
        """An arrow that lies on the floor, narrow where it is far from us."""
        if away:
            self._shape([(-0.36, -0.9), (0.36, -0.9), (0.22, 0.1), (-0.22, 0.1)], MEND)
            self._shape([(0.0, 0.85), (0.58, 0.08), (-0.58, 0.08)], MEND)
        else:
            self._shape([(-0.16, 0.85), (0.16, 0.85), (0.27, 0.0), (-0.27, 0.0)], MEND)
            self._shape([(0.0, -0.95), (0.85, 0.02), (-0.85, 0.02)], MEND)

    def _turn(self, degrees: int | None, what: Pictogram) -> None:
        """An arrow round an upright axis, seen from a little above: its near side is below."""
        middle = -0.42 if degrees is not None else 0.0
        # As in the mirror: the chest of who turns to the left goes to the picture's left.
        ways = {Pictogram.TURN_LEFT: (-1.0,), Pictogram.TURN_RIGHT: (1.0,)}.get(what, (1.0, -1.0))
        for way in ways:
            first = -2.7 if len(ways) == 1 else -pi / 2
            places = [
                (way * 0.78 * cos(angle), middle + 0.38 * sin(angle))
                for angle in (first + (0.35 - first) * step / 24 for step in range(25))
            ]
            for a, b in pairwise(places[:-2]):
                self._line(a, b, 0.17, MEND)
            x, y = places[-1][0] - places[-4][0], places[-1][1] - places[-4][1]
            length, tip = hypot(x, y), places[-1]
            x, y = x / length, y / length
            back = tip[0] - 0.16 * x, tip[1] - 0.16 * y
            self._shape(
                [
                    (tip[0] + 0.3 * x, tip[1] + 0.3 * y),
                    (back[0] - 0.3 * y, back[1] + 0.3 * x),
                    (back[0] + 0.3 * y, back[1] - 0.3 * x),
                ],
                MEND,
            )
        if degrees is not None:
            size = round(self._half * 0.8)
            x_px, y_px = self._at(0.06, 0.3)
            write(
                self._canvas, f"{degrees}°", (round(x_px), round(y_px)),
                size=size, colour=PAPER, anchor="centre",
            )  # fmt: skip

    def _laptop(self, *, up: bool) -> None:
        """A laptop from its right side, its screen to the left, and the way its lid should tilt."""
        hinge = (0.2, -0.62)
        self._line(hinge, (-0.85, -0.62), 0.17, PAPER)
        self._line(hinge, (0.36, 0.6), 0.13, PAPER)
        self._dot((0.34, 0.5), 0.1, MEND)
        start = 1.45
        self._arc(hinge, 1.38, start, start - 0.62 if up else start + 0.62)

    def _arc(self, centre: Point, radius: float, start: float, end: float) -> None:
        """An arrow along a circle, angles in radians from the right, upwards."""
        places = [
            (centre[0] + radius * cos(angle), centre[1] + radius * sin(angle))
            for angle in (start + (end - start) * step / 12 for step in range(13))
        ]
        for a, b in pairwise(places):
            self._line(a, b, 0.13, MEND)
        tip, turn = places[-1], end + (pi / 2 if end > start else -pi / 2)
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
