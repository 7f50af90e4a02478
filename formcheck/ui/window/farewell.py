"""What was held on each side, over the dimmed picture, when all is done."""

from collections.abc import Sequence
from typing import Final

from formcheck.body.landmarks import Side
from formcheck.ui.drawing.colours import GOOD, MEND, PAPER, Colour
from formcheck.ui.drawing.layout import Rect
from formcheck.ui.drawing.shapes import Shape, draw_shape
from formcheck.ui.drawing.sprite import Pixels
from formcheck.ui.drawing.text import CAP_HEIGHT, fitting_cut, write
from formcheck.ui.ending import Ending
from formcheck.ui.readout import Readout
from formcheck.ui.window.ribbon import draw_ribbon

Rows = Sequence[tuple[str, Side]]
"""What each side is called."""

ROW: Final = 0.2
"""Height of a row over the picture's."""

_RIBBON: Final = 0.34
_WORDS: Final = 0.5
"""How high the ribbon and the words below all are, over the height of the seconds."""


def rows_of(*, has_sides: bool, sides: tuple[Side, ...]) -> Rows:
    """Return the rows of a session: one for each side that is asked, or one for all."""
    return [(side.capitalize(), side) for side in sides] if has_sides else [("Held", "left")]


def draw_farewell(
    picture: Pixels, readout: Readout, rows: Rows, ending: Ending | None = None
) -> None:
    """Write the seconds held of each row, largest first what can be read across the room.

    With an ending each row has its ribbon below it, and one thing to do better stands below all.
    """
    height, width = picture.shape[:2]
    largest = round(min(height * ROW, width * 0.14))
    step = round(largest * (1.5 if ending is None else 1.7))
    held = dict(zip(("left", "right"), readout.held_s, strict=True))
    lines = _lines(ending)
    spare = round(largest * _WORDS * 1.4) * len(lines)
    baseline = (height - spare) // 2 - step * (len(rows) - 1) // 2
    baseline += round(largest * CAP_HEIGHT / 2) - (0 if ending is None else largest // 5)
    for name, side in rows:
        icon = largest * 0.8
        left = round(width * 0.06)
        middle = baseline - largest * CAP_HEIGHT / 2
        if side in readout.sides_done:
            draw_shape(picture, Shape.CHECK, (left + icon / 2, middle), icon)
        text = f"{held[side]} s"
        start, end = round(left + icon + width * 0.04), round(width * 0.94)
        size, cut = fitting_cut(f"{name}  {text}", largest, end - start)
        write(picture, name, (start, baseline), size=size, colour=PAPER, cut=cut)
        write(picture, text, (end, baseline), size=size, colour=GOOD, anchor="right", cut=cut)
        if ending is not None and ending.end_s > ending.start_s:
            thick = max(2, round(largest * _RIBBON))
            area = Rect(left, baseline + round(largest * 0.22), end - left, thick)
            draw_ribbon(picture, ending.ribbons[side], ending.start_s, ending.end_s, area)
        baseline += step
    _write_lines(picture, lines, baseline - step + round(largest * 1.25), largest)


def _lines(ending: Ending | None) -> list[tuple[str, Colour]]:
    if ending is None or ending.loss is None:
        return []
    loss = ending.loss
    return [
        (f"{loss.seconds:.0f} s lost: {loss.words}", PAPER),
        (f"Next time: {loss.remedy.lower()}", MEND),
    ]


def _write_lines(
    picture: Pixels, lines: list[tuple[str, Colour]], baseline: int, largest: int
) -> None:
    left, room = round(picture.shape[1] * 0.06), round(picture.shape[1] * 0.88)
    for words, colour in lines:
        size, cut = fitting_cut(words, round(largest * _WORDS), room)
        write(picture, words, (left, baseline), size=size, colour=colour, cut=cut)
        baseline += round(largest * _WORDS * 1.4)
