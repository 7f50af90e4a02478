"""Where everything goes on a canvas: pure geometry, in pixels, x to the right and y down.

A band of words above all, the picture and the panel below it: nothing ever lies over the person.
The sizes are for reading from three metres, 1280 x 720 pixels filling a screen of 13 inches: a
pixel is 0.225 mm there, so 78 pixels are 20 minutes of arc, which ISO 9241-303 recommends for the
height of capitals (16 at the least).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import floor
from typing import Final

Size = tuple[int, int]
"""Width and height."""

DEFAULT_SIZE: Final[Size] = (1280, 720)
"""Of the canvas and the window, as they begin."""

USUAL_IMAGE: Final[Size] = (640, 480)
"""What the canvas is laid out for until the first image comes."""


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle; its right and bottom edges are just outside."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column past it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.height

    @property
    def area(self) -> int:
        """In pixels."""
        return self.width * self.height

    @property
    def pixels(self) -> tuple[slice, slice]:
        """The index that takes it out of an image: `image[rect.pixels]`."""
        return slice(self.y, self.bottom), slice(self.x, self.right)

    def overlap(self, other: "Rect") -> int:
        """Return the area shared with another, 0 where they do not meet."""
        width = min(self.right, other.right) - max(self.x, other.x)
        height = min(self.bottom, other.bottom) - max(self.y, other.y)
        return max(0, width) * max(0, height)

    def grown(self, by: int) -> "Rect":
        """Return it with so much more on every side (less where negative)."""
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)


class PanelPlace(Enum):
    """Where the panel lies against the picture."""

    BESIDE = "beside"
    BELOW = "below"


PANEL_SHARE: Final = {PanelPlace.BESIDE: 0.25, PanelPlace.BELOW: 0.3}
"""The least that a panel takes of what the band leaves: of its width, or of its height."""

AS_LARGE: Final = 0.9
"""A picture of so much of another's area passes for as large: then the larger panel wins."""

WORDS_SHARE: Final = 0.1562
"""Font size of the band's words over the canvas's lesser side."""
LINE_EMS: Final = 11.33
"""A line has at least so many times its font size of room."""
LEADING: Final = 1.02
"""From one baseline to the next, over the font size."""
BAND_MARGIN: Final = 0.24
"""Above and below the words, over the font size."""
CAPITALS: Final = 0.7
"""Height of a capital over the font size."""

TALL: Final[Size] = (320, 590)
FLAT: Final[Size] = (640, 340)
"""The sizes that panels are designed for, in units."""


@dataclass(frozen=True, slots=True)
class BandLayout:
    """Where the words go."""

    area: Rect
    lines: int
    """At most so many."""
    font_size: int
    """In pixels, for words that fit."""


@dataclass(frozen=True, slots=True)
class PanelLayout:
    """Where the panel's parts go, in pixels from the panel's own corner."""

    unit: float
    """Pixels for one pixel of a panel of its designed size."""
    title: tuple[int, int]
    """Middle of the baseline of the side's name."""
    title_width: int
    ring_centre: tuple[int, int]
    ring_radius: int
    """To the outer edge."""
    bars: tuple[Rect, Rect]
    """Left side's and right side's."""
    small_print: tuple[int, int]
    """Middle of the baseline."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything goes on one canvas."""

    canvas: Size
    band: BandLayout
    picture: Rect
    panel: Rect
    place: PanelPlace
    border: int
    """Thickness of the frame around the picture."""
    parts: PanelLayout

    def mirrored(self, x: float, y: float, image_size: Size) -> tuple[float, float]:
        """Map a point of the image to the mirrored picture, in pixels from the picture's corner."""
        width, height = image_size
        return (
            (width - x) * self.picture.width / width,
            y * self.picture.height / height,
        )


