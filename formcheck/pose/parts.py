"""The parts of a pose file: gates, faults, hints, the view, the hold and the dose.

Each is checked as far as it can be alone; what has to agree between them is
`formcheck.pose.agreement`'s.
"""

import difflib
from collections.abc import Mapping
from math import isnan
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from formcheck.body.measurements import DEGREES, MEASUREMENTS
from formcheck.body.view import View, ViewKind

Bound = Literal["below", "above"]
Support = Literal["measured", "literature", "judgement"]
"""What a band rests on: landmarks measured on people, published figures, or its author alone."""


def _no_truth_value(value: object) -> object:
    if isinstance(value, bool):  # which pydantic takes for 0 or 1
        raise ValueError("a number is needed, not true or false")
    return value


Number = Annotated[float, BeforeValidator(_no_truth_value)]
"""A number of any kind, but no truth value."""

Band = tuple[Number, Number]
"""Lowest and highest accepted value; `-inf` and `inf` leave an end open."""

MAX_CUE_WORDS = 6
MAX_CUE_LETTERS = 40

_CONTROLS: Final = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
"""What steers a terminal, ends a line, or turns the direction of writing."""

Words = Annotated[str, Field(pattern=rf"^[^\s{_CONTROLS}][^{_CONTROLS}]*$", max_length=600)]
"""A line of text: not blank, without control characters."""


class Part(BaseModel):
    """A frozen part of a pose; unknown keys are refused."""

    # Built when a pose is read, once, not for each part as the program starts.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


_RENAMED: Final[Mapping[str, str]] = {
    "rear_knee_drop": (
        "is now 'rear_knee_clearance', the other way round: how far the rear knee is above the "
        "line between the feet. Negate and swap its bands, swap its bounds; seen from the front "
        "or with the rear foot raised, take 'rear_knee_rise'"
    )
}
"""Measurements that are gone, and what an old file has to say in their place."""


def _known_measurement(name: str) -> str:
    if name in _RENAMED:
        raise ValueError(f"{name!r} {_RENAMED[name]}")
    if name not in MEASUREMENTS:
        near = difflib.get_close_matches(name, MEASUREMENTS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(MEASUREMENTS)}"
        raise ValueError(f"no measurement is called {name!r}; {hint}")
    return name


def _few_words(cue: str) -> str:
    if len(cue.split()) > MAX_CUE_WORDS or len(cue) > MAX_CUE_LETTERS:
        raise ValueError(
            f"a cue has at most {MAX_CUE_WORDS} words and {MAX_CUE_LETTERS} letters, "
            "to be read across a room"
        )
    return cue


class Gate(Part):
    """One measurement that has to be in its band for the hold to count."""

    measurement: str
    """A name of `formcheck.body.measurements.MEASUREMENTS`."""
    accept: Band
    """The hold counts inside it."""
    full: Band
    """Full credit inside it; within `accept`."""
    hysteresis: Annotated[Number, Field(ge=0, le=20)] | None = None
    """How much further than `accept` it must go to leave; the pose's own where not given."""
    support: Support = "judgement"
    why: Words

    _known = field_validator("measurement")(_known_measurement)

    @model_validator(mode="after")
    def _bands_are_nested(self) -> Self:
        low, high = self.accept
        full_low, full_high = self.full
        if any(isnan(edge) for edge in (*self.accept, *self.full)):
            raise ValueError("a band has numbers at both ends")
        if not low < high:
            raise ValueError(f"accept must rise, not run from {low:g} to {high:g}")
        if not (low <= full_low <= full_high <= high):
            raise ValueError(f"full {list(self.full)} must lie within accept {list(self.accept)}")
        return self


class Fault(Part):
    """One way to leave a gate's band, and what to say about it."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
    measurement: str
    bound: Bound
    cue: Words
    why: Words

    _known = field_validator("measurement")(_known_measurement)
    _short = field_validator("cue")(_few_words)


class Hint(Part):
    """Advice while the hold counts: said, never stopping it."""

    measurement: str
    bound: Bound
    limit: Annotated[Number, Field(allow_inf_nan=False)]
    cue: Words
    why: Words

    _known = field_validator("measurement")(_known_measurement)
    _short = field_validator("cue")(_few_words)


class _ViewRules(Part):
    in_picture: Annotated[tuple[str, ...], Field(min_length=1, max_length=12)] = (
        "mid_shoulder",
        "mid_hip",
        "mid_knee",
        "mid_ankle",
    )
    """What has to be in the picture, by role: "front_ankle" is one leg's, "mid_ankle" both."""
    hysteresis: Annotated[Number, Field(ge=0, le=0.2)] = 0.03
    """How much further than its limit a person in view may turn, in trunk lengths."""
    why: Words

    @field_validator("in_picture")
    @classmethod
    def _roles(cls, roles: tuple[str, ...]) -> tuple[str, ...]:
        for role in roles:
            if role not in _ASKABLE:
                raise ValueError(f"no point is called {role!r}; known: {', '.join(_ASKABLE)}")
        return roles


