"""Choosing between two places without jumping to and fro."""

from typing import Final

MOVE_AFTER_S: Final = 1.0
"""A place is left for a better one only after so long."""

WORTH_A_MOVE: Final = 0.1
"""By how much the other place's cost has to be lower."""

UNBEARABLE: Final = 10.0
"""From this cost on, a place is left at once."""


class SteadyChoice:
    """Keeps to one of two places until the other has been clearly better for a while."""

    def __init__(self) -> None:
        """Start with the first place."""
        self._is_second = False
        self._better_since_s: float | None = None

    def choose(
        self, first_cost: float, second_cost: float, time_s: float, *, is_free: bool = False
    ) -> bool:
        """Return whether the second place is chosen now.

        Args:
            first_cost: 0 or more.
            second_cost: 0 or more.
            time_s: Of this frame, in seconds; grows.
            is_free: Nothing would jump, so the better place is taken at once.
        """
        here, there = first_cost, second_cost
        if self._is_second:
            here, there = there, here
        if here <= there + WORTH_A_MOVE:
            self._better_since_s = None
            return self._is_second
        if self._better_since_s is None:
            self._better_since_s = time_s
        if is_free or here >= UNBEARABLE or time_s - self._better_since_s >= MOVE_AFTER_S:
            self._is_second = not self._is_second
            self._better_since_s = None
        return self._is_second
