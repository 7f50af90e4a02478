"""The picture of what was learnt from an example: its most typical frame, and the values taken."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from formcheck.body.landmarks import PoseLandmarks
from formcheck.body.measurements import DEGREES, MEASUREMENTS
from formcheck.body.roles import Body
from formcheck.body.view import see
from formcheck.learn.example import SEEN, Example
from formcheck.ui.drawing.colours import GOOD, INK, PAPER, QUIET
from formcheck.ui.drawing.shapes import dot, stroke
from formcheck.ui.drawing.sprite import Pixels
from formcheck.ui.drawing.text import fitting, write

_HEIGHT: Final = 720
_PANEL: Final = 560
_WIDEST: Final = 1280
_LIMBS: Final = (
    ("front_shoulder", "rear_shoulder"),
    ("front_hip", "rear_hip"),
    ("mid_shoulder", "mid_hip"),
    ("rear_hip", "rear_knee"),
    ("rear_knee", "rear_ankle"),
    ("front_hip", "front_knee"),
    ("front_knee", "front_ankle"),
)
_UNITS: Final = {DEGREES: "°"}


def learnt_picture(image: Pixels, landmarks: PoseLandmarks, name: str, example: Example) -> Pixels:
    """Return the frame with the body that was measured, and the values beside it.

    Args:
        image: (height, width, 3) blue-green-red, of `example.best_s`.
        landmarks: What was found in it.
        name: Of the pose.
        example: What was learnt.
    """
    height, width = image.shape[:2]
    scale = min(_HEIGHT / height, _WIDEST / width)
    frame = cv2.resize(image, (round(width * scale), round(height * scale)))
    canvas = np.full((_HEIGHT, frame.shape[1] + _PANEL, 3), INK, np.uint8)
    top = (_HEIGHT - frame.shape[0]) // 2
    canvas[top : top + frame.shape[0], : frame.shape[1]] = frame
    _draw_body(canvas, landmarks, example, scale, top)
    _write_values(canvas, frame.shape[1] + 28, name, example)
    return canvas


def _draw_body(
    canvas: Pixels, landmarks: PoseLandmarks, example: Example, scale: float, top: int
) -> None:
    view = see(landmarks, example.kind)
    if view is None:
        return
    body = Body(landmarks, view)

    def at(role: str) -> tuple[float, float]:
        x, y = body.pixel(role)
        return x * scale, y * scale + top

    for start, end in _LIMBS:
        stroke(canvas, at(start), at(end), 9, INK)
        stroke(canvas, at(start), at(end), 5, PAPER)
    used = {role for each in example.taken for role in MEASUREMENTS[each.measurement].roles}
    for role in sorted(used | {joint for limb in _LIMBS for joint in limb}):
        dot(canvas, at(role), 9, INK)
        dot(canvas, at(role), 7, GOOD if role in used else QUIET)


def _write_values(canvas: Pixels, left: int, name: str, example: Example) -> None:
    room = canvas.shape[1] - left - 20
    write(canvas, name, (left, 56), size=fitting(name, 34, room), colour=PAPER)
    held = f"held from {example.start_s:.1f} to {example.end_s:.1f} s"
    said = held if example.end_s > example.start_s else "a photo"
    write(canvas, f"{said}, {SEEN[example.kind]}", (left, 92), size=20, colour=QUIET)
    lines: Sequence[tuple[str, str]] = [
        (
            each.measurement,
            f"{_shown(each.median, each.measurement)}   counts "
            f"{_shown(each.accept[0], each.measurement)} to "
            f"{_shown(each.accept[1], each.measurement)}",
        )
        for each in example.taken
    ]
    step = min(52, (canvas.shape[0] - 130) // max(1, len(lines)))
    for number, (measurement, values) in enumerate(lines):
        y = 136 + number * step
        what = MEASUREMENTS[measurement].in_words
        write(canvas, what, (left, y), size=fitting(what, 18, room), colour=GOOD)
        write(canvas, values, (left, y + 22), size=17, colour=PAPER)
        place = (left + room, y + 22)
        write(canvas, measurement, place, size=14, colour=QUIET, anchor="right")


def _shown(value: float, measurement: str) -> str:
    if np.isinf(value):
        return "any"
    unit = _UNITS.get(MEASUREMENTS[measurement].unit)
    return f"{value:.0f}{unit}" if unit else f"{value:.2f}"
