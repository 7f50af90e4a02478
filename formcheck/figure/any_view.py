"""The target figure of a pose in any view: from the side, from the front, or lying.

All are in trunk lengths, y up from the floor. From the front x points to the front leg's side;
lying, to the head. `formcheck.figure.side_view` has the side view and the body's proportions.
"""

from collections.abc import Mapping
from math import cos, inf, radians, sin
from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.body.measurements import DEGREES, MEASUREMENTS, measure
from formcheck.body.view import ViewKind, see
from formcheck.figure.side_view import (
    ANKLE_HEIGHT,
    FORE_FOOT,
    FOREARM,
    HEAD_ABOVE,
    HEAD_RADIUS,
    HIND_FOOT,
    RESTING_HEIGHT,
    SHANK,
    THIGH,
    UPPER_ARM,
    Angles,
    Figure,
    Point,
    least_squares,
    target_figure,
)
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.parts import Gate

Limbs = tuple[tuple[str, str], ...]
"""From joint to joint, the far ones first."""

_LEGS: Final[Limbs] = (
    ("mid_shoulder", "head"),
    ("rear_hip", "rear_knee"),
    ("rear_knee", "rear_ankle"),
    ("rear_ankle", "rear_toe"),
    ("mid_hip", "mid_shoulder"),
    ("front_hip", "front_knee"),
    ("front_knee", "front_ankle"),
    ("front_ankle", "front_toe"),
)
_ARM: Final[Limbs] = (("front_shoulder", "front_elbow"), ("front_elbow", "front_wrist"))
LIMBS: Final[Mapping[ViewKind, Limbs]] = {
    "side": (*_LEGS, *_ARM),
    "lying": (*_LEGS, *_ARM),
    "front": (
        ("mid_shoulder", "head"),
        ("rear_hip", "rear_knee"),
        ("front_hip", "rear_hip"),
        ("mid_hip", "mid_shoulder"),
        ("front_shoulder", "rear_shoulder"),
        ("front_hip", "front_knee"),
        ("front_knee", "front_ankle"),
        *_ARM,
        ("rear_shoulder", "rear_elbow"),
        ("rear_elbow", "rear_wrist"),
    ),
}
"""What to draw of a figure in each view."""

_HALF_SHOULDERS: Final = 0.36
_HALF_HIPS: Final = 0.17
"""Half the distance between the joints seen from the front, in trunk lengths."""

_NATURAL_LYING: Final = (0.0, 0.0, 70.0, -105.0, 115.0)
"""Trunk lean, rear thigh tilt, rear knee flexion, front thigh tilt, front knee flexion."""
_LOOSE_DEG: Final = 60.0
_CONTACT: Final = 0.03


def figure_for(pose: PoseDefinition) -> Figure:
    """Return the figure of a pose, each gate near the middle of its full band."""
    if pose.view.kind == "lying":
        return _lying(pose)
    if pose.view.kind == "front":
        return _front({gate.measurement: _middle(gate) for gate in pose.gates})
    figure = target_figure(pose)
    assert figure is not None, "there is one for every side view"
    return figure


def _middle(gate: Gate) -> float:
    low, high = gate.full
    if low == -inf:
        return high
    return low if high == inf else (low + high) / 2


def _front(wanted: Mapping[str, float]) -> Figure:
    """Build a body seen from the front: on one knee, or standing where no knee is higher."""
    kneels = wanted.get("front_knee_rise", 0.0) > 0.2
    hip_height = THIGH + (RESTING_HEIGHT if kneels else SHANK + ANKLE_HEIGHT)
    tilt = wanted.get("trunk_lateral_tilt", 0.0)
    hip: Point = (0.0, hip_height)
    shoulder = _along(hip, tilt, 1.0)
    hip_slope, shoulder_slope = (
        wanted.get("pelvic_obliquity", 0.0),
        wanted.get("shoulder_obliquity", 0.9 * tilt),
    )
    front_hip, rear_hip = _pair(hip, _HALF_HIPS, hip_slope)
    front_shoulder, rear_shoulder = _pair(shoulder, _HALF_SHOULDERS, shoulder_slope)
    front_knee = (front_hip[0] + 0.08, SHANK + ANKLE_HEIGHT)
    front_ankle = _along(front_knee, -wanted.get("front_shank_lateral_tilt", 0.0), -SHANK)
    rear_knee = (rear_hip[0], RESTING_HEIGHT if kneels else SHANK + ANKLE_HEIGHT)
    rear_ankle = (rear_hip[0], RESTING_HEIGHT if kneels else ANKLE_HEIGHT)
    head = _along(shoulder, 0.6 * tilt, HEAD_ABOVE)
    arm_up = wanted.get("rear_wrist_rise", -1.0) >= 0
    rear_elbow = _along(rear_shoulder, tilt + 8.0 if arm_up else 190.0, UPPER_ARM)
    rear_wrist = _along(rear_elbow, tilt + 40.0 if arm_up else 175.0, FOREARM)
    front_elbow = _along(front_shoulder, 165.0, UPPER_ARM)
    front_wrist = _along(front_elbow, 190.0, FOREARM)
    return Figure(
        {
            "mid_hip": hip,
            "front_hip": front_hip,
            "rear_hip": rear_hip,
            "mid_shoulder": shoulder,
            "front_shoulder": front_shoulder,
            "rear_shoulder": rear_shoulder,
            "head": head,
            "front_elbow": front_elbow,
            "front_wrist": front_wrist,
            "rear_elbow": rear_elbow,
            "rear_wrist": rear_wrist,
            "front_knee": front_knee,
            "front_ankle": front_ankle,
            "front_heel": (front_ankle[0], 0.04),
            "front_toe": (front_ankle[0] + 0.05, 0.04),
            "rear_knee": rear_knee,
            "rear_ankle": rear_ankle,
            "rear_heel": rear_ankle,
            "rear_toe": rear_ankle,
        },
        "front",
    )


