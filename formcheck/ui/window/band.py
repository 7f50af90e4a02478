"""The band of words above the picture: one cue, as large as it fits, and a shape beside it."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

import numpy as np

from formcheck.ui.drawing.colours import INK, PAPER
from formcheck.ui.drawing.layout import LEADING, BandLayout
from formcheck.ui.drawing.shapes import Shape, draw_shape
from formcheck.ui.drawing.sprite import Pixels
from formcheck.ui.drawing.text import CAP_HEIGHT, Cut, fitting_cut, width_of, write

WORTH_A_LINE: Final = 1.05
"""One more line has to make the words so much larger."""

SIDE_MARGIN: Final = 0.18
"""Left and right of the shape and the words, over the font size."""

ICON: Final = 0.76
"""Width of the shape over the font size."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How the words of a cue are set."""

    lines: tuple[str, ...]
    font_size: int
    cut: Cut
    """Of the typeface."""


def set_words(text: str, width: int, largest: int, most_lines: int = 1) -> Setting:
    """Break words into as few lines as leave them large.

    Args:
        text: What to say.
        width: What the lines may take, in pixels.
        largest: Font size in pixels.
        most_lines: That there is room for.
    """
    words = text.split()
    best = Setting((text,), *fitting_cut(text, largest, width))
    for count in range(2, min(most_lines, len(words)) + 1):
        lines = min(
            (_broken(words, breaks) for breaks in combinations(range(1, len(words)), count - 1)),
            key=lambda lines: max(width_of(line, largest) for line in lines),
        )
        widest = max(lines, key=lambda line: width_of(line, largest))
        tried = Setting(lines, *fitting_cut(widest, largest, width))
        if tried.font_size > best.font_size * WORTH_A_LINE:
            best = tried
    return best


def _broken(words: list[str], breaks: tuple[int, ...]) -> tuple[str, ...]:
    edges = (0, *breaks, len(words))
    return tuple(" ".join(words[a:b]) for a, b in pairwise(edges))


def words_of(text: str, layout: BandLayout) -> Setting:
    """Return how a cue is set in this band."""
    margin = round(layout.font_size * SIDE_MARGIN)
    room = layout.area.width - _words_from(layout) - margin
    return set_words(text, max(20, room), layout.font_size, layout.lines)


def _words_from(layout: BandLayout) -> int:
    return round(layout.font_size * (2 * SIDE_MARGIN + ICON))


@lru_cache(maxsize=8)
def band(text: str, shape: Shape, layout: BandLayout) -> Pixels:
    """Draw the band with a cue in it; the caller copies it and leaves it as it is."""
    area = layout.area
    canvas: Pixels = np.empty((area.height, area.width, 3), np.uint8)
    canvas[:] = INK
    margin, icon = layout.font_size * SIDE_MARGIN, layout.font_size * ICON
    draw_shape(canvas, shape, (margin + icon / 2, area.height / 2), icon)
    setting = words_of(text, layout)
    cap, leading = setting.font_size * CAP_HEIGHT, setting.font_size * LEADING
    height = cap + leading * (len(setting.lines) - 1)
    for number, line in enumerate(setting.lines):
        baseline = round((area.height - height) / 2 + cap + leading * number)
        write(
            canvas,
            line,
            (_words_from(layout), baseline),
            size=setting.font_size,
            colour=PAPER,
            cut=setting.cut,
        )
    return canvas
