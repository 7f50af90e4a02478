"""A side's ribbon in the window: each kind of second in a colour and a pattern of its own."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from formcheck.judge.ledger import State
from formcheck.judge.ribbon import Ribbon
from formcheck.ui.drawing.colours import GOOD, INK, MEND, PAPER, QUIET, TRACK, WAIT, Colour
from formcheck.ui.drawing.layout import Rect
from formcheck.ui.drawing.sprite import Pixels

Places = npt.NDArray[np.int64]
Pattern = Callable[[Places, Places, int], npt.NDArray[np.bool_]]
"""Tells by x, y and its size, all in pixels, where it lets the ink show."""

_ELSEWHERE: Final = 0.12
"""How thick the line is where the session was about the other side, over the ribbon's height."""


def _rising(x: Places, y: Places, size: int) -> npt.NDArray[np.bool_]:
    return (x + y) % size < size // 3


def _falling(x: Places, y: Places, size: int) -> npt.NDArray[np.bool_]:
    return (x - y) % size < size // 3


def _crossed(x: Places, y: Places, size: int) -> npt.NDArray[np.bool_]:
    return _rising(x, y, size) | _falling(x, y, size)


def _dotted(x: Places, y: Places, size: int) -> npt.NDArray[np.bool_]:
    return (x % size < size // 2) & (y % size < size // 2)


def _ringed(x: Places, y: Places, size: int) -> npt.NDArray[np.bool_]:
    away = abs(x % size - size // 2) + abs(y % size - size // 2)
    return abs(away - size / 3) < size / 6


def _level(x: Places, y: Places, size: int) -> npt.NDArray[np.bool_]:
    return (y + 0 * x) % size < size // 2


def _upright(x: Places, y: Places, size: int) -> npt.NDArray[np.bool_]:
    return (x + 0 * y) % size < size // 2


def _plain(x: Places, y: Places, size: int) -> npt.NDArray[np.bool_]:
    return (x + y) < 0


LOOKS: Final[Mapping[State, tuple[Colour, Pattern]]] = {
    State.HELD: (GOOD, _plain),
    State.OUT_OF_FORM: (MEND, _rising),
    State.MOVING: (WAIT, _dotted),
    State.UNSEEN: (PAPER, _crossed),
    State.TURNED: (MEND, _falling),
    State.NO_PERSON: (QUIET, _level),
    State.NEVER_MOVED: (QUIET, _ringed),
    State.NO_CAMERA: (QUIET, _upright),
    State.PAUSED: (TRACK, _plain),
}
"""The same patterns as on the report's page."""


def draw_ribbon(picture: Pixels, ribbon: Ribbon, start_s: float, end_s: float, area: Rect) -> None:
    """Draw a side's ribbon.

    Args:
        picture: To draw on.
        ribbon: Of one side.
        start_s: When the session began.
        end_s: When it ended; later.
        area: Where, in pixels of the picture.
    """
    across = area.width / (end_s - start_s)
    middle, half = area.y + area.height / 2, max(1.0, area.height * _ELSEWHERE / 2)
    line = slice(round(middle - half), round(middle + half))
    picture[line, area.x : area.x + area.width] = TRACK
    size = max(3, area.height // 3)
    for span in ribbon:
        left = area.x + round((span.start_s - start_s) * across)
        right = area.x + round((span.end_s - start_s) * across)
        part: npt.NDArray[Any] = picture[area.y : area.y + area.height, left:right]
        colour, pattern = LOOKS[span.state]
        part[:] = colour
        y, x = np.ogrid[: part.shape[0], left : left + part.shape[1]]
        part[np.broadcast_to(pattern(x, y, size), part.shape[:2])] = INK
