"""What formcheck says of people's photos and clips, with its own scoring."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import isfinite
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.accuracy import clip_track
from benchmarks.counting.comparison import Accuracy, compare
from benchmarks.counting.confusion import credited, is_allowed
from benchmarks.counting.truth import TrueInterval, read_truth
from benchmarks.people.labels import NO_POSE, LabelledPhoto
from formcheck.body.landmarks import MIN_VISIBILITY, PoseLandmarks
from formcheck.body.measurements import Measurements
from formcheck.judge.form import GateState
from formcheck.pose.definition import PoseDefinition
from formcheck.result.score import score_photo
from formcheck.session import Outcome, Session

HELD_AT_LEAST: Final = 0.97
"""Of the seconds that a clip truly holds: its labels are right to about 0.3 s."""
WRONG_AT_MOST_S: Final = 0.2


class Said(Enum):
    """What a pose says of a photo."""

    IN_FORM = "in form"
    REFUSED = "refused"
    CANNOT_TELL = "cannot tell"


_SAID = {True: Said.IN_FORM, False: Said.REFUSED, None: Said.CANNOT_TELL}


@dataclass(frozen=True, slots=True)
class JudgedPhoto:
    """One photo by one pose."""

    photo: LabelledPhoto
    pose: str
    said: Said
    why: str
    """What stands in the way of "in form", each value against its band; empty in form."""
    measured: dict[str, float]
    """What the gates of the pose measure, where it is seen."""


@dataclass(frozen=True, slots=True)
class JudgedClip:
    """One clip by the pose of its truth file, and by the others."""

    accuracy: Accuracy
    by_others: dict[str, float]
    """Seconds of its holds that a pose credits whose file does not include this one."""
    held: tuple[dict[str, float], ...]
    """What the gates measure in each true hold: the median of its frames, where it is seen."""

    @property
    def meets_its_mark(self) -> bool:
        """What is held is credited, by this pose and by no other, and nothing else is."""
        counted = self.accuracy
        return (
            counted.counted_s >= HELD_AT_LEAST * counted.true_s
            and counted.wrongly_s <= WRONG_AT_MOST_S
            and not self.by_others
        )


def judge_photo(
    photo: LabelledPhoto, landmarks: PoseLandmarks | None, poses: Iterable[PoseDefinition]
) -> list[JudgedPhoto]:
    """Judge a photo by every pose."""
    judged = []
    for pose in poses:
        outcome = Session(pose).step(0.0, landmarks)
        said = _SAID[score_photo(str(photo.file), pose, outcome).in_form]
        why = "" if said is Said.IN_FORM else _why(pose, outcome)
        measured = _measured(pose, outcome.measurements)
        judged.append(JudgedPhoto(photo, pose.name, said, why, measured))
    return judged


def may_credit(photo: LabelledPhoto, pose: PoseDefinition) -> bool | None:
    """Tell whether a pose may take a photo as in form; None where the label leaves that open.

    A photo of another pose may be credited where the file of the pose includes it. One that is
    labelled "no" tells nothing of poses that do not include its own: a lunge in the air is a bad
    kneeling stretch and may be a good crescent.
    """
    if photo.pose == NO_POSE:
        return False
    if is_allowed(photo.pose, pose):
        return {"yes": True, "no": False, "either": None}[photo.label]
    return None if photo.label == "no" else False


def judge_clip(clip: Path, poses: Sequence[PoseDefinition]) -> JudgedClip:
    """Run MediaPipe over a clip, and hold it against its truth."""
    truth = read_truth(clip)
    own = next(pose for pose in poses if pose.name == truth.pose)
    track = clip_track(clip)
    session = Session(own)
    outcomes = [session.step(time_s, landmarks) for time_s, landmarks in track]
    held = [interval for interval in truth.intervals if interval.held]
    by_others = {
        pose.name: sum(_shared_s(span, true) for span in credited(pose, track) for true in held)
        for pose in poses
        if not is_allowed(truth.pose, pose)
    }
    return JudgedClip(
        compare(clip, truth, outcomes, session.intervals()),
        {name: seconds for name, seconds in by_others.items() if seconds > 0},
        tuple(_over(own, interval, outcomes) for interval in held),
    )


def _why(pose: PoseDefinition, outcome: Outcome) -> str:
    verdict = outcome.verdict
    out = [gate for gate in verdict.gates if gate.state in (GateState.BELOW, GateState.ABOVE)]
    if not out:
        return " ".join((verdict.form.value, *verdict.unseen))
    bands = pose.gate_by_measurement
    return "; ".join(
        f"{gate.measurement} {outcome.measurements[gate.measurement].value:.4g} "
        f"{gate.state.value} {bands[gate.measurement].accept[0]:g} to "
        f"{bands[gate.measurement].accept[1]:g}"
        for gate in out
    )


def _measured(pose: PoseDefinition, measurements: Measurements) -> dict[str, float]:
    return {
        gate.measurement: measurements[gate.measurement].value
        for gate in pose.gates
        if gate.measurement in measurements
        and measurements[gate.measurement].confidence >= MIN_VISIBILITY
        and isfinite(measurements[gate.measurement].value)
    }


def _over(
    pose: PoseDefinition, interval: TrueInterval, outcomes: Iterable[Outcome]
) -> dict[str, float]:
    """Return the medians of what is seen in an interval."""
    frames = [
        _measured(pose, outcome.measurements)
        for outcome in outcomes
        if interval.start_s <= outcome.time_s <= interval.end_s
    ]
    names = dict.fromkeys(name for frame in frames for name in frame)
    return {name: median(frame[name] for frame in frames if name in frame) for name in names}


def _shared_s(span: tuple[float, float], interval: TrueInterval) -> float:
    return max(0.0, min(span[1], interval.end_s) - max(span[0], interval.start_s))
