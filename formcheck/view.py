"""How the person stands to the camera: which way they face, and which leg is which."""

from dataclasses import dataclass
from math import asin, degrees, hypot, isfinite
from typing import Final

from formcheck.landmarks import INDEX, PoseLandmarks, Side, other_side

BODY_LANDMARKS: Final = tuple(
    f"{side}_{joint}"
    for joint in ("shoulder", "hip", "knee", "ankle")
    for side in ("left", "right")
)
"""What has to be in the picture before the legs and the trunk can be judged."""

_FRONTAL_SHOULDER_WIDTH: Final = 0.72
"""Shoulder width over trunk length seen from the front, in rendered people of known turn."""

_SEEN_FROM_BEHIND: Final = 0.9
"""Turned away from the camera the shoulders read a tenth too wide: 0.31, 0.46, 0.52 at 20, 30, 40
degrees against 0.23, 0.36, 0.48 when turned towards it (rendered people of known turn)."""

_LIMB_TRUNKS: Final = (0.35, 1.25)
"""The shortest and longest thigh or shin, in trunk lengths. Both are 0.85 in people (Drillis and
Contini's proportions), 0.50 to 0.93 in every measured side view of the stretch."""

_CLEARLY_BENT: Final = 0.15
"""Trunk lengths by which the knees must bow before they tell which way the person faces."""


@dataclass(frozen=True, slots=True)
class View:
    """How one picture shows the person. Left and right legs are the person's own."""

    facing: Side
    """The edge of the (unmirrored) picture that the person faces."""
    front_leg: Side
    """The leg whose knee is further ahead of the hips."""
    shoulder_width: float
    """Between the shoulders, in trunk lengths: about 0 side-on, 0.7 from the front or behind."""
    trunk_length_px: float
    """From the middle of the hips to the middle of the shoulders, in pixels; above 0."""
    hips_xy: tuple[float, float]
    """The middle of the hips in pixels, x right, y down."""
    is_turned_away: bool
    """The back is towards the camera rather than the chest."""
    outside: tuple[str, ...]
    """The landmarks of `BODY_LANDMARKS` that lie outside the picture."""
    implausible: tuple[str, ...]
    """Those at the ends of a thigh or shin of a length that no side view of a person has."""

    @property
    def rear_leg(self) -> Side:
        """The leg behind: the stretched one in a lunge."""
        return other_side(self.front_leg)

    @property
    def turned_width(self) -> float:
        """The shoulder width as it would be if the same turn were towards the camera."""
        return self.shoulder_width * (_SEEN_FROM_BEHIND if self.is_turned_away else 1.0)

    @property
    def turn_deg(self) -> float:
        """How far the person is turned from side-on, in degrees, 0 to 90 and without a sign.

        From the shoulders alone: right to about 6 degrees up to 40.
        """
        return degrees(asin(min(1.0, self.turned_width / _FRONTAL_SHOULDER_WIDTH)))


def see(landmarks: PoseLandmarks) -> View | None:
    """Read the view from the landmarks.

    Facing comes from the knees, which bend one way only; where both are straight, from the toes
    against the heels. (A nose against the ears flips when the head tips back.) Which leg is in
    front comes from which knee is ahead of the hips, so a detector that swaps left and right
    changes no angle.

    Returns:
        None where the trunk or the legs have no finite place or the trunk no length.
    """
    points: list[list[float]] = landmarks.image_xy.tolist()
    width, height = landmarks.image_size
    outside = []
    for name in BODY_LANDMARKS:
        x, y = points[INDEX[name]]
        if not (isfinite(x) and isfinite(y)):
            return None
        if not (0 <= x < width and 0 <= y < height):
            outside.append(name)

    left_shoulder, right_shoulder = points[INDEX["left_shoulder"]], points[INDEX["right_shoulder"]]
    left_hip, right_hip = points[INDEX["left_hip"]], points[INDEX["right_hip"]]
    trunk_x = (left_shoulder[0] + right_shoulder[0] - left_hip[0] - right_hip[0]) / 2
    trunk_y = (left_shoulder[1] + right_shoulder[1] - left_hip[1] - right_hip[1]) / 2
    trunk_length = hypot(trunk_x, trunk_y)
    if trunk_length < 1.0:
        return None
    shoulder_width = (
        hypot(left_shoulder[0] - right_shoulder[0], left_shoulder[1] - right_shoulder[1])
        / trunk_length
    )

    bow = (_knee_bow(points, "left") + _knee_bow(points, "right")) / trunk_length
    if abs(bow) < _CLEARLY_BENT:
        toes = (_toes_ahead_of_heel(points, "left") + _toes_ahead_of_heel(points, "right")) or bow
        facing: Side = "right" if toes > 0 else "left"
    else:
        facing = "right" if bow > 0 else "left"

    ahead = 1 if facing == "right" else -1
    left_is_ahead = ahead * (points[INDEX["left_knee"]][0] - points[INDEX["right_knee"]][0]) > 0
    return View(
        facing=facing,
        front_leg="left" if left_is_ahead else "right",
        shoulder_width=shoulder_width,
        trunk_length_px=trunk_length,
        is_turned_away=left_shoulder[0] < right_shoulder[0],
        hips_xy=((left_hip[0] + right_hip[0]) / 2, (left_hip[1] + right_hip[1]) / 2),
        outside=tuple(outside),
        implausible=_implausible(points, trunk_length),
    )


def _knee_bow(points: list[list[float]], side: Side) -> float:
    """How far the knee stands off the line from hip to ankle, in pixels.

    Positive where it stands to the right of a leg that hangs down, and so where a bent leg
    belongs to someone who faces right.
    """
    hip_x, hip_y = points[INDEX[f"{side}_hip"]]
    knee_x, knee_y = points[INDEX[f"{side}_knee"]]
    ankle_x, ankle_y = points[INDEX[f"{side}_ankle"]]
    leg_x, leg_y = ankle_x - hip_x, ankle_y - hip_y
    length = hypot(leg_x, leg_y)
    if length < 1.0:
        return 0.0
    return (leg_y * (knee_x - hip_x) - leg_x * (knee_y - hip_y)) / length


def _implausible(points: list[list[float]], trunk_length: float) -> tuple[str, ...]:
    """Name the joints at the ends of limbs whose length cannot be."""
    shortest, longest = (limit * trunk_length for limit in _LIMB_TRUNKS)
    names = []
    for upper, lower in (("hip", "knee"), ("knee", "ankle")):
        for side in ("left", "right"):
            start, end = f"{side}_{upper}", f"{side}_{lower}"
            (x1, y1), (x2, y2) = points[INDEX[start]], points[INDEX[end]]
            if not shortest <= hypot(x2 - x1, y2 - y1) <= longest:
                names += [start, end]
    return tuple(dict.fromkeys(names))


def _toes_ahead_of_heel(points: list[list[float]], side: Side) -> float:
    """How far the toes are to the right of the heel, in pixels; 0 where either is missing."""
    reach = points[INDEX[f"{side}_foot_index"]][0] - points[INDEX[f"{side}_heel"]][0]
    return reach if isfinite(reach) else 0.0
