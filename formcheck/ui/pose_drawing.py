"""A pose as a picture: its target figure, and what is measured on it."""

from typing import Final

import numpy as np

from formcheck.body.measurements import DEGREES, MEASUREMENTS
from formcheck.figure.any_view import LIMBS
from formcheck.figure.side_view import HEAD_RADIUS, Figure, Point
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.parts import Band
from formcheck.ui.drawing.colours import GOOD, INK, PAPER, QUIET, TRACK
from formcheck.ui.drawing.shapes import dot, stroke
from formcheck.ui.drawing.sprite import Pixels
from formcheck.ui.drawing.text import fitting, write

_SIZE: Final = (1280, 720)
_FIGURE_WIDTH: Final = 700
_MARGIN: Final = 60
_THICK: Final = 0.14
"""Of a limb, in trunk lengths."""


def pose_drawing(pose: PoseDefinition, figure: Figure) -> Pixels:
    """Return a picture of 1280x720, blue-green-red: the figure, and its bands beside it."""
    canvas = np.full((_SIZE[1], _SIZE[0], 3), INK, np.uint8)
    _draw(canvas, pose, figure)
    _list(canvas, pose)
    return canvas


def _draw(canvas: Pixels, pose: PoseDefinition, figure: Figure) -> None:
    xs, ys = zip(*figure.points.values(), strict=True)
    left, right, top = min(xs) - _THICK, max(xs) + _THICK, max(ys) + HEAD_RADIUS
    floor = _SIZE[1] - 90
    scale = min((_FIGURE_WIDTH - 2 * _MARGIN) / (right - left), (floor - _MARGIN) / top)
    start = (_FIGURE_WIDTH - (right - left) * scale) / 2

    def at(point: Point) -> Point:
        return start + (point[0] - left) * scale, floor - point[1] * scale

    stroke(canvas, (_MARGIN, floor + 4), (_FIGURE_WIDTH - _MARGIN / 2, floor + 4), 3, TRACK)
    for first, last in LIMBS[pose.view.kind]:
        a, b = at(figure.points[first]), at(figure.points[last])
        is_far = first.startswith("rear") and pose.view.kind != "front"
        stroke(canvas, a, b, (_THICK + 0.05) * scale, INK)
        stroke(canvas, a, b, _THICK * scale, QUIET if is_far else PAPER)
    dot(canvas, at(figure.points["head"]), HEAD_RADIUS * scale, PAPER)
    used = {role for gate in pose.gates for role in MEASUREMENTS[gate.measurement].roles}
    for role in sorted(used & figure.points.keys()):
        dot(canvas, at(figure.points[role]), 0.055 * scale, INK)
        dot(canvas, at(figure.points[role]), 0.04 * scale, GOOD)


def _list(canvas: Pixels, pose: PoseDefinition) -> None:
    left, room = _FIGURE_WIDTH + 20, _SIZE[0] - _FIGURE_WIDTH - 50
    write(canvas, pose.title, (left, 84), size=fitting(pose.title, 32, room), colour=PAPER)
    step = min(72, (_SIZE[1] - 150) // len(pose.gates))
    for number, gate in enumerate(pose.gates):
        y = 140 + number * step
        what = MEASUREMENTS[gate.measurement].in_words
        write(canvas, what, (left, y), size=fitting(what, 18, room), colour=GOOD)
        said = f"counts {band_text(gate.accept, gate.measurement)}"
        write(canvas, said, (left, y + 23), size=18, colour=PAPER)
        # As the pose's file and `formcheck poses` call it.
        name = gate.measurement
        write(canvas, name, (left + room, y + 23), size=14, colour=QUIET, anchor="right")


def band_text(band: Band, measurement: str) -> str:
    """Return a band in words, e.g. "from 10 to 65°"."""
    unit = "°" if MEASUREMENTS[measurement].unit == DEGREES else " trunk lengths"
    low, high = band
    if np.isinf(high):
        return f"from {low:g}{unit}" if not np.isinf(low) else "at any value"
    if np.isinf(low):
        return f"up to {high:g}{unit}"
    return f"from {low:g} to {high:g}{unit}"
