"""What is kept of a session second by second: its ledger, how deep it was, how the person held."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from formcheck.body.landmarks import SIDES, PoseLandmarks, Side
from formcheck.judge.ledger import Interval, State


@dataclass(frozen=True, slots=True)
class DepthSecond:
    """How deep the stretch was in one second of a session."""

    second: int
    """Since the first frame: 0 is the first second."""
    depth_deg: float
    """Median of `rear_hip_extension` over the held frames within it."""
    error_deg: float | None = None
    """By how much a frame's depth may be off, median of the same; None where it was not known."""


@dataclass(frozen=True, eq=False, slots=True)
class HeldPosture:
    """How a side was held for most of its time, and from where it was seen."""

    landmarks: PoseLandmarks
    """Of one frame: the one whose angles are nearest to the middle of all that was held."""
    turn_deg: float
    """How far the person was turned from side-on, 0 to 90; median while held."""
    distance_m: float
    """About how far away the camera was, good to about a fifth; median while held."""
    off_middle: float
    """How far the person was to the right of the picture's middle, as a share of its width."""


@dataclass(frozen=True, slots=True)
class SessionLedger:
    """A session, second by second. Times are seconds since its first frame."""

    intervals: tuple[Interval, ...] = ()
    """Disjoint, in order, from the first frame to the last."""
    depths: tuple[DepthSecond, ...] = ()
    """Of the seconds in which something was held and its depth was measured, in order."""
    postures: Mapping[Side, HeldPosture] = field(default_factory=dict)
    """Of the sides that were held."""

    @property
    def duration_s(self) -> float:
        """From the first frame to the last."""
        return self.intervals[-1].end_s if self.intervals else 0.0

    @property
    def held_s(self) -> dict[Side, float]:
        """Seconds held on each side."""
        return {side: sum(each.duration_s for each in self.held(side)) for side in SIDES}

    @property
    def full_s(self) -> dict[Side, float]:
        """Seconds held on each side with every measurement in its band of full credit."""
        return {
            side: sum(each.duration_s for each in self.held(side) if each.is_full) for side in SIDES
        }

    def held(self, side: Side) -> Iterator[Interval]:
        """Yield the intervals that a side was held."""
        return (each for each in self.intervals if each.state is State.HELD and each.side == side)

    def depths_of(self, side: Side) -> list[DepthSecond]:
        """Return the depths of the seconds that belong, for most of what was held, to a side."""
        return [
            each
            for each in self.depths
            if _side_of(self.intervals, each.second, each.second + 1.0) == side
        ]


def side_at(intervals: tuple[Interval, ...], time_s: float) -> Side | None:
    """Return the side that was held at a time; None where none was. An end belongs to its span."""
    number = bisect_right(intervals, time_s, key=_start) - 1
    if number < 0:
        return None
    here = intervals[number]
    if here.state is not State.HELD and number > 0 and intervals[number - 1].end_s >= time_s:
        here = intervals[number - 1]
    return here.side if here.state is State.HELD and time_s <= here.end_s else None


def _side_of(intervals: tuple[Interval, ...], start_s: float, end_s: float) -> Side | None:
    """Return the side held for the longest within a span; None where none was."""
    shares: dict[Side, float] = {}
    number = max(0, bisect_right(intervals, start_s, key=_start) - 1)
    while number < len(intervals) and intervals[number].start_s < end_s:
        each = intervals[number]
        if each.state is State.HELD and each.side is not None:
            share_s = min(end_s, each.end_s) - max(start_s, each.start_s)
            shares[each.side] = shares.get(each.side, 0.0) + share_s
        number += 1
    return max(shares.items(), key=itemgetter(1))[0] if shares else None


def _start(interval: Interval) -> float:
    return interval.start_s
