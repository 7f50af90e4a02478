"""What was measured in each frame of a clip, for whoever wants to look at it frame by frame."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formcheck.judge.ledger import Interval
from formcheck.session import Outcome


@dataclass(frozen=True, slots=True)
class FrameRow:
    """One frame of a clip, or a photo."""

    time_s: float
    """The clip's own, in seconds."""
    form: str
    """What was judged in this frame alone: "in_form", or why it is not."""
    faults: tuple[str, ...]
    """Worst first."""
    unseen: tuple[str, ...]
    """The landmarks that would have to be seen."""
    values: Mapping[str, float]
    """Every measurement by name; empty where nobody was seen. Not finite where a landmark has no
    place."""

    @classmethod
    def of(cls, outcome: Outcome) -> "FrameRow":
        """Return what is kept of an outcome."""
        verdict = outcome.verdict
        values = {name: each.value for name, each in outcome.measurements.items()}
        return cls(outcome.time_s, verdict.form.value, verdict.faults, verdict.unseen, values)


def interval_at(intervals: Sequence[Interval], time_s: float) -> Interval | None:
    """Return the interval that a frame ends or lies in; None where the ledger has none there.

    The time before a frame is judged by it, so a frame at an edge belongs to what was before.
    """
    number = bisect_left(intervals, time_s, key=_end)
    if number == len(intervals) or intervals[number].start_s > time_s:
        return None
    return intervals[number]


def _end(interval: Interval) -> float:
    return interval.end_s
