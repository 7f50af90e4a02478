"""What is kept of a session second by second: its ledger, how deep it was, how the person held."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from formcheck.body.landmarks import SIDES, PoseLandmarks, Side, other_side
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

    @property
    def tens(self) -> int:
        """Which ten seconds of the session it is in."""
        return self.second // 10


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
        """Return the depths of the seconds of which this side was held for the larger part."""
        found, number = [], 0
        for each in self.depths:
            while number < len(self.intervals) and self.intervals[number].end_s <= each.second:
                number += 1
            shares = dict.fromkeys(SIDES, 0.0)
            ahead = number
            while ahead < len(self.intervals) and self.intervals[ahead].start_s < each.second + 1:
                interval = self.intervals[ahead]
                if interval.side is not None:
                    start_s = max(interval.start_s, each.second)
                    shares[interval.side] += min(interval.end_s, each.second + 1) - start_s
                ahead += 1
            if shares[side] > shares[other_side(side)]:
                found.append(each)
        return found


def side_at(intervals: tuple[Interval, ...], time_s: float) -> Side | None:
    """Return the side that was held at a time; None where none was. An end belongs to its span."""
    number = bisect_right(intervals, time_s, key=_start) - 1
    if number < 0:
        return None
    here = intervals[number]
    if here.state is not State.HELD and number > 0 and intervals[number - 1].end_s >= time_s:
        here = intervals[number - 1]
    return here.side if here.state is State.HELD and time_s <= here.end_s else None


def _start(interval: Interval) -> float:
    return interval.start_s
