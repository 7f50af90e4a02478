"""What a clip or a photo is worth: the seconds that count, and why the others do not."""

from collections import defaultdict, deque
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, Final

from formcheck.body.camera.pose import CameraPose
from formcheck.body.landmarks import Side
from formcheck.body.measurements import Measurement, Measurements
from formcheck.judge.form import Form
from formcheck.judge.ledger import Interval, State, lost_by_reason
from formcheck.pose.definition import PoseDefinition
from formcheck.result.frames import FrameRow
from formcheck.result.spread import MeasurementTally, Spread
from formcheck.session import Outcome, Session

if TYPE_CHECKING:
    from formcheck.result.recognise import Recognition

_DECIDE_EVERY: Final = 300
"""Frames from one look at which of them were held to the next: ten seconds of a webcam."""

_JUDGED = {Form.IN_FORM: True, Form.OUT_OF_FORM: False}


@dataclass(frozen=True, slots=True)
class ClipScore:
    """A clip's seconds. Times are the clip's own, in seconds."""

    file: str
    pose: str
    frames: int
    duration_s: float
    """From the first frame to the last."""
    held_s: dict[Side, float]
    full_band_s: float
    """Held with every measurement in its band of full credit."""
    longest_unbroken_s: float
    intervals: tuple[Interval, ...]
    measurements: dict[str, Spread]
    """Over the frames of the held time; empty where nothing was held."""
    recognition: "Recognition | None" = None
    """How the pose was found, where it was looked for."""
    rotate_deg: int | None = None
    """By how many degrees the pictures have to be turned clockwise to stand upright; None where
    they do."""
    camera: CameraPose | None = None
    """How the camera stands, where somebody stood still before it; None where nobody did."""
    rows: tuple[FrameRow, ...] = ()
    """Frame by frame, where that was asked for."""

    @property
    def total_s(self) -> float:
        """Held on both sides together."""
        return sum(self.held_s.values())

    def lost_s(self) -> dict[str, float]:
        """Return the seconds not held by reason, most first; see `lost_by_reason`."""
        return lost_by_reason(self.intervals)

    def as_json(self) -> dict[str, Any]:
        """Return the line of `formcheck score --json`."""
        return {
            "file": self.file,
            "pose": self.pose,
            **_recognition_json(self.recognition),
            **_rotation_json(self.rotate_deg),
            "frames": self.frames,
            "duration_s": round(self.duration_s, 3),
            "held_s": {
                **{side: round(seconds, 3) for side, seconds in self.held_s.items()},
                "total": round(self.total_s, 3),
            },
            "full_band_s": round(self.full_band_s, 3),
            "longest_unbroken_s": round(self.longest_unbroken_s, 3),
            "intervals": [_interval_json(interval) for interval in self.intervals],
            "measurements": self.measurements,
            **({"camera": self.camera.as_json()} if self.camera else {}),
        }


@dataclass(frozen=True, slots=True)
class PhotoScore:
    """Whether a photo shows the pose in form."""

    file: str
    pose: str
    in_form: bool | None
    """None where it cannot be judged."""
    state: str
    faults: tuple[str, ...]
    """Worst first."""
    unseen: tuple[str, ...]
    measurements: dict[str, Spread]
    """Of the one picture; empty where nobody was seen."""
    recognition: "Recognition | None" = None
    """How the pose was found, where it was looked for."""
    rows: tuple[FrameRow, ...] = ()
    """The one frame."""

    def as_json(self) -> dict[str, Any]:
        """Return the line of `formcheck score --json`."""
        return {
            "file": self.file,
            "pose": self.pose,
            **_recognition_json(self.recognition),
            "in_form": self.in_form,
            "state": self.state,
            "faults": list(self.faults),
            **({"unseen": list(self.unseen)} if self.unseen else {}),
            "measurements": self.measurements,
        }


@dataclass(frozen=True, slots=True)
class NoPose:
    """A clip or a photo in which none of the poses was held."""

    file: str
    frames: int
    duration_s: float
    """From the first frame to the last; 0 for a photo."""
    recognition: "Recognition"
    rotate_deg: int | None = None
    """By how many degrees the pictures have to be turned clockwise to stand upright; None where
    they do."""

    def as_json(self) -> dict[str, Any]:
        """Return the line of `formcheck score --json`."""
        return {
            "file": self.file,
            "pose": None,
            **_recognition_json(self.recognition),
            **_rotation_json(self.rotate_deg),
            "frames": self.frames,
            "duration_s": round(self.duration_s, 3),
        }


Score = ClipScore | PhotoScore | NoPose


