"""The body on the picture: the few joints that matter, and a fault where it is."""

from collections.abc import Mapping
from itertools import pairwise
from math import atan2, cos, hypot, radians, sin
from typing import Final

from formcheck.angles import Body
from formcheck.landmarks import MIN_VISIBILITY
from formcheck.session import Outcome
from formcheck.ui.colours import GOOD, INK, MEND, PAPER, Colour
from formcheck.ui.correction import Correction
from formcheck.ui.layout import Layout
from formcheck.ui.shapes import Point, dot, fill, stroke
from formcheck.ui.sprite import Pixels

SEGMENTS: Final = (
    ("mid_hip", "mid_shoulder"),
    ("front_hip", "front_knee"),
    ("front_knee", "front_ankle"),
    ("rear_hip", "rear_knee"),
    ("rear_knee", "rear_ankle"),
)
JOINTS: Final = ("front_ankle", "rear_ankle", "front_knee", "rear_knee", "mid_shoulder", "mid_hip")
LARGE: Final = ("mid_shoulder", "mid_hip")
ROLES: Final = (*JOINTS, "front_hip", "rear_hip")

STILL_VISIBLE: Final = MIN_VISIBILITY * 0.6
"""A joint that is shown goes on being shown down to here, lest it flickers."""


class Skeleton:
    """Finds the points of one body after another on the mirrored picture."""

    def __init__(self) -> None:
        """Start with nothing shown."""
        self._shown: frozenset[str] = frozenset()

    def points(self, outcome: Outcome, layout: Layout) -> dict[str, Point]:
        """Return where the joints are, by role, in pixels from the picture's corner.

        Only those that are seen and inside the picture.
        """
        if outcome.landmarks is None or outcome.view is None:
            self._shown = frozenset()
            return {}
        body = Body(outcome.landmarks, outcome.view)
        ahead = 1.0 if outcome.view.facing == "right" else -1.0
        found = {}
        for role in ROLES:
            needed = STILL_VISIBLE if role in self._shown else MIN_VISIBILITY
            if body.confidence((role,)) >= needed:
                forward, up = body[role]
                found[role] = layout.mirrored(ahead * forward, -up, outcome.landmarks.image_size)
        self._shown = frozenset(found)
        return found


def draw_body(
    picture: Pixels,
    points: Mapping[str, Point],
    scale: float,
    *,
    is_good: bool,
    marks: tuple[str, ...] = (),
    show: Correction | None = None,
    ahead: float = 1.0,
) -> None:
    """Draw the trunk and the legs.

    Args:
        picture: Drawn on; `points` are in its pixels.
        points: By role; those that are missing are left out.
        scale: 1 for a picture 720 pixels high.
        is_good: Whether this moment counts.
        marks: The points of what is to be mended, by role.
        show: The fault itself; its joint gets another shape and its own colour.
        ahead: 1 where the person faces the right edge of the mirrored picture, -1 for the left.
    """
    wrong = set(marks) if show else set()
    segments = [(a, b, {a, b} <= wrong) for a, b in SEGMENTS if a in points and b in points]
    if "front_hip" in points and "rear_hip" in points:
        segments.insert(0, ("front_hip", "rear_hip", False))
    for a, b, is_wrong in segments:
        stroke(picture, points[a], points[b], (18 if is_wrong else 13) * scale, INK)
    # The wrong ones last, so that they lie on top.
    for a, b, is_wrong in sorted(segments, key=lambda segment: segment[2]):
        thickness = (11 if is_wrong else 6) * scale
        stroke(picture, points[a], points[b], thickness, MEND if is_wrong else PAPER)
    for role in JOINTS:
        if role in points and not (show and role == show.joint):
            radius = (13 if role in LARGE else 10) * scale
            dot(picture, points[role], radius + 3 * scale, INK)
            dot(picture, points[role], radius, GOOD if is_good else PAPER)
    if show and show.joint in points:
        if show.lean_deg is not None and "mid_hip" in points:
            _draw_lean(picture, points, show.lean_deg * ahead, scale)
        elif show.move is not None:
            _draw_move(picture, points[show.joint], (show.move[0] * ahead, -show.move[1]), scale)
        _diamond(picture, points[show.joint], 25 * scale, INK)
        _diamond(picture, points[show.joint], 19 * scale, MEND)


