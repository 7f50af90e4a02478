"""The grid as one picture: what is counted, and how far the hip is off."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.placements.grid import HEIGHTS_M, LEGS, YAWS_DEG
from benchmarks.placements.judging import Judged
from benchmarks.placements.report import grid


def draw(results: Sequence[Judged], path: Path) -> None:
    """Draw the share counted and the error of hip extension by height and turn, for either leg."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(2, 2, figsize=(9, 6.2), layout="constrained")
    for column, leg in enumerate(LEGS):
        cells = grid(results, leg)
        shares, errors = (np.full((len(HEIGHTS_M), len(YAWS_DEG)), np.nan) for _ in range(2))
        for row, height in enumerate(HEIGHTS_M):
            for place, yaw in enumerate(YAWS_DEG):
                if (result := cells.get((height, float(yaw)))) is not None:
                    shares[row, place] = 100 * result.share
                    errors[row, place] = result.errors.get("rear_hip_extension", np.nan)
        for line, (values, colours, low, high, what) in enumerate(
            (
                (shares, "cividis", 0, 100, "% counted"),
                (errors, "PuOr", -20, 20, "hip extension, ° off"),
            )
        ):
            axis = axes[line][column]
            axis.imshow(values[::-1], cmap=colours, vmin=low, vmax=high, aspect="auto")
            for (row, place), value in np.ndenumerate(values[::-1]):
                if np.isfinite(value):
                    is_dark = value < 50 if line == 0 else abs(value) > 14
                    words = f"{round(value):{'+' if line and round(value) else ''}d}"
                    colour = "white" if is_dark else "black"
                    axis.text(place, row, words, ha="center", va="center", color=colour)
            axis.set_xticks(range(len(YAWS_DEG)), [f"{yaw:+d}" if yaw else "0" for yaw in YAWS_DEG])
            axis.set_yticks(range(len(HEIGHTS_M)), [f"{each:g}" for each in HEIGHTS_M[::-1]])
            axis.set_title(f"{what}, the stretched leg {leg}", fontsize=10)
            axis.set_xlabel("turned away (-) or towards the camera, degrees")
            axis.set_ylabel("height of the camera, m")
    figure.savefig(path, dpi=110)
    plt.close(figure)
