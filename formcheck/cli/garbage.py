"""How often Python looks for garbage: seldom while the program loads."""

import gc
from typing import Final

_WHILE_LOADING: Final = 20_000
"""Objects from one look to the next, in place of 700: what is loaded stays, and to look through it
again and again took 6 % of the processor's time until the window is there."""

_USUAL: Final = gc.get_threshold()


def collect_less() -> None:
    """Say that the program loads."""
    gc.set_threshold(_WHILE_LOADING, *_USUAL[1:])


def collect_as_usual() -> None:
    """Say that what a session needs is there: from now on memory matters more."""
    gc.set_threshold(*_USUAL)
