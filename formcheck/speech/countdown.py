"""Which seconds of a hold are told: its quarters, its half, and the last ones."""

from dataclasses import dataclass
from typing import Final

from formcheck.speech.message import Chime

LAST: Final = ("five", "four", "three", "two", "one")
"""The seconds left that are counted down."""

CLEAR_S: Final = 3.0
"""No other count comes so shortly before the last ones: both would run into each other."""

SHORTEST_QUARTER_S: Final = 3.0
"""Quarters shorter than that go by unmarked; a tone at every breath is a noise."""

FIRST_S: Final = 1.0
"""A hold is known to have begun once it has lasted for about so long: nothing is counted in it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of a hold that is told."""

    at_s: float
    """Seconds held on the side."""
    words: str | None
    tone: Chime | None


def marks(hold_s: float) -> tuple[Mark, ...]:
    """Return what is told of a hold of so many seconds, in order.

    Of sixty: a tone at 15, "30 seconds", "45 seconds", and "five" with five seconds left, down to
    "one". A half or three quarters that is no whole number of seconds is called by its name.
    """
    told = []
    if hold_s >= 4 * SHORTEST_QUARTER_S:
        told.append(Mark(hold_s / 4, None, Chime.QUARTER))
        for share, name in ((0.5, "Halfway"), (0.75, "Three quarters")):
            at_s = hold_s * share
            left_s = hold_s - at_s - len(LAST)
            words = f"{at_s:.0f} seconds" if at_s.is_integer() else name
            if left_s > 0:
                told.append(Mark(at_s, words if left_s >= CLEAR_S else None, Chime.QUARTER))
    told += [
        Mark(hold_s - left, word.capitalize(), None)
        for word, left in zip(LAST, range(len(LAST), 0, -1), strict=True)
        if hold_s - left > FIRST_S
    ]
    return tuple(sorted(told, key=lambda mark: mark.at_s))
