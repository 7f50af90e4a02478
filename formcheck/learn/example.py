"""A first definition of a pose, from landmarks of somebody who holds it well.

The held part is the longest stretch of time in which the body is calm. Every measurement that is
seen and steady there becomes a gate. Its bands reach beyond what was measured by the error of the
measurement, not by less: a band tighter than the error would judge the camera and not the person.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, hypot, inf, isfinite
from typing import Final

import numpy as np

from formcheck.body.landmarks import INDEX, MIN_VISIBILITY, PoseLandmarks
from formcheck.body.measurements import DEGREES, MEASUREMENTS, Measurement, Measurements, measure
from formcheck.body.view import View, ViewKind, see
from formcheck.errors import FormcheckError
from formcheck.judge.motion import MotionMeter
from formcheck.pose.parts import WATCHED, Band

Track = Sequence[tuple[float, PoseLandmarks | None]]
"""Times in seconds, growing, and what was found."""

SHORTEST_S: Final = 2.0
"""A clip has to show the pose held for so long: less may be a turning point of a movement."""

_CALM_DEG_S: Final = 12.0
"""Calmer than a hold has to be to start (20): good form that is shown on purpose."""

_EDGE_S: Final = 0.3
"""Left out at either end of the held part: the body may still be arriving, or leaving already."""

_LONGEST_GAP_S: Final = 0.5

ACCEPT_MARGIN: Final[Mapping[bool, float]] = {True: 14.0, False: 0.21}
FULL_MARGIN: Final[Mapping[bool, float]] = {True: 8.0, False: 0.12}
"""Beyond what was measured, by whether it is in degrees or trunk lengths. Accepted: the smallest
change that is none of the measurement's own, 1.96 * sqrt(2) standard errors of 5 degrees (or 0.075
trunk lengths, the same at the end of a thigh). Full credit: 1.6 standard errors."""

_STEADY: Final[Mapping[bool, float]] = {True: 10.0, False: 0.15}
"""From the 5th to the 95th percentile of the held part at most: two standard errors."""

_SEEN_SHARE: Final = 0.95

_TRUNK_DEG: Final = 67.0
"""Degrees that a trunk length is at the end of a thigh (0.85 trunk lengths)."""

_NOT_TAKEN: Final = {
    "rear_thigh_tilt": "trunk_lean and rear_hip_extension say it already",
    "shoulder_width": "the view says it already",
    "raised_arm_lean": "it tells a bent back from a tall one, and one example shows one of them",
}
_ABOVE_HEAD: Final = 0.0
_FRONTAL_WIDTH: Final = 0.5
SEEN: Final[Mapping[ViewKind, str]] = {
    "side": "seen from the side",
    "front": "seen from the front",
    "lying": "lying",
}
_SIDE_WIDTH: Final = 0.42
_WIDEST_SIDE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Learnt:
    """One measurement over the held part."""

    measurement: str
    low: float
    """Its 5th percentile."""
    median: float
    high: float
    """Its 95th percentile."""
    accept: Band
    full: Band


@dataclass(frozen=True, slots=True)
class Example:
    """What was learnt from a clip or a photo."""

    kind: ViewKind
    start_s: float
    end_s: float
    """Of the held part; equal for a photo."""
    best_s: float
    """The moment that is most like the whole of it."""
    view_limit: float
    """Trunk lengths: the most (or, from the front, the least) shoulder width to allow."""
    taken: tuple[Learnt, ...]
    left_out: Mapping[str, str]
    """Why each other measurement was not taken, by name."""


def learn(
    track: Track,
    *,
    kind: ViewKind | None = None,
    between_s: tuple[float, float] = (-inf, inf),
) -> Example:
    """Learn a pose.

    Args:
        track: A clip's frames, or the one of a photo.
        kind: The view; found from the body where not given.
        between_s: Only look between these times, in seconds.

    Raises:
        FormcheckError: Nobody is seen, nobody holds still, or too little of the body is seen.
    """
    seen = [
        (t, body) for t, body in track if body is not None and between_s[0] <= t <= between_s[1]
    ]
    if not seen:
        raise FormcheckError(
            "Nobody is seen in it. Take a clip in which the whole body is in the picture."
        )
    kind = kind or _kind_of([body for _, body in seen])
    frames = [
        (time_s, view, measure(body, view))
        for time_s, body in seen
        if (view := see(body, kind)) is not None
    ]
    held = frames if len(track) == 1 else _longest_calm(frames, kind)
    if not held:
        raise FormcheckError(
            f"Nobody holds still in it for {SHORTEST_S:g} s with trunk and legs in sight. Take a "
            "clip that shows the pose held, or say where with --from and --to."
        )
    taken, left_out = _measured([measurements for _, _, measurements in held], kind)
    if len(taken) < 2:
        raise FormcheckError(
            "Too little of the body is seen in it to tell the pose from others. Take one with the "
            "whole body in the picture."
        )
    widths = [view.shoulder_width if kind == "front" else view.turned_width for _, view, _ in held]
    return Example(
        kind,
        held[0][0],
        held[-1][0],
        _most_typical([(time_s, measurements) for time_s, _, measurements in held], taken),
        _view_limit(kind, widths),
        taken,
        left_out,
    )


Seen = tuple[float, View, Measurements]


def _kind_of(bodies: Iterable[PoseLandmarks]) -> ViewKind:
    """Tell the view that most frames are seen in."""
    kinds: list[ViewKind] = []
    for body in bodies:
        view = see(body)
        if view is None:
            continue
        hip, shoulder = (
            (body.image_xy[INDEX[f"left_{joint}"]] + body.image_xy[INDEX[f"right_{joint}"]]) / 2
            for joint in ("hip", "shoulder")
        )
        across, up = abs(shoulder[0] - hip[0]), abs(shoulder[1] - hip[1])
        if across > up:
            kinds.append("lying")
        else:
            kinds.append("front" if view.shoulder_width >= _FRONTAL_WIDTH else "side")
    return max(kinds, key=kinds.count, default="side")


def _longest_calm(frames: Sequence[Seen], kind: ViewKind) -> list[Seen]:
    """Return the frames of the longest stretch of time in which the body is calm.

    Everything that is seen as well as what a session watches has to be calm: an arm, too.
    """
    watched = WATCHED[kind]
    ready = [each for _, _, each in frames if _is_seen(each, watched)]
    more = [
        name
        for name, definition in MEASUREMENTS.items()
        if kind in definition.views
        and name not in watched
        and sum(_is_seen(each, (name,)) for each in ready) >= _SEEN_SHARE * len(ready)
    ]
    meter = MotionMeter(_CALM_DEG_S, (*watched, *more))
    best: tuple[float, float] = (0.0, 0.0)
    for time_s, _, measurements in frames:
        since_s = meter.step(time_s, _in_degrees(measurements)).calm_since_s
        if since_s is not None and time_s - since_s > best[1] - best[0]:
            best = since_s, time_s
    start_s, end_s = best[0] + _EDGE_S, best[1] - _EDGE_S
    if end_s - start_s < SHORTEST_S:
        return []
    return [frame for frame in frames if start_s <= frame[0] <= end_s]


def _is_seen(measurements: Measurements, names: Iterable[str]) -> bool:
    return all(
        measurements[name].confidence >= MIN_VISIBILITY and isfinite(measurements[name].value)
        for name in names
    )


def _in_degrees(measurements: Measurements) -> Measurements:
    """Return the measurements with trunk lengths as the degrees that they are about."""
    return {
        name: taken
        if MEASUREMENTS[name].unit == DEGREES
        else Measurement(_TRUNK_DEG * taken.value, taken.confidence)
        for name, taken in measurements.items()
    }


def _measured(
    held: Sequence[Measurements], kind: ViewKind
) -> tuple[tuple[Learnt, ...], dict[str, str]]:
    """Return what is steady and seen, and why the rest is not taken."""
    taken, left_out = [], {}
    for name, definition in MEASUREMENTS.items():
        if kind not in definition.views:
            continue
        sure = [
            each[name].value
            for each in held
            if each[name].confidence >= MIN_VISIBILITY and isfinite(each[name].value)
        ]
        is_angle = definition.unit == DEGREES
        if name in _NOT_TAKEN:
            left_out[name] = _NOT_TAKEN[name]
        elif len(sure) < _SEEN_SHARE * len(held):
            left_out[name] = f"seen in {100 * len(sure) // len(held)} % of the frames only"
        else:
            low, median, high = (float(value) for value in np.percentile(sure, [5, 50, 95]))
            if high - low > _STEADY[is_angle]:
                left_out[name] = f"not steady: {low:.2f} to {high:.2f}"
            elif name == "rear_wrist_rise" and median <= _ABOVE_HEAD:
                left_out[name] = "the arm is not raised, so it may hang as it likes"
            else:
                taken.append(_learnt(name, low, median, high, is_angle=is_angle))
    return tuple(taken), left_out


def _learnt(name: str, low: float, median: float, high: float, *, is_angle: bool) -> Learnt:
    accept = _beyond(name, low, high, ACCEPT_MARGIN[is_angle], is_angle=is_angle)
    full = _beyond(name, low, high, FULL_MARGIN[is_angle], is_angle=is_angle)
    full = max(full[0], accept[0]), min(full[1], accept[1])
    return Learnt(name, low, median, high, accept, full)


def _beyond(name: str, low: float, high: float, margin: float, *, is_angle: bool) -> Band:
    """Return a band wider by a margin; open where a joint cannot go further anyway."""
    step = 1.0 if is_angle else 0.01
    bottom = floor(round((low - margin) / step, 6)) * step
    top = ceil(round((high + margin) / step, 6)) * step
    is_bend = name.endswith("_knee_flexion")  # 0 straight to 180 folded
    if is_bend and bottom <= 0:
        bottom = -inf
    if is_bend and top >= 180:
        top = inf
    return round(bottom, 2), round(top, 2)


def _most_typical(held: Sequence[tuple[float, Measurements]], taken: Sequence[Learnt]) -> float:
    """Return the time of the frame that is nearest to all medians."""

    def distance(measurements: Measurements) -> float:
        return hypot(
            *(
                (measurements[each.measurement].value - each.median)
                / ACCEPT_MARGIN[MEASUREMENTS[each.measurement].unit == DEGREES]
                for each in taken
            )
        )

    return min(held, key=lambda frame: distance(frame[1]))[0]


def _view_limit(kind: ViewKind, widths: Sequence[float]) -> float:
    low, high = (float(value) for value in np.percentile(widths, [5, 95]))
    if kind == "front":
        return round(max(0.1, min(_SIDE_WIDTH, low - 0.05)), 2)
    if high >= _WIDEST_SIDE:
        raise FormcheckError(
            "The person is turned too far to the camera for angles of the legs. Take a clip "
            "side-on, or one from the front with --view front."
        )
    return round(max(_SIDE_WIDTH, min(_WIDEST_SIDE, high + 0.05)), 2)
