"""How the person stands to the camera: which way they face, and which leg is which."""

from dataclasses import dataclass
from math import cos, hypot, isfinite, radians, sin
from typing import Final, Literal

from formcheck.body.landmarks import INDEX, PoseLandmarks, Side, other_side
from formcheck.body.turn import (
    by_shoulder_line,
    by_shoulders,
    by_width,
    shoulder_depth,
    width_at,
    with_foot,
)

ViewKind = Literal["side", "front", "lying"]
"""From where a pose has to be seen: the person upright and side-on, upright and from the front, or
lying on the back and side-on."""

Points = list[list[float]]
"""A list of x and y in pixels, in the order of the landmarks."""

Direction = tuple[float, float]
"""A unit vector in the picture, x right and y down."""

BODY_LANDMARKS: Final = tuple(
    f"{side}_{joint}"
    for joint in ("shoulder", "hip", "knee", "ankle")
    for side in ("left", "right")
)
"""What has to be in the picture before the legs and the trunk can be judged."""

_LIMB_TRUNKS: Final = (0.35, 1.25)
"""The shortest and longest thigh or shin, in trunk lengths. Both are 0.85 in people (Drillis and
Contini's proportions), 0.50 to 0.93 in every measured side view of the stretch."""

_LEVEL_KNEES: Final = 0.25
"""Trunk lengths by which the knees of someone lying may differ and still do the same."""

_LEAST_TRUNK_PX: Final = 10.0
"""A landmark that is off by one pixel turns so short a trunk by six degrees. People who are seen
at all were 58 pixels and more."""

_CLEARLY_BENT: Final = 0.15
"""Trunk lengths by which the knees must bow before they tell which way the person faces."""


@dataclass(frozen=True, slots=True)
class View:
    """How one picture shows the person. Left and right legs are the person's own."""

    kind: ViewKind
    """How the picture was read."""
    facing: Side
    """The edge of the (unmirrored) picture that the person faces. Seen from the front, the edge on
    the front leg's side; lying, the edge on the head's side."""
    front_leg: Side
    """The leg whose knee is further ahead of the hips. Seen from the front, and lying, the one
    whose knee is higher; lying with both knees level, the one that is seen less well."""
    shoulder_width: float
    """Between the shoulders, in trunk lengths: about 0 side-on, 0.7 from the front or behind."""
    hip_width: float
    """Between the hips, in trunk lengths: about 0 side-on, 0.45 from the front or behind."""
    trunk_length_px: float
    """From the middle of the hips to the middle of the shoulders, in pixels; above 0."""
    hips_xy: tuple[float, float]
    """The middle of the hips in pixels, x right, y down."""
    turn_deg: float
    """How far the person is turned from side-on, in degrees, 0 to 90 and without a sign.

    Side-on from the line between the shoulders, across the picture against MediaPipe's depth, so
    that broad and narrow shoulders read alike; from behind the front foot's length helps. Right to
    about 2 degrees towards the camera and 3 away from it, from 20 to 40 degrees of rendered people;
    without a depth, and from the front, from the shoulders' width alone, to about 6.
    """
    is_turned_away: bool
    """The back is towards the camera rather than the chest."""
    outside: tuple[str, ...]
    """The landmarks of `BODY_LANDMARKS` that lie outside the picture."""
    implausible: tuple[str, ...]
    """Those at the ends of a thigh or shin of a length that no such view of a person has."""

    @property
    def rear_leg(self) -> Side:
        """The leg behind: the stretched one in a lunge."""
        return other_side(self.front_leg)

    @property
    def is_rear_hip_ahead(self) -> bool:
        """Whether the turn brings the hip of the rear leg ahead of the other one, in the picture.

        So it is for the leg nearer to the camera turned away from it, and for the far leg turned
        towards it. Whoever faces the right edge has the right leg near.
        """
        return (self.rear_leg == self.facing) == self.is_turned_away

    @property
    def forward_xy(self) -> Direction:
        """Where forward is in the picture: lying, up to the ceiling, where the chest points."""
        if self.kind == "lying":
            return self._upwards
        x, y = self._upwards
        return (-y, x) if self.facing == "right" else (y, -x)

    @property
    def up_xy(self) -> Direction:
        """Where up is in the picture: lying, towards the head."""
        if self.kind != "lying":
            return self._upwards
        x, y = self._upwards
        return (-y, x) if self.facing == "right" else (y, -x)

    @property
    def _upwards(self) -> Direction:
        """Where the vertical is: straight up, but for a camera that is rolled."""
        if self.roll_deg == 0:
            return (0.0, -1.0)
        return (-sin(radians(self.roll_deg)), -cos(radians(self.roll_deg)))

    shoulder_line_deg: float
    """The turn as the shoulders alone tell it, whichever of them is called left: a little less
    right than `turn_deg`, but a detector that exchanges the sides for a while does not change it.
    0 from the front, lying, and without a depth."""

    is_rear_leg_far: bool = False
    """Side-on, the hip of the leg behind is the one away from the camera, by MediaPipe's depth,
    which an exchange of left and right does not change (right in all of 11,000 frames of rendered
    people turned by up to 30 degrees). False without a depth."""

    roll_deg: float = 0.0
    """How far the camera is turned clockwise, seen from behind it, where that is known: every angle
    from the vertical is without it."""

    @property
    def turned_width(self) -> float:
        """The width that average shoulders would have in the picture at this turn."""
        return width_at(self.turn_deg)


