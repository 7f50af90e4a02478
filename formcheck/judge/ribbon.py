"""The ledger as a ribbon a side: every moment of a session, once, on the side it belongs to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from formcheck.body.landmarks import SIDES, Side
from formcheck.judge.ledger import Interval, State


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a side's ribbon. Times are in seconds, as the ledger has them."""

    start_s: float
    end_s: float
    state: State
    reason: str
    """Why it was not held: the worst fault's name, or the state's; "held" where it was."""

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.end_s - self.start_s


Ribbon = tuple[Span, ...]
"""Disjoint spans in order. Between two of them the session was about the other side."""


def ribbons(intervals: Sequence[Interval]) -> dict[Side, Ribbon]:
    """Return the ribbon of each side: together they hold every moment of the ledger once.

    What was lost belongs to the side that was held next, since it was the way there; after the
    last hold, to the side held last. Where nothing was held at all, it is told as the left's.
    """
    spans: dict[Side, list[Span]] = {side: [] for side in SIDES}
    side: Side = next((each.side for each in reversed(intervals) if each.side), SIDES[0])
    for interval in reversed(intervals):
        if interval.side is not None:
            side = interval.side
        _prepend(spans[side], interval)
    return {each: tuple(reversed(spans[each])) for each in SIDES}


def _prepend(later: list[Span], interval: Interval) -> None:
    """Add what comes before the last of `later`; join the two where they say the same."""
    reason = interval.faults[0] if interval.faults else interval.state.value
    span = Span(interval.start_s, interval.end_s, interval.state, reason)
    if later and later[-1].reason == reason and later[-1].start_s == span.end_s:
        span = Span(span.start_s, later.pop().end_s, span.state, reason)
    later.append(span)


def held_s(ribbon: Iterable[Span]) -> float:
    """Return the seconds held on a ribbon."""
    return sum(span.duration_s for span in ribbon if span.state is State.HELD)


def cells(ribbon: Ribbon, start_s: float, end_s: float, count: int) -> list[Span | None]:
    """Return what most of each of so many equal parts of a session was.

    Args:
        ribbon: Of one side.
        start_s: When the session began.
        end_s: When it ended.
        count: Of the parts, at least 1.

    Returns:
        One span of the ribbon for each part; None where most of it was the other side's.
    """
    length_s = (end_s - start_s) / count
    found: list[Span | None] = []
    number = 0
    for cell in range(count):
        cell_start, cell_end = start_s + cell * length_s, start_s + (cell + 1) * length_s
        while number < len(ribbon) and ribbon[number].end_s <= cell_start:
            number += 1
        shares: dict[str, float] = {}
        by_reason: dict[str, Span] = {}
        ahead = number
        while ahead < len(ribbon) and ribbon[ahead].start_s < cell_end:
            span = ribbon[ahead]
            share_s = min(cell_end, span.end_s) - max(cell_start, span.start_s)
            shares[span.reason] = shares.get(span.reason, 0.0) + share_s
            by_reason[span.reason] = span
            ahead += 1
        most = max(shares, key=shares.__getitem__, default=None)
        rest_s = cell_end - cell_start - sum(shares.values())
        found.append(by_reason[most] if most is not None and shares[most] >= rest_s else None)
    return found