_ASKABLE: Final = tuple(
    f"{role}_{joint}"
    for joint in ("shoulder", "hip", "knee", "ankle")
    for role in ("mid", "front", "rear")
)


class SideView(_ViewRules):
    """The camera sees the person from the side: upright, or lying on the back."""

    kind: Literal["side", "lying"]
    max_shoulder_width: Annotated[Number, Field(gt=0, le=1)]
    """Trunk lengths, of a turn towards the camera; from it on nothing can be judged."""
    max_hip_width: Annotated[Number, Field(gt=0, le=1)] | None = None
    """The same of the hips, which may be turned against the shoulders; any where not given."""

    def is_turned(self, view: View, *, is_held: bool) -> bool:
        """Tell whether the person is turned too far to be judged."""
        more = self.hysteresis if is_held else 0.0
        hips_are_turned = (
            self.max_hip_width is not None and view.hip_width >= self.max_hip_width + more
        )
        return hips_are_turned or view.turned_width >= self.max_shoulder_width + more


class FrontView(_ViewRules):
    """The camera sees the person's chest."""

    kind: Literal["front"]
    min_shoulder_width: Annotated[Number, Field(gt=0, le=1)]
    """Trunk lengths; up to it, and with the back to the camera, nothing can be judged."""

    def is_turned(self, view: View, *, is_held: bool) -> bool:
        """Tell whether the person is turned too far to be judged."""
        least = self.min_shoulder_width - (self.hysteresis if is_held else 0.0)
        return view.is_turned_away or view.shoulder_width <= least


PoseView = Annotated[SideView | FrontView, Field(discriminator="kind")]

WATCHED: Final[Mapping[ViewKind, tuple[str, ...]]] = {
    "side": ("trunk_lean", "rear_thigh_tilt", "front_knee_flexion"),
    "front": ("trunk_lateral_tilt", "pelvic_obliquity"),
    "lying": ("trunk_lean", "rear_thigh_tilt", "rear_knee_flexion"),
}
"""The angles that a stretch moves on its way in and out, where its file names none."""


class HoldRules(Part):
    """When seconds count."""

    settle_s: Annotated[Number, Field(ge=0.5, le=60)] = 1.0
    """In form and calm for so long before a hold starts; it then counts from their start."""
    grace_s: Annotated[Number, Field(ge=0, le=5)] = 0.4
    """How long form or sight may be lost without breaking the hold."""
    longest_gap_s: Annotated[Number, Field(gt=0, le=2)] = 0.5
    """A longer time without a frame is never counted."""
    hysteresis_deg: Annotated[Number, Field(ge=0, le=20)] = 3.0
    """Leaving a band of degrees takes so much more than entering it."""
    calm_deg_s: Annotated[Number, Field(gt=0, le=90)] = 20.0
    """The fastest that an angle may change while a hold starts."""
    watched: Annotated[tuple[str, ...], Field(min_length=1, max_length=6)] | None = None
    """The measurements whose speed tells calm from moving, all in degrees; by the kind of view
    where not given."""
    moving_deg_s: Annotated[Number, Field(gt=0, le=180)] = 25.0
    """Faster than that, the body is moving out of the hold under way, or bouncing in it."""

    hasty_deg_s: Annotated[Number, Field(gt=0, le=180)] = 30.0
    """Going deeper faster than this is too fast to be gentle."""

    @field_validator("watched")
    @classmethod
    def _known(cls, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for name in names or ():
            if MEASUREMENTS[_known_measurement(name)].unit != DEGREES:
                raise ValueError(f"{name} is no angle; only angles have a speed to watch")
        return names


class Dosage(Part):
    """How long and how often, with the source in `PoseDefinition.sources`."""

    hold_s: Annotated[Number, Field(ge=1, le=3600)]
    sides: Literal[1, 2]
    times_a_week: Annotated[int, BeforeValidator(_no_truth_value), Field(ge=1, le=21)]
    why: Words
