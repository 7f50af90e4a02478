"""The figure of a pose in good form: where each joint would be, from the pose's own gates.

Seen from the side, facing to the right; in trunk lengths (hips to shoulders), x forward from the
middle of the hips and y up from the floor. Segments have the proportions of Drillis and Contini
(1966, as in Winter, Biomechanics and Motor Control of Human Movement): of a body's height, the
shoulders at 0.818, the hips at 0.530, the knees at 0.285 and the ankles at 0.039, a foot 0.152, an
upper arm 0.186 and a forearm 0.146 long, the chin at 0.870.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import cos, hypot, isfinite, radians, sin
from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.body.landmarks import LANDMARK_NAMES, PoseLandmarks, Side, other_side
from formcheck.body.measurements import DEGREES, KNEE_HEIGHTS, MEASUREMENTS, measure
from formcheck.body.roles import lean
from formcheck.body.view import ViewKind, see
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.parts import Gate

Point = tuple[float, float]
Angles = npt.NDArray[np.float64]
"""Shape (5,), degrees: trunk lean, rear thigh tilt, rear knee flexion, front shank lean, front knee
flexion, as `formcheck.body.measurements` defines them."""

_TRUNK: Final = 0.818 - 0.530
THIGH: Final = (0.530 - 0.285) / _TRUNK
SHANK: Final = (0.285 - 0.039) / _TRUNK
ANKLE_HEIGHT: Final = 0.039 / _TRUNK
UPPER_ARM: Final = 0.186 / _TRUNK
FOREARM: Final = 0.146 / _TRUNK
HEAD_ABOVE: Final = ((0.870 + 1.0) / 2 - 0.818) / _TRUNK
"""From the shoulders to the middle of the head."""
HEAD_RADIUS: Final = (1.0 - 0.870) / 2 / _TRUNK
FORE_FOOT: Final = 0.75 * 0.152 / _TRUNK
"""The ankle stands over the end of the foot's last quarter."""
HIND_FOOT: Final = 0.25 * 0.152 / _TRUNK

RESTING_HEIGHT: Final = 0.12
"""Of the middle of a knee, or of a shin, that rests on the floor: half its thickness (about 6 cm
of a person of 1.7 m)."""

_DORSIFLEXION_DEG: Final = 15.0
"""How far a shin leans over its flat foot before the heel rises."""

SEGMENTS: Final = (
    ("rear_hip", "rear_knee"),
    ("rear_knee", "rear_ankle"),
    ("rear_ankle", "rear_toe"),
    ("mid_hip", "mid_shoulder"),
    ("front_hip", "front_knee"),
    ("front_knee", "front_ankle"),
    ("front_ankle", "front_toe"),
    ("front_shoulder", "front_elbow"),
    ("front_elbow", "front_wrist"),
)
"""The limbs to draw, the far ones first."""

_KNEELING: Final = (0.0, 15.0, 75.0, 0.0, 95.0)
_STANDING: Final = (0.0, 30.0, 10.0, 10.0, 50.0)
"""Where a pose says nothing."""
_LOOSE_DEG: Final = 60.0
_CONTACT: Final = 0.01
_LYING: Final = 0.05
"""How far each may be off, in degrees and trunk lengths: what is only natural weighs little."""

