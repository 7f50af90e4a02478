"""What should be counted, and why the rest should not: from the true angles and the true motion.

Only the bands and the times of the hold come from the pose file. Judged every hundredth of a
second, whatever the clip's frame rate.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import numpy as np

from formcheck.body.measurements import DEGREES, MEASUREMENTS
from formcheck.body.view import ViewKind
from formcheck.pose.definition import PoseDefinition
from samples.render.clip import Clip
from samples.render.labels.measures import (
    NEEDED,
    in_picture,
    left_is_front,
    measure,
    pixels,
    turn_of,
)
from samples.render.skeleton import Array, Figure, Flags

_STEP_S: Final = 0.01
_BOUNCE_S: Final = 0.5
"""Stillness shorter than that between two movements is a turn of one, e.g. of a bounce."""
_EDGE_S: Final = 0.15
"""The moments beside an edge that are judged neither way, where the truth is near the band's."""
_EDGE_DEG: Final = 3.0
_EDGE_LENGTHS: Final = 0.05
MAX_TURN_DEG: Final = 35.0
"""Turned further from the view of the pose, nobody can judge it from the picture."""
_TURNED: Final[dict[ViewKind, str]] = {
    "side": "turned too far from side-on",
    "lying": "turned too far from side-on",
    "front": "turned too far from the front",
}
_PASSER_RADIUS: Final = 0.30
"""Metres around someone who walks in front, of the upright cylinder that hides what is behind."""


@dataclass(frozen=True)
class _Judgement:
    """One moment."""

    held: bool
    side: str | None
    why: str
    faults: tuple[str, ...] = ()


def intervals(clip: Clip, pose: PoseDefinition) -> list[dict[str, Any]]:
    """Return the intervals of a truth file, disjoint and in order, from first to last frame."""
    count = round(float(clip.times()[-1]) / _STEP_S)
    times = np.arange(count + 1, dtype=np.float64) * _STEP_S
    figure = clip.figure(times)
    kind = pose.view.kind
    measured = measure(figure, kind, clip.script.pad)
    faults, near_edge = _faults(measured, pose)
    left_front = left_is_front(figure, kind)
    seen = in_picture(clip, pixels(clip, figure), left_front, pose.view.in_picture)
    turned = (90.0 - turn_of(figure) if kind == "front" else turn_of(figure)) > MAX_TURN_DEG
    in_form = np.array([not names for names in faults]) & seen & ~turned
    moving = _moving([measured[name] for name in pose.watched], pose.hold.calm_deg_s)
    held = _held(in_form, moving, pose)
    spans = [clip.choreography.spans[i] for i in clip.choreography.span_at(times)]

    judged = []
    for i, span in enumerate(spans):
        if held[i]:
            judgement = _Judgement(True, _stretched(pose, bool(left_front[i])), "stretch held")
        elif not seen[i]:
            judgement = _Judgement(False, None, "not wholly in the picture")
        elif turned[i]:
            judgement = _Judgement(False, None, _TURNED[kind])
        elif in_form[i]:
            why = "in form, but moving" if moving[i] else "in form, but not for long enough"
            judgement = _Judgement(False, None, why)
        elif span.is_attempt:
            judgement = _Judgement(False, None, "out of form", faults[i])
        else:
            judgement = _Judgement(False, None, span.says)
        judged.append(judgement)
    is_open = _hidden(clip, times, figure) | _open_edges(judged, near_edge)
    return list(_joined(times, judged, is_open))


def _stretched(pose: PoseDefinition, left_is_front: bool) -> str | None:
    """Return the side that is stretched; none where both are."""
    if pose.dosage.sides == 1:
        return None
    return "right" if left_is_front else "left"


def _joined(times: Array, judged: list[_Judgement], is_open: Flags) -> Iterable[dict[str, Any]]:
    """Yield an interval for each run of equal moments that are not open."""
    for (left_out, judgement), group in groupby(
        range(len(judged) - 1), lambda i: (bool(is_open[i]), judged[i])
    ):
        index = list(group)
        if left_out:
            continue
        entry: dict[str, Any] = {
            "start_s": round(float(times[index[0]]), 2),
            "end_s": round(float(times[index[-1] + 1]), 2),
            "held": judgement.held,
        }
        if judgement.side is not None:
            entry["stretched_side"] = judgement.side
        entry["why"] = judgement.why
        if judgement.faults:
            alone = len(judgement.faults) == 1
            entry["fault"] = judgement.faults[0] if alone else list(judgement.faults)
        yield entry


