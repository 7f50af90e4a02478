"""Where everything goes on a canvas: pure geometry, in pixels, x to the right and y down."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import floor
from typing import Final

Size = tuple[int, int]
"""Width and height."""


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
    OVER = "over"
    """Translucent, over the picture's right or left edge."""


PANEL_SHARE: Final = {PanelPlace.BESIDE: 0.25, PanelPlace.BELOW: 0.26, PanelPlace.OVER: 0.25}
"""The least of the canvas that a panel takes: of its width, or of its height where it is below."""

WIDE: Final = 1.5
"""Pictures from this aspect on may be covered at their edge: people kneel in the middle."""

AS_LARGE: Final = 0.9
"""A picture of so much of another's area passes for as large: then the larger number wins."""

WORDS_SHARE: Final = 0.09
"""Font size of a cue over the picture's lesser side."""

STRIP_OF_WORDS: Final = 3.6
"""Height of a strip for a cue in the panel, over the font size: two lines and their margins."""

WORTH_COVERING: Final = 0.85
"""A panel covers a wide picture only where it would else shrink to less than this."""


@dataclass(frozen=True, slots=True)
class PanelLayout:
    """Where the panel's parts go, in pixels from the panel's own corner."""

    unit: float
    """Pixels for one pixel of a 320 x 720 (tall) or 640 x 320 (flat) panel."""
    title: tuple[int, int]
    """Middle of the baseline of the side's name."""
    ring_centre: tuple[int, int]
    ring_radius: int
    """To the outer edge."""
    bars: tuple[Rect, Rect]
    """Left side's and right side's."""
    small_print: tuple[tuple[int, int], tuple[int, int]]
    """Middles of the baselines of the pose's title and of the keys."""

    def moved_down(self, by: int) -> "PanelLayout":
        """Return the same parts so many pixels further down."""
        first, second = self.bars
        title, keys = self.small_print
        return PanelLayout(
            self.unit,
            (self.title[0], self.title[1] + by),
            (self.ring_centre[0], self.ring_centre[1] + by),
            self.ring_radius,
            (
                Rect(first.x, first.y + by, first.width, first.height),
                Rect(second.x, second.y + by, second.width, second.height),
            ),
            ((title[0], title[1] + by), (keys[0], keys[1] + by)),
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything goes on one canvas."""

    canvas: Size
    picture: Rect
    panel: Rect
    place: PanelPlace
    border: int
    """Thickness of the frame around the picture."""
    parts: PanelLayout
    cue_area: Rect
    """What a cue may lie in: the picture outside the panel, or a strip that the panel can spare."""
    largest_words: int
    """Font size of a cue that has room enough, in pixels."""

    def cue_places(self, size: Size) -> tuple[Rect, Rect]:
        """Return where a cue of this size goes at the top and at the bottom of its area."""
        area = self.cue_area
        width, height = size
        margin = self.border
        x = area.x + (area.width - width) // 2
        return (
            Rect(x, area.y + margin, width, height),
            Rect(x, area.bottom - margin - height, width, height),
        )

    def scale(self, image_width: int) -> float:
        """Return how many pixels of the canvas a pixel of an image of this width becomes."""
        return self.picture.width / image_width

    def mirrored(self, x: float, y: float, image_size: Size) -> tuple[float, float]:
        """Map a point of the image to the mirrored picture, in pixels from the picture's corner."""
        width, height = image_size
        return (
            (width - x) * self.picture.width / width,
            y * self.picture.height / height,
        )


def arrange(canvas: Size, image: Size, *, covers_left: bool = False) -> Layout:
    """Lay a picture and a panel out on a canvas so that the picture becomes as large as it can.

    Beside or below, whichever leaves the larger picture; a wide picture that would shrink much
    is covered at its edge instead.

    Args:
        canvas: Width and height in pixels.
        image: Of the images to come; only its shape matters.
        covers_left: A panel over the picture covers its left edge, not its right one.
    """
    beside = _layout(PanelPlace.BESIDE, canvas, image)
    below = _layout(PanelPlace.BELOW, canvas, image)
    areas = beside.picture.area, below.picture.area
    if min(areas) >= AS_LARGE * max(areas):
        best = beside if beside.parts.unit >= below.parts.unit else below
    else:
        best = beside if areas[0] > areas[1] else below
    if image[0] >= WIDE * image[1]:
        over = _layout(PanelPlace.OVER, canvas, image, covers_left=covers_left)
        if best.picture.area < WORTH_COVERING * over.picture.area:
            return over
    return best


def _layout(place: PanelPlace, canvas: Size, image: Size, *, covers_left: bool = False) -> Layout:
    """Lay out with the panel at this place."""
    width, height = canvas
    share = PANEL_SHARE[place]
    room = {
        PanelPlace.BESIDE: (width - round(width * share), height),
        PanelPlace.BELOW: (width, height - round(height * share)),
        PanelPlace.OVER: canvas,
    }[place]
    shown = _fitted(image, room)
    border = max(4, round(min(shown) / 60))
    match place:
        case PanelPlace.BESIDE:
            picture = Rect(0, (height - shown[1]) // 2, *shown)
            panel = Rect(shown[0], 0, width - shown[0], height)
        case PanelPlace.BELOW:
            picture = Rect((width - shown[0]) // 2, 0, *shown)
            panel = Rect(0, shown[1], width, height - shown[1])
        case PanelPlace.OVER:
            picture = Rect((width - shown[0]) // 2, (height - shown[1]) // 2, *shown)
            inner = picture.grown(-border)
            covered = round(picture.width * share) - border
            x = inner.x if covers_left else inner.right - covered
            panel = Rect(x, inner.y, covered, inner.height)
    parts = _parts(panel.width, panel.height)
    cue_area = picture.grown(-border)
    words = round(min(cue_area.width, cue_area.height) * WORDS_SHARE)
    if place is PanelPlace.OVER:
        x = panel.right if covers_left else cue_area.x
        cue_area = Rect(x, cue_area.y, cue_area.width - panel.width, cue_area.height)
    else:
        wished = round(min(canvas) * WORDS_SHARE)
        strip = round(wished * STRIP_OF_WORDS)
        rest = _parts(panel.width, panel.height - strip) if panel.height > strip else parts
        if rest.unit >= parts.unit > 0 and panel.height > strip:
            parts, words = rest.moved_down(strip), wished
            cue_area = Rect(panel.x, panel.y, panel.width, strip)
    return Layout(canvas, picture, panel, place, border, parts, cue_area, words)


def _fitted(image: Size, into: Size) -> Size:
    scale = min(into[0] / image[0], into[1] / image[1])
    return max(1, round(image[0] * scale)), max(1, round(image[1] * scale))


def _parts(width: int, height: int) -> PanelLayout:
    tall, flat = min(width / 320, height / 720), min(width / 640, height / 320)
    return _tall(width, height, tall) if tall >= flat else _flat(width, height, flat)


def _tall(width: int, height: int, unit: float) -> PanelLayout:
    left, top = (width - 320 * unit) / 2, (height - 720 * unit) / 2

    def at(x: float, y: float) -> tuple[int, int]:
        return round(left + x * unit), round(top + y * unit)

    def bar(y: float) -> Rect:
        return Rect(*at(28, y), round(264 * unit), round(16 * unit))

    return PanelLayout(
        unit=unit,
        title=at(160, 74),
        ring_centre=at(160, 258),
        ring_radius=round(144 * unit),
        bars=(bar(494), bar(576)),
        small_print=(at(160, 652), at(160, 686)),
    )


def _flat(width: int, height: int, unit: float) -> PanelLayout:
    left, top = (width - 640 * unit) / 2, (height - 320 * unit) / 2

    def at(x: float, y: float) -> tuple[int, int]:
        return round(left + x * unit), round(top + y * unit)

    def bar(y: float) -> Rect:
        return Rect(*at(344, y), round(264 * unit), round(16 * unit))

    return PanelLayout(
        unit=unit,
        title=at(476, 58),
        ring_centre=at(164, 160),
        ring_radius=round(144 * unit),
        bars=(bar(136), bar(212)),
        small_print=(at(476, 270), at(476, 300)),
    )


def box_around(points: Sequence[tuple[float, float]]) -> Rect:
    """Return the smallest rectangle of whole pixels around some points, at least one."""
    left, right = floor(min(x for x, _ in points)), floor(max(x for x, _ in points))
    top, bottom = floor(min(y for _, y in points)), floor(max(y for _, y in points))
    return Rect(left, top, right - left + 1, bottom - top + 1)
