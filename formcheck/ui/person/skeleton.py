"""The body on the picture: the few joints that matter, and a fault where it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Final

import cv2
import numpy as np

from formcheck.body.landmarks import MIN_VISIBILITY
from formcheck.body.roles import Body
from formcheck.session import Outcome
from formcheck.ui.drawing.colours import GOOD, INK, MEND, PAPER, Colour
from formcheck.ui.drawing.layout import Layout, box_around
from formcheck.ui.drawing.shapes import SHIFT, dot, fill, fixed, stroke
from formcheck.ui.drawing.sprite import Pixels
from formcheck.ui.person.correction import Correction, Point, arrow_path, line_to_meet

SEGMENTS: Final = (
    ("front_hip", "rear_hip"),
    ("mid_hip", "mid_shoulder"),
    ("front_hip", "front_knee"),
    ("front_knee", "front_ankle"),
    ("rear_hip", "rear_knee"),
    ("rear_knee", "rear_ankle"),
)
JOINTS: Final = ("front_ankle", "rear_ankle", "front_knee", "rear_knee", "mid_shoulder", "mid_hip")
LARGE: Final = ("mid_shoulder", "mid_hip")
ROLES: Final = (*JOINTS, "front_hip", "rear_hip")

WEDGE: Final = 0.45
"""How opaque the angle to mend is."""

STILL_VISIBLE: Final = MIN_VISIBILITY * 0.6
"""A joint that is shown goes on being shown down to here, lest it flickers."""


@dataclass(frozen=True, slots=True)
class ShownBody:
    """A body as it is drawn: points in pixels of the mirrored picture, by role."""

    points: Mapping[str, Point]
    """The joints that are seen and inside the picture."""
    ahead: float
    """1 where the person faces the right edge of the mirrored picture, -1 for the left."""
    scale: float
    """How thick things are: 1 in a picture 720 pixels high."""
    is_good: bool = False
    """This moment counts."""
    marks: tuple[str, ...] = ()
    """The points of what is to be mended, by role."""
    show: Correction | None = None
    """The fault itself; its joint gets another shape and its own colour."""

    @property
    def arrow(self) -> list[Point]:
        """The way to go; empty where none is shown."""
        return arrow_path(self.show, self.points, self.ahead, self.scale) if self.show else []


class JointFinder:
    """Finds the joints of one body after another on the mirrored picture."""

    def __init__(self) -> None:
        """Start with nothing shown."""
        self._shown: frozenset[str] = frozenset()

    def find(self, outcome: Outcome | None, layout: Layout) -> dict[str, Point]:
        """Return where the joints are that can be seen, by role, in pixels of the picture."""
        found: dict[str, Point] = {}
        if outcome is not None and outcome.landmarks is not None and outcome.view is not None:
            body = Body(outcome.landmarks, outcome.view)
            for role in ROLES:
                needed = STILL_VISIBLE if role in self._shown else MIN_VISIBILITY
                if body.confidence((role,)) >= needed:
                    x, y = body.pixel(role)
                    found[role] = layout.mirrored(x, y, outcome.landmarks.image_size)
        self._shown = frozenset(found)
        return found


def draw_body(picture: Pixels, body: ShownBody) -> None:
    """Draw the trunk and the legs; what is not seen is left out."""
    points, scale, show = body.points, body.scale, body.show
    wrong = set(body.marks) if show else set()
    line = line_to_meet(show, points, body.ahead) if show else None
    if line is not None:
        _wedge(picture, line[0], body.arrow)
    segments = [(a, b, {a, b} <= wrong) for a, b in SEGMENTS if a in points and b in points]
    for a, b, is_wrong in segments:
        stroke(picture, points[a], points[b], (18 if is_wrong else 13) * scale, INK)
    # The wrong ones last, so that they lie on top.
    for a, b, is_wrong in sorted(segments, key=lambda segment: segment[2]):
        thickness = (11 if is_wrong else 6) * scale
        stroke(picture, points[a], points[b], thickness, MEND if is_wrong else PAPER)
    for role in JOINTS:
        if role in points and not (show and _is_at(show, points, role)):
            radius = (13 if role in LARGE else 10) * scale
            dot(picture, points[role], radius + 3 * scale, INK)
            dot(picture, points[role], radius, GOOD if body.is_good else PAPER)
    if show and show.joint in points:
        if line is not None:
            _dotted(picture, *line, scale)
        _diamond(picture, points[show.joint], 21 * scale, INK)
        _diamond(picture, points[show.joint], 15 * scale, MEND)
        _arrow(picture, _from_edge(body.arrow, 15 * scale), scale)


def _is_at(show: Correction, points: Mapping[str, Point], role: str) -> bool:
    """Tell whether a joint lies under the mark of the fault."""
    return role == show.joint or (role == "mid_hip" and show.joint.endswith("_hip"))


def _wedge(picture: Pixels, pivot: Point, arc: list[Point]) -> None:
    """Tint what lies between where the segment is and where it should be."""
    corners = [pivot, *arc]
    box = box_around(corners)
    left, top = max(0, box.x), max(0, box.y)
    part = picture[top : box.bottom, left : box.right]
    if part.size == 0:
        return
    tinted = part.copy()
    places = np.array([fixed((x - left, y - top)) for x, y in corners], np.int32)
    cv2.fillPoly(tinted, [places], MEND, cv2.LINE_AA, SHIFT)
    cv2.addWeighted(tinted, WEDGE, part, 1 - WEDGE, 0, dst=part)


def _diamond(picture: Pixels, centre: Point, reach: float, colour: Colour) -> None:
    x, y = centre
    corners = [(x - reach, y), (x, y - reach), (x + reach, y), (x, y + reach)]
    fill(picture, corners, colour)


def _dotted(picture: Pixels, start: Point, end: Point, scale: float) -> None:
    count = max(3, round(hypot(end[0] - start[0], end[1] - start[1]) / (24 * scale)))
    for number in range(1, count + 1):
        share = number / count
        place = (
            start[0] + (end[0] - start[0]) * share,
            start[1] + (end[1] - start[1]) * share,
        )
        dot(picture, place, 8.5 * scale, INK)
        dot(picture, place, 5.5 * scale, GOOD)


def _from_edge(path: list[Point], reach: float) -> list[Point]:
    """Leave out what lies under the mark at the start of the path."""
    for number, (a, b) in enumerate(pairwise(path)):
        before, after = (hypot(p[0] - path[0][0], p[1] - path[0][1]) for p in (a, b))
        if after > reach:
            share = max(0.0, (reach - before) / (after - before))
            edge = a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
            return [edge, *path[number + 1 :]]
    return []


def _arrow(picture: Pixels, path: list[Point], scale: float) -> None:
    """Draw an arrow along a path to its last point, with a dark edge all around."""
    lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(path)]
    if sum(lengths) < 12 * scale:
        return
    tip = path[-1]
    head = max(22 * scale, min(36 * scale, sum(lengths) / 2))
    # The head points along the path's own end, not along its last short step.
    back = next(
        (p for p in reversed(path) if hypot(tip[0] - p[0], tip[1] - p[1]) >= head * 0.7), path[0]
    )
    reach = hypot(tip[0] - back[0], tip[1] - back[1])
    along = (tip[0] - back[0]) / reach, (tip[1] - back[1]) / reach

    def at(forward: float, aside: float) -> Point:
        return (
            tip[0] + along[0] * forward - along[1] * aside,
            tip[1] + along[1] * forward + along[0] * aside,
        )

    neck = at(-head * 0.8, 0.0)
    shaft = [p for p in path if _is_before(p, neck, along)] + [neck]
    edge = 4 * scale
    for grown, colour in ((edge, INK), (0.0, MEND)):
        for start, end in pairwise(shaft):
            stroke(picture, start, end, 10 * scale + 2 * grown, colour)
        wing = head * 0.66 + grown * 1.9
        fill(
            picture,
            [at(grown * 1.9, 0), at(-head - grown, wing), at(-head - grown, -wing)],
            colour,
        )


def _is_before(point: Point, end: Point, along: Point) -> bool:
    return (end[0] - point[0]) * along[0] + (end[1] - point[1]) * along[1] > 0
