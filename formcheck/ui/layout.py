"""Where everything goes on a canvas: pure geometry, in pixels, x to the right and y down."""

from dataclasses import dataclass
from enum import Enum
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
    """Translucent, over the picture's right edge."""


PANEL_SHARE: Final = {PanelPlace.BESIDE: 0.25, PanelPlace.BELOW: 0.26, PanelPlace.OVER: 0.25}
"""The least of the canvas that a panel takes: of its width, or of its height where it is below."""

WIDE: Final = 1.5
"""Pictures from this aspect on may be covered at their edge: people kneel in the middle."""

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

    @property
    def open_picture(self) -> Rect:
        """The picture inside its frame and outside the panel: where a cue may go."""
        inner = self.picture.grown(-self.border)
        if self.place is not PanelPlace.OVER:
            return inner
        return Rect(inner.x, inner.y, self.panel.x - inner.x, inner.height)

    def cue_places(self, size: Size) -> tuple[Rect, Rect]:
        """Return where a cue of this size goes at the top and at the bottom of the picture."""
        area = self.open_picture
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


def arrange(canvas: Size, image: Size) -> Layout:
    """Lay a picture and a panel out on a canvas so that the picture becomes as large as it can.

    Beside or below, whichever leaves the larger picture; a wide picture that would shrink much
    is covered at its edge instead.
    """
    width, height = canvas
    beside = _fitted(image, (width - round(width * PANEL_SHARE[PanelPlace.BESIDE]), height))
    below = _fitted(image, (width, height - round(height * PANEL_SHARE[PanelPlace.BELOW])))
    over = _fitted(image, canvas)
    place = PanelPlace.BESIDE if _area(beside) >= _area(below) else PanelPlace.BELOW
    best = beside if place is PanelPlace.BESIDE else below
    if image[0] >= WIDE * image[1] and _area(best) < WORTH_COVERING * _area(over):
        place, best = PanelPlace.OVER, over
    picture, panel = _placed(place, best, canvas)
    return Layout(
        canvas=canvas,
        picture=picture,
        panel=panel,
        place=place,
        border=max(4, round(min(picture.width, picture.height) / 60)),
        parts=_parts(panel.width, panel.height),
    )


def _fitted(image: Size, into: Size) -> Size:
    scale = min(into[0] / image[0], into[1] / image[1])
    return max(1, round(image[0] * scale)), max(1, round(image[1] * scale))


def _area(size: Size) -> int:
    return size[0] * size[1]


def _placed(place: PanelPlace, picture: Size, canvas: Size) -> tuple[Rect, Rect]:
    width, height = canvas
    shown_width, shown_height = picture
    match place:
        case PanelPlace.BESIDE:
            return (
                Rect(0, (height - shown_height) // 2, shown_width, shown_height),
                Rect(shown_width, 0, width - shown_width, height),
            )
        case PanelPlace.BELOW:
            return (
                Rect((width - shown_width) // 2, 0, shown_width, shown_height),
                Rect(0, shown_height, width, height - shown_height),
            )
        case PanelPlace.OVER:
            shown = Rect(
                (width - shown_width) // 2, (height - shown_height) // 2, shown_width, shown_height
            )
            covered = round(shown.width * PANEL_SHARE[PanelPlace.OVER])
            return shown, Rect(shown.right - covered, shown.y, covered, shown.height)


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
        title=at(476, 60),
        ring_centre=at(164, 160),
        ring_radius=round(144 * unit),
        bars=(bar(124), bar(204)),
        small_print=(at(476, 264), at(476, 298)),
    )
