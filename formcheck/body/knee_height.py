"""Whether a knee is on the floor.

That is not told in the picture alone: there, what is nearer to a camera that looks down is lower,
and a camera stands on a table as well as on the floor. It is told from MediaPipe's places in space,
across and up alone. Of a far leg, which is half hidden, these put a knee in the air too low and the
picture puts it too high: the middle of both tells it. Of a foot, though, space shows no toes that
are tucked: whether the rear foot lies on the floor or stands on its toes is told in the picture,
where a foot that stands has its ankle right above them, wherever the camera is.
"""

from typing import Final

from formcheck.body.landmarks import MIN_VISIBILITY
from formcheck.body.roles import Body, Point

_STEEPEST_FLOOR: Final = 0.4
"""Trunk lengths by which a floor climbs, as a camera sees it, from the front ankle to the rear one:
a rear ankle that is higher is off the floor. Cameras 1.5 m high that see somebody turned by 30
degrees make it climb by up to 0.33 (rendered people)."""

_LYING_SLOPE: Final = 2.0
"""How steep a rear foot is at most while the knee can be on the floor: by 63 degrees, from the toes
up to the ankle. Lying it slopes by up to 35 in people, with the toes tucked by 40 to 61 (at a right
angle to a shin from the knee on the floor it would by 68). In the air it stands above its toes, 80
to 119, but in one silhouette."""

_FLAT_SLOPE: Final = 1.0
"""The same of a foot whose toes point ahead: by 45 degrees. Flat on the floor it slopes by 20."""

_FEET_TOLD_TO_DEG: Final = (20.0, 30.0)
"""Turned so far from side-on a foot's slope is told, and no longer told: at 30 MediaPipe takes a
far foot that lies for one on its toes in up to a fifth of the frames (rendered people)."""


def rear_knee_clearance(body: Body) -> float:
    """Return how far the rear knee is above the line between the feet, in trunk lengths.

    The line is that between the ankles; a rear foot that stands on its toes lowers it by as much as
    that lifts the ankle.

    On the floor, or on a pad of 8 cm, a far knee reads at most 0.10 and a near one 0.06; lifted by
    16 cm at least 0.12 and 0.13 (rendered people before cameras at 0.15 to 1.5 m, turned by up to
    30 degrees; a far one in space alone 0.05 and 0.04, in the picture alone 0.15 and 0.19).
    """
    roles, lift = ("rear_knee", "front_ankle", "rear_ankle"), _rear_ankle_lift(body)
    knee, front, rear = map(body.in_space, roles)
    in_space = _above_the_line(knee, front, rear, lift)
    if not body.view.is_rear_leg_far:
        return in_space
    scale = 1.0 / body.view.trunk_length_px
    knee, front, rear = ((scale * x, scale * y) for x, y in map(body.__getitem__, roles))
    return (in_space + _above_the_line(knee, front, rear, lift)) / 2


def _above_the_line(knee: Point, front: Point, rear: Point, rear_lift: float) -> float:
    # Of a straight floor the line between two points that touch it stays a line from anywhere.
    # Beyond its ends the nearer foot tells the floor: somebody who stands has both under the knee.
    apart = rear[0] - front[0]
    along = min(1.0, max(0.0, (knee[0] - front[0]) / apart)) if apart else 0.0
    climb = min(rear[1] - front[1], _STEEPEST_FLOOR) - rear_lift
    return knee[1] - (front[1] + along * climb)


def _rear_ankle_lift(body: Body) -> float:
    """Return how far standing on the toes lifts the rear ankle, in trunk lengths.

    The length by which the ankle is above the toes, less what a foot of the steepest slope that
    lies, or stands flat, has for the length by which it is ahead of them, or behind. 0 where the
    toes are not seen, and less the nearer the turn is to that at which nothing is told.
    """
    if body.confidence(("rear_foot_index",)) < MIN_VISIBILITY:
        return 0.0
    ankle, toes = body["rear_ankle"], body["rear_foot_index"]
    above, ahead = ankle[1] - toes[1], ankle[0] - toes[0]
    slope = _LYING_SLOPE if ahead > 0 else _FLAT_SLOPE
    lift = max(0.0, above - slope * abs(ahead)) / body.view.trunk_length_px
    sure, unsure = _FEET_TOLD_TO_DEG
    return lift * min(1.0, max(0.0, (unsure - body.view.shoulder_line_deg) / (unsure - sure)))


def rear_knee_rise(body: Body) -> float:
    """Return how far the rear knee is above the front ankle, in trunk lengths."""
    if body.view.kind == "front":
        # The leg points away from the camera, and how far is what a detector guesses worst.
        return (body["rear_knee"][1] - body["front_ankle"][1]) / body.view.trunk_length_px
    return body.in_space("rear_knee")[1] - body.in_space("front_ankle")[1]
