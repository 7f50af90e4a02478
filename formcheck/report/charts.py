"""The charts of the page: the weeks, a side's ribbon with its depth, and a posture."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from math import ceil, floor
from statistics import median
from typing import Final

from formcheck.body.landmarks import SIDES, Side
from formcheck.figure.any_view import LIMBS
from formcheck.figure.side_view import HEAD_RADIUS, Figure
from formcheck.judge.ledger import State
from formcheck.judge.ribbon import Ribbon, cells
from formcheck.pose.parts import Band
from formcheck.report.canvas import Box, Canvas, Point, Tick
from formcheck.store.report import Week
from formcheck.store.session_ledger import DepthSecond

_RIBBON: Final = 36
_DEPTH: Final = 96
"""How high each is, in units of the chart."""

_MOST_SPANS: Final = 400
"""More are not told apart on a ribbon; then each part of it shows what most of it was."""

_MOST_DEPTHS: Final = 240
"""More are not told apart on a line; then each part of it is the middle of a few seconds."""

_STEPS_S: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800)
_MOST_TICKS: Final = 5
_LEAST_RANGE_DEG: Final = 10
_DEPTH_STEP_DEG: Final = 5

_POSTURE: Final = (340, 220)
"""Width and height of a figure's picture, in units of the chart."""
_MARGIN: Final = 0.18
"""Around a figure, in trunk lengths: half a limb's thickness and more."""

MILD: Final = 3
"""A stretch is to be mild, of 10 at most so much."""

_DAY: Final = timedelta(days=1)
_SHARE_OF_WEEK: Final = {"left": (0.4, 3.4), "right": (3.6, 6.6)}
"""Where in its week the bar of a side stands, in days."""


