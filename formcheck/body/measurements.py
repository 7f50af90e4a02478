"""Named measurements of the body, in the plane of the picture.

Names and signs follow Sports2D and clinical use: flexion is positive, extension is given as
positive under its own name, a lean is taken from the vertical and is positive forward. "Forward"
is where the person faces; the front leg is the one whose knee is ahead. Angles are taken from
pixels: a picture is not square, and MediaPipe's depth is several times less exact side-on; only the
height of a knee is told in space (`formcheck.body.knee_height`). The turn from side-on is taken off
trunk and rear thigh: they mean the same wherever the camera stands.

Each measurement belongs to the views that can show it. Seen from the front, the front leg is the
one whose knee is higher, and "out" is towards its side. A lying body is measured as if the
picture were turned to bring the head up: its trunk leans by 0 when it is level.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from formcheck.body.arms import raised_arm_lean
from formcheck.body.exactness import error_of
from formcheck.body.knee_height import rear_knee_clearance, rear_knee_rise
from formcheck.body.landmarks import PoseLandmarks
from formcheck.body.roles import NOSE, Body, flexion, lean, obliquity, wrapped
from formcheck.body.turn import covered_by, rear_hip_behind, side_on
from formcheck.body.view import View, ViewKind

KNEE_HEIGHTS: Final = ("rear_knee_clearance", "rear_knee_rise")
"""What tells a rear knee on the floor."""

DEGREES: Final = "degrees"
TRUNK_LENGTHS: Final = "trunk lengths"

_SAGITTAL: Final[tuple[ViewKind, ...]] = ("side", "lying")
_SIDE: Final[tuple[ViewKind, ...]] = ("side",)
_FRONT: Final[tuple[ViewKind, ...]] = ("front",)
_UPRIGHT: Final[tuple[ViewKind, ...]] = ("side", "front")
_ANY: Final[tuple[ViewKind, ...]] = ("side", "front", "lying")


@dataclass(frozen=True, slots=True)
class Measurement:
    """One named measurement in one picture."""

    value: float
    """In the unit of its definition; not finite where a landmark has no place."""
    confidence: float
    """0 to 1: the visibility of its least visible landmark, 0 where one is outside the picture."""
    error: float | None = field(default=None, compare=False)
    """By how much it is off on average in this view, in its unit; None where that is not known."""


Measurements = Mapping[str, Measurement]


@dataclass(frozen=True, slots=True)
class MeasurementDefinition:
    """What a name of a measurement means."""

    unit: str
    """`DEGREES` or `TRUNK_LENGTHS`."""
    roles: tuple[str, ...]
    """The points it is taken from, which are also the ones to mark on a picture of it."""
    says: str
    """What it is, with its sign, in one line: first the plain words, then after a mark how it is
    counted."""
    views: tuple[ViewKind, ...]
    """The views that show it."""
    value: Callable[[Body], float]
    is_only_a_fault: bool = False
    """Everybody is in its band who does not do what is wrong: no sign of the pose."""

    @property
    def in_words(self) -> str:
        """What it is, in plain words and as few as a picture has room for."""
        return re.split("[,;:]", self.says)[0]


def _trunk_lean(body: Body) -> float:
    return side_on(lean(body["mid_hip"], body["mid_shoulder"]), body.view.shoulder_line_deg)


def _rear_thigh_tilt(body: Body) -> float:
    view, (x, y) = body.view, body["rear_hip"]
    if view.kind == "side":
        ahead = view.shoulder_line_deg * (1 if view.is_rear_hip_ahead else -1)
        above = (y - body["front_hip"][1]) / view.trunk_length_px
        thigh = lean(body["front_knee"], body["front_hip"]) if view.is_rear_leg_far else 0.0
        x += view.trunk_length_px * rear_hip_behind(ahead, above, covered_by(thigh))
    return side_on(lean(body["rear_knee"], (x, y)), view.shoulder_line_deg)


def _rear_hip_extension(body: Body) -> float:
    return wrapped(_rear_thigh_tilt(body) - _trunk_lean(body))


def _front_hip_flexion(body: Body) -> float:
    return wrapped(_trunk_lean(body) - lean(body["front_knee"], body["front_hip"]))


def _front_shank_lean(body: Body) -> float:
    return lean(body["front_ankle"], body["front_knee"])


def _front_knee_flexion(body: Body) -> float:
    return flexion(body["front_hip"], body["front_knee"], body["front_ankle"])


def _rear_knee_flexion(body: Body) -> float:
    return flexion(body["rear_hip"], body["rear_knee"], body["rear_ankle"])


def _rear_shank_rise(body: Body) -> float:
    return wrapped(90.0 + lean(body["rear_knee"], body["rear_ankle"]))


def _front_knee_rise(body: Body) -> float:
    return (body["front_knee"][1] - body["rear_knee"][1]) / body.view.trunk_length_px


def _stance_length(body: Body) -> float:
    return (body["front_ankle"][0] - body["rear_ankle"][0]) / body.view.trunk_length_px


def _rear_wrist_rise(body: Body) -> float:
    return (body["rear_wrist"][1] - body[NOSE][1]) / body.view.trunk_length_px


def _front_shank_lateral_tilt(body: Body) -> float:
    return -lean(body["front_ankle"], body["front_knee"])


def _pelvic_obliquity(body: Body) -> float:
    return obliquity(body["front_hip"], body["rear_hip"])


def _shoulder_obliquity(body: Body) -> float:
    return obliquity(body["front_shoulder"], body["rear_shoulder"])


def _shoulder_width(body: Body) -> float:
    return body.view.shoulder_width


MEASUREMENTS: Final[Mapping[str, MeasurementDefinition]] = {
    "trunk_lean": MeasurementDefinition(
        DEGREES,
        ("mid_hip", "mid_shoulder"),
        "trunk from the vertical, forward positive",
        _SAGITTAL,
        _trunk_lean,
    ),
    "rear_thigh_tilt": MeasurementDefinition(
        DEGREES,
        ("rear_knee", "rear_hip"),
        "rear thigh from the vertical, hip ahead of the knee positive",
        _SAGITTAL,
        _rear_thigh_tilt,
    ),
    "rear_hip_extension": MeasurementDefinition(
        DEGREES,
        ("mid_shoulder", "mid_hip", "rear_hip", "rear_knee"),
        "rear thigh against the trunk, extension positive; pelvis and lower back are part of it",
        _SAGITTAL,
        _rear_hip_extension,
    ),
    "front_hip_flexion": MeasurementDefinition(
        DEGREES,
        ("mid_shoulder", "mid_hip", "front_hip", "front_knee"),
        "front thigh against the trunk, flexion positive",
        _SAGITTAL,
        _front_hip_flexion,
    ),
    "front_knee_flexion": MeasurementDefinition(
        DEGREES,
        ("front_hip", "front_knee", "front_ankle"),
        "bend of the front knee, 0 straight",
        _SAGITTAL,
        _front_knee_flexion,
    ),
    "rear_knee_flexion": MeasurementDefinition(
        DEGREES,
        ("rear_hip", "rear_knee", "rear_ankle"),
        "bend of the rear knee, 0 straight",
        _SAGITTAL,
        _rear_knee_flexion,
    ),
    "front_shank_lean": MeasurementDefinition(
        DEGREES,
        ("front_ankle", "front_knee"),
        "front shin from the vertical, knee ahead of the ankle positive",
        _SAGITTAL,
        _front_shank_lean,
    ),
    "rear_shank_rise": MeasurementDefinition(
        DEGREES,
        ("rear_knee", "rear_ankle"),
        "rear shin above the level behind the knee: 0 lying on the floor, 90 straight up",
        _SAGITTAL,
        _rear_shank_rise,
    ),
    "rear_knee_clearance": MeasurementDefinition(
        TRUNK_LENGTHS,
        ("rear_knee", "front_ankle", "rear_ankle"),  # and toes, which may be hidden
        "how far the rear knee is above the line between the feet: 0 and less on the floor",
        _SIDE,
        rear_knee_clearance,
    ),
    "rear_knee_rise": MeasurementDefinition(
        TRUNK_LENGTHS,
        ("rear_knee", "front_ankle"),
        "how far the rear knee is above the front ankle: about 0 on the floor",
        _UPRIGHT,
        rear_knee_rise,
    ),
    "front_knee_rise": MeasurementDefinition(
        TRUNK_LENGTHS,
        ("front_knee", "rear_knee"),
        "how far the front knee is above the rear knee: 0 standing or on both knees",
        _UPRIGHT,
        _front_knee_rise,
    ),
    "stance_length": MeasurementDefinition(
        TRUNK_LENGTHS,
        ("front_ankle", "rear_ankle"),
        "how far the front ankle is ahead of the rear ankle",
        _SIDE,
        _stance_length,
    ),
    "rear_wrist_rise": MeasurementDefinition(
        TRUNK_LENGTHS,
        ("rear_wrist", NOSE),
        "how far the wrist on the rear leg's side is above the nose; negative below it",
        _UPRIGHT,
        _rear_wrist_rise,
    ),
    "raised_arm_lean": MeasurementDefinition(
        DEGREES,
        ("mid_shoulder",),  # hidden elbows say nothing, and must not stop the judging
        "raised upper arm from the vertical, forward positive; 0 where none is raised or seen",
        _SIDE,
        raised_arm_lean,
        is_only_a_fault=True,
    ),
    "trunk_lateral_tilt": MeasurementDefinition(
        DEGREES,
        ("mid_hip", "mid_shoulder"),
        "trunk from the vertical, bent to the front leg's side, away from the rear leg, positive",
        _FRONT,
        _trunk_lean,  # in the frame of this view: x is towards the front leg's side
    ),
    "pelvic_obliquity": MeasurementDefinition(
        DEGREES,
        ("front_hip", "rear_hip"),
        "line of the hips from the level, lower on the front leg's side positive",
        _FRONT,
        _pelvic_obliquity,
    ),
    "shoulder_obliquity": MeasurementDefinition(
        DEGREES,
        ("front_shoulder", "rear_shoulder"),
        "line of the shoulders from the level, lower on the front leg's side positive",
        _FRONT,
        _shoulder_obliquity,
    ),
    "front_shank_lateral_tilt": MeasurementDefinition(
        DEGREES,
        ("front_ankle", "front_knee"),
        "front shin from the vertical, knee inside the ankle positive",
        _FRONT,
        _front_shank_lateral_tilt,
    ),
    "shoulder_width": MeasurementDefinition(
        TRUNK_LENGTHS,
        ("front_shoulder", "rear_shoulder"),
        "distance between the shoulders: about 0 side-on, 0.7 from the front",
        _ANY,
        _shoulder_width,
    ),
}


def measure(landmarks: PoseLandmarks, view: View) -> dict[str, Measurement]:
    """Take every measurement of `MEASUREMENTS` that this view shows.

    `rear_hip_extension` equals `rear_thigh_tilt - trunk_lean` exactly. A landmark that is
    missing, invisible or outside the picture lowers the confidence of what is taken from it.
    """
    body = Body(landmarks, view)
    return {
        name: Measurement(
            definition.value(body), body.confidence(definition.roles), error_of(name, view)
        )
        for name, definition in MEASUREMENTS.items()
        if view.kind in definition.views
    }
