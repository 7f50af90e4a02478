"""Where a hold stands, as it is handed on with each frame."""

from dataclasses import dataclass

from formcheck.body.landmarks import Side
from formcheck.judge.ledger import State


@dataclass(frozen=True, slots=True)
class HoldState:
    """Where the hold stands after one frame."""

    state: State
    """What the moment just past is, as far as can be known yet."""
    is_holding: bool
    """A hold is under way: its seconds count, or were lost for no longer than the grace."""
    settling_s: float
    """In form and calm for so long towards the start of a hold; 0 when none is about to start."""
    side: Side | None
    """The side of the hold under way."""
    held_s: dict[Side, float]
    """Seconds that are known to be held so far on each side; never less than before."""
    doubted_s: float = 0.0
    """It would be held for so long already, were the body known to be alive; 0 where it is."""

    @property
    def total_s(self) -> float:
        """Seconds held so far on both sides together."""
        return sum(self.held_s.values())