_JOINTS: Final = {
    "shoulder": "shoulder",
    "elbow": "elbow",
    "wrist": "wrist",
    "pinky": "wrist",
    "index": "wrist",
    "thumb": "wrist",
    "hip": "hip",
    "knee": "knee",
    "ankle": "ankle",
    "heel": "heel",
    "foot_index": "toe",
}
"""The figure's joint for each landmark of a side."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A body in the pose."""

    points: Mapping[str, Point]
    """By role ("front_knee", "rear_toe", "mid_hip", "head"): forward and up, in trunk lengths."""
    kind: ViewKind = "side"
    """From where it is seen."""

    def landmarks(
        self, trunk_px: float = 180.0, stretched: Side = "left", size: tuple[int, int] = (1280, 720)
    ) -> PoseLandmarks:
        """Return what a detector would see of it from the side, all of it visible, facing right.

        Args:
            trunk_px: Length of the trunk in pixels.
            stretched: Which leg is the rear one.
            size: Of the picture, in pixels; the middle of the figure's hips is a trunk above the
                picture's middle less the hips' height.
        """
        roles = {stretched: "rear", other_side(stretched): "front"}
        count = len(LANDMARK_NAMES)
        xy = np.tile(np.array(self.points["head"]), (count, 1))
        for number, name in enumerate(LANDMARK_NAMES):
            side, _, joint = name.partition("_")
            if side in roles and joint in _JOINTS:
                xy[number] = self.points[f"{roles[side]}_{_JOINTS[joint]}"]
        metres = np.concatenate([0.5 * xy * (1.0, -1.0), np.zeros((count, 1))], axis=1)
        xy = np.array(size) / 2 + trunk_px * (xy * (1.0, -1.0) + (0.0, 1.0))
        return PoseLandmarks(xy, metres, np.ones(count), size)


def target_figure(pose: PoseDefinition) -> Figure | None:
    """Return the figure of a pose: each gate near the middle of its full band.

    Where bands, segments and the floor cannot all be met exactly, all give a little; a band that
    is open at one end only keeps the figure well inside it. Angles without a gate come out near a
    plain kneeling or standing body's. None for a pose that is not seen from the side.
    """
    if pose.view.kind != "side":
        return None
    kneeling = kneels(pose)
    gates = [gate for gate in pose.gates if MEASUREMENTS[gate.measurement].unit == DEGREES]
    natural = np.array(_KNEELING if kneeling else _STANDING)
    shin_may_lie = kneeling and not any(
        gate.measurement == "rear_knee_flexion" and gate.full[0] > 90 for gate in gates
    )

    def misses(angles: Angles) -> npt.NDArray[np.float64]:
        figure = _figure(angles, kneeling=kneeling)
        landmarks = figure.landmarks()
        view = see(landmarks)
        assert view is not None, "a body of given lengths has a trunk and legs"
        measured = measure(landmarks, view)
        contact = figure.points["rear_knee" if kneeling else "rear_toe"][1]
        ankle = figure.points["rear_ankle"][1]
        return np.array(
            [
                *(_miss(gate, measured[gate.measurement].value) for gate in gates),
                (contact - (RESTING_HEIGHT if kneeling else 0.0)) / _CONTACT,
                (ankle - RESTING_HEIGHT) / _LYING if shin_may_lie else 0.0,
                *(angles - natural) / _LOOSE_DEG,
            ]
        )

    return _figure(least_squares(misses, natural), kneeling=kneeling)


def kneels(pose: PoseDefinition) -> bool:
    """Return whether the pose rests its rear knee on the floor.

    It says so by a gate of `rear_knee_clearance` or `rear_knee_rise` that accepts a knee at the
    height of the ankles; without one, a rear knee that is bent by 40 degrees or more in the middle
    of its band is taken to kneel.
    """
    bands = {gate.measurement: gate for gate in pose.gates}
    for name in KNEE_HEIGHTS:
        if name in bands:
            return bands[name].accept[0] < 0
    return "rear_knee_flexion" in bands and _middle(bands["rear_knee_flexion"]) >= 40


def _middle(gate: Gate) -> float:
    """Return the middle of the full band, or the nearest to it where it is open."""
    low, high = gate.full
    if isfinite(low) and isfinite(high):
        return (low + high) / 2
    return low if isfinite(low) else high if isfinite(high) else 0.0


def _miss(gate: Gate, value: float) -> float:
    """Return how far a value is from where the gate wants it: 1 is half the band, or 5 degrees."""
    low, high = gate.full
    if isfinite(low) and isfinite(high):
        return (value - _middle(gate)) / max(5.0, (high - low) / 2)
    return (max(0.0, low + 5.0 - value) - max(0.0, value - high + 5.0)) / 5.0


