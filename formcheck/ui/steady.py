"""What is shown changes no faster than it can be read."""

from typing import Final, Generic, TypeVar

READING_S: Final = 1.5
"""What takes a look to understand stays for so long."""

SURE_AFTER_S: Final = 0.4
"""What wants to change has to want so for so long: a lapse of the detector changes nothing."""

_ROUNDING_S: Final = 1e-6

Shown = TypeVar("Shown")


class Steady(Generic[Shown]):
    """Follows a value, but lets what it shows stay for a while."""

    def __init__(self, stays_s: float = READING_S, sure_s: float = SURE_AFTER_S) -> None:
        """Keep what is shown for `stays_s`; take up what has been wanted for `sure_s`."""
        self._stays_s, self._sure_s = stays_s, sure_s
        self._shown: tuple[Shown, float] | None = None
        self._wanted: tuple[Shown, float] | None = None

    def step(self, wanted: Shown, time_s: float, *, at_once: bool = False) -> Shown:
        """Take in what should be shown at this time, in seconds, growing; return what is.

        `at_once` is for what would come too late.
        """
        if self._shown is None:
            self._shown = wanted, time_s
        if self._wanted is None or self._wanted[0] != wanted:
            self._wanted = wanted, time_s
        shown, shown_since_s = self._shown
        is_read = time_s - shown_since_s >= self._stays_s - _ROUNDING_S
        is_sure = time_s - self._wanted[1] >= self._sure_s - _ROUNDING_S
        if wanted != shown and (at_once or (is_read and is_sure)):
            self._shown = wanted, time_s
        return self._shown[0]
