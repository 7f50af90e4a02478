"""The cue on the picture: its words, as large as they fit, and where they cover nobody."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

from formcheck.ui.colours import INK, PAPER
from formcheck.ui.layout import Layout, Rect, Size
from formcheck.ui.shapes import Shape, draw_shape
from formcheck.ui.sprite import Pixels, Sprite, painted, rounded, tint
from formcheck.ui.text import CAP_HEIGHT, width_of, write

LARGEST_SHARE: Final = 0.088
"""Font size over the picture's height."""

MOST_LINES: Final = 3
WORTH_A_LINE: Final = 1.12
"""One more line has to make the words so much larger."""

MOVE_AFTER_S: Final = 1.0
"""A cue leaves its place for a freer one only after so long, lest it jumps."""

WORTH_A_MOVE: Final = 0.1
"""The part of the cue's area by which the other place has to be freer."""

OPACITY: Final = 0.93

KNEE_WEIGHT: Final = 10.0
"""Knees must never be covered: they are what most cues are about."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How the words of a cue are set."""

    lines: tuple[str, ...]
    font_size: int


def set_words(text: str, width: int, largest: int) -> Setting:
    """Break words into as few lines as leave them large.

    Args:
        width: What the lines may take, in pixels.
        largest: Font size in pixels.
    """
    words = text.split()
    best = Setting((text,), 0)
    for count in range(1, min(MOST_LINES, len(words)) + 1):
        lines = min(
            (_broken(words, breaks) for breaks in combinations(range(1, len(words)), count - 1)),
            key=lambda lines: max(width_of(line, largest) for line in lines),
        )
        widest = max(width_of(line, largest) for line in lines)
        # Three lines at full size would be a wall of words.
        size = min(largest if count < MOST_LINES else largest * 4 // 5, largest * width // widest)
        if size > best.font_size * WORTH_A_LINE:
            best = Setting(lines, size)
    return best


def _broken(words: list[str], breaks: tuple[int, ...]) -> tuple[str, ...]:
    edges = (0, *breaks, len(words))
    return tuple(" ".join(words[a:b]) for a, b in pairwise(edges))


@lru_cache(maxsize=24)
def cue_sprite(text: str, shape: Shape, area: Size) -> Sprite:
    """Draw a cue: dark and round, a shape beside a few words; at most as wide as the area."""
    largest = max(10, round(area[1] * LARGEST_SHARE))
    height = largest * CAP_HEIGHT
    pad, icon = round(height * 0.62), round(height * 1.5)
    gap = round(height * 0.5)
    room = area[0] - 2 * pad - icon - gap - round(height * 0.5)
    setting = set_words(text, max(40, room), largest)
    size, lines = setting.font_size, setting.lines
    cap, leading = size * CAP_HEIGHT, round(size * 1.16)
    words = max(width_of(line, size) for line in lines)
    pill: Size = (
        pad + icon + gap + words + round(pad * 1.3),
        round(2 * height * 0.75 + cap + leading * (len(lines) - 1)),
    )

    def paint(canvas: Pixels) -> None:
        radius = round(height * 1.2)
        tint(canvas, rounded(*pill, radius), INK, 0, 0, opacity=OPACITY)
        draw_shape(canvas, shape, (pad + icon / 2, pill[1] / 2), icon)
        for number, line in enumerate(lines):
            baseline = round(height * 0.75 + cap) + number * leading
            write(canvas, line, (pad + icon + gap, baseline), size=size, colour=PAPER)

    return painted(pill, paint)


class CuePlace:
    """Chooses the top or the bottom of the picture for the cue, and changes its mind rarely."""

    def __init__(self) -> None:
        """Start without a place."""
        self._text: str | None = None
        self._is_top = False
        self._worse_since_s: float | None = None

    def choose(
        self,
        text: str,
        *,
        layout: Layout,
        size: Size,
        body: Rect | None,
        knees: tuple[Rect, ...],
        time_s: float,
    ) -> Rect:
        """Return where the cue goes.

        A new cue takes the freer place; the same one moves only off a knee, or after a second
        in which the other place was clearly freer.

        Args:
            size: The cue's, in pixels.
            body: What the person takes up on the canvas; None where nobody is seen.
            knees: What must not be covered, on the canvas.
            time_s: Of this frame; grows.
        """
        top, bottom = layout.cue_places(size)
        costs = {True: _covered(top, body, knees), False: _covered(bottom, body, knees)}
        here, there = costs[self._is_top], costs[not self._is_top]
        is_new, self._text = text != self._text, text
        is_worse = there + WORTH_A_MOVE < here
        if not is_worse:
            self._worse_since_s = None
        elif self._worse_since_s is None:
            self._worse_since_s = time_s
        if is_worse and (
            is_new
            or here >= KNEE_WEIGHT
            or (self._worse_since_s is not None and time_s - self._worse_since_s >= MOVE_AFTER_S)
        ):
            self._is_top = not self._is_top
            self._worse_since_s = None
        return top if self._is_top else bottom


def _covered(place: Rect, body: Rect | None, knees: tuple[Rect, ...]) -> float:
    """How much a cue there covers: the part of its area on the body, and much for any knee."""
    on_knees = KNEE_WEIGHT * any(place.overlap(knee) for knee in knees)
    return on_knees + (place.overlap(body) / place.area if body else 0.0)
