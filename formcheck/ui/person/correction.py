"""How a fault is shown on the body: the joint to look at, and the arc or way it should go.

Points are in pixels of the mirrored picture, x to the right and y down. `ahead` is 1 where the
person faces the right edge of that picture and -1 for the left. `scale` is 1 for a picture 720
pixels high.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import atan2, copysign, cos, degrees, hypot, radians, sin
from typing import Final

from formcheck.body.measurements import Measurements
from formcheck.coach.cue import Cue
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.parts import Bound

Point = tuple[float, float]

MOST_DEG: Final = 80.0
"""A longer arc would say no more than which way to go."""
LEAST_DEG: Final = 25.0
"""A shorter one could not be seen."""


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of the body that turns about a joint as a measurement changes."""

    pivot: str
    moving: str
    sense: int
    """1 where the measurement grows as the segment turns forward over the top, else -1."""


_THIGH_OVER_KNEE: Final = _Segment("rear_knee", "rear_hip", 1)

_SEGMENTS: Final[Mapping[tuple[str, Bound], _Segment]] = {
    ("trunk_lean", "below"): _Segment("mid_hip", "mid_shoulder", 1),
    ("trunk_lean", "above"): _Segment("mid_hip", "mid_shoulder", 1),
    ("rear_thigh_tilt", "below"): _THIGH_OVER_KNEE,
    ("rear_thigh_tilt", "above"): _THIGH_OVER_KNEE,
    ("rear_hip_extension", "below"): _THIGH_OVER_KNEE,
    ("rear_hip_extension", "above"): _THIGH_OVER_KNEE,
    ("front_hip_flexion", "below"): _Segment("front_hip", "front_knee", -1),
    ("front_hip_flexion", "above"): _Segment("front_hip", "front_knee", -1),
    ("front_knee_flexion", "below"): _Segment("front_ankle", "front_knee", 1),
    ("front_knee_flexion", "above"): _Segment("front_knee", "front_hip", -1),
    ("rear_knee_flexion", "below"): _Segment("rear_knee", "rear_hip", -1),
    ("rear_knee_flexion", "above"): _Segment("rear_knee", "rear_hip", -1),
    ("front_shank_lean", "below"): _Segment("front_knee", "front_ankle", 1),
    ("front_shank_lean", "above"): _Segment("front_knee", "front_ankle", 1),
}
"""What moves when the fault is mended: a foot stands where it stands, hips go over their knee."""

_STRAIGHT: Final[Mapping[tuple[str, Bound], tuple[str, float]]] = {
    ("rear_knee_clearance", "below"): ("rear_knee", -1.0),
    ("rear_knee_clearance", "above"): ("rear_knee", 1.0),
    ("rear_knee_rise", "below"): ("rear_knee", -1.0),
    ("rear_knee_rise", "above"): ("rear_knee", 1.0),
}
"""What goes down (1) or up (-1)."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What to show of one fault."""

    joint: str
    """The point to look at, by role."""
    pivot: str | None = None
    """The joint that it turns about; None where it turns about none."""
    turn_deg: float = 0.0
    """How far it should turn, forward over the top positive."""
    down: float = 0.0
    """1 where it should go down, -1 for up, 0 for neither."""


def correction(pose: PoseDefinition, cue: Cue, measurements: Measurements) -> Correction | None:
    """Return what to show on the body for a cue.

    None where it mends no fault of the body, or one that is mended already: a cue stays to be
    read, an arc would be wrong.
    """
    if cue.fault is None or cue.fault not in pose.fault_by_name:
        return None
    fault = pose.fault_by_name[cue.fault]
    way = fault.measurement, fault.bound
    gate = next(gate for gate in pose.gates if gate.measurement == fault.measurement)
    measured = measurements.get(fault.measurement)
    if measured is None or gate.accept[0] <= measured.value <= gate.accept[1]:
        return None
    if way in _STRAIGHT:
        joint, down = _STRAIGHT[way]
        return Correction(joint, down=down)
    segment = _SEGMENTS.get(way)
    if segment is None or pose.view.kind != "side":
        return Correction(cue.marks[-1]) if cue.marks else None
    target = gate.full[0] if fault.bound == "below" else gate.full[1]
    if fault.measurement == "trunk_lean":
        # Upright is easiest to see and to do; else the edge of good form that is nearest to it.
        target = min(max(0.0, gate.full[0]), gate.full[1])
    turn = segment.sense * (target - measured.value)
    turn = copysign(min(MOST_DEG, max(LEAST_DEG, abs(turn))), turn)
    return Correction(segment.moving, segment.pivot, turn)


def arrow_path(
    show: Correction, points: Mapping[str, Point], ahead: float, scale: float
) -> list[Point]:
    """Return the way that the joint should go, from the joint to the tip; empty where none is.

    It is an arc about the joint's pivot, from where the segment is to where it should be.
    """
    joint = points.get(show.joint)
    if joint is None:
        return []
    if show.down:
        return [(joint[0], joint[1] + show.down * reach * scale) for reach in (0.0, 112.0)]
    if show.pivot is None or show.pivot not in points:
        return []
    pivot = points[show.pivot]
    length = hypot(joint[0] - pivot[0], joint[1] - pivot[1])
    now = atan2(joint[0] - pivot[0], pivot[1] - joint[1])
    turn = radians(show.turn_deg * ahead)
    # To just short of the line, so that the tip is not hidden in it.
    short = min(abs(turn) / 4, 12 * scale / max(length, 1.0))
    turn -= copysign(short, turn)
    steps = max(8, round(abs(degrees(turn)) / 5))
    return [_around(pivot, now + turn * step / steps, length) for step in range(steps + 1)]


def line_to_meet(
    show: Correction, points: Mapping[str, Point], ahead: float
) -> tuple[Point, Point] | None:
    """Return where the segment should be, from its pivot on; None where nothing turns."""
    if show.pivot is None or show.pivot not in points or show.joint not in points:
        return None
    pivot, joint = points[show.pivot], points[show.joint]
    length = hypot(joint[0] - pivot[0], joint[1] - pivot[1])
    now = atan2(joint[0] - pivot[0], pivot[1] - joint[1])
    return pivot, _around(pivot, now + radians(show.turn_deg * ahead), 1.15 * length)


def _around(pivot: Point, direction: float, length: float) -> Point:
    """Return the point so far from the pivot, in a direction clockwise from the top, in radians."""
    return pivot[0] + length * sin(direction), pivot[1] - length * cos(direction)
