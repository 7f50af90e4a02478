"""A chart of matplotlib as an SVG that takes its colours from the page it stands in.

matplotlib writes colours, fonts, clipping and an address into each element. What is kept here is
shapes and texts alone; each says by its class what it shows, and the page's style sheet, which
knows light from dark and the screen from paper, says how that looks. So the page needs no inline
style, and its Content-Security-Policy can forbid all but its own sheet.
"""

import io
import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG: Final = "{http://www.w3.org/2000/svg}"
_LINK: Final = "{http://www.w3.org/1999/xlink}href"
_NUMBER: Final = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")
_ANCHOR: Final = re.compile(r"text-anchor: *(\w+)")
_MARK: Final = "c-"
_DOT: Final = 4.5
"""Half the width of a point, in the chart's units."""


def shown_as(name: str, title: str = "") -> str:
    """Return the group id that gives an artist a class, and words for the pointer."""
    return f"{_MARK}{name}|{title}" if title else f"{_MARK}{name}"


def as_svg(figure: "Figure", label: str) -> str:
    """Return a figure as an SVG element.

    Args:
        figure: Its artists have group ids of `shown_as`; what has none is left out, but texts.
        label: What it shows, for whoever does not see it.
    """
    text = io.StringIO()
    metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(text, format="svg", transparent=True, metadata=metadata)
    drawn = ET.fromstring(text.getvalue())
    _, _, width, height = drawn.attrib["viewBox"].split()
    box = f"0 0 {float(width):g} {float(height):g}"
    svg = ET.Element("svg", {"viewBox": box, "role": "img", "aria-label": label})
    _copy(drawn, svg, "", "")
    return ET.tostring(svg, encoding="unicode")


def _copy(source: ET.Element, into: ET.Element, name: str, title: str) -> None:
    for element in source:
        if element.tag == f"{SVG}defs":
            continue
        if element.tag == f"{SVG}g":
            found, words = name, title
            if (group := element.get("id", "")).startswith(_MARK):
                found, _, words = group.removeprefix(_MARK).partition("|")
            _copy(element, into, found, words)
        elif element.tag == f"{SVG}text":
            _copy_text(element, into, name)
        elif name:
            shape = _shape(element)
            if shape is not None:
                shape.set("class", name)
                if title:
                    ET.SubElement(shape, "title").text = title
                into.append(shape)


def _copy_text(element: ET.Element, into: ET.Element, name: str) -> None:
    anchor = _ANCHOR.search(element.get("style", ""))
    place = {axis: _rounded(element.get(axis, "0")) for axis in ("x", "y")}
    kind = {"class": name} if name else {}
    text = ET.SubElement(into, "text", {**place, **kind})
    if anchor is not None and anchor[1] != "start":
        text.set("text-anchor", anchor[1])
    text.text = element.text


def _shape(element: ET.Element) -> ET.Element | None:
    if element.tag == f"{SVG}path":
        path = " ".join(_NUMBER.sub(lambda found: _rounded(found[0]), element.get("d", "")).split())
        return ET.Element("path", {"d": path}) if path else None
    if element.tag == f"{SVG}use" and _LINK in element.attrib:
        place = {"cx": _rounded(element.get("x", "0")), "cy": _rounded(element.get("y", "0"))}
        return ET.Element("circle", {**place, "r": f"{_DOT:g}"})
    return None


def _rounded(number: str) -> str:
    return f"{round(float(number), 1):g}"