def see(landmarks: PoseLandmarks, kind: ViewKind = "side") -> View | None:
    """Read the view from the landmarks, as one of this kind.

    Side-on, facing comes from the knees, which bend one way only; where both are straight, from
    the toes against the heels. (A nose against the ears flips when the head tips back.) Which leg
    is in front comes from which knee is ahead of the hips, so a detector that swaps left and right
    changes no angle. From the front, and lying, the higher knee tells it.

    Returns:
        None where the trunk or the legs have no finite place, or the trunk is too short to tell
        anything by.
    """
    points: Points = landmarks.image_xy.tolist()
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
    if trunk_length < _LEAST_TRUNK_PX:
        return None
    shoulder_width = (
        hypot(left_shoulder[0] - right_shoulder[0], left_shoulder[1] - right_shoulder[1])
        / trunk_length
    )

    facing, front_leg = _READ[kind](landmarks, points, trunk_length)
    is_turned_away = kind != "lying" and left_shoulder[0] < right_shoulder[0]
    turn_deg, shoulder_line_deg = by_width(shoulder_width, is_turned_away), 0.0
    depth, is_rear_leg_far = None, False
    if kind == "side":
        depth = shoulder_depth(landmarks)
        rear, front = (
            landmarks.world_xyz[INDEX[f"{leg}_hip"]][2]
            for leg in (other_side(front_leg), front_leg)
        )
        is_rear_leg_far = bool(rear > front)
    if depth is not None:
        across = abs(left_shoulder[0] - right_shoulder[0]) / trunk_length
        shoulder_line_deg = by_shoulder_line(across, depth)
        turn_deg = by_shoulders(across, depth, is_turned_away)
        if is_turned_away:
            toes = _toes_ahead_of_heel(points, front_leg) / trunk_length
            turn_deg = with_foot(turn_deg, toes if facing == "right" else -toes)
    return View(
        kind=kind,
        facing=facing,
        front_leg=front_leg,
        shoulder_width=shoulder_width,
        hip_width=hypot(left_hip[0] - right_hip[0], left_hip[1] - right_hip[1]) / trunk_length,
        trunk_length_px=trunk_length,
        is_turned_away=is_turned_away,
        turn_deg=turn_deg,
        shoulder_line_deg=shoulder_line_deg,
        hips_xy=((left_hip[0] + right_hip[0]) / 2, (left_hip[1] + right_hip[1]) / 2),
        outside=tuple(outside),
        implausible=_implausible(points, trunk_length, kind),
        is_rear_leg_far=is_rear_leg_far,
    )


def _read_side(_landmarks: PoseLandmarks, points: Points, trunk_length: float) -> tuple[Side, Side]:
    """Return which way someone side-on faces, and the leg whose knee is ahead."""
    bow = (_knee_bow(points, "left") + _knee_bow(points, "right")) / trunk_length
    if abs(bow) < _CLEARLY_BENT:
        toes = (_toes_ahead_of_heel(points, "left") + _toes_ahead_of_heel(points, "right")) or bow
        facing: Side = "right" if toes > 0 else "left"
    else:
        facing = "right" if bow > 0 else "left"
    ahead = 1 if facing == "right" else -1
    left_is_ahead = ahead * (points[INDEX["left_knee"]][0] - points[INDEX["right_knee"]][0]) > 0
    return facing, "left" if left_is_ahead else "right"


def _read_front(_landmarks: PoseLandmarks, points: Points, _trunk: float) -> tuple[Side, Side]:
    """Return the edge on the front leg's side, and the leg whose knee is higher."""
    left_is_higher = points[INDEX["left_knee"]][1] < points[INDEX["right_knee"]][1]
    front: Side = "left" if left_is_higher else "right"
    out = points[INDEX[f"{front}_hip"]][0] - points[INDEX[f"{other_side(front)}_hip"]][0]
    return "right" if out > 0 else "left", front


def _read_lying(landmarks: PoseLandmarks, points: Points, trunk_length: float) -> tuple[Side, Side]:
    """Return the edge on the head's side, and the leg whose knee is higher or hidden."""
    towards_head = sum(
        points[INDEX[f"{side}_shoulder"]][0] - points[INDEX[f"{side}_hip"]][0]
        for side in ("left", "right")
    )
    facing: Side = "right" if towards_head > 0 else "left"
    left, right = INDEX["left_knee"], INDEX["right_knee"]
    left_is_front = points[left][1] < points[right][1]
    if abs(points[left][1] - points[right][1]) < _LEVEL_KNEES * trunk_length:
        left_is_front = bool(landmarks.visibility[left] < landmarks.visibility[right])
    return facing, "left" if left_is_front else "right"


_READ: Final = {"side": _read_side, "front": _read_front, "lying": _read_lying}


def _knee_bow(points: Points, side: Side) -> float:
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


def _implausible(points: Points, trunk_length: float, kind: ViewKind) -> tuple[str, ...]:
    """Name the joints at the ends of limbs whose length cannot be.

    From the front a thigh or a shin may point at the camera and have no length at all.
    """
    shortest, longest = (limit * trunk_length for limit in _LIMB_TRUNKS)
    shortest = 0.0 if kind == "front" else shortest
    names = []
    for upper, lower in (("hip", "knee"), ("knee", "ankle")):
        for side in ("left", "right"):
            start, end = f"{side}_{upper}", f"{side}_{lower}"
            (x1, y1), (x2, y2) = points[INDEX[start]], points[INDEX[end]]
            if not shortest <= hypot(x2 - x1, y2 - y1) <= longest:
                names += [start, end]
    return tuple(dict.fromkeys(names))


def _toes_ahead_of_heel(points: Points, side: Side) -> float:
    """How far the toes are to the right of the heel, in pixels; 0 where either is missing."""
    reach = points[INDEX[f"{side}_foot_index"]][0] - points[INDEX[f"{side}_heel"]][0]
    return reach if isfinite(reach) else 0.0
