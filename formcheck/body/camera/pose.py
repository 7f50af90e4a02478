"""Pitch, roll and height of a camera, from somebody who stands straight before it.

The axes of a camera are x right, y up and z ahead. What stands, stands along the vertical; so the
vertical lies in the plane through the lens, the ankles and the shoulders. Where in this plane it
points is how far down the camera looks on the person. Two witnesses tell it, whose errors have
nothing in common: how far MediaPipe puts the shoulders before or behind the ankles (from above they
are nearer), and how much lower in the picture the shoulder, hip, knee and ankle nearer to the
camera are than those of the other side, with which they are level in space. All together is the
vertical as the camera sees it, which is its pitch and roll. How large the person is in the picture
gives the distance, and the distance along the vertical the height.

The field of view is not known. Roll does not depend on it, and pitch does not of a person in the
middle of the picture; the distance does, and of the height what it is above or below the person's
middle.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import asin, atan2, cos, degrees, hypot, radians, sin
from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.body.framing import STANDING_LEAN_DEG, STANDING_LEG
from formcheck.body.landmarks import INDEX, PoseLandmarks

Vector = npt.NDArray[np.float64]

_FOCAL_OF_LONG_EDGE: Final = 0.72
"""Focal length over the picture's longer edge where it is 70 degrees wide: webcams are 55 to 90."""
_FOCAL_ERROR: Final = 0.2
"""Share of the focal length by which it may be another one."""

_ANKLES_TO_SHOULDERS_M: Final = 1.325
"""0.779 of a stature of 1.70 m (Drillis and Contini)."""
_LENGTH_ERROR: Final = 0.06
"""Share by which people are longer or shorter: a standard deviation of 0.1 m of stature."""
_ANKLES_ABOVE_FLOOR_M: Final = 0.07

_NATURAL_LEAN_DEG: Final = 1.0
"""People stand with the shoulders a little ahead of the ankles (real ones -2 to 3 degrees)."""

_STRAIGHT_DEG: Final = 16.0
"""Trunk, thighs and shins of someone who stands at ease lean the same to within this."""
_FEET_TOGETHER: Final = 0.4
"""Trunk lengths between the ankles; a longer stride may lean as a whole."""

_SHOULDERS_AHEAD_DEG: Final = -5.1
_BEHIND_OF_TOWARDS: Final = -3.8
_BEHIND_OF_DEPRESSION: Final = -0.73
_BEHIND_OF_OFF_AXIS: Final = -0.33
"""How far MediaPipe puts the shoulders of who stands straight behind the ankles, in degrees: on the
level and side-on; more for who faces the camera; for each degree that the camera looks down on
them, and for each degree that they are above the middle of the picture. Over 108 cameras of
`benchmarks.placements` and 59 others at random, rendered people who stand still and face anywhere,
each set weighing the same."""
_BEHIND_ERROR_DEG: Final = 3.0
"""Standard deviation of what is left over the 50 cameras of `benchmarks.placements.standing`, to
which nothing else is fitted: a quarter more than over the others. So is `_LOWER_ERROR`."""

_LOWER_OF_DEPRESSION: Final = 0.0046
"""Trunk lengths by which the nearer side is lower in the picture for each degree that the camera
looks down on who is side-on: the mean of shoulders, hips, knees and ankles."""
_LOWER_ERROR: Final = 0.021

_USUAL_DEPRESSION_DEG: Final = 9.0
"""Standard deviation of how far cameras look down on people: from the floor or from the height of a
head they do by about 15 degrees at two or three metres."""

_ROLL_ERROR_DEG: Final = 2.0
"""Standard deviation of how people lean as they stand, to be careful; rendered ones, who all lean
alike, tell the roll to 1.2 degrees at worst."""


@dataclass(frozen=True, slots=True)
class CameraPose:
    """How a camera stands. Each error is a standard deviation, in the unit of its value."""

    pitch_deg: float
    """How far it looks down; negative: up."""
    pitch_error_deg: float
    roll_deg: float
    """How far it is turned clockwise, seen from behind it: its right edge is lower."""
    roll_error_deg: float
    height_m: float
    """Of the lens above the floor that the person stands on."""
    height_error_m: float

    @property
    def is_surely_rolled(self) -> bool:
        """Whether the roll is too large to be how somebody happens to stand: two errors."""
        return abs(self.roll_deg) > 2 * self.roll_error_deg

    def as_json(self) -> dict[str, float]:
        """Return each value with its error, by name, rounded to what can be told."""
        return {
            field.name: round(getattr(self, field.name), 2 if field.name.endswith("_m") else 1)
            for field in fields(self)
        }