def clock(seconds: float) -> str:
    """Return seconds of a session as one reads them on a clock, e.g. "1:05"."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def ribbon_chart(
    ribbon: Ribbon,
    depths: Sequence[DepthSecond],
    duration_s: float,
    band: Band | None,
    label: str,
    *,
    titles: Sequence[str] = (),
) -> str:
    """Return a side's ribbon as SVG, with the depth above it.

    Args:
        ribbon: From 0 to at most `duration_s`.
        depths: Of that side; none where it has no depth.
        duration_s: Of the whole session, above 0.
        band: The depths that count; None where that is not known.
        label: What it shows.
        titles: Of each span, what is told where the pointer is; without, nothing is.
    """
    canvas = Canvas([_DEPTH, _RIBBON] if depths else [_RIBBON])
    if depths:
        _draw_depth(canvas, depths, duration_s, band)
    last = 1 if depths else 0
    canvas.limit(last, (0.0, duration_s), (0.0, 1.0))
    canvas.boxes(last, [(0.0, 0.46, duration_s, 0.54)], "elsewhere")
    if titles:
        for span, title in zip(ribbon, titles, strict=True):
            canvas.boxes(last, [(span.start_s, 0.0, span.end_s, 1.0)], span.state.value, title)
    else:
        for state, boxes in _boxes(ribbon, duration_s).items():
            canvas.boxes(last, boxes, state.value)
    canvas.mark(last, x=clock_ticks(duration_s))
    return canvas.as_svg(label)


def weeks_chart(
    weeks: Sequence[Week], errors: Mapping[tuple[date, Side], float], label: str
) -> str:
    """Return the weeks as SVG: seconds a side, depth a side, discomfort, on one axis of time.

    Args:
        weeks: At least one, oldest first.
        errors: By how much the depth of a week's side may be off, in degrees, where that is known.
        label: What it shows.
    """
    canvas = Canvas([130, 130, 70])
    start = min(week.monday for week in weeks)
    end = max(week.monday for week in weeks) + 7 * _DAY
    span = (0.0, float((end - start).days))
    most_s = max(max(week.held_s.values()) for week in weeks)
    step_s = next((s for s in (30, 60, 120, 300, 600, 1200, 3600) if most_s / s <= 4), 7200)
    top_s = step_s * max(1, ceil(most_s / step_s))
    canvas.limit(0, span, (0.0, float(top_s)))
    depths = [
        (depth, errors.get((week.monday, side), 0.0))
        for week in weeks
        for side, depth in week.depth_deg.items()
        if depth is not None
    ]
    low, high = _range([d - e for d, e in depths] + [d + e for d, e in depths] or [0.0, 30.0])
    canvas.limit(1, span, (low, high))
    canvas.limit(2, span, (0.0, 10.0))
    for side in SIDES:
        bars, points, bands = [], [], []
        for week in weeks:
            first, last = ((week.monday - start).days + part for part in _SHARE_OF_WEEK[side])
            bars.append((first, 0.0, last, week.held_s[side]))
            depth, error = week.depth_deg[side], errors.get((week.monday, side))
            if depth is not None:
                points.append(((first + last) / 2, depth))
            if depth is not None and error is not None:
                bands.append((first, depth - error, last, depth + error))
        canvas.boxes(0, bars, f"{side} seconds")
        canvas.boxes(1, bands, f"{side} error")
        canvas.lines(1, [points] if len(points) > 1 else [], f"{side} depth")
        canvas.dots(1, points, f"{side} point")
    felt = [
        ((week.monday - start).days + 3.5, week.discomfort)
        for week in weeks
        if week.discomfort is not None
    ]
    canvas.lines(2, [[(span[0], MILD), (span[1], MILD)]], "mild")
    canvas.lines(2, [felt] if len(felt) > 1 else [], "discomfort line")
    canvas.dots(2, felt, "discomfort point")
    canvas.mark(0, y=[(s, f"{s:.0f} s") for s in _steps(0.0, top_s, step_s)])
    canvas.mark(1, y=[(deg, f"{deg:.0f}°") for deg in (low, (low + high) / 2, high)])
    canvas.mark(2, x=_date_ticks(start, end), y=[(float(MILD), f"{MILD}"), (10.0, "10")])
    return canvas.as_svg(label)


def posture_chart(figure: Figure, name: str, label: str) -> str:
    """Return a figure as SVG, standing on its floor.

    Args:
        figure: In trunk lengths.
        name: How it is shown: "target" or "seen".
        label: What it shows.
    """
    width, height = _POSTURE
    canvas = Canvas([height], width, is_bare=True)
    xs, ys = zip(*figure.points.values(), strict=True)
    head = figure.points["head"]
    left, right = min(*xs, head[0] - HEAD_RADIUS) - _MARGIN, max(*xs, head[0]) + _MARGIN
    bottom, top = -_MARGIN, max(*ys, head[1] + HEAD_RADIUS) + _MARGIN
    # One unit is as long across as up: whichever way is too small is widened.
    scale = max((right - left) / width, (top - bottom) / height)
    middle = (left + right) / 2
    canvas.limit(
        0,
        (middle - scale * width / 2, middle + scale * width / 2),
        (bottom, bottom + scale * height),
    )
    floor_at = min(ys) - _MARGIN / 2
    canvas.lines(0, [[(left, floor_at), (right, floor_at)]], "floor")
    for start, end in LIMBS[figure.kind]:
        is_far = start.startswith("rear") and figure.kind != "front"
        limb = [figure.points[start], figure.points[end]]
        canvas.lines(0, [limb], f"{name} limb far" if is_far else f"{name} limb")
    canvas.disc(0, head, HEAD_RADIUS, f"{name} head")
    return canvas.as_svg(label)


def _draw_depth(
    canvas: Canvas, depths: Sequence[DepthSecond], duration_s: float, band: Band | None
) -> None:
    step_s = max(1, ceil(duration_s / _MOST_DEPTHS))
    lines: list[list[Point]] = []
    errors: list[Box] = []
    shown: list[float] = []
    for number, group in groupby(depths, lambda each: each.second // step_s):
        together = list(group)
        depth_deg = median(each.depth_deg for each in together)
        known = [each.error_deg for each in together if each.error_deg is not None]
        start, end = float(number * step_s), min((number + 1.0) * step_s, duration_s)
        if not lines or lines[-1][-1][0] != start:
            lines.append([])
        lines[-1] += [(start, depth_deg), (end, depth_deg)]
        if known:
            error = median(known)
            errors.append((start, depth_deg - error, end, depth_deg + error))
            shown += [depth_deg - error, depth_deg + error]
        shown.append(depth_deg)
    low, high = _range(shown)
    canvas.limit(0, (0.0, duration_s), (low, high))
    if band is not None and (least := max(low, band[0])) < (most := min(high, band[1])):
        canvas.boxes(0, [(0.0, least, duration_s, most)], "band")
    canvas.boxes(0, errors, "error")
    canvas.lines(0, lines, "depth")
    canvas.mark(0, y=[(deg, f"{deg:.0f}°") for deg in (low, (low + high) / 2, high)])


def _boxes(ribbon: Ribbon, duration_s: float) -> dict[State, list[Box]]:
    """Return what to fill for each state."""
    boxes: dict[State, list[Box]] = {state: [] for state in State}
    if len(ribbon) <= _MOST_SPANS:
        for span in ribbon:
            boxes[span.state].append((span.start_s, 0.0, span.end_s, 1.0))
        return boxes
    length_s = duration_s / _MOST_SPANS
    for number, most in enumerate(cells(ribbon, 0.0, duration_s, _MOST_SPANS)):
        if most is not None:
            box = (number * length_s, 0.0, (number + 1) * length_s, 1.0)
            boxes[most.state].append(box)
    return boxes


def _range(values: Iterable[float]) -> tuple[float, float]:
    """Return the ends of an axis of degrees that shows these values, at round numbers."""
    known = list(values)
    low = floor(min(known) / _DEPTH_STEP_DEG) * _DEPTH_STEP_DEG
    high = ceil(max(known) / _DEPTH_STEP_DEG) * _DEPTH_STEP_DEG
    lacking = max(0, _LEAST_RANGE_DEG - (high - low))
    return float(low - lacking // 2), float(high + lacking - lacking // 2)


def clock_ticks(duration_s: float) -> list[Tick]:
    """Return a few round times from 0 to the end of a session, in seconds."""
    step_s = next((s for s in _STEPS_S if duration_s / s <= _MOST_TICKS), 3600)
    return [(place, clock(place)) for place in _steps(0.0, duration_s, step_s)]


def _date_ticks(start: date, end: date) -> list[Tick]:
    """Return a few Mondays, the first of a year with it."""
    weeks = (end - start).days // 7
    step = next((s for s in (1, 2, 4, 8, 13, 26, 52, 104, 260) if weeks / s <= _MOST_TICKS), 520)
    mondays = [start + 7 * _DAY * number for number in range(0, weeks, step)]
    words = [f"{monday.day} {monday:%b}" for monday in mondays]
    for number, (before, monday) in enumerate(pairwise(mondays), start=1):
        if monday.year != before.year:
            words[number] += f" {monday.year}"
    return [
        (float((monday - start).days), each) for monday, each in zip(mondays, words, strict=True)
    ]


def _steps(start: float, end: float, step: float) -> list[float]:
    return [start + step * number for number in range(int((end - start) / step + 1e-9) + 1)]
