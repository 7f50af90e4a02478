"""The page of scored clips: their ribbons, and every judged angle over time against its band."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil, inf, isfinite
from statistics import median
from typing import Final

from markupsafe import Markup

from formcheck.body.landmarks import SIDES
from formcheck.body.measurements import DEGREES, MEASUREMENTS
from formcheck.coach.loss import Loss, in_words, losses_of, worth_telling
from formcheck.judge.ribbon import Ribbon, ribbons
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.parts import Gate
from formcheck.report.canvas import Box, Canvas, Point
from formcheck.report.charts import clock_ticks, ribbon_chart
from formcheck.report.content import Row, known_pose, rows
from formcheck.report.page import rendered
from formcheck.result.frames import FrameRow
from formcheck.result.score import ClipScore, NoPose, PhotoScore, Score

_ANGLE: Final = 84
"""How high the chart of a measurement is."""

_MOST_POINTS: Final = 600
"""More are not told apart on a line; then each is the middle of a few frames."""

_LONGEST_GAP_S: Final = 0.5
"""A line does not go on over a longer time without a measurement."""


@dataclass(frozen=True, slots=True)
class RibbonShown:
    """The ribbon of one side."""

    name: str
    held_s: float
    svg: Markup
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class AngleShown:
    """One judged measurement over time."""

    words: str
    name: str
    unit: str
    accept: str
    full: str
    spread: Mapping[str, float]
    """While held; empty where nothing was."""
    svg: Markup


@dataclass(frozen=True, slots=True)
class ClipShown:
    """One file, as the page tells it."""

    score: Score
    kind: str
    """"clip", "photo" or "none"."""
    title: str
    ribbons: Sequence[RibbonShown] = ()
    losses: Sequence[Loss] = ()
    angles: Sequence[AngleShown] = ()
    verdict: str = ""
    """Of a photo."""


def clips_page(scores: Sequence[Score], pose: PoseDefinition | None, now: datetime) -> str:
    """Return the page of scored files as HTML.

    Args:
        scores: With their frames.
        pose: By which all were judged; None where it was looked for.
        now: When it is made.
    """
    clips = [_shown(score, pose) for score in scores]
    return rendered("clips.html", title="Scored clips", now=now, clips=clips)


def _shown(score: Score, given: PoseDefinition | None) -> ClipShown:
    if isinstance(score, NoPose):
        return ClipShown(score, "none", "None of the poses was held")
    pose = given or known_pose(score.pose)
    assert pose is not None, "it was just judged by this pose"
    if isinstance(score, PhotoScore):
        words = {True: "in form", False: "out of form", None: "cannot be judged"}[score.in_form]
        why = ", ".join(map(in_words, (*score.faults, *score.unseen)))
        return ClipShown(score, "photo", pose.title, verdict=f"{words}: {why}" if why else words)
    return ClipShown(
        score,
        "clip",
        pose.title,
        _ribbons(score, pose),
        worth_telling(losses_of(score.lost_s(), pose)),
        [_angle(gate, pose, score) for gate in pose.gates] if score.duration_s > 0 else (),
    )


def _ribbons(score: ClipScore, pose: PoseDefinition) -> list[RibbonShown]:
    if score.duration_s <= 0:
        return []
    start_s = score.intervals[0].start_s
    has_sides = pose.dosage.sides == 2
    found = []
    for side, own in ribbons(score.intervals).items():
        ribbon = _from_zero(own, start_s)
        if side == SIDES[1] and not (has_sides and ribbon):
            continue
        name = side.capitalize() if has_sides else "Held"
        titles = [_title(row) for row in rows(ribbon, pose)]
        svg = ribbon_chart(
            ribbon,
            (),
            score.duration_s,
            None,
            f"{name}: every second, held or why not; the table below has the same.",
            titles=titles if len(titles) == len(ribbon) else (),
        )
        found.append(RibbonShown(name, score.held_s[side], Markup(svg), rows(ribbon, pose)))
    return found


def _from_zero(ribbon: Ribbon, start_s: float) -> Ribbon:
    return tuple(
        replace(each, start_s=each.start_s - start_s, end_s=each.end_s - start_s) for each in ribbon
    )


def _title(row: Row) -> str:
    told = f"{row.words}, {row.start_s:.1f} to {row.end_s:.1f} s"
    return f"{told}: {row.remedy}" if row.remedy else told


def _angle(gate: Gate, pose: PoseDefinition, score: ClipScore) -> AngleShown:
    definition = MEASUREMENTS[gate.measurement]
    unit = "°" if definition.unit == DEGREES else " trunk lengths"
    label = f"{definition.in_words} over time against its band; the table below sums it up."
    return AngleShown(
        definition.in_words,
        gate.measurement,
        unit,
        _band(gate.accept, unit),
        _band(gate.full, unit),
        score.measurements.get(gate.measurement, {}),
        Markup(_angle_chart(gate, pose, score, label)),
    )


def _band(band: tuple[float, float], unit: str) -> str:
    low, high = band
    if low == -inf:
        return f"up to {high:g}{unit}"
    return f"from {low:g}{unit}" if high == inf else f"{low:g} to {high:g}{unit}"


def _angle_chart(gate: Gate, pose: PoseDefinition, score: ClipScore, label: str) -> str:
    canvas = Canvas([_ANGLE])
    start_s = score.rows[0].time_s
    lines = _lines(gate.measurement, score.rows, start_s)
    is_degrees = MEASUREMENTS[gate.measurement].unit == DEGREES
    step = 10.0 if is_degrees else 0.2
    edges = [edge for edge in (*gate.accept, *gate.full) if isfinite(edge)]
    seen = [value for line in lines for _, value in line] + edges
    low, high = step * (min(seen) // step), step * ceil(max(seen) / step)
    high = max(high, low + step)
    canvas.limit(0, (0.0, score.duration_s), (low, high))
    for band, name in ((gate.accept, "accept"), (gate.full, "full")):
        box: Box = (0.0, max(low, band[0]), score.duration_s, min(high, band[1]))
        canvas.boxes(0, [box], name)
    faulty = [
        (each.start_s - start_s, low, each.end_s - start_s, high)
        for each in score.intervals
        if any(pose.fault_by_name[fault].measurement == gate.measurement for fault in each.faults)
    ]
    canvas.boxes(0, faulty, "faulty")
    canvas.lines(0, lines, "angle")
    ticks = [low, high] if not is_degrees else [low, (low + high) / 2, high]
    words = [f"{place:.0f}°" if is_degrees else f"{place:.1f}" for place in ticks]
    canvas.mark(0, x=clock_ticks(score.duration_s), y=list(zip(ticks, words, strict=True)))
    return canvas.as_svg(label)


def _lines(name: str, frames: Sequence[FrameRow], start_s: float) -> list[list[Point]]:
    """Return a measurement over time: a new line after each time without one."""
    step = max(1, ceil(len(frames) / _MOST_POINTS))
    lines: list[list[Point]] = []
    last_s = -inf
    for first in range(0, len(frames), step):
        group = frames[first : first + step]
        known = [row.values[name] for row in group if isfinite(row.values.get(name, inf))]
        if not known:
            last_s = -inf
            continue
        time_s = group[len(group) // 2].time_s - start_s
        if time_s - last_s > max(_LONGEST_GAP_S, 2 * step / 30):
            lines.append([])
        lines[-1].append((time_s, median(known)))
        last_s = time_s
    return [line for line in lines if len(line) > 1]
