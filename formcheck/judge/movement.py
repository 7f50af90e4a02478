"""A movement within a hold: forgiven when it is short, and where the hold ends when it is not."""

from dataclasses import dataclass

from formcheck.judge.ledger import is_longer


@dataclass(slots=True)
class Movement:
    """Parts in which the body moves, with short rests between them.

    It is over once the body has rested for the grace, and is as long as all its parts: whoever
    bounces rests for a moment at every turn, and holds nothing.
    """

    since_s: float
    """When its first part began."""
    moved_s: float = 0.0
    """For how long the body has moved, without the rests."""
    part_since_s: float | None = None
    """When the part under way began; None while the body rests."""
    _seen_at_s: float = 0.0

    def step(self, time_s: float, calm_since_s: float | None, motion_lag_s: float) -> None:
        """Take in a frame in form, with what its `Motion` says."""
        if self.part_since_s is not None:
            self.moved_s += time_s - self._seen_at_s
        if calm_since_s is not None:
            self.part_since_s = None
        elif self.part_since_s is None:
            self.part_since_s = time_s - motion_lag_s
        self._seen_at_s = time_s

    def is_too_long(self, grace_s: float) -> bool:
        """Whether the hold ended where this began."""
        return is_longer(self.moved_s, grace_s)

    def is_over(self, time_s: float, calm_since_s: float | None, grace_s: float) -> bool:
        """Whether the body has rested for the grace since: all of it was held."""
        return calm_since_s is not None and not is_longer(grace_s, time_s - calm_since_s)

    def way_out(self) -> "Movement | None":
        """Return the part under way, in which form was lost; None where the body was at rest.

        The parts before it were short enough to forgive.
        """
        return None if self.part_since_s is None else Movement(self.part_since_s)