@dataclass(frozen=True, eq=False, slots=True)
class Sighting:
    """Somebody who stands straight, in one picture."""

    ankles_px: tuple[float, float]
    """Their middle from the middle of the picture, x right and y up, as are the shoulders'."""
    shoulders_px: tuple[float, float]
    size: tuple[int, int]
    """The picture's width and height in pixels."""
    forward: float
    """How much of forward is to the right in the picture: 1 facing its right edge, 0 the camera."""
    towards: float
    """How much of forward is to the camera: 1 facing it, -1 with the back to it."""
    behind_deg: float
    """How far the shoulders are behind the ankles as MediaPipe guesses: the angle of the line
    between them, positive away from the camera."""
    lower: float
    """How far the joints of the side that is nearer are lower in the picture than those of the
    other one, square to the line from ankles to shoulders, in trunk lengths."""
    bend_deg: float
    """The angle in the picture between the legs and the trunk, without a sign."""
    is_straight: bool
    """Upright on two straight legs, feet together, as far as the picture tells."""


def sighted(landmarks: PoseLandmarks) -> Sighting | None:
    """Return what somebody who stands straight tells of the camera.

    None where the trunk or the legs have no place in the picture or in space, or no length.
    """
    left, right = (
        [INDEX[f"{side}_{joint}"] for joint in ("shoulder", "hip", "knee", "ankle")]
        for side in ("left", "right")
    )
    points = landmarks.image_xy[left + right], landmarks.world_xyz[left + right]
    if not all(np.isfinite(each).all() for each in points):
        return None
    width, height = landmarks.image_size
    xy = landmarks.image_xy * (1.0, -1.0) + (-width / 2, height / 2)
    xyz = landmarks.world_xyz
    shoulders, hips, knees, ankles = (xy[left] + xy[right]) / 2
    above, _, _, below = (xyz[left] + xyz[right]) / 2
    apart, apart_in_space = xy[right] - xy[left], (xyz[right] - xyz[left])[0]
    trunk, legs, body = shoulders - hips, hips - ankles, shoulders - ankles
    wide = hypot(apart_in_space[0], apart_in_space[2])
    if wide == 0 or not trunk.any() or not body.any():
        return None
    forward = float(-apart_in_space[2] / wide)
    left_is_lower = float((apart @ body).mean() / (np.linalg.norm(body) * np.linalg.norm(trunk)))
    return Sighting(
        ankles_px=(float(ankles[0]), float(ankles[1])),
        shoulders_px=(float(shoulders[0]), float(shoulders[1])),
        size=landmarks.image_size,
        forward=forward,
        towards=float(-apart_in_space[0] / wide),
        behind_deg=degrees(atan2(above[2] - below[2], below[1] - above[1])),
        lower=-left_is_lower if forward > 0 else left_is_lower,
        bend_deg=abs(degrees(atan2(*trunk) - atan2(*legs))),
        is_straight=_is_straight(
            trunk, hips - knees, knees - ankles, float(abs(apart[-1] @ (1.0, 0.0)))
        ),
    )


def _is_straight(trunk: Vector, thighs: Vector, shins: Vector, feet_apart: float) -> bool:
    """Tell whether someone stands straight, by what leads upwards from the middle of the ankles."""
    leans = [degrees(atan2(*part)) for part in (trunk, thighs, shins)]
    length = float(np.linalg.norm(trunk))
    return (
        max(leans) - min(leans) <= _STRAIGHT_DEG
        and abs(leans[0]) <= STANDING_LEAN_DEG
        and float((thighs + shins)[1]) >= STANDING_LEG * length
        and feet_apart <= _FEET_TOGETHER * length
    )


