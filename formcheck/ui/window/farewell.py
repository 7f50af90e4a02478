"""What was held on each side, over the dimmed picture, when all is done."""

from collections.abc import Sequence
from typing import Final

from formcheck.body.landmarks import Side
from formcheck.ui.drawing.colours import GOOD, PAPER
from formcheck.ui.drawing.shapes import Shape, draw_shape
from formcheck.ui.drawing.sprite import Pixels
from formcheck.ui.drawing.text import CAP_HEIGHT, fitting_cut, write
from formcheck.ui.readout import Readout

Rows = Sequence[tuple[str, Side]]
"""What each side is called."""

ROW: Final = 0.2
"""Height of a row over the picture's."""


def rows_of(*, has_sides: bool, sides: tuple[Side, ...]) -> Rows:
    """Return the rows of a session: one for each side that is asked, or one for all."""
    return [(side.capitalize(), side) for side in sides] if has_sides else [("Held", "left")]


def draw_farewell(picture: Pixels, readout: Readout, rows: Rows) -> None:
    """Write the seconds held of each row, largest first what can be read across the room."""
    height, width = picture.shape[:2]
    largest = round(min(height * ROW, width * 0.14))
    step = round(largest * 1.5)
    held = dict(zip(("left", "right"), readout.held_s, strict=True))
    baseline = height // 2 - step * (len(rows) - 1) // 2 + round(largest * CAP_HEIGHT / 2)
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
        baseline += step
