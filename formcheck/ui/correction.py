"""How a fault is shown on the body: which joint to look at, and which way it should go."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from formcheck.coach import Cue
from formcheck.pose import Bound, PoseDefinition

LEAN: Final = "trunk_lean"


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