class ClipScorer:
    """Gathers the outcomes of a clip's frames into its score.

    What it keeps of each frame it keeps for seconds: until it is known whether it was held.
    """

    def __init__(self, session: Session, *, keeps_frames: bool = False) -> None:
        """Score what `session` judges from now on; keep what was measured in each frame, if asked.

        (A minute of frames takes about 2 MB.)
        """
        self.session = session
        self._rows: list[FrameRow] | None = [] if keeps_frames else None
        self._frames = 0
        self._first_s = self._last_s = 0.0
        self._waiting: deque[tuple[float, Measurements]] = deque()
        """Frames that may still turn out to be held or not: their times and measurements."""
        self._held: defaultdict[str, MeasurementTally] = defaultdict(MeasurementTally)

    def add(self, outcome: Outcome) -> None:
        """Take in the outcome of one frame."""
        if not self._frames:
            self._first_s = outcome.time_s
        self._frames += 1
        self._last_s = outcome.time_s
        if self._rows is not None:
            self._rows.append(FrameRow.of(outcome))
        self._waiting.append((outcome.time_s, outcome.measurements))
        if self._frames % _DECIDE_EVERY == 0:
            _count_held(
                self._waiting, self._held, self.session.intervals(), self.session.known_until_s
            )

    def score(self, file: str) -> ClipScore:
        """Return the score of all frames so far, under the clip's name."""
        intervals = self.session.intervals()
        held = [interval for interval in intervals if interval.state is State.HELD]
        tallies = deepcopy(self._held)
        _count_held(deque(self._waiting), tallies, intervals, inf)
        spreads = {name: tally.spread() for name, tally in tallies.items()}
        return ClipScore(
            file=file,
            pose=self.session.pose.name,
            frames=self._frames,
            duration_s=self._last_s - self._first_s,
            held_s=self.session.held_s,
            full_band_s=sum((span.duration_s for span in held if span.is_full), start=0.0),
            longest_unbroken_s=self.session.longest_unbroken_s,
            intervals=intervals,
            rotate_deg=self.session.rotate_deg,
            camera=self.session.way_in.camera,
            measurements={name: spread for name, spread in spreads.items() if spread is not None},
            rows=tuple(self._rows or ()),
        )


def _count_held(
    frames: deque[tuple[float, Measurements]],
    tallies: defaultdict[str, MeasurementTally],
    intervals: Sequence[Interval],
    until_s: float,
) -> None:
    """Take the frames before `until_s`, in seconds, and count those in a held interval."""
    if not frames:
        return
    first_s = frames[0][0]
    remaining = iter(
        interval
        for interval in intervals
        if interval.state is State.HELD and interval.end_s >= first_s
    )
    interval = next(remaining, None)
    while frames and frames[0][0] < until_s:
        time_s, measurements = frames.popleft()
        while interval is not None and time_s > interval.end_s:
            interval = next(remaining, None)
        if interval is not None and time_s >= interval.start_s:
            for name, measured in measurements.items():
                tallies[name].add(measured)


def score_photo(file: str, pose: PoseDefinition, outcome: Outcome) -> PhotoScore:
    """Return the score of a photo from the outcome of its one frame."""
    verdict = outcome.verdict
    return PhotoScore(
        file=file,
        pose=pose.name,
        in_form=_JUDGED.get(verdict.form),
        state=verdict.form.value,
        faults=verdict.faults,
        unseen=verdict.unseen,
        measurements={
            name: spread
            for name, measured in outcome.measurements.items()
            if (spread := _spread_of(measured)) is not None
        },
        rows=(FrameRow.of(outcome),),
    )


def _spread_of(measured: Measurement) -> Spread | None:
    tally = MeasurementTally()
    tally.add(measured)
    return tally.spread()


def _rotation_json(rotate_deg: int | None) -> dict[str, Any]:
    return {} if rotate_deg is None else {"rotate_deg": rotate_deg}


def _recognition_json(recognition: "Recognition | None") -> dict[str, Any]:
    """Return what is known of how the pose was found; nothing where it was given."""
    if recognition is None:
        return {}
    best, nearest = recognition.best, recognition.nearest
    return {
        "recognised": {
            "sureness": round(best.sureness, 2) if best else None,
            "fits": [
                {
                    "pose": fit.pose,
                    "held_s": round(fit.held_s, 3),
                    "sureness": round(fit.sureness, 2),
                }
                for fit in recognition.fits
            ],
            "nearest": {"pose": nearest[0], "fault": nearest[1]} if nearest else None,
        }
    }


def _interval_json(interval: Interval) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "start_s": round(interval.start_s, 3),
        "end_s": round(interval.end_s, 3),
        "state": interval.state.value,
        "faults": list(interval.faults),
        "side": interval.side,
    }
    if interval.unseen:
        fields["unseen"] = list(interval.unseen)
    if interval.is_bridged:
        fields["bridged"] = True
    return fields
