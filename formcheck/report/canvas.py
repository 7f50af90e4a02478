"""What charts are drawn on: axes as SVG, where everything has a name in place of a colour.

Each shape says by its class what it shows, and the page's style sheet, which knows light from dark
and the screen from paper, says how that looks. So the page needs no inline style, and its
Content-Security-Policy can forbid all but its own sheet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree as ET

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
_DOT: Final = 4.5
"""Half the width of a point."""

_BELOW: Final = 17
_BESIDE: Final = 5
"""From the axes to the words along them."""
_HALF_LETTER: Final = 3.5


@dataclass(slots=True)
class _Axes:
    """A part of the chart: where it is, and what it shows there."""

    left: float
    top: float
    width: float
    height: float
    x: Point = (0.0, 1.0)
    y: Point = (0.0, 1.0)
    shapes: list[ET.Element] = field(default_factory=list)

    def at(self, point: Point) -> tuple[str, str]:
        """Return where a point is on the chart, y down from its top."""
        across = (point[0] - self.x[0]) / (self.x[1] - self.x[0])
        up = (point[1] - self.y[0]) / (self.y[1] - self.y[0])
        return _number(self.left + across * self.width), _number(self.top + (1 - up) * self.height)

    def add(self, tag: str, name: str, title: str = "", **attributes: str) -> ET.Element:
        """Draw a shape above what is there."""
        shape = ET.Element(tag, {**attributes, "class": name})
        if title:
            ET.SubElement(shape, "title").text = title
        self.shapes.append(shape)
        return shape

    def path(self, line: Sequence[Point]) -> str:
        """Return a line as SVG writes it."""
        return "M" + "L".join(" ".join(self.at(point)) for point in line)


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
        left, right, top, bottom = (0, 0, 0, 0) if is_bare else (_LEFT, _RIGHT, _TOP, _BOTTOM)
        self._axes: list[_Axes] = []
        for height in heights:
            self._axes.append(_Axes(left, top, width - left - right, height))
            top += height + _GAP
        self._size = (width, top - _GAP + bottom)

    def boxes(self, number: int, boxes: Iterable[Box], name: str, title: str = "") -> None:
        """Fill boxes on one of the axes as one shape, with words for the pointer."""
        axes = self._axes[number]
        corners = (
            [(left, bottom), (right, bottom), (right, top), (left, top)]
            for left, bottom, right, top in boxes
        )
        path = "".join(f"{axes.path(each)}z" for each in corners)
        if path:
            axes.add("path", name, title, d=path)

    def lines(self, number: int, lines: Iterable[Sequence[Point]], name: str) -> None:
        """Draw lines on one of the axes as one shape."""
        axes = self._axes[number]
        path = "".join(map(axes.path, lines))
        if path:
            axes.add("path", name, d=path)

    def dots(self, number: int, points: Iterable[Point], name: str) -> None:
        """Draw points on one of the axes."""
        for point in points:
            x, y = self._axes[number].at(point)
            self._axes[number].add("circle", name, cx=x, cy=y, r=_number(_DOT))

    def disc(self, number: int, middle: Point, radius: float, name: str) -> None:
        """Draw a disc on one of the axes, whose units are as long across as up."""
        axes = self._axes[number]
        x, y = axes.at(middle)
        scale = axes.width / (axes.x[1] - axes.x[0])
        axes.add("circle", name, cx=x, cy=y, r=_number(radius * scale))

    def limit(self, number: int, x: Point, y: Point) -> None:
        """Show this range of one of the axes; before anything is drawn on it."""
        self._axes[number].x, self._axes[number].y = x, y

    def mark(self, number: int, x: Sequence[Tick] = (), y: Sequence[Tick] = ()) -> None:
        """Write along the edges of one of the axes, and draw a line across for each mark of y."""
        axes = self._axes[number]
        start, end = axes.x
        for place, words in x:
            across, _ = axes.at((place, 0.0))
            down = _number(axes.top + axes.height + _BELOW)
            self._write(axes, words, across, down, "middle")
        for place, words in y:
            _, down = axes.at((0.0, place))
            beside = _number(axes.left - _BESIDE)
            self._write(axes, words, beside, _number(float(down) + _HALF_LETTER), "end")
        if y:
            path = "".join(axes.path([(start, place), (end, place)]) for place, _ in y)
            axes.shapes.insert(0, ET.Element("path", {"d": path, "class": "grid"}))

    def as_svg(self, label: str) -> str:
        """Return it as an SVG element; the label says what it shows to whoever does not see it."""
        width, height = self._size
        box = f"0 0 {width} {height}"
        svg = ET.Element("svg", {"viewBox": box, "role": "img", "aria-label": label})
        for axes in self._axes:
            svg.extend(axes.shapes)
        return ET.tostring(svg, encoding="unicode")

    @staticmethod
    def _write(axes: _Axes, words: str, x: str, y: str, anchor: str) -> None:
        text = ET.Element("text", {"x": x, "y": y, "text-anchor": anchor})
        text.text = words
        axes.shapes.append(text)


def _number(value: float) -> str:
    return f"{round(value, 1):g}"