def arrange(canvas: Size, image: Size) -> Layout:
    """Lay out the band, and below it picture and panel so that the picture becomes large.

    Args:
        canvas: Width and height in pixels.
        image: Of the images to come; only its shape matters.
    """
    band = _band(canvas)
    beside = _layout(PanelPlace.BESIDE, canvas, band, image)
    below = _layout(PanelPlace.BELOW, canvas, band, image)
    areas = beside.picture.area, below.picture.area
    if min(areas) >= AS_LARGE * max(areas):
        return beside if beside.parts.unit >= below.parts.unit else below
    return beside if areas[0] > areas[1] else below


def _band(canvas: Size) -> BandLayout:
    """A wide canvas has room for one line, a narrow one needs more for the same words."""
    width, height = canvas
    lines = 1 if width >= 1.5 * height else 2 if width >= height else 3
    font = min(WORDS_SHARE * min(width, height), lines * width / LINE_EMS)
    rows = CAPITALS + LEADING * (lines - 1) + 2 * BAND_MARGIN
    return BandLayout(Rect(0, 0, width, round(font * rows)), lines, round(font))


def _layout(place: PanelPlace, canvas: Size, band: BandLayout, image: Size) -> Layout:
    """Lay out with the panel at this place."""
    width, top = canvas[0], band.area.height
    height = canvas[1] - top
    share = PANEL_SHARE[place]
    if place is PanelPlace.BESIDE:
        shown = _fitted(image, (width - round(width * share), height))
        picture = Rect(0, top + (height - shown[1]) // 2, *shown)
        panel = Rect(shown[0], top, width - shown[0], height)
    else:
        shown = _fitted(image, (width, height - round(height * share)))
        picture = Rect((width - shown[0]) // 2, top, *shown)
        panel = Rect(0, top + shown[1], width, height - shown[1])
    border = max(4, round(min(canvas) / 72))
    return Layout(canvas, band, picture, panel, place, border, _parts(panel.width, panel.height))


def _fitted(image: Size, into: Size) -> Size:
    scale = min(into[0] / image[0], into[1] / image[1])
    return max(1, round(image[0] * scale)), max(1, round(image[1] * scale))


def _parts(width: int, height: int) -> PanelLayout:
    tall, flat = (min(width / size[0], height / size[1]) for size in (TALL, FLAT))
    return _tall(width, height, tall) if tall >= flat else _flat(width, height, flat)


def _tall(width: int, height: int, unit: float) -> PanelLayout:
    left, top = (width - TALL[0] * unit) / 2, (height - TALL[1] * unit) / 2

    def at(x: float, y: float) -> tuple[int, int]:
        return round(left + x * unit), round(top + y * unit)

    def bar(y: float) -> Rect:
        return Rect(*at(28, y), round(264 * unit), round(14 * unit))

    return PanelLayout(
        unit=unit,
        title=at(160, 96),
        title_width=round(300 * unit),
        ring_centre=at(160, 266),
        ring_radius=round(138 * unit),
        bars=(bar(460), bar(526)),
        small_print=at(160, 579),
    )


def _flat(width: int, height: int, unit: float) -> PanelLayout:
    left, top = (width - FLAT[0] * unit) / 2, (height - FLAT[1] * unit) / 2

    def at(x: float, y: float) -> tuple[int, int]:
        return round(left + x * unit), round(top + y * unit)

    def bar(y: float) -> Rect:
        return Rect(*at(344, y), round(268 * unit), round(14 * unit))

    return PanelLayout(
        unit=unit,
        title=at(478, 118),
        title_width=round(290 * unit),
        ring_centre=at(168, 172),
        ring_radius=round(146 * unit),
        bars=(bar(184), bar(252)),
        small_print=at(478, 318),
    )


def box_around(points: Sequence[tuple[float, float]]) -> Rect:
    """Return the smallest rectangle of whole pixels around some points, at least one."""
    left, right = floor(min(x for x, _ in points)), floor(max(x for x, _ in points))
    top, bottom = floor(min(y for _, y in points)), floor(max(y for _, y in points))
    return Rect(left, top, right - left + 1, bottom - top + 1)
