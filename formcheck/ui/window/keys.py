"""Which key was pressed: the whole key, with its modifiers, on any keyboard layout."""

from collections.abc import Sequence
from typing import Final

from formcheck.ui.display import Key
from formcheck.ui.window.desk.x11 import Press

_ESCAPE: Final = 27
_ESCAPE_SYMBOL: Final = 0xFF1B

_BY_LETTER: Final = {
    ord("q"): Key.QUIT,
    ord("Q"): Key.QUIT,
    ord(" "): Key.PAUSE,
    ord("f"): Key.FULL_SCREEN,
    ord("F"): Key.FULL_SCREEN,
}

_BY_CODE: Final = {**_BY_LETTER, _ESCAPE: Key.QUIT}
"""As OpenCV codes them. Only the whole code: Left is 0xff51 there, and its end is that of Q."""

_BY_SYMBOL: Final = {**_BY_LETTER, _ESCAPE_SYMBOL: Key.QUIT}

_BY_PLACE: Final = {24: Key.QUIT, 41: Key.FULL_SCREEN, 65: Key.PAUSE}
"""The keycodes of X for the places of q, f and space. A Russian or Greek keyboard has no such
letters; where one has them elsewhere, such as a French one, both work."""

_MODIFIERS: Final = 0x04 | 0x08 | 0x40 | 0x80
"""Control, Alt, the key with a logo, AltGr. Not Shift (0x01), nor what stays on: caps lock (0x02)
and num lock (0x10)."""


def keys_of(code: int, presses: Sequence[Press] | None = None) -> list[Key]:
    """Return what was asked for since the last call.

    Args:
        code: What OpenCV tells of it: the code of the last key, without its modifiers; negative
            for none.
        presses: What the X server tells of it; None where none is asked, and the code has to do.
    """
    by_code = _BY_CODE.get(code)
    if presses is None:
        return [by_code] if by_code is not None else []
    found = []
    for press in presses:
        if press.state & _MODIFIERS:
            continue
        key = _BY_SYMBOL.get(press.symbol or 0) or _BY_PLACE.get(press.keycode)
        if key is None and press.symbol is None and len(presses) == 1:
            key = by_code  # what it bears is not known here, but OpenCV's own library knows it
        if key is not None:
            found.append(key)
    return found
