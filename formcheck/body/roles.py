"""The landmarks by role, and the geometry that angles are made of."""

from collections.abc import Iterable
from math import acos, atan2, degrees, dist, hypot, nan
from typing import Final

import numpy as np

from formcheck.body.landmarks import INDEX, PoseLandmarks
from formcheck.body.view import View

Point = tuple[float, float]
"""x forward and y up, in pixels."""

_JOINTS: Final = ("shoulder", "hip", "knee", "ankle", "foot_index", "elbow", "wrist")
_MIDDLES: Final = ("shoulder", "hip")
NOSE: Final = "nose"

ROLES: Final = frozenset(
    {f"{role}_{joint}" for role in ("front", "rear") for joint in _JOINTS}
    | {f"mid_{joint}" for joint in _MIDDLES}
    | {NOSE}
)
"""The names of the points of a `Body`."""


def landmarks_of(role: str, view: View) -> tuple[str, ...]:
    """Return the names of the landmarks behind a role: the person's own left and right.

    "front" and "rear" are one leg's side, "mid" is both sides, also of joints that no `Body` has
    a middle of, e.g. "mid_ankle".
    """
    if role == NOSE:
        return (NOSE,)
    place, joint = role.split("_", 1)
    sides = {"front": (view.front_leg,), "rear": (view.rear_leg,), "mid": ("left", "right")}
    return tuple(f"{side}_{joint}" for side in sides[place])


class Body:
    """The landmarks by role, in a frame where x is forward, y is up and the legs have no side.

    Of each landmark there are two places: the one in the picture, from which angles are taken, and
    the one that the detector guesses in space, of which x and y alone are used.

    Seen from the front x points to the side of the front leg; lying, the picture is turned so
    that the head is up and the chest ahead (`View.forward_xy`, `View.up_xy`).
    """

    __slots__ = ("_confidence", "_points", "_space", "view")

    def __init__(self, landmarks: PoseLandmarks, view: View) -> None:
        """Turn the landmarks to face the positive x axis and name the legs front and rear."""
        forward, up = view.forward_xy, view.up_xy
        xy: list[list[float]] = landmarks.image_xy.tolist()
        xyz: list[list[float]] = landmarks.world_xyz.tolist()
        visibility: list[float] = np.nan_to_num(landmarks.visibility).tolist()
        width, height = landmarks.image_size
        self.view = view
        self._points: dict[str, Point] = {}
        self._space: dict[str, tuple[float, float, float]] = {}
        self._confidence: dict[str, float] = {}

        def put(role: str, name: str) -> None:
            index = INDEX[name]
            x, y = xy[index]
            is_inside = 0 <= x < width and 0 <= y < height
            self._points[role] = (forward[0] * x + forward[1] * y, up[0] * x + up[1] * y)
            x, y, depth = xyz[index]
            self._space[role] = (forward[0] * x + forward[1] * y, up[0] * x + up[1] * y, depth)
            self._confidence[role] = visibility[index] if is_inside else 0.0

        for joint in _JOINTS:
            put(f"front_{joint}", f"{view.front_leg}_{joint}")
            put(f"rear_{joint}", f"{view.rear_leg}_{joint}")
        put(NOSE, NOSE)
        for joint in _MIDDLES:
            front, rear = self._points[f"front_{joint}"], self._points[f"rear_{joint}"]
            self._points[f"mid_{joint}"] = ((front[0] + rear[0]) / 2, (front[1] + rear[1]) / 2)
            self._confidence[f"mid_{joint}"] = min(
                self._confidence[f"front_{joint}"], self._confidence[f"rear_{joint}"]
            )

    def __getitem__(self, role: str) -> Point:
        """Return a point by its role, e.g. "rear_knee"."""
        return self._points[role]

    def in_space(self, role: str) -> Point:
        """Return where a point of one side is in space, as the detector guesses it.

        x forward and y up as the camera sees them, in trunk lengths; not finite without a place.
        """
        x, y, _ = self._space[role]
        trunk = self._trunk_in_space()
        return (x / trunk, y / trunk) if trunk > 0 else (nan, nan)

    def _trunk_in_space(self) -> float:
        """Return the distance from the middle of the hips to that of the shoulders, in metres."""
        ends = [
            [
                (one + other) / 2
                for one, other in zip(
                    self._space[f"front_{joint}"], self._space[f"rear_{joint}"], strict=True
                )
            ]
            for joint in _MIDDLES
        ]
        return dist(*ends)

    def pixel(self, role: str) -> Point:
        """Return where a point is in the picture: x right and y down, in pixels."""
        (forward, up), ahead, above = self._points[role], self.view.forward_xy, self.view.up_xy
        return ahead[0] * forward + above[0] * up, ahead[1] * forward + above[1] * up

    def confidence(self, roles: Iterable[str]) -> float:
        """Return the lowest confidence of these points, 0 to 1."""
        return min(self._confidence[role] for role in roles)


def lean(lower: Point, upper: Point) -> float:
    """Return how far the line from `lower` to `upper` leans from the vertical.

    In degrees, -180 to 180: 0 upright, positive forward. 0 for two equal points.
    """
    return degrees(atan2(upper[0] - lower[0], upper[1] - lower[1]))


def flexion(root: Point, joint: Point, tip: Point) -> float:
    """Return how far a joint is bent: 0 straight to 180 folded, in degrees; 0 where undefined."""
    root_x, root_y = root[0] - joint[0], root[1] - joint[1]
    tip_x, tip_y = tip[0] - joint[0], tip[1] - joint[1]
    lengths = hypot(root_x, root_y) * hypot(tip_x, tip_y)
    if lengths == 0:
        return 0.0
    cosine = (root_x * tip_x + root_y * tip_y) / lengths
    return 180.0 - degrees(acos(max(-1.0, min(1.0, cosine))))


def obliquity(front: Point, rear: Point) -> float:
    """Return how far a pair of points slopes down to the side of the front leg, in degrees."""
    return degrees(atan2(rear[1] - front[1], abs(front[0] - rear[0])))


def wrapped(angle: float) -> float:
    """Return the same direction within -180 to 180 degrees."""
    return (angle + 180.0) % 360.0 - 180.0
