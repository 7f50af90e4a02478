"""Whether a knee is on the floor.

That is not told in the picture: there, what is nearer to a camera that looks down is lower, and a
camera stands on a table as well as on the floor. It is told from MediaPipe's places in space,
across and up alone.
"""

from typing import Final

from formcheck.body.roles import Body

_STEEPEST_FLOOR: Final = 0.4
"""Trunk lengths by which a floor climbs, as a camera sees it, from the front ankle to the rear one:
a rear ankle that is higher is off the floor. Cameras 1.5 m high that see somebody turned by 30
degrees make it climb by up to 0.33 (rendered people)."""


def rear_knee_clearance(body: Body) -> float:
    """Return how far the rear knee is above the line between the ankles, in trunk lengths."""
    knee, front, rear = (body.in_space(role) for role in ("rear_knee", "front_ankle", "rear_ankle"))
    # Of a straight floor the line between two points that touch it stays a line from anywhere.
    # Beyond its ends the nearer foot tells the floor: somebody who stands has both under the knee.
    apart = rear[0] - front[0]
    along = min(1.0, max(0.0, (knee[0] - front[0]) / apart)) if apart else 0.0
    climb = min(rear[1] - front[1], _STEEPEST_FLOOR)
    return knee[1] - (front[1] + along * climb)


def rear_knee_rise(body: Body) -> float:
    """Return how far the rear knee is above the front ankle, in trunk lengths."""
    if body.view.kind == "front":
        # The leg points away from the camera, and how far is what a detector guesses worst.
        return (body["rear_knee"][1] - body["front_ankle"][1]) / body.view.trunk_length_px
    return body.in_space("rear_knee")[1] - body.in_space("front_ankle")[1]
