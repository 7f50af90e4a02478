"""What a session is to reach: how long, on which sides, how often."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from formcheck.body.landmarks import SIDES, Side, other_side
from formcheck.pose.definition import PoseDefinition

_ROUNDING_S: Final = 1e-6
"""Spans add up to a hair less than what they are."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The seconds to hold. They may be gathered in any order and in several goes."""

    hold_s: float
    """A side and set."""
    sides: tuple[Side, ...] = SIDES
    """The sides that count towards it."""
    sides_needed: int = 2
    """So many of them have to be done; 1 where a pose has no sides."""
    sets: int = 1
    is_last: bool = True
    """No other exercise follows it."""

    def __post_init__(self) -> None:
        """Check it once."""
        if not (self.hold_s > 0 and self.sets >= 1 and 1 <= self.sides_needed <= len(self.sides)):
            raise ValueError(f"not a plan: {self}")

    @classmethod
    def of(
        cls,
        pose: PoseDefinition,
        *,
        hold_s: float | None = None,
        sides: tuple[Side, ...] | None = None,
        sets: int = 1,
        is_last: bool = True,
    ) -> Self:
        """Return the pose's own dose, or what the person asks for in place of it.

        A pose in which both legs work has no sides to ask for.
        """
        asked = SIDES if sides is None or pose.dosage.sides == 1 else sides
        return cls(
            hold_s=pose.dosage.hold_s if hold_s is None else hold_s,
            sides=asked,
            sides_needed=min(pose.dosage.sides, len(asked)),
            sets=sets,
            is_last=is_last,
        )

    @property
    def total_s(self) -> float:
        """Seconds to hold on a side in all."""
        return self.hold_s * self.sets

    def sets_done(self, side: Side, held_s: Mapping[Side, float]) -> int:
        """Return how many sets of a side are done, 0 to `sets`; 0 for a side that is not asked."""
        if side not in self.sides:
            return 0
        return min(self.sets, int((held_s[side] + _ROUNDING_S) / self.hold_s))

    def is_side_done(self, side: Side, held_s: Mapping[Side, float]) -> bool:
        """Whether a side has all its seconds."""
        return self.sets_done(side, held_s) >= self.sets

    def is_done(self, held_s: Mapping[Side, float]) -> bool:
        """Whether nothing is left to do."""
        return sum(self.is_side_done(side, held_s) for side in self.sides) >= self.sides_needed

    def set_seconds(self, side: Side, held_s: Mapping[Side, float]) -> float:
        """Return the seconds held in the side's set under way; all of them once it is done."""
        if self.sets == 1 or side not in self.sides:
            return held_s[side]
        done = self.sets_done(side, held_s)
        return held_s[side] - self.hold_s * min(done, self.sets - 1)

    def next_side(self, side: Side, held_s: Mapping[Side, float]) -> Side:
        """Return the side to hold next by one who has been holding this one.

        The other one where it is behind in sets, or where this one is done or not asked.
        """
        other = other_side(side)
        if other not in self.sides or self.is_done(held_s):
            return side
        if side not in self.sides or self.is_side_done(side, held_s):
            return other
        is_behind = self.sets_done(other, held_s) < self.sets_done(side, held_s)
        return other if is_behind and self.sides_needed > 1 else side
