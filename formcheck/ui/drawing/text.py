"""Words on a canvas, in PT Sans Bold: OpenCV's own thin letters are lost across a room."""

import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from formcheck.ui.drawing.colours import Colour
from formcheck.ui.drawing.sprite import Mask, Pixels, Sprite, coloured

Anchor = Literal["left", "centre", "right"]

Cut = Literal["bold", "narrow"]
"""Of the typeface: letters are read across a room by their height, so that what is too long is
drawn narrow before it is made smaller."""

_FILES: Final[dict[Cut, str]] = {
    "bold": "PTSans-Bold.ttf",
    "narrow": "PTSansNarrow-Bold.ttf",
}

CAP_HEIGHT: Final = 0.7
"""Of both cuts: the height of a capital or a digit over the size of the font."""


@dataclass(frozen=True, eq=False, slots=True)
class Word:
    """One line of text as a mask."""

    mask: Mask
    advance: int
    """How wide it is to the next letter, in pixels: equal for numbers of equally many digits."""
    origin: tuple[int, int]
    """Where in the mask the first letter's baseline starts."""


@lru_cache(maxsize=32)
def _font(size: int, cut: Cut) -> ImageFont.FreeTypeFont:
    # The basic layout engine: the other needs a library that not every system has.
    return ImageFont.truetype(io.BytesIO(_content(cut)), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2)
def _content(cut: Cut) -> bytes:
    # As a resource, so that it is found in a zipped package too.
    return (files("formcheck.ui") / "typeface" / _FILES[cut]).read_bytes()


@lru_cache(maxsize=96)
def word(text: str, size: int, cut: Cut = "bold") -> Word:
    """Render one line of text at a font size in pixels."""
    font = _font(max(6, size), cut)
    left, top, right, bottom = (int(edge) for edge in font.getbbox(text, anchor="ls"))
    image = Image.new("L", (max(1, right - left + 2), max(1, bottom - top + 2)))
    origin = (1 - left, 1 - top)
    ImageDraw.Draw(image).text(origin, text, fill=255, font=font, anchor="ls")
    return Word(np.asarray(image), round(font.getlength(text)), origin)


def width_of(text: str, size: int, cut: Cut = "bold") -> int:
    """Return how wide a line becomes, in pixels."""
    return round(_font(max(6, size), cut).getlength(text))


def fitting(text: str, size: int, width: int, cut: Cut = "bold") -> int:
    """Return the largest font size, up to `size`, at which a line is at most so wide."""
    needed = width_of(text, size, cut)
    return size if needed <= width else max(6, size * width // needed)


def fitting_cut(text: str, size: int, width: int) -> tuple[int, Cut]:
    """Return the largest font size, up to `size`, at which a line fits, and the cut it takes."""
    if width_of(text, size) <= width:
        return size, "bold"
    return fitting(text, size, width, "narrow"), "narrow"


@lru_cache(maxsize=96)
def _sprite(text: str, size: int, colour: Colour, cut: Cut) -> Sprite:
    return coloured(word(text, size, cut).mask, colour)


def write(
    canvas: Pixels,
    text: str,
    at: tuple[int, int],
    *,
    size: int,
    colour: Colour,
    anchor: Anchor = "left",
    cut: Cut = "bold",
) -> None:
    """Write one line; `at` is where its baseline starts, has its middle, or ends."""
    if not text:
        return
    line = word(text, size, cut)
    shift = {"left": 0, "centre": line.advance // 2, "right": line.advance}[anchor]
    _sprite(text, size, colour, cut).stamp(
        canvas, at[0] - shift - line.origin[0], at[1] - line.origin[1]
    )
