"""What charts are drawn on: matplotlib's axes; everything has a name instead of a colour."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Final

from formcheck.report.svg import as_svg, shown_as
from formcheck.store.private_files import cache_folder, make_private_folder

# It makes a list of the machine's fonts, once: there, where `formcheck forget` finds it.
if "MPLCONFIGDIR" not in os.environ:
    with suppress(OSError):  # it takes another one then
        make_private_folder(cache_folder() / "matplotlib")
        os.environ["MPLCONFIGDIR"] = str(cache_folder() / "matplotlib")

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path
from matplotlib.ticker import FixedLocator, NullLocator

mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "formcheck"})

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

Tick = tuple[float, str]
"""Where on an axis, and what stands there."""

Point = tuple[float, float]

WIDTH: Final = 720
"""Of a chart, in its units."""

_LEFT: Final = 64
_RIGHT: Final = 24
_TOP: Final = 18
_BOTTOM: Final = 34
_GAP: Final = 30
_POINTS_AN_INCH: Final = 72


class Canvas:
    """Axes one above the other, on one axis of time."""

    def __init__(
        self, heights: Sequence[int], width: int = WIDTH, *, is_bare: bool = False
    ) -> None:
        """Begin with nothing drawn.

        Args:
            heights: Of the axes, from the top, in units of the chart.
            width: Of the whole chart.
            is_bare: One picture without axes, which it fills, with equal units both ways.
        """
        extra = 0 if is_bare else _TOP + _BOTTOM + _GAP * (len(heights) - 1)
        height = sum(heights) + extra
        self._figure = Figure(figsize=(width / _POINTS_AN_INCH, height / _POINTS_AN_INCH))
        FigureCanvasSVG(self._figure)
        self.axes: list[Axes] = []
        top = height - (0 if is_bare else _TOP)
        left, right = (0, 0) if is_bare else (_LEFT, _RIGHT)
        for own in heights:
            place = (
                left / width,
                (top - own) / height,
                (width - left - right) / width,
                own / height,
            )
            axes = self._figure.add_axes(place)
            axes.set_axis_off() if is_bare else _bare(axes)
            self.axes.append(axes)
            top -= own + _GAP

    def boxes(self, number: int, boxes: Iterable[Box], name: str, title: str = "") -> None:
        """Fill boxes on one of the axes as one shape."""
        points: list[Point] = []
        codes: list[np.uint8] = []
        for left, bottom, right, top in boxes:
            points += [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
            codes += [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY]
        if points:
            shape = PathPatch(Path(points, codes), gid=shown_as(name, title))
            self.axes[number].add_artist(shape)

    def lines(
        self, number: int, lines: Iterable[Sequence[Point]], name: str, *, above: float = 1.0
    ) -> None:
        """Draw lines on one of the axes as one shape, above what is less far above."""
        points: list[Point] = []
        codes: list[np.uint8] = []
        for line in lines:
            points += line
            codes += [Path.MOVETO, *[Path.LINETO] * (len(line) - 1)]
        if points:
            shape = PathPatch(Path(points, codes), fill=False, gid=shown_as(name), zorder=above)
            self.axes[number].add_artist(shape)

    def dots(self, number: int, points: Sequence[Point], name: str) -> None:
        """Draw points on one of the axes."""
        if points:
            xs, ys = zip(*points, strict=True)
            self.axes[number].plot(xs, ys, "o", gid=shown_as(name))

    def disc(self, number: int, middle: Point, radius: float, name: str) -> None:
        """Draw a disc on one of the axes."""
        self.axes[number].add_artist(Circle(middle, radius, gid=shown_as(name)))

    def limit(self, number: int, x: Point, y: Point) -> None:
        """Show this range of one of the axes."""
        self.axes[number].set_xlim(*x)
        self.axes[number].set_ylim(*y)

    def mark(self, number: int, x: Sequence[Tick] = (), y: Sequence[Tick] = ()) -> None:
        """Write along the edges of one of the axes, and draw a line across for each mark of y."""
        axes = self.axes[number]
        for axis, ticks in ((axes.xaxis, x), (axes.yaxis, y)):
            axis.set_major_locator(FixedLocator([place for place, _ in ticks]))
            axis.set_ticklabels([words for _, words in ticks])
        start, end = axes.get_xlim()
        self.lines(number, [[(start, place), (end, place)] for place, _ in y], "grid", above=0.0)

    def as_svg(self, label: str) -> str:
        """Return it as an SVG element; the label says what it shows to whoever does not see it."""
        return as_svg(self._figure, label)


def _bare(axes: Axes) -> None:
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.patch.set_visible(False)
    axes.tick_params(length=0)
    axes.tick_params(axis="x", pad=9)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_minor_locator(NullLocator())
