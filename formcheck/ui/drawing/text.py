"""Words on a canvas, in DejaVu Sans Bold: OpenCV's own thin letters are lost across a room."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from formcheck.errors import FormcheckError
from formcheck.ui.drawing.colours import Colour
from formcheck.ui.drawing.sprite import Mask, Pixels, Sprite, coloured

Anchor = Literal["left", "centre", "right"]

CAP_HEIGHT: Final = 0.729
"""Of this typeface: the height of a capital or a digit over the size of the font."""

USUAL_WIDTH: Final = 86
NARROWEST: Final = 66
"""Large words are drawn narrower, in percent: the typeface is a wide one, and letters are read
across a room by their height. At 66 its letters are as wide as those of an ordinary narrow one."""


@dataclass(frozen=True, eq=False, slots=True)
class Word:
    """One line of text as a mask."""

    mask: Mask
    advance: int
    """How wide it is to the next letter, in pixels: equal for numbers of equally many digits."""
    origin: tuple[int, int]
    """Where in the mask the first letter's baseline starts."""


@lru_cache(maxsize=1)
def font_file() -> Path:
    """Return the typeface that matplotlib carries, without importing matplotlib.

    Raises:
        FormcheckError: It is not there.
    """
    spec = find_spec("matplotlib")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        file = Path(folder) / "mpl-data" / "fonts" / "ttf" / "DejaVuSans-Bold.ttf"
        if file.is_file():
            return file
    raise FormcheckError(
        "The window's typeface is missing; bring it back with: "
        "pip install --force-reinstall matplotlib"
    )


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont:
    # The basic layout engine: the other needs a library that not every system has.
    return ImageFont.truetype(font_file(), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=96)
def word(text: str, size: int, percent: int = 100) -> Word:
    """Render one line of text at a font size in pixels, and so much of its usual width."""
    font = _font(max(6, size))
    left, top, right, bottom = (int(edge) for edge in font.getbbox(text, anchor="ls"))
    image = Image.new("L", (max(1, right - left + 2), max(1, bottom - top + 2)))
    origin = (1 - left, 1 - top)
    ImageDraw.Draw(image).text(origin, text, fill=255, font=font, anchor="ls")
    mask = np.asarray(image)
    if percent != 100:
        narrow = max(1, round(mask.shape[1] * percent / 100)), mask.shape[0]
        mask = np.asarray(cv2.resize(mask, narrow, interpolation=cv2.INTER_AREA), np.uint8)
        origin = (round(origin[0] * percent / 100), origin[1])
    return Word(mask, round(font.getlength(text) * percent / 100), origin)


def width_of(text: str, size: int) -> int:
    """Return how wide a line becomes, in pixels."""
    return round(_font(max(6, size)).getlength(text))


def fitting(text: str, size: int, width: int) -> int:
    """Return the largest font size, up to `size`, at which a line is at most so wide."""
    needed = width_of(text, size)
    return size if needed <= width else max(6, size * width // needed)


def fitting_narrow(text: str, size: int, width: int) -> tuple[int, int]:
    """Return font size and width in percent at which large words take at most so much width.

    They are narrowed first, and made smaller only where that is not enough.
    """
    needed = width_of(text, size)
    percent = min(USUAL_WIDTH, 100 * width // max(1, needed))
    if percent >= NARROWEST:
        return size, percent
    return max(6, size * width * 100 // (needed * NARROWEST)), NARROWEST


@lru_cache(maxsize=96)
def _sprite(text: str, size: int, colour: Colour, percent: int) -> Sprite:
    return coloured(word(text, size, percent).mask, colour)


def write(
    canvas: Pixels,
    text: str,
    at: tuple[int, int],
    *,
    size: int,
    colour: Colour,
    anchor: Anchor = "left",
    percent: int = 100,
) -> None:
    """Write one line; `at` is where its baseline starts, has its middle, or ends."""
    if not text:
        return
    line = word(text, size, percent)
    shift = {"left": 0, "centre": line.advance // 2, "right": line.advance}[anchor]
    _sprite(text, size, colour, percent).stamp(
        canvas, at[0] - shift - line.origin[0], at[1] - line.origin[1]
    )
