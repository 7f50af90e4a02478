"""The table of what is counted from where."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.placements.grid import HEIGHTS_M, LEGS, YAWS_DEG
from benchmarks.placements.judging import ANGLES, Judged
from benchmarks.placements.saved import load
from benchmarks.placements.standing import FILE, learnt_errors

PROMISED: Final = ((20.0, 0.95), (30.0, 0.85))
"""Turned by up to so many degrees, what share of a good hold is to be counted at least."""
AT_MOST_WRONG_S: Final = 0.2
"""Of a clip that shows nothing to hold, or another thing, no more is to be counted."""


def promised(result: Judged) -> float:
    """Return the share of the hold that is to be counted, 0 to 1."""
    if not result.placement.is_good:
        return 0.0
    return next(share for turn, share in PROMISED if abs(result.placement.yaw) <= turn)


def falls_short(result: Judged) -> bool:
    """Tell whether too little is counted, or too much."""
    return result.share < promised(result) or result.wrongly_s > AT_MOST_WRONG_S


def print_report(console: Console, results: Sequence[Judged], *, every: bool) -> None:
    """Print the grid, the groups, the errors, and what falls short (or every placement)."""
    for leg in LEGS:
        _print_grid(console, results, leg)
    _print_groups(console, results)
    _print_errors(console, results)
    errors = [each.camera_errors for each in results]
    _print_cameras(console, "The camera, learnt from who stands before it", errors)
    errors = learnt_errors(load(FILE))
    _print_cameras(console, "The same of cameras at random", errors)
    shown = [each for each in results if every or falls_short(each)]
    table = Table(title="Every placement" if every else "What falls short", box=None)
    for heading in (
        "placement",
        "counted s",
        "of",
        "wrongly",
        "said instead",
        "hip off",
        "swapped",
    ):
        table.add_column(heading, justify="left" if heading[0] in "ps" else "right")
    for each in shown:
        hip = each.errors.get("rear_hip_extension")
        table.add_row(
            each.placement.name,
            f"{each.held_s:.1f}",
            f"{each.of_s:.1f}",
            f"{each.wrongly_s:.1f}",
            each.said,
            "" if hip is None else f"{hip:+.1f}",
            f"{each.swapped:.0%}",
        )
    console.print(table)


def grid(results: Sequence[Judged], leg: str) -> dict[tuple[float, float], Judged]:
    """Return the grid's results of one leg by height in metres and turn in degrees."""
    return {
        (each.placement.height, each.placement.yaw): each
        for each in results
        if each.placement.group == "grid" and each.placement.leg == leg
    }


def _print_grid(console: Console, results: Sequence[Judged], leg: str) -> None:
    table = Table(title=f"Seconds counted of 4.8, the stretched leg {leg}", box=None)
    table.add_column("height m \\ turn", justify="right")
    for yaw in YAWS_DEG:
        table.add_column(f"{yaw:+d}°" if yaw else "0°", justify="right")
    cells = grid(results, leg)
    for height in HEIGHTS_M:
        row = [cells.get((height, float(yaw))) for yaw in YAWS_DEG]
        seconds = ["" if each is None else f"{each.held_s:.1f}" for each in row]
        table.add_row(f"{height:.2f}", *seconds)
    console.print(table)


def _print_groups(console: Console, results: Sequence[Judged]) -> None:
    table = Table(title="By what is shown, seconds", box=None)
    headings = ("clips", "counted", "of", "short", "told to lower the knee", "wrongly")
    table.add_column("shown")
    for heading in headings:
        table.add_column(heading, justify="right")
    for group in dict.fromkeys(each.placement.group for each in results):
        those = [each for each in results if each.placement.group == group]
        is_good = those[0].placement.is_good
        table.add_row(
            group,
            str(len(those)),
            f"{sum(each.held_s for each in those):.1f}" if is_good else "",
            f"{sum(each.of_s for each in those):.1f}" if is_good else "",
            str(sum(falls_short(each) for each in those)),
            f"{sum(each.lower_s for each in those):.1f}" if is_good else "",
            f"{sum(each.wrongly_s for each in those):.1f}",
        )
    console.print(table)


def _print_errors(console: Console, results: Sequence[Judged]) -> None:
    table = Table(
        title="Measured less true of good holds, degrees: mean absolute / range", box=None
    )
    table.add_column("turned by up to")
    for name in ANGLES:
        table.add_column(name, justify="right")
    for limit in (20.0, 30.0):
        good = [e for e in results if e.placement.is_good and abs(e.placement.yaw) <= limit]
        cells = []
        for name in ANGLES:
            values = np.array([each.errors[name] for each in good if name in each.errors])
            cells.append(
                f"{np.abs(values).mean():.1f} / {values.min():+.1f} to {values.max():+.1f}"
            )
        table.add_row(f"{limit:.0f}°", *cells)
    console.print(table)


def _print_cameras(
    console: Console, title: str, errors: Sequence[tuple[tuple[float, float], ...]]
) -> None:
    table = Table(title=title, box=None)
    table.add_column("learnt less true")
    for heading in ("cameras", "median", "90 %", "worst", "within twice the error told"):
        table.add_column(heading, justify="right")
    learnt = np.array([each for each in errors if each])
    for number, name in enumerate(("pitch, degrees", "roll, degrees", "height, metres")):
        off, told = np.abs(learnt[:, number, 0]), learnt[:, number, 1]
        table.add_row(
            name,
            f"{len(off)} of {len(errors)}",
            *(f"{share:.2f}" for share in np.quantile(off, (0.5, 0.9, 1.0))),
            f"{np.mean(off <= 2 * told):.0%}",
        )
    console.print(table)
