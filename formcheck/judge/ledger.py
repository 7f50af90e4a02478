"""The ledger: what became of every moment, as disjoint intervals of time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from math import inf
from operator import attrgetter
from typing import Final

from formcheck.body.landmarks import SIDES, Side

_ROUNDING_S: Final = 1e-6
"""Four frames of 0.1 s may come out longer than 0.4 s; where the clock stands must not decide."""


class State(Enum):
    """What became of a span of time: held, or the reason it was not."""

    HELD = "held"
    NO_PERSON = "no_person"
    NEVER_MOVED = "never_moved"
    """In form, but nothing showed that it was somebody alive and no picture of one."""
    UNSEEN = "unseen"
    TURNED = "turned"
    OUT_OF_FORM = "out_of_form"
    MOVING = "moving"
    PAUSED = "paused"
    NO_CAMERA = "no_camera"


@dataclass(frozen=True, slots=True)
class Interval:
    """A span of the ledger."""

    start_s: float
    end_s: float
    state: State
    faults: tuple[str, ...] = ()
    """Out of form: which faults, worst first."""
    unseen: tuple[str, ...] = ()
    """Unseen: which landmarks."""
    side: Side | None = None
    """Held: the side of the stretched leg."""
    is_bridged: bool = False
    """Held: sight was lost for a moment between two frames in form."""
    is_full: bool = False
    """Held: in the bands of full credit at both ends."""
    is_doubted: bool = False
    """Held, but of the body it is not known that it is alive: until it is, it has never moved."""

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.end_s - self.start_s

    def as_moving(self) -> "Interval":
        """Return the same span as one that the body moved in."""
        return Interval(self.start_s, self.end_s, State.MOVING)

    def as_known(self, since_s: float) -> "Interval":
        """Return the same span without doubt, where it began no sooner than `since_s`."""
        return replace(self, is_doubted=False) if self._is_doubted_since(since_s) else self

    def as_told(self) -> "Interval":
        """Return it as it counts now: a hold in doubt is none."""
        return Interval(self.start_s, self.end_s, State.NEVER_MOVED) if self.is_doubted else self

    def _is_doubted_since(self, since_s: float) -> bool:
        return self.is_doubted and not is_longer(since_s, self.start_s)


_what: Final = attrgetter(
    *(each.name for each in fields(Interval) if each.name not in ("start_s", "end_s"))
)
"""All that an interval says but its times. (Quick: a ledger is gone through often.)"""


@dataclass(slots=True)
class Run:
    """One hold from its start to its pause."""

    intervals: list[Interval] = field(default_factory=list)
    votes: dict[Side, float] = field(default_factory=dict)
    held_s: float = 0.0

    @property
    def side(self) -> Side:
        """Where the stretched leg was for most of the time; the side seen first, if for half."""
        return max(self.votes, key=self.votes.__getitem__, default=SIDES[0])

    def count(self, span: Interval) -> None:
        """Add a held span; its side is a vote, and it counts unless it is in doubt."""
        if not span.is_doubted:
            self.held_s += span.duration_s
        if span.side is not None:
            self.votes[span.side] = self.votes.get(span.side, 0.0) + span.duration_s
        append(self.intervals, replace(span, side=None))

    def vouch(self, since_s: float) -> None:
        """Count what was in doubt since then, in seconds."""
        known: list[Interval] = []
        for span in self.intervals:
            append(known, span.as_known(since_s))
        self.intervals = known
        self.held_s = sum(
            span.duration_s for span in known if span.state is State.HELD and not span.is_doubted
        )

    @property
    def is_doubted(self) -> bool:
        """Whether any of it is in doubt."""
        return any(span.is_doubted for span in self.intervals)

    def ledger(self) -> Iterator[Interval]:
        """Yield the intervals, the held ones with the side of the whole run."""
        side = self.side
        for interval in self.intervals:
            yield replace(interval, side=side) if interval.state is State.HELD else interval


class Ledger:
    """The ledger while it grows: what is closed for good, and the run of the hold under way."""

    def __init__(self) -> None:
        """Begin with nothing held."""
        self.run: Run | None = None
        self._closed: list[Interval] = []
        self._closed_held_s: dict[Side, float] = dict.fromkeys(SIDES, 0.0)
        self._doubted: list[Run] = []
        """Closed, but in doubt."""
        self._longest_s = 0.0

    def close(self, intervals: Iterable[Interval]) -> None:
        """Add what will not change any more; it follows all that was closed before."""
        for interval in intervals:
            append(self._closed, interval)

    def start_run(self, spans: Iterable[Interval]) -> None:
        """Begin a hold with these held spans."""
        self.run = Run()
        for span in spans:
            self.run.count(span)

    def end_run(self) -> None:
        """Close the hold under way."""
        assert self.run is not None
        self.close(self.run.ledger())
        self._closed_held_s[self.run.side] += self.run.held_s
        self._longest_s = max(self._longest_s, self.run.held_s)
        if self.run.is_doubted:
            self._doubted.append(self.run)
        self.run = None

    def vouch(self, since_s: float) -> None:
        """Count what was held in doubt since then, in seconds: the body is alive."""
        if self.run is not None:
            self.run.vouch(since_s)
        for run in self._doubted:
            before_s = run.held_s
            run.vouch(since_s)
            self._closed_held_s[run.side] += run.held_s - before_s
            self._longest_s = max(self._longest_s, run.held_s)
        if self._doubted:
            self._doubted.clear()  # whatever is older was somebody else
            known: list[Interval] = []
            for span in self._closed:
                append(known, span.as_known(since_s))
            self._closed = known

    @property
    def doubted_since_s(self) -> float:
        """The start of what is in doubt, in seconds; inf where nothing is."""
        runs = (*self._doubted, *((self.run,) if self.run is not None else ()))
        spans = (span for run in runs for span in run.intervals if span.is_doubted)
        return min((span.start_s for span in spans), default=inf)

    def held_s(self, fresh_s: float = 0.0) -> dict[Side, float]:
        """Return the seconds held on each side; of the hold under way, `fresh_s` more."""
        held = dict(self._closed_held_s)
        if self.run is not None:
            held[self.run.side] += self.run.held_s + fresh_s
        return held

    def longest_unbroken_s(self, fresh_s: float = 0.0) -> float:
        """Return the most seconds held without a pause; in the hold under way, `fresh_s` more."""
        return max(self._longest_s, self.run.held_s + fresh_s if self.run else 0.0)

    def told_with(self, still_open: Iterable[Interval]) -> tuple[Interval, ...]:
        """Return the whole ledger, with what follows it and is still open."""
        ledger: list[Interval] = []
        for interval in (*self._closed, *(self.run.ledger() if self.run else ()), *still_open):
            append(ledger, interval.as_told())
        return tuple(ledger)


def lost_by_reason(intervals: Iterable[Interval]) -> dict[str, float]:
    """Return the seconds not held by reason: a fault's name, or else the state's. Most first.

    Time with several faults belongs to the worst of them, so that the seconds add up.
    """
    lost: dict[str, float] = defaultdict(float)
    for interval in intervals:
        if interval.state is not State.HELD:
            reason = interval.faults[0] if interval.faults else interval.state.value
            lost[reason] += interval.duration_s
    return dict(sorted(lost.items(), key=lambda item: -item[1]))


def is_longer(span_s: float, limit_s: float) -> bool:
    """Tell whether a span is longer than a limit, wherever the clock stands."""
    return span_s > limit_s + _ROUNDING_S


def append(ledger: list[Interval], interval: Interval) -> None:
    """Add an interval that follows the last one; join the two where they say the same."""
    if ledger and _what(ledger[-1]) == _what(interval):
        ledger[-1] = replace(ledger[-1], end_s=interval.end_s)
    else:
        ledger.append(interval)
