"""How many a second: of the frames that are shown, and of those that are looked at."""

from collections import deque
from typing import Final

WINDOW_S: Final = 2.0
"""Long enough for a steady figure, short enough to follow a change."""


class Rate:
    """Counts how often something happened lately."""

    def __init__(self) -> None:
        """Begin without a past."""
        self._times: deque[float] = deque()

    def note(self, time_s: float) -> None:
        """It happened, at this time in seconds; told twice of one time, it counts once."""
        if self._times and time_s <= self._times[-1]:
            return  # a clip's first frame is shown before the model is there, and judged after
        self._times.append(time_s)
        while time_s - self._times[0] > WINDOW_S:
            self._times.popleft()

    @property
    def per_s(self) -> float | None:
        """How often a second over the last `WINDOW_S`; None until it happened twice in them."""
        if len(self._times) < 2:
            return None
        return (len(self._times) - 1) / (self._times[-1] - self._times[0])
