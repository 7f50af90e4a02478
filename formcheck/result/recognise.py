"""Which of the poses somebody holds, and how sure that is.

Every pose has a session of its own over the same landmarks, so the frames are looked at once.
What is held longest fits best; where one pose includes another, the narrower one is the answer,
since whoever holds it holds the wider one too.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import erf, isfinite, sqrt
from statistics import median
from typing import Final

from formcheck.body.landmarks import PoseLandmarks
from formcheck.body.measurements import DEGREES, MEASUREMENTS, Measurements
from formcheck.judge.form import Form, FormVerdict
from formcheck.judge.ledger import State
from formcheck.pose.definition import PoseDefinition
from formcheck.session import Outcome, Session

STANDARD_ERROR: Final[Mapping[str, float]] = {DEGREES: 5.0}
"""Of one measurement of MediaPipe's: 3.5 to 7 degrees in published comparisons of side views
(Cosoli et al. 2026; Yue, Gu and Yu 2026)."""
_STANDARD_ERROR_TRUNKS: Final = 0.075
"""In trunk lengths: what 5 degrees are at the end of a thigh (0.85 trunk lengths)."""

_MOST_OF: Final = 0.5
"""A narrower pose is the answer when it is held for at least so much of the wider one's time."""

_OFTEN: Final = 0.2
"""The share of the frames in which a pose that is almost held is worth a word."""

_NEAR: Final = 3.0
"""Standard errors from its band within which a gate is almost in it."""

Span = tuple[float, float]
"""From when to when, in seconds."""

_WHOLE_PHOTO: Final[tuple[Span, ...]] = ((0.0, 1.0),)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one pose fits what was seen."""

    pose: str
    held_s: float
    """Seconds held; for a photo 1 if it shows the pose in form."""
    sureness: float
    """0 to 1: the probability that the least certain gate is truly in its band, given the error of
    the measurement, lowered by the time in which another pose fits as well."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """What somebody holds."""

    best: Fit | None
    """None where no pose was held."""
    nearest: tuple[str, str] | None
    """Where none was held: the pose that lacked one thing alone for most of the time, and its
    fault; None where there is none."""
    fits: tuple[Fit, ...]
    """Every pose that was held, the longest first."""


class Recogniser:
    """Watches one person with a session of every pose."""

    def __init__(self, poses: Iterable[PoseDefinition]) -> None:
        """Look for these poses; of two that fit alike, the one that builds on no other wins."""
        originals_first = sorted(poses, key=lambda pose: pose.extends is not None)
        self.sessions = {pose.name: Session(pose) for pose in originals_first}
        self._certainties: dict[str, list[float]] = {name: [] for name in self.sessions}
        self._almost: Counter[tuple[str, str]] = Counter()
        self._seen = 0

    def step(
        self, time_s: float, landmarks: PoseLandmarks | None, *, is_blank: bool = False
    ) -> dict[str, Outcome]:
        """Take in one frame; return what it means to each pose, by name.

        Raises:
            ValueError: `time_s` is not later than that of the frame before.
        """
        self._seen += landmarks is not None
        outcomes = {}
        for name, session in self.sessions.items():
            outcome = outcomes[name] = session.step(time_s, landmarks, is_blank=is_blank)
            if outcome.verdict.form is Form.IN_FORM:
                self._certainties[name].append(certainty(session.pose, outcome.measurements))
            elif _is_almost(session.pose, outcome.verdict):
                self._almost[name, outcome.verdict.faults[0]] += 1
        return outcomes

    def recognition(self, *, is_photo: bool = False) -> Recognition:
        """Return what was held so far; in a photo, what its one frame shows in form."""
        held = {
            name: _WHOLE_PHOTO if is_photo and self._certainties[name] else _holds(session)
            for name, session in self.sessions.items()
        }
        held_s = {name: _seconds(spans) for name, spans in held.items()}
        names = sorted((name for name in held if held[name]), key=lambda name: -held_s[name])
        if not names:
            return Recognition(None, self._nearest(), ())
        best = self._pose(names[0])
        for name in names:
            shared_s = _shared_s(held[name], held[best.name])
            if shared_s >= _MOST_OF * held_s[best.name] and _is_narrower(self._pose(name), best):
                best = self._pose(name)
        rivals = [held_s[name] for name in names if not _are_related(best, self._pose(name))]
        share = held_s[best.name] / (held_s[best.name] + max(rivals, default=0.0))
        fits = tuple(Fit(name, held_s[name], median(self._certainties[name])) for name in names)
        chosen = Fit(best.name, held_s[best.name], share * median(self._certainties[best.name]))
        return Recognition(chosen, None, fits)

    def _nearest(self) -> tuple[str, str] | None:
        for nearest, frames in self._almost.most_common(1):
            if frames >= _OFTEN * self._seen:
                return nearest
        return None

    def _pose(self, name: str) -> PoseDefinition:
        return self.sessions[name].pose


def certainty(pose: PoseDefinition, measurements: Measurements) -> float:
    """Return the probability that the least certain gate is truly in its band, 0 to 1.

    0.5 at an edge of the band and near 1 far inside it, for normally distributed errors.
    """
    return min(
        _inside(measurements[gate.measurement].value, gate.accept, _error_of(gate.measurement))
        for gate in pose.gates
    )


def _is_almost(pose: PoseDefinition, verdict: FormVerdict) -> bool:
    """Tell whether one thing alone is wrong, and not by far."""
    out = [gate for gate in verdict.gates if gate.off_by > 0]
    return (
        not pose.experimental
        and len(verdict.faults) == len(out) == 1
        and out[0].off_by <= _NEAR * _error_of(out[0].measurement)
    )


def _error_of(measurement: str) -> float:
    return STANDARD_ERROR.get(MEASUREMENTS[measurement].unit, _STANDARD_ERROR_TRUNKS)


def _inside(value: float, band: tuple[float, float], error: float) -> float:
    low, high = ((edge - value) / error if isfinite(edge) else edge for edge in band)
    return _normal(high) - _normal(low)


def _normal(deviations: float) -> float:
    return (1.0 + erf(deviations / sqrt(2.0))) / 2.0


def _holds(session: Session) -> tuple[Span, ...]:
    return tuple(
        (interval.start_s, interval.end_s)
        for interval in session.intervals()
        if interval.state is State.HELD
    )


def _seconds(spans: Iterable[Span]) -> float:
    return sum(end_s - start_s for start_s, end_s in spans)


def _shared_s(one: Iterable[Span], other: Sequence[Span]) -> float:
    """Return for how long both hold."""
    return sum(max(0.0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def _is_narrower(pose: PoseDefinition, than: PoseDefinition) -> bool:
    """Tell whether a pose is a part of another; of two that include one another, the original."""
    if pose.name not in than.includes:
        return False
    return than.name not in pose.includes or than.extends == pose.name


def _are_related(a: PoseDefinition, b: PoseDefinition) -> bool:
    return a.name == b.name or a.name in b.includes or b.name in a.includes
