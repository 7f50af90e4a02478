"""One gate drawn: what good and bad ones measure, the error of the measurement, and the limits."""

from collections.abc import Iterable, Sequence
from math import isfinite
from pathlib import Path
from typing import Any, Final

from benchmarks.people.judging import JudgedClip
from benchmarks.people.tables import PoseTally
from formcheck.body.measurements import DEGREES, MEASUREMENTS
from formcheck.learn.example import ACCEPT_MARGIN, FULL_MARGIN
from formcheck.pose.definition import PoseDefinition

_ROWS: Final = (("good", "tab:green"), ("either", "tab:gray"), ("bad", "tab:red"))


def plot_gate(
    pose: PoseDefinition,
    measurement: str,
    mine: PoseTally,
    clips: Sequence[JudgedClip],
    path: Path,
) -> None:
    """Draw a dot for each photo and each hold of a clip, by label, above the bands of the gate.

    Raises:
        ValueError: The pose has no such gate.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    gate = pose.gate_by_measurement.get(measurement)
    if gate is None:
        raise ValueError(f"{pose.name} has no gate of {measurement!r}")
    holds = [held for clip in clips if clip.accuracy.pose == pose.name for held in clip.held]
    groups = (
        [*(each.measured for each in mine.yes), *holds],
        [each.measured for each in mine.either],
        [each.measured for each in mine.no],
    )
    rows = [sorted(_of(measurement, group)) for group in groups]
    unit = MEASUREMENTS[measurement].unit
    figure, axes = plt.subplots(figsize=(8, 3.4), layout="constrained")
    for row, (values, (label, colour)) in enumerate(zip(rows, _ROWS, strict=True)):
        axes.plot(values, [-row] * len(values), "o", color=colour, alpha=0.75)
        _name(axes, -row, f"{label} ({len(values)})", colour)
    if rows[0]:
        ends = ((rows[0][0], -1.0, gate.accept[0]), (rows[0][-1], 1.0, gate.accept[1]))
        for end, way, edge in ends:
            if isfinite(edge):
                _draw_error(axes, end, way, is_angle=unit == DEGREES)
    _draw_bands(axes, gate.accept, gate.full, [value for row in rows for value in row])
    axes.set(xlabel=f"{measurement} ({unit})", ylim=(-4.6, 0.9), yticks=[])
    axes.set_title(f"{pose.title}: {MEASUREMENTS[measurement].in_words}", loc="left", fontsize=11)
    for side in ("left", "top", "right"):
        axes.spines[side].set_visible(False)
    figure.savefig(path, dpi=120)


def _of(measurement: str, group: Iterable[dict[str, float]]) -> list[float]:
    return [measured[measurement] for measured in group if measurement in measured]


def _name(axes: Any, height: float, words: str, colour: str) -> None:
    """Write what a row is, left of the picture's edge."""
    place = axes.get_yaxis_transform()
    axes.text(-0.01, height, words, color=colour, ha="right", va="center", transform=place)


def _draw_error(axes: Any, end: float, way: float, *, is_angle: bool) -> None:
    """Draw how far beyond the last good one, to one side, the measurement's own error may reach."""
    for margin, width in ((ACCEPT_MARGIN[is_angle], 1.5), (FULL_MARGIN[is_angle], 4.0)):
        axes.plot([end, end + way * margin], [0.42, 0.42], color="tab:green", lw=width)
    side = "left" if way > 0 else "right"
    axes.text(end, 0.54, "error of the measurement", color="tab:green", fontsize=9, ha=side)


def _draw_bands(
    axes: Any,
    accept: tuple[float, float],
    full: tuple[float, float],
    values: list[float],
) -> None:
    """Draw both bands; one without an end goes on to the picture's edge."""
    room = 6.0 if max(map(abs, values)) > 5 else 0.1
    edges = [edge for edge in (*accept, *full) if isfinite(edge)]
    low, high = min(*edges, *values) - room, max(*edges, *values) + room
    for height, (start, end), colour, words in (
        (-3.1, full, "tab:green", "full credit"),
        (-3.9, accept, "tab:blue", "counted"),
    ):
        left, right = max(start, low), min(end, high)
        axes.barh(height, right - left, left=left, height=0.5, color=colour, alpha=0.45)
        _name(axes, height, words, colour)
    for edge in filter(isfinite, accept):
        axes.axvline(edge, color="tab:blue", lw=1, ls="--")
        axes.text(edge, -2.55, f" {edge:g} ", color="tab:blue", ha="left", va="center", fontsize=9)
    axes.set_xlim(low, high)