def _open_edges(judged: list[_Judgement], near_edge: Flags) -> Flags:
    """Return (T,) the moments that hysteresis may judge either way."""
    is_open = np.zeros(len(judged), bool)
    reach = round(_EDGE_S / _STEP_S)
    for edge in range(1, len(judged)):
        before, after = judged[edge - 1], judged[edge]
        if before.held == after.held and before.faults == after.faults:
            continue
        for way in (range(edge, edge + reach), range(edge - 1, edge - 1 - reach, -1)):
            for i in way:
                if not 0 <= i < len(judged) or not near_edge[i]:
                    break
                is_open[i] = True
    return is_open


def _faults(
    measured: dict[str, Array], pose: PoseDefinition
) -> tuple[list[tuple[str, ...]], Flags]:
    """Return the faults of each moment, worst first, and (T,) whether it is near a band's edge."""
    count = len(measured["shoulder_width"])
    found: list[list[str]] = [[] for _ in range(count)]
    near = np.zeros(count, bool)
    for fault in pose.faults:  # worst first
        gate = next(g for g in pose.gates if g.measurement == fault.measurement)
        value = measured[fault.measurement]
        edge = gate.accept[0] if fault.bound == "below" else gate.accept[1]
        is_out = value < edge if fault.bound == "below" else value > edge
        in_degrees = MEASUREMENTS[fault.measurement].unit == DEGREES
        near |= np.abs(value - edge) <= (_EDGE_DEG if in_degrees else _EDGE_LENGTHS)
        for i in np.flatnonzero(is_out):
            found[i].append(fault.name)
    return [tuple(names) for names in found], near


def _moving(watched: list[Array], calm_deg_s: float) -> Flags:
    """Return (T,) whether the body moves faster than calm, the turns of a bounce included."""
    speeds = [np.abs(np.gradient(angle, _STEP_S)) for angle in watched]
    moving = np.max(speeds, axis=0) > calm_deg_s
    for start, end in _runs(~moving):
        if start > 0 and end < len(moving) and (end - start) * _STEP_S < _BOUNCE_S:
            moving[start:end] = True
    return np.asarray(moving)


def _held(in_form: Flags, moving: Flags, pose: PoseDefinition) -> Flags:
    """Return (T,) the moments of holds that last long enough.

    A hold begins and ends in stillness. Losing form for at most the grace breaks none, and
    neither does moving within form for at most the grace, which is held too.
    """
    held = np.zeros(len(in_form), bool)
    groups: list[list[tuple[int, int]]] = []
    for run in _runs(in_form & ~moving):
        if groups and (run[0] - groups[-1][-1][1]) * _STEP_S <= pose.hold.grace_s:
            groups[-1].append(run)
        else:
            groups.append([run])
    for group in groups:
        start, end = group[0][0], group[-1][1]
        if (end - start) * _STEP_S >= pose.hold.settle_s:
            held[start:end] = in_form[start:end]
    return held


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """Return first and one past the last index of each run of true flags."""
    change = np.diff(np.concatenate([[False], flags, [False]]).astype(int))
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def _hidden(clip: Clip, times: Array, figure: Figure) -> Flags:
    """Return (T,) whether someone in front hides a joint that is needed."""
    hidden = np.zeros(len(times), bool)
    passing = clip.passer(times)
    if passing is None or clip.script.passer is None or clip.script.passer.z <= 0:
        return hidden
    passer, here = passing
    body = passer.world(passer.joints["mid_hip"])
    eye = clip.script.camera.position(clip.ahead)
    for name in NEEDED:
        joint = figure.world(figure.joints[name])
        share = (body[:, 2] - eye[2]) / (joint[:, 2] - eye[2])
        x = eye[0] + share * (joint[:, 0] - eye[0])  # where the line of sight passes them
        hidden |= here & (np.abs(x - body[:, 0]) < _PASSER_RADIUS)
    return hidden
