"""Which way up the picture is, as the person in it tells."""

from math import atan2, degrees, isfinite
from typing import Final

from formcheck.body.landmarks import INDEX, PoseLandmarks

SURE_S: Final = 3.0
"""Nobody stands on the head for so long at a stretch."""

_OFF_DEG: Final = 30.0
"""Up to so far from a quarter turn a body is upright, on its side or on its head: it sways, bends
and kneels within that (rendered and real people who stand, kneel and lunge: up to 25)."""

_UPRIGHT_S: Final = 0.5
"""Whoever was upright for so long has shown that the picture is: lying down is no turned camera."""

_FORGET_S: Final = 1.0
"""After so long without a body it starts anew."""


class Bearing:
    """Tells whether a camera stands on its side or on its head.

    From the ankles and knees to the shoulders is up: in someone who stands, kneels or lunges. A
    picture in which it has been down, or level, for seconds, and never up, is turned. Someone who
    lies on the floor from the first picture to the last looks the same as a camera on its side:
    where a pose is done lying, that is not looked for.
    """

    def __init__(self, *, may_lie: bool = False, sure_s: float = SURE_S) -> None:
        """Start without a past.

        Args:
            may_lie: The pose is done lying down.
            sure_s: For how many seconds a body has to be seen so before that is believed.
        """
        self._may_lie = may_lie
        self._sure_s = sure_s
        self._way: int | None = None
        self._since_s = self._last_s = 0.0
        self._is_settled = False
        self._rotate_deg = 0

    def step(self, time_s: float, landmarks: PoseLandmarks | None) -> int:
        """Take in one picture.

        Args:
            time_s: Seconds, growing.
            landmarks: None where nobody was seen; that tells nothing.

        Returns:
            By how many degrees the picture has to be turned clockwise to stand upright: 90, 180 or
            270; 0 where it does, and until it is known.
        """
        way = None if landmarks is None else _way(landmarks)
        if way is None or self._is_settled:
            return self._rotate_deg
        if way != self._way or time_s - self._last_s > _FORGET_S:
            self._way, self._since_s = way, time_s
        self._last_s = time_s
        lasted_s = time_s - self._since_s
        if way == 0:
            self._is_settled = lasted_s >= _UPRIGHT_S
            self._rotate_deg = 0 if self._is_settled else self._rotate_deg
        elif lasted_s >= self._sure_s and not (self._may_lie and way != 180):
            self._rotate_deg = 360 - way
        return self._rotate_deg


def _way(landmarks: PoseLandmarks) -> int | None:
    """Return how far the body is turned clockwise in the picture, in quarters; None between."""
    xy = landmarks.image_xy
    left, right = (
        {joint: xy[INDEX[f"{side}_{joint}"]] for joint in ("shoulder", "knee", "ankle")}
        for side in ("left", "right")
    )
    shoulders = (left["shoulder"] + right["shoulder"]) / 2
    legs = (left["knee"] + right["knee"] + left["ankle"] + right["ankle"]) / 4
    x, y = (float(value) for value in shoulders - legs)
    if not (isfinite(x) and isfinite(y)) or x == y == 0:
        return None
    angle = degrees(atan2(x, -y)) % 360
    quarter = round(angle / 90) * 90
    return quarter % 360 if abs(angle - quarter) <= _OFF_DEG else None