def _lying(pose: PoseDefinition) -> Figure:
    """Build a body on its back, on the floor or on a bed."""
    gates = [gate for gate in pose.gates if MEASUREMENTS[gate.measurement].unit == DEGREES]
    both_alike = pose.dosage.sides == 1
    natural = np.array(_NATURAL_LYING)

    def misses(angles: Angles) -> npt.NDArray[np.float64]:
        figure = _lain(angles, both_alike=both_alike)
        landmarks = figure.landmarks()
        view = see(landmarks, "lying")
        assert view is not None, "a body of given lengths has a trunk and legs"
        measured = measure(landmarks, view)
        points = figure.points
        on_feet = points["rear_ankle"][1] - points["mid_shoulder"][1] if both_alike else 0.0
        return np.array(
            [
                *(_miss(gate, measured[gate.measurement].value) for gate in gates),
                on_feet / _CONTACT,
                *(angles - natural) / _LOOSE_DEG,
            ]
        )

    return _lain(least_squares(misses, natural), both_alike=both_alike)


def _miss(gate: Gate, value: float) -> float:
    """Return how far a value is from where the gate wants it: 1 is half the band."""
    low, high = gate.full
    if abs(low) < inf and abs(high) < inf:
        return (value - (low + high) / 2) / max(5.0, (high - low) / 2)
    return (max(0.0, low + 5.0 - value) - max(0.0, value - high + 5.0)) / 5.0


def _lain(angles: Angles, *, both_alike: bool) -> Figure:
    """Build the body from its hips, upright, and lay it down with the head to the right."""
    trunk, rear_thigh, rear_knee, front_thigh, front_knee = angles.tolist()
    if both_alike:
        front_thigh, front_knee = rear_thigh, rear_knee
    shoulder = _along((0.0, 0.0), trunk, 1.0)
    upright: dict[str, Point] = {
        "mid_hip": (0.0, 0.0),
        "mid_shoulder": shoulder,
        "head": _along(shoulder, 4.0, HEAD_ABOVE),  # level, whatever the trunk does
    }
    for role, thigh, bend in (
        ("rear", rear_thigh, rear_knee),
        ("front", front_thigh, front_knee),
    ):
        knee = _along((0.0, 0.0), thigh, -THIGH)
        ankle = _along(knee, thigh + bend, -SHANK)
        foot = thigh + bend + 90.0
        elbow = _along(shoulder, trunk + 6.0, -UPPER_ARM)
        upright |= {
            f"{role}_hip": (0.0, 0.0),
            f"{role}_shoulder": shoulder,
            f"{role}_elbow": elbow,
            f"{role}_wrist": _along(elbow, 2.0, -FOREARM),
            f"{role}_knee": knee,
            f"{role}_ankle": ankle,
            f"{role}_toe": _along(_along(ankle, foot - 90.0, -0.09), foot, FORE_FOOT),
            f"{role}_heel": _along(_along(ankle, foot - 90.0, -0.09), foot, -HIND_FOOT),
        }
    lowest = min(x for x, _ in upright.values()) - RESTING_HEIGHT
    points = {name: (y, x - lowest) for name, (x, y) in upright.items()}
    head = points["head"]
    return Figure({**points, "head": (head[0], max(head[1], HEAD_RADIUS))}, "lying")


def _pair(middle: Point, half: float, down_deg: float) -> tuple[Point, Point]:
    """Return the points of the front and the rear side about a middle, the front one lower."""
    x, y = half * cos(radians(down_deg)), half * sin(radians(down_deg))
    return (middle[0] + x, middle[1] - y), (middle[0] - x, middle[1] + y)


def _along(start: Point, lean_deg: float, length: float) -> Point:
    """Go so far in a direction that leans from the vertical, positive to the right."""
    return start[0] + length * sin(radians(lean_deg)), start[1] + length * cos(radians(lean_deg))