def camera_pose(sightings: Sequence[Sighting]) -> CameraPose:
    """Return the camera that saw somebody stand, once or more often, from one place.

    Raises:
        ValueError: There is no sighting.
    """
    if not sightings:
        raise ValueError("a camera's pose needs a sighting")
    found = np.array([_pose(each) for each in sightings])
    pitch, roll, height = np.median(found, axis=0)
    of_pitch, of_roll, of_height = np.median(abs(found - np.median(found, axis=0)), axis=0)
    bend = float(np.median([each.bend_deg for each in sightings]))
    unsure_deg = float(np.median([_sureness(each) for each in sightings])) ** -0.5
    off_m = [
        np.median([_pose(each, **changed)[2] for each in sightings]) - height
        for changed in (  # each by its standard deviation
            {"more_deg": unsure_deg},
            {"longer_focal": 1.0 + _FOCAL_ERROR},
            {"taller": 1.0 + _LENGTH_ERROR},
        )
    ]
    return CameraPose(
        pitch_deg=float(pitch),
        pitch_error_deg=hypot(unsure_deg, float(of_pitch)),
        roll_deg=float(roll),
        roll_error_deg=hypot(_ROLL_ERROR_DEG, float(of_roll), bend / 2),
        height_m=float(height),
        height_error_m=float(np.linalg.norm([*off_m, of_height])),
    )


def _pose(
    seen: Sighting, *, more_deg: float = 0.0, longer_focal: float = 1.0, taller: float = 1.0
) -> tuple[float, float, float]:
    """Return pitch and roll in degrees and height in metres, as one picture tells them.

    Args:
        seen: What is in the picture.
        more_deg: Look so many degrees further down on the person than is read.
        longer_focal: The focal length over that of a usual camera.
        taller: The person's size over an average one.
    """
    focal = _FOCAL_OF_LONG_EDGE * longer_focal * max(seen.size)
    lean = radians(_NATURAL_LEAN_DEG) * seen.forward
    (x, y), (above_x, above_y) = seen.ankles_px, seen.shoulders_px
    right, up = above_x - x, above_y - y
    to_ankles = _unit(np.array([x, y, focal]))
    to_shoulders = _unit(
        np.array(
            [x + right * cos(lean) - up * sin(lean), y + right * sin(lean) + up * cos(lean), focal]
        )
    )
    middle = _unit(to_ankles + to_shoulders)
    upwards = _unit(to_shoulders - to_ankles)  # square to the middle one, as both are units
    off_axis_deg = degrees(atan2(middle[1], middle[2]))
    looks_down = radians(_depression_deg(seen, off_axis_deg) + more_deg)
    vertical = cos(looks_down) * upwards - sin(looks_down) * middle
    # A triangle of the lens, the ankles and the shoulders: an angle, and the side across from it.
    at_lens = float(np.linalg.norm(np.cross(to_ankles, to_shoulders)))
    at_shoulders = float(np.linalg.norm(np.cross(vertical, to_shoulders)))
    away_m = _ANKLES_TO_SHOULDERS_M * taller * at_shoulders / at_lens
    return (
        degrees(asin(-vertical[2])),
        degrees(atan2(-vertical[0], vertical[1])),
        _ANKLES_ABOVE_FLOOR_M - away_m * float(to_ankles @ vertical),
    )


def _depression_deg(seen: Sighting, off_axis_deg: float) -> float:
    """Return how far down the camera looks on the person: both witnesses, by how sure they are."""
    behind = seen.behind_deg - (
        _SHOULDERS_AHEAD_DEG
        + _BEHIND_OF_TOWARDS * seen.towards
        + _BEHIND_OF_OFF_AXIS * off_axis_deg
    )
    of_lower = _LOWER_OF_DEPRESSION * abs(seen.forward)
    told = (
        _BEHIND_OF_DEPRESSION * behind / _BEHIND_ERROR_DEG**2
        + of_lower * seen.lower / _LOWER_ERROR**2
    )
    return told / _sureness(seen)


def _sureness(seen: Sighting) -> float:
    """Return one over the variance of the depression, in degrees."""
    return (
        (_BEHIND_OF_DEPRESSION / _BEHIND_ERROR_DEG) ** 2
        + (_LOWER_OF_DEPRESSION * seen.forward / _LOWER_ERROR) ** 2
        + 1.0 / _USUAL_DEPRESSION_DEG**2
    )


def _unit(vector: Vector) -> Vector:
    unit: Vector = vector / np.linalg.norm(vector)
    return unit