def _figure(angles: Angles, *, kneeling: bool) -> Figure:
    """Build the body up from its front foot, which stands flat on the floor."""
    trunk, rear_thigh, rear_knee_flexion, front_shank, front_knee_flexion = angles.tolist()
    front_ankle = (0.0, ANKLE_HEIGHT)
    front_knee = _along(front_ankle, front_shank, SHANK)
    hip = _along(front_knee, front_shank - front_knee_flexion, THIGH)
    shoulder = _along(hip, trunk, 1.0)
    rear_knee = _along(hip, rear_thigh, -THIGH)
    rear_shank = rear_thigh + rear_knee_flexion
    rear_ankle = _along(rear_knee, rear_shank, -SHANK)
    if kneeling:
        # The top of the foot lies down: it goes on where the shin went.
        rear_toe = _along(rear_ankle, rear_shank - 8.0, -FORE_FOOT)
        rear_heel = _along(rear_ankle, rear_shank + 90.0, -HIND_FOOT)
    else:
        pitch = max(0.0, lean(rear_ankle, rear_knee) - _DORSIFLEXION_DEG)
        rear_toe = _turned(rear_ankle, (FORE_FOOT, -ANKLE_HEIGHT), pitch)
        rear_heel = _turned(rear_ankle, (-HIND_FOOT, -ANKLE_HEIGHT), pitch)
    wrist = _turned(hip, (0.10, 0.16), trunk)
    elbow = _elbow(shoulder, wrist)
    points = {
        "mid_hip": hip,
        "front_hip": hip,
        "rear_hip": hip,
        "mid_shoulder": shoulder,
        "front_shoulder": shoulder,
        "rear_shoulder": shoulder,
        "head": _along(_along(shoulder, trunk, 0.2), trunk / 2 + 8.0, HEAD_ABOVE - 0.2),
        "front_elbow": elbow,
        "rear_elbow": elbow,
        "front_wrist": wrist,
        "rear_wrist": wrist,
        "front_knee": front_knee,
        "front_ankle": front_ankle,
        "front_toe": (FORE_FOOT, 0.04),
        "front_heel": (-HIND_FOOT, 0.04),
        "rear_knee": rear_knee,
        "rear_ankle": rear_ankle,
        "rear_toe": rear_toe,
        "rear_heel": rear_heel,
    }
    return Figure({role: (x - hip[0], y) for role, (x, y) in points.items()})


def _along(start: Point, lean_deg: float, length: float) -> Point:
    """Go so far in a direction that leans from the vertical, forward positive."""
    return start[0] + length * sin(radians(lean_deg)), start[1] + length * cos(radians(lean_deg))


def _turned(start: Point, offset: Point, forward_deg: float) -> Point:
    """Go by an offset that is turned with what leans forward."""
    turn = radians(forward_deg)
    return (
        start[0] + offset[0] * cos(turn) + offset[1] * sin(turn),
        start[1] + offset[1] * cos(turn) - offset[0] * sin(turn),
    )


def _elbow(shoulder: Point, wrist: Point) -> Point:
    """Return where the elbow is, behind the line from shoulder to wrist."""
    x, y = wrist[0] - shoulder[0], wrist[1] - shoulder[1]
    reach = hypot(x, y)
    along = (UPPER_ARM**2 - FOREARM**2 + reach**2) / (2 * reach)
    aside = max(0.0, UPPER_ARM**2 - along**2) ** 0.5
    return (
        shoulder[0] + (x * along + y * aside) / reach,
        shoulder[1] + (y * along - x * aside) / reach,
    )


def least_squares(misses: Callable[[Angles], npt.NDArray[np.float64]], start: Angles) -> Angles:
    """Return the angles with the least sum of squared misses (Levenberg and Marquardt)."""
    best, damping = start, 1.0
    now = misses(best)
    for _ in range(60):
        slopes = np.stack([(misses(best + step) - now) / 0.1 for step in 0.1 * np.eye(best.size)])
        square = slopes @ slopes.T
        step = np.linalg.solve(square + damping * np.diag(np.diag(square)), -slopes @ now)
        tried = misses(best + step)
        if tried @ tried < now @ now:
            best, now, damping = best + step, tried, damping / 4
            if np.abs(step).max() < 0.01:
                break
        else:
            damping *= 4
    return best
