"""The cue on the picture: its words, as large as they fit, and where they cover nobody."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

from formcheck.ui.colours import INK, PAPER
from formcheck.ui.layout import Layout, Rect, Size
from formcheck.ui.shapes import Shape, draw_shape
from formcheck.ui.sprite import Pixels, Sprite, painted, rounded, tint
from formcheck.ui.steady import UNBEARABLE, SteadyChoice
from formcheck.ui.text import CAP_HEIGHT, width_of, write

MOST_LINES: Final = 3
WORTH_A_LINE: Final = 1.12
"""One more line has to make the words so much larger."""

OPACITY: Final = 0.93


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
def cue_sprite(text: str, shape: Shape, most_width: int, largest: int) -> Sprite:
    """Draw a cue: dark and round, a shape beside a few words.

    Args:
        text: What it says.
        shape: What stands beside it.
        most_width: Of the whole cue, in pixels.
        largest: Font size in pixels; smaller where the words would not fit.
    """
    largest = max(10, largest)
    height = largest * CAP_HEIGHT
    pad, icon = round(height * 0.62), round(height * 1.5)
    gap = round(height * 0.5)
    room = most_width - 2 * pad - icon - gap - round(height * 0.5)
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
        """Start at the top: who kneels is below."""
        self._choice = SteadyChoice()
        self._text: str | None = None

    def choose(
        self,
        text: str,
        *,
        layout: Layout,
        size: Size,
        body: Rect | None,
        knees: tuple[Rect, ...],
        target: Rect | None,
        time_s: float,
    ) -> Rect:
        """Return where the cue goes.

        A new cue takes the freer place; the same one moves only off a knee, or after a second
        in which the other place was clearly freer.

        Args:
            text: What the cue says.
            layout: Of the canvas.
            size: The cue's, in pixels.
            body: What the person takes up on the canvas; None where nobody is seen.
            knees: What must not be covered, on the canvas.
            target: What shows the way to mend a fault, on the canvas.
            time_s: Of this frame; grows.
        """
        top, bottom = layout.cue_places(size)
        is_new, self._text = text != self._text, text
        at_top = _cost(top, body=body, knees=knees, target=target)
        at_bottom = _cost(bottom, body=body, knees=knees, target=target)
        return bottom if self._choice.choose(at_top, at_bottom, time_s, is_free=is_new) else top


def _cost(place: Rect, *, body: Rect | None, knees: tuple[Rect, ...], target: Rect | None) -> float:
    """How bad it is to cover what lies there."""
    on_body = place.overlap(body) / place.area if body else 0.0
    on_knee = any(place.overlap(knee) for knee in knees)
    on_target = target is not None and place.overlap(target) > 0
    return on_body + UNBEARABLE * on_knee + on_target
