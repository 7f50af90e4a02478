"""How far a body is turned from side-on, and what that does to its angles in the picture."""

from math import acos, asin, atan2, cos, degrees, dist, isfinite, radians, sin, sqrt
from typing import Final

from formcheck.body.landmarks import INDEX, PoseLandmarks

_FRONTAL_SHOULDER_WIDTH: Final = 0.72
"""Shoulder width over trunk length seen from the front, in rendered people of known turn."""

_SEEN_FROM_BEHIND: Final = 0.9
"""Turned away from the camera the shoulders read a tenth too wide: 0.31, 0.46, 0.52 at 20, 30, 40
degrees against 0.23, 0.36, 0.48 when turned towards it (rendered people of known turn)."""

_ACROSS_TO_DEPTH: Final = {False: 1.04, True: 0.69}
"""What to multiply the shoulders' width in the picture by before it is held against their depth in
space, towards the camera and away from it: with these the turn is right on average at 30 degrees,
and too far is told from not too far, over rendered people of four builds."""

_EITHER_WAY: Final = 0.85
"""The same where it shall not matter which shoulder is called left."""

_FLAT_FOOT: Final = 0.40
"""Trunk lengths from heel to toes of a foot seen from the side, as MediaPipe places them."""
_FOOT_WEIGHT: Final = 0.25
_FOOT_AT_MOST_DEG: Final = 15.0
"""A foot that reads more than this off the shoulders is no flat foot, or points elsewhere."""

_HIP_AHEAD: Final = 0.22
"""Trunk lengths by which MediaPipe puts the rear hip behind its joint, over the sine of a turn that
brings this hip ahead: it sees a lunge and keeps the rear hip behind. Where the turn brings it back
a hip that is seen is right (rendered people turned by 10 to 38 degrees, cameras at 0.15 to 1.5 m).
"""
_HIP_COVERED: Final = 0.055
"""As many more of a hip that the front thigh covers, side-on; less where the turn brings it back,
and so into sight."""
_HIP_BELOW: Final = 1.0
"""As many more of such a hip over how far it is below the other one: the lower a camera, the more
of the thigh is before it (from 0.15 m the hip reads 6 degrees less extended than from 0.85 m)."""
_HIP_AT_MOST: Final = 0.2
"""Half of the distance between the hip joints."""
_NOISE_DEG: Final = 3.0
"""So much of a turn is read of people who are side-on (rendered ones, 95th percentile): a width is
never below 0. It adds to a turn as noise does, by squares."""
_MOST_TURN_DEG: Final = 45.0
"""A wider turn is undone only so far: beyond, nothing is judged."""


def by_width(shoulder_width: float, is_turned_away: bool) -> float:
    """Return the turn in degrees at which average shoulders are so wide, in trunk lengths."""
    width = shoulder_width * (_SEEN_FROM_BEHIND if is_turned_away else 1.0)
    return degrees(asin(min(1.0, width / _FRONTAL_SHOULDER_WIDTH)))


def width_at(turn_deg: float) -> float:
    """Return how wide average shoulders are at this turn, in trunk lengths."""
    return _FRONTAL_SHOULDER_WIDTH * sin(radians(turn_deg))


def shoulder_depth(landmarks: PoseLandmarks) -> float | None:
    """Return how much nearer one shoulder is than the other, in trunk lengths; None if not told."""
    left_shoulder, right_shoulder, left_hip, right_hip = (
        landmarks.world_xyz[INDEX[f"{side}_{joint}"]].tolist()
        for joint in ("shoulder", "hip")
        for side in ("left", "right")
    )
    trunk = dist(
        [one + other for one, other in zip(left_shoulder, right_shoulder, strict=True)],
        [one + other for one, other in zip(left_hip, right_hip, strict=True)],
    )
    depth = abs(left_shoulder[2] - right_shoulder[2])
    is_told = isfinite(depth) and isfinite(trunk) and depth > 0 and trunk > 0
    return 2 * depth / trunk if is_told else None


def by_shoulders(across: float, depth: float, is_turned_away: bool) -> float:
    """Return the turn in degrees by the line between the shoulders.

    Broad shoulders are wider in the picture and deeper in space, so that they read as narrow ones.

    Args:
        across: How far the shoulders are apart across the picture, in trunk lengths.
        depth: How much nearer one is than the other, in trunk lengths.
        is_turned_away: The back is towards the camera.
    """
    return degrees(atan2(_ACROSS_TO_DEPTH[is_turned_away] * across, depth))


def by_shoulder_line(across: float, depth: float) -> float:
    """Return the turn in degrees by the same line, whichever of its ends is called left.

    Freed of noise: 0 for who is side-on.
    """
    read = degrees(atan2(_EITHER_WAY * across, depth))
    return sqrt(max(0.0, read * read - _NOISE_DEG * _NOISE_DEG))


def with_foot(turn_deg: float, foot: float) -> float:
    """Return the turn with what the front foot adds, which shortens as it turns away.

    Args:
        turn_deg: By the shoulders.
        foot: How far the front toes are ahead of their heel, in trunk lengths; 0 if missing.
    """
    if foot == 0:
        return turn_deg
    of_foot = degrees(acos(min(1.0, max(0.0, foot / _FLAT_FOOT))))
    more = min(_FOOT_AT_MOST_DEG, max(-_FOOT_AT_MOST_DEG, of_foot - turn_deg))
    return max(0.0, turn_deg + _FOOT_WEIGHT * more)


def side_on(lean_deg: float, turn_deg: float) -> float:
    """Return a lean in degrees as it is from the side: a turn shortens what points ahead alone."""
    lean, turn = radians(lean_deg), radians(min(turn_deg, _MOST_TURN_DEG))
    return degrees(atan2(sin(lean), cos(lean) * cos(turn)))


def covered_by(front_thigh_deg: float) -> float:
    """Return how much of a far hip a front thigh covers that leans so far from upright, 0 to 1."""
    return min(1.0, 1.0 - cos(radians(front_thigh_deg)))


def rear_hip_behind(ahead_deg: float, above: float, covered: float) -> float:
    """Return how far the rear hip is put behind its joint, in trunk lengths, 0 or more.

    Args:
        ahead_deg: The turn from side-on: positive where it brings the rear hip ahead of the other
            one, negative where it brings it behind.
        above: How far the rear hip is seen above the other one, in trunk lengths.
        covered: How much of the rear hip the front thigh covers: 0 where the rear leg is the
            nearer one or the front thigh hangs down, 1 where that is level before the hip.
    """
    most = _MOST_TURN_DEG
    ahead = _HIP_AHEAD * sin(radians(max(-most, min(most, ahead_deg))))
    behind = max(0.0, ahead)
    behind += covered * max(0.0, min(0.0, ahead) + _HIP_COVERED - _HIP_BELOW * above)
    return min(_HIP_AT_MOST, behind)
