"""What a session came to, to be shown at its end: its ribbons, and one thing to do better."""

from collections.abc import Mapping
from dataclasses import dataclass

from formcheck.body.landmarks import Side
from formcheck.coach.loss import Loss, largest_loss
from formcheck.judge.ribbon import Ribbon, ribbons
from formcheck.session import Session


@dataclass(frozen=True, slots=True)
class Ending:
    """A session that is over. Times are in seconds, as its ledger has them."""

    ribbons: Mapping[Side, Ribbon]
    start_s: float
    end_s: float
    loss: Loss | None
    """What most was lost to of what can be mended; None where hardly anything was."""


def ending_of(session: Session) -> Ending | None:
    """Return what a session has come to; None before its second frame."""
    intervals = session.intervals()
    if not intervals:
        return None
    loss = largest_loss(intervals, session.pose)
    return Ending(ribbons(intervals), intervals[0].start_s, intervals[-1].end_s, loss)