def _diamond(picture: Pixels, centre: Point, reach: float, colour: Colour) -> None:
    x, y = centre
    corners = [(x - reach, y), (x, y - reach), (x + reach, y), (x, y + reach)]
    fill(picture, corners, colour)


def _draw_move(picture: Pixels, joint: Point, way: Point, scale: float) -> None:
    """Draw a straight arrow away from a joint; `way` has length 1, y down."""
    start = joint[0] + way[0] * 34 * scale, joint[1] + way[1] * 34 * scale
    tip = joint[0] + way[0] * 120 * scale, joint[1] + way[1] * 120 * scale
    _arrow(picture, [start, tip], scale)


def _draw_lean(picture: Pixels, points: Mapping[str, Point], lean_deg: float, scale: float) -> None:
    """Draw the line that the trunk should come back to, and the way there.

    `lean_deg` is from the vertical, positive to the right of the mirrored picture.
    """
    hip, shoulder = points["mid_hip"], points["mid_shoulder"]
    length = hypot(shoulder[0] - hip[0], shoulder[1] - hip[1])
    now = atan2(shoulder[0] - hip[0], hip[1] - shoulder[1])
    target = radians(lean_deg)

    def at(angle: float, share: float) -> Point:
        reach = length * share
        return hip[0] + reach * sin(angle), hip[1] - reach * cos(angle)

    dots = max(3, round(length * 1.1 / (24 * scale)))
    for number in range(1, dots + 1):
        place = at(target, 1.15 * number / dots)
        dot(picture, place, 8 * scale, INK)
        dot(picture, place, 5.5 * scale, GOOD)
    # From just inside the shoulder to just short of the line, on the shoulder's own circle.
    gap = min(abs(now - target) / 2, 26 * scale / max(length, 1.0))
    turn = 1 if target > now else -1
    first, last = now + 1.1 * gap * turn, target - 0.55 * gap * turn
    _arrow(picture, [at(first + (last - first) * step / 6, 0.94) for step in range(7)], scale)


def _arrow(picture: Pixels, path: list[Point], scale: float) -> None:
    """Draw an arrow along a path, with a dark edge all around."""
    tip = path[-1]
    back = next(
        (p for p in reversed(path[:-1]) if hypot(tip[0] - p[0], tip[1] - p[1]) > 12 * scale),
        path[0],
    )
    length = hypot(tip[0] - back[0], tip[1] - back[1])
    if length < 1.0:
        return
    along = (tip[0] - back[0]) / length, (tip[1] - back[1]) / length
    for thickness, size, colour in ((17.0, 36.0, INK), (10.0, 27.0, MEND)):
        base = tip[0] - along[0] * 24 * scale, tip[1] - along[1] * 24 * scale
        line = [p for p in path if _before(p, base, along)] + [base]
        for start, end in pairwise(line):
            stroke(picture, start, end, thickness * scale, colour)
        reach = size * scale
        centre = tip[0] - along[0] * 18 * scale, tip[1] - along[1] * 18 * scale
        nose = centre[0] + along[0] * reach, centre[1] + along[1] * reach
        tail = centre[0] - along[0] * reach * 0.5, centre[1] - along[1] * reach * 0.5
        across = -along[1] * reach * 0.8, along[0] * reach * 0.8
        wings = [
            (tail[0] + across[0], tail[1] + across[1]),
            (tail[0] - across[0], tail[1] - across[1]),
        ]
        fill(picture, [nose, *wings], colour)


def _before(point: Point, base: Point, along: Point) -> bool:
    return (base[0] - point[0]) * along[0] + (base[1] - point[1]) * along[1] > 0
