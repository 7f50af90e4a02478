"""Named measurements of the body, in the plane of the picture.

Names and signs follow Sports2D and clinical use: flexion is positive, extension is given as
positive under its own name, a lean is taken from the vertical and is positive forward. "Forward"
is where the person faces; the front leg is the one whose knee is ahead. Angles are taken from
pixels, never from normalised coordinates, since a picture is not square. Everything is measured
in the picture because MediaPipe's depth is several times less exact side-on.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import acos, atan2, degrees, hypot
from typing import Final

import numpy as np

from formcheck.landmarks import INDEX, PoseLandmarks
from formcheck.view import View

Point = tuple[float, float]
"""x forward and y up, in pixels."""

DEGREES: Final = "degrees"
TRUNK_LENGTHS: Final = "trunk lengths"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One named measurement in one picture."""

    value: float
    """In the unit of its definition; not finite where a landmark has no place."""
    confidence: float
    """0 to 1: the visibility of its least visible landmark, 0 where one is outside the picture."""


Measurements = Mapping[str, Measurement]


class Body:
    """The landmarks by role, in a frame where x is forward, y is up and the legs have no side."""

    __slots__ = ("_confidence", "_points", "view")

    def __init__(self, landmarks: PoseLandmarks, view: View) -> None:
        """Turn the landmarks to face the positive x axis and name the legs front and rear."""
        ahead = 1.0 if view.facing == "right" else -1.0
        xy: list[list[float]] = landmarks.image_xy.tolist()
        visibility: list[float] = np.nan_to_num(landmarks.visibility).tolist()
        outside = set(view.outside)
        self.view = view
        self._points: dict[str, Point] = {}
        self._confidence: dict[str, float] = {}
        for joint in ("shoulder", "hip", "knee", "ankle"):
            for role, side in (("front", view.front_leg), ("rear", view.rear_leg)):
                name = f"{side}_{joint}"
                x, y = xy[INDEX[name]]
                self._points[f"{role}_{joint}"] = (ahead * x, -y)
                self._confidence[f"{role}_{joint}"] = (
                    0.0 if name in outside else visibility[INDEX[name]]
                )
        for joint in ("shoulder", "hip"):
            front, rear = self._points[f"front_{joint}"], self._points[f"rear_{joint}"]
            self._points[f"mid_{joint}"] = ((front[0] + rear[0]) / 2, (front[1] + rear[1]) / 2)
            self._confidence[f"mid_{joint}"] = min(
                self._confidence[f"front_{joint}"], self._confidence[f"rear_{joint}"]
            )

    def __getitem__(self, role: str) -> Point:
        """Return a point by its role, e.g. "rear_knee"."""
        return self._points[role]

    def confidence(self, roles: Iterable[str]) -> float:
        """Return the lowest confidence of these points, 0 to 1."""
        return min(self._confidence[role] for role in roles)


@dataclass(frozen=True, slots=True)
class MeasurementDefinition:
    """What a name of a measurement means."""

    unit: str
    """`DEGREES` or `TRUNK_LENGTHS`."""
    roles: tuple[str, ...]
    """The points it is taken from, which are also the ones to mark on a picture of it."""
    says: str
    """What it is, with its sign, in one line."""
    value: Callable[[Body], float]


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


def wrapped(angle: float) -> float:
    """Return the same direction within -180 to 180 degrees."""
    return (angle + 180.0) % 360.0 - 180.0


def _trunk_lean(body: Body) -> float:
    return lean(body["mid_hip"], body["mid_shoulder"])


def _rear_thigh_tilt(body: Body) -> float:
    return lean(body["rear_knee"], body["rear_hip"])


def _rear_hip_extension(body: Body) -> float:
    return wrapped(_rear_thigh_tilt(body) - _trunk_lean(body))


def _front_hip_flexion(body: Body) -> float:
    return wrapped(_trunk_lean(body) - lean(body["front_knee"], body["front_hip"]))


def _front_shank_lean(body: Body) -> float:
    return lean(body["front_ankle"], body["front_knee"])


def _front_knee_flexion(body: Body) -> float:
    return flexion(body["front_hip"], body["front_knee"], body["front_ankle"])


def _rear_knee_flexion(body: Body) -> float:
    return flexion(body["rear_hip"], body["rear_knee"], body["rear_ankle"])


def _rear_knee_drop(body: Body) -> float:
    return (body["front_ankle"][1] - body["rear_knee"][1]) / body.view.trunk_length_px


def _shoulder_width(body: Body) -> float:
    return body.view.shoulder_width


MEASUREMENTS: Final[Mapping[str, MeasurementDefinition]] = {
    "trunk_lean": MeasurementDefinition(
        DEGREES,
        ("mid_hip", "mid_shoulder"),
        "trunk from the vertical, forward positive",
        _trunk_lean,
    ),
    "rear_thigh_tilt": MeasurementDefinition(
        DEGREES,
        ("rear_knee", "rear_hip"),
        "rear thigh from the vertical, hip ahead of the knee positive",
        _rear_thigh_tilt,
    ),
    "rear_hip_extension": MeasurementDefinition(
        DEGREES,
        ("mid_shoulder", "mid_hip", "rear_hip", "rear_knee"),
        "rear thigh against the trunk, extension positive; pelvis and lower back are part of it",
        _rear_hip_extension,
    ),
    "front_hip_flexion": MeasurementDefinition(
        DEGREES,
        ("mid_shoulder", "mid_hip", "front_hip", "front_knee"),
        "front thigh against the trunk, flexion positive",
        _front_hip_flexion,
    ),
    "front_knee_flexion": MeasurementDefinition(
        DEGREES,
        ("front_hip", "front_knee", "front_ankle"),
        "bend of the front knee, 0 straight",
        _front_knee_flexion,
    ),
    "rear_knee_flexion": MeasurementDefinition(
        DEGREES,
        ("rear_hip", "rear_knee", "rear_ankle"),
        "bend of the rear knee, 0 straight",
        _rear_knee_flexion,
    ),
    "front_shank_lean": MeasurementDefinition(
        DEGREES,
        ("front_ankle", "front_knee"),
        "front shin from the vertical, knee ahead of the ankle positive",
        _front_shank_lean,
    ),
    "rear_knee_drop": MeasurementDefinition(
        TRUNK_LENGTHS,
        ("rear_knee", "front_ankle"),
        "how far the rear knee is below the front ankle; negative when it is in the air",
        _rear_knee_drop,
    ),
    "shoulder_width": MeasurementDefinition(
        TRUNK_LENGTHS,
        ("front_shoulder", "rear_shoulder"),
        "distance between the shoulders: about 0 side-on, 0.7 from the front",
        _shoulder_width,
    ),
}


def measure(landmarks: PoseLandmarks, view: View) -> dict[str, Measurement]:
    """Take every measurement of `MEASUREMENTS`.

    `rear_hip_extension` equals `rear_thigh_tilt - trunk_lean` exactly. A landmark that is
    missing, invisible or outside the picture lowers the confidence of what is taken from it.
    """
    body = Body(landmarks, view)
    return {
        name: Measurement(definition.value(body), body.confidence(definition.roles))
        for name, definition in MEASUREMENTS.items()
    }
