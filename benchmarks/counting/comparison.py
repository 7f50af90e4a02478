"""One clip's outcomes and ledger, held against its truth."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.counting.truth import TrueInterval, Truth
from formcheck.body.landmarks import MIN_VISIBILITY
from formcheck.judge.ledger import Interval, State
from formcheck.session import Outcome

ANGLES = ("rear_hip_extension", "trunk_lean", "front_knee_flexion", "rear_knee_flexion")
"""Those whose errors are told."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """One clip against its truth. Seconds, but where said otherwise."""

    clip: str
    pose: str
    yaw_deg: float | None
    true_s: float
    counted_s: float
    """Held on the right side where it is true."""
    wrongly_s: float
    """Held where it is not true, or on the wrong side."""
    overlap: float | None
    """Of true and counted time, 0 to 1; None where nothing is true or counted."""
    fault_s: float
    named: float | None
    """The share of fault time in which the worst true fault was named, 0 to 1."""
    all_named: float | None
    """The share of fault time in which every true fault was named, 0 to 1."""
    credited_in_fault_s: float
    """Held while a fault is there, or in a clip in which nothing is to be held."""
    cue_delays_s: list[float]
    """From the start of each fault to the cue that mends it."""
    angle_errors: dict[str, list[float]] = field(default_factory=dict)
    """Measured less true, in degrees, frame by frame, while the body was judged."""

    @property
    def error_s(self) -> float:
        """Counted less true, the wrongly credited included."""
        return self.counted_s + self.wrongly_s - self.true_s


def compare(
    clip: Path, truth: Truth, outcomes: list[Outcome], ledger: Iterable[Interval]
) -> Accuracy:
    """Hold one clip's outcomes and ledger against its truth."""
    intervals = list(ledger)
    held = [interval for interval in intervals if interval.state is State.HELD]
    true = [interval for interval in truth.intervals if interval.held]
    true_s = sum(interval.duration_s for interval in true)
    counted_s = sum(
        _shared(mine, theirs)
        for mine in held
        for theirs in true
        if theirs.stretched_side in (None, mine.side)
    )
    in_judged_time = sum(_shared(mine, theirs) for mine in held for theirs in truth.intervals)
    wrongly_s = in_judged_time - counted_s
    union = true_s + in_judged_time - counted_s
    faulty = [interval for interval in truth.intervals if interval.faults]
    fault_s = sum(interval.duration_s for interval in faulty)
    named_s = all_named_s = 0.0
    for theirs in faulty:
        for mine in intervals:
            named_s += _shared(mine, theirs) * (theirs.faults[0] in mine.faults)
            all_named_s += _shared(mine, theirs) * (set(theirs.faults) <= set(mine.faults))
    never = faulty if true else truth.intervals
    return Accuracy(
        clip=clip.stem,
        pose=truth.pose,
        yaw_deg=truth.camera.yaw_deg if truth.camera else None,
        true_s=true_s,
        counted_s=counted_s,
        wrongly_s=wrongly_s,
        overlap=counted_s / union if union > 0 else None,
        fault_s=fault_s,
        named=named_s / fault_s if fault_s > 0 else None,
        all_named=all_named_s / fault_s if fault_s > 0 else None,
        credited_in_fault_s=sum(_shared(mine, theirs) for mine in held for theirs in never),
        cue_delays_s=list(_cue_delays(faulty, outcomes)),
        angle_errors=_angle_errors(truth, outcomes),
    )


def _shared(mine: Interval, theirs: TrueInterval) -> float:
    return max(0.0, min(mine.end_s, theirs.end_s) - max(mine.start_s, theirs.start_s))


def _cue_delays(faulty: Iterable[TrueInterval], outcomes: list[Outcome]) -> Iterator[float]:
    """Yield how long each fault waited for its cue; its whole length where none came."""
    for interval in faulty:
        shown = (
            outcome.time_s
            for outcome in outcomes
            if interval.start_s <= outcome.time_s <= interval.end_s
            and outcome.feedback.cue.fault in interval.faults
        )
        yield next(shown, interval.end_s) - interval.start_s


def _angle_errors(truth: Truth, outcomes: list[Outcome]) -> dict[str, list[float]]:
    if truth.frames is None:
        return {}
    times = np.array(truth.frames.time_s)
    errors: dict[str, list[float]] = {name: [] for name in ANGLES}
    for outcome in outcomes:
        # The time of the pose and of its faults: how the legs of someone who stands or walks
        # measure decides nothing.
        covering = next(
            (i for i in truth.intervals if i.start_s <= outcome.time_s <= i.end_s), None
        )
        if not outcome.verdict.gates or covering is None or not (covering.held or covering.faults):
            continue
        frame = int(np.abs(times - outcome.time_s).argmin())
        for name in ANGLES:
            measured = outcome.measurements.get(name)  # none of them is seen from the front
            if measured is not None and measured.confidence >= MIN_VISIBILITY:
                errors[name].append(measured.value - truth.frames.measurements[name][frame])
    return errors
