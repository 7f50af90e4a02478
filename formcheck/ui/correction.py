"""How a fault is shown on the body: which joint to look at, and which way it should go.

Points are in pixels of the mirrored picture, x to the right and y down. `ahead` is 1 where the
person faces the right edge of that picture and -1 for the left. `scale` is 1 for a picture 720
pixels high.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import atan2, cos, hypot, radians, sin
from typing import Final

from formcheck.cue import Cue
from formcheck.pose import PoseDefinition
from formcheck.pose_parts import Bound

LEAN: Final = "trunk_lean"

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Correction:
    """What to show of one fault."""

    joint: str
    """The point to look at, by role."""
    move: tuple[float, float] | None = None
    """Which way it should go: forward and up; None where that is not one way."""
    lean_deg: float | None = None
    """The lean of the trunk to come back to, in degrees from the vertical, forward positive."""


_FORWARD, _BACK, _UP, _DOWN = (1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)

_BY_WAY_OUT: Final[Mapping[tuple[str, Bound], Correction]] = {
    ("rear_thigh_tilt", "below"): Correction("mid_hip", _FORWARD),
    ("rear_thigh_tilt", "above"): Correction("mid_hip", _BACK),
    ("rear_hip_extension", "below"): Correction("mid_hip", _FORWARD),
    ("rear_hip_extension", "above"): Correction("mid_hip", _BACK),
    ("front_hip_flexion", "below"): Correction("mid_hip"),
    ("front_hip_flexion", "above"): Correction("mid_hip"),
    ("front_knee_flexion", "below"): Correction("front_knee", _FORWARD),
    ("front_knee_flexion", "above"): Correction("mid_hip", _UP),
    ("rear_knee_flexion", "below"): Correction("rear_knee", _DOWN),
    ("rear_knee_flexion", "above"): Correction("mid_hip", _UP),
    ("front_shank_lean", "below"): Correction("front_ankle", _BACK),
    ("front_shank_lean", "above"): Correction("front_ankle", _FORWARD),
    ("rear_knee_drop", "below"): Correction("rear_knee", _DOWN),
    ("rear_knee_drop", "above"): Correction("rear_knee", _UP),
    ("shoulder_width", "above"): Correction("mid_shoulder"),
}


def correction(pose: PoseDefinition, cue: Cue) -> Correction | None:
    """Return what to show on the body for a cue; None where it mends no fault of the body."""
    if cue.fault is None:
        return None
    fault = pose.fault_by_name[cue.fault]
    if fault.measurement == LEAN:
        gate = next(gate for gate in pose.gates if gate.measurement == LEAN)
        # Upright is easiest to see and to do; else the edge of good form that is nearest to it.
        upright = min(max(0.0, gate.full[0]), gate.full[1])
        return Correction("mid_shoulder", lean_deg=upright)
    known = _BY_WAY_OUT.get((fault.measurement, fault.bound))
    return known or Correction(cue.marks[-1])


def line_to_meet(
    show: Correction, points: Mapping[str, Point], ahead: float
) -> tuple[Point, Point] | None:
    """Return the line that the trunk should come back to, from the hips up; None for no lean."""
    if show.lean_deg is None or not {"mid_hip", "mid_shoulder"} <= points.keys():
        return None
    return points["mid_hip"], _on_line(show.lean_deg * ahead, 1.15, points)


def arrow_path(
    show: Correction, points: Mapping[str, Point], ahead: float, scale: float
) -> list[Point]:
    """Return the way that the joint should go, from the joint to the tip; empty where none is."""
    joint = points.get(show.joint)
    if joint is None:
        return []
    if show.move is not None:
        right, down = show.move[0] * ahead, -show.move[1]
        return [
            (joint[0] + right * reach * scale, joint[1] + down * reach * scale)
            for reach in (0.0, 112.0)
        ]
    if show.lean_deg is None or "mid_hip" not in points:
        return []
    hip = points["mid_hip"]
    length = hypot(joint[0] - hip[0], joint[1] - hip[1])
    now, target = atan2(joint[0] - hip[0], hip[1] - joint[1]), radians(show.lean_deg * ahead)
    # On the shoulder's own circle, to just short of the line.
    short = min(abs(now - target) / 4, 12 * scale / max(length, 1.0))
    last = target - short if target > now else target + short
    return [
        (hip[0] + length * sin(angle), hip[1] - length * cos(angle))
        for angle in (now + (last - now) * step / 8 for step in range(9))
    ]


def _on_line(lean_deg: float, share: float, points: Mapping[str, Point]) -> Point:
    """Return the point so much of the trunk's length from the hips, at this lean to the right."""
    hip, shoulder = points["mid_hip"], points["mid_shoulder"]
    reach = share * hypot(shoulder[0] - hip[0], shoulder[1] - hip[1])
    return hip[0] + reach * sin(radians(lean_deg)), hip[1] - reach * cos(radians(lean_deg))
