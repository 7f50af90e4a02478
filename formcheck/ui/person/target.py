"""The target pose as a picture: a plain figure, small in the panel or faint behind the person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from formcheck.figure.side_view import HEAD_RADIUS, Figure, Point
from formcheck.ui.drawing.layout import Size
from formcheck.ui.drawing.shapes import dot, stroke
from formcheck.ui.drawing.sprite import Mask, Pixels

LIMBS: Final[tuple[tuple[str, str, float, bool], ...]] = (
    ("rear_hip", "rear_knee", 0.23, False),
    ("rear_knee", "rear_ankle", 0.17, False),
    ("rear_ankle", "rear_toe", 0.12, False),
    ("mid_hip", "mid_shoulder", 0.30, True),
    ("front_hip", "front_knee", 0.23, True),
    ("front_knee", "front_ankle", 0.17, True),
    ("front_ankle", "front_toe", 0.12, True),
    ("front_shoulder", "front_elbow", 0.11, True),
    ("front_elbow", "front_wrist", 0.10, True),
)
"""From joint to joint, how thick in trunk lengths, and whether on the near side; far ones first."""

LIMBS_FROM_THE_FRONT: Final[tuple[tuple[str, str, float, bool], ...]] = (
    ("rear_hip", "rear_knee", 0.22, False),
    ("front_hip", "rear_hip", 0.24, True),
    ("mid_hip", "mid_shoulder", 0.30, True),
    ("front_shoulder", "rear_shoulder", 0.2, True),
    ("front_hip", "front_knee", 0.22, True),
    ("front_knee", "front_ankle", 0.17, True),
    ("front_shoulder", "front_elbow", 0.11, True),
    ("front_elbow", "front_wrist", 0.10, True),
    ("rear_shoulder", "rear_elbow", 0.11, True),
    ("rear_elbow", "rear_wrist", 0.10, True),
)

FAR: Final = 0.62
"""How bright the far leg is against the near one."""
GAP: Final = 0.05
"""Between limbs that cross, in trunk lengths."""
PAD: Final = 0.2
"""Room around the joints, in trunk lengths."""


@dataclass(frozen=True, eq=False, slots=True)
class Drawn:
    """A figure as a mask, and where in it the middle of the hips meets the floor."""

    mask: Mask
    origin: tuple[int, int]


def extent(figure: Figure) -> tuple[float, float]:
    """Return how wide and how high a figure is when drawn, in trunk lengths."""
    left, right, top = _edges(figure.points)
    return right - left, top + PAD / 2


def draw_figure(figure: Figure, trunk_px: float, *, faces_right: bool) -> Drawn:
    """Draw a figure: bright where it is, dark around; its far leg darker.

    Args:
        figure: In trunk lengths.
        trunk_px: Pixels for one.
        faces_right: Towards the right edge of what it is drawn on.
    """
    left, right, top = _edges(figure.points)
    finer = 2
    scale = trunk_px * finer
    size: Size = max(2, round((right - left) * scale)), max(2, round((top + PAD / 2) * scale))
    canvas: Pixels = np.zeros((size[1], size[0], 3), np.uint8)

    def at(point: Point) -> Point:
        return (point[0] - left) * scale, (top - point[1]) * scale

    for start, end, thick, is_near in LIMBS_FROM_THE_FRONT if figure.kind == "front" else LIMBS:
        a, b = at(figure.points[start]), at(figure.points[end])
        tone = 255 if is_near else round(255 * FAR)
        if is_near and "shoulder" not in end:
            stroke(canvas, a, b, (thick + 2 * GAP) * scale, (0, 0, 0))
        stroke(canvas, a, b, thick * scale, (tone, tone, tone))
    trunk = at(figure.points["mid_hip"]), at(figure.points["mid_shoulder"])
    stroke(canvas, *trunk, 0.2 * scale, (255, 255, 255))
    dot(canvas, at(figure.points["head"]), HEAD_RADIUS * scale, (255, 255, 255))
    shrunk = cv2.resize(
        canvas[:, :, 0], (max(1, size[0] // finer), max(1, size[1] // finer)), None, 0, 0,
        cv2.INTER_AREA,
    )  # fmt: skip
    mask: Mask = np.asarray(shrunk, np.uint8)
    x = round(-left * trunk_px)
    if not faces_right:
        mask = np.ascontiguousarray(mask[:, ::-1])
        x = mask.shape[1] - x
    return Drawn(mask, (x, round(top * trunk_px)))


def _edges(points: Mapping[str, Point]) -> tuple[float, float, float]:
    xs, ys = zip(*points.values(), strict=True)
    x, y = points["head"]
    return (
        min(*xs, x - HEAD_RADIUS) - PAD,
        max(*xs, x + HEAD_RADIUS) + PAD,
        max(*ys, y + HEAD_RADIUS) + PAD / 2,
    )
