"""What `benchmarks.accuracy` measured, as tables and as a plot."""

from pathlib import Path
from statistics import median

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.counting.comparison import ANGLES, Accuracy


def print_accuracy(results: list[Accuracy]) -> None:
    """Print a line for each clip, one for each pose, and the errors of the angles."""
    console = Console(width=130)
    table = Table(box=None, pad_edge=False)
    headings = ("true s", "counted", "error", "wrongly", "overlap", "named", "cue delay")
    table.add_column("clip")
    for heading in headings:
        table.add_column(heading, justify="right")
    for result in results:
        table.add_row(
            result.clip[:40],
            f"{result.true_s:.2f}",
            f"{result.counted_s:.2f}",
            f"{result.error_s:+.2f}",
            f"{result.wrongly_s:.2f}",
            "" if result.overlap is None else f"{result.overlap:.3f}",
            "" if result.named is None else f"{result.named:.0%}",
            f"{max(result.cue_delays_s):.1f} s" if result.cue_delays_s else "",
        )
    console.print(table)
    _print_poses(console, results)
    _print_angles(console, results)


def _print_poses(console: Console, results: list[Accuracy]) -> None:
    headings = ("clips", "error s, median / worst", "overlap, median / worst", "wrongly s")
    table = Table(title="By pose", box=None, pad_edge=False)
    table.add_column("pose")
    for heading in (*headings, "in a fault s", "faults s", "worst named", "all named"):
        table.add_column(heading, justify="right")
    poses = sorted({result.pose for result in results})
    for pose in [*poses, None] if len(poses) > 1 else poses:
        group = [result for result in results if pose in (None, result.pose)]
        errors = [abs(result.error_s) for result in group]
        overlaps = [result.overlap for result in group if result.overlap is not None] or [1.0]
        fault_s = sum(result.fault_s for result in group)
        named_s = sum(result.fault_s * (result.named or 0.0) for result in group)
        all_named_s = sum(result.fault_s * (result.all_named or 0.0) for result in group)
        table.add_row(
            pose or "all",
            str(len(group)),
            f"{median(errors):.2f} / {max(errors):.2f}",
            f"{median(overlaps):.3f} / {min(overlaps):.3f}",
            f"{sum(result.wrongly_s for result in group):.2f}",
            f"{sum(result.credited_in_fault_s for result in group):.2f}",
            f"{fault_s:.0f}",
            f"{named_s / fault_s:.1%}" if fault_s else "",
            f"{all_named_s / fault_s:.1%}" if fault_s else "",
        )
    console.print(table)


def _print_angles(console: Console, results: list[Accuracy]) -> None:
    table = Table(title="Measured less true, degrees: bias / mean absolute / 95th percentile")
    table.add_column("yaw; pose, to 20")
    for name in ANGLES:
        table.add_column(name, justify="right")
    turns = (
        ("side-on", 0, 5),
        ("10", 5, 15),
        ("20", 15, 25),
        ("30", 25, 35),
        ("all to 20", 0, 25),
        ("all to 30", 0, 35),
    )
    rows = [(label, low, high, None) for label, low, high in turns]
    poses = sorted({r.pose for r in results}) if len({r.pose for r in results}) > 1 else []
    for label, low, high, pose in (*rows, *((pose, 0, 25, pose) for pose in poses)):
        group = [
            r for r in results
            if r.angle_errors and r.yaw_deg is not None and low <= abs(r.yaw_deg) <= high
            and pose in (None, r.pose)
        ]  # fmt: skip
        if not group:
            continue
        cells = []
        for name in ANGLES:
            errors = np.array([e for r in group for e in r.angle_errors[name]])
            cells.append(
                f"{errors.mean():+.1f} / {np.abs(errors).mean():.1f} / "
                f"{np.percentile(np.abs(errors), 95):.1f}" if len(errors) else ""
            )  # fmt: skip
        table.add_row(label, *cells)
    if table.row_count:
        console.print(table)


def plot_errors(results: list[Accuracy], path: Path) -> None:
    """Draw the mean error of each angle against the camera's yaw."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
    for name in ANGLES:
        points = [
            (r.yaw_deg, float(np.abs(r.angle_errors[name]).mean()))
            for r in results
            if r.yaw_deg is not None and r.angle_errors.get(name)
        ]
        axes.plot(*zip(*sorted(points), strict=True), "o", label=name, alpha=0.8)
    axes.set(xlabel="yaw of the camera (degrees)", ylabel="mean absolute error (degrees)")
    axes.legend()
    figure.savefig(path, dpi=120)
