"""The one loop: frames in, outcomes out, for a camera and a clip alike."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from typing import Final, Protocol

from formcheck.attention import CALM_SHOW_S, Attention, box_of
from formcheck.body.landmarks import PoseLandmarks
from formcheck.judge.form import Form
from formcheck.picture.blank import is_blank
from formcheck.picture.brightness_grid import Box, brightness_grid
from formcheck.picture.frame import Frame, FrameSource
from formcheck.picture.rate import Rate
from formcheck.picture.surroundings import Surroundings
from formcheck.session import Outcome, Session

_PATIENCE_S: Final = 0.1
"""How long the loop waits for a frame before it lets the keys be read."""


class Detector(Protocol):
    """Finds a person's landmarks in a frame."""

    def detect(self, frame: Frame) -> PoseLandmarks | None:
        """Return the landmarks, or None for nobody."""


class SurroundingsLook(Protocol):
    """Measures now and then what the picture is like."""

    def look(self, frame: Frame, *, person: Box | None, may_count: bool) -> Surroundings:
        """Return what is known by now.

        Args:
            frame: The next frame.
            person: What the person takes up of it; None for nobody.
            may_count: Whether people may be counted, which takes long.
        """


@dataclass(frozen=True, eq=False, slots=True)
class Moment:
    """One turn of the loop."""

    frame: Frame | None
    """None where no frame came for a moment."""
    outcome: Outcome | None
    """What was judged in this frame; None where there is none, where the model is still loading,
    and where nobody looked because nothing stirs."""
    silent_s: float = 0.0
    """For how long about no frame has come."""
    shown: Outcome | None = None
    """What may be drawn on this frame: its own outcome, or the last one where that still fits."""
    frames_per_s: float | None = None
    """How many frames a second are handed on; None where not known."""
    looks_per_s: float | None = None
    """How many of them are looked at; None where not known."""
    is_calm: bool = False
    """Looks less often on purpose, because the person calmly holds."""
    settled: Outcome | None = None
    """Once after the last frame: how the count stands now that no picture comes any more."""
    is_spared: bool = False
    """Nobody looked at this frame, and it need not be shown: nothing stirs since the last one."""


class _Watcher:
    """Looks at the frames of one source, at all of them or at as many as are needed."""

    def __init__(
        self, session: Session, surroundings: SurroundingsLook | None, *, may_rest: bool
    ) -> None:
        self._session = session
        self._surroundings = surroundings
        self._attention = Attention(session.pose) if may_rest else None
        self._box: Box | None = None
        self._last: Outcome | None = None
        self._was_paused = False
        self._shown_s = -inf
        self._frames = Rate()
        self._looks = Rate()

    def unjudged(self, frame: Frame) -> Moment:
        """Hand on a frame that cannot be judged yet."""
        self._frames.note(frame.time_s)
        return Moment(frame, None, frames_per_s=self._frames.per_s)

    def moment(self, frame: Frame, detector: Detector, *, is_paused: bool) -> Moment:
        """Look at a frame if that is needed, and hand it on."""
        self._frames.note(frame.time_s)
        outcome = None
        if self._is_due(frame) or is_paused != self._was_paused:
            nothing = is_blank(frame.image)
            landmarks = None if nothing else detector.detect(frame)
            outcome = self._session.step(
                frame.time_s,
                landmarks,
                is_paused=is_paused,
                is_blank=nothing,
                surroundings=self._look_around(frame, landmarks),
            )
            self._last, self._was_paused = outcome, is_paused
            self._looks.note(frame.time_s)
            self._learn(frame, outcome)
        is_calm = self._attention is not None and self._attention.is_calm
        is_spared = is_calm and outcome is None and frame.time_s - self._shown_s < CALM_SHOW_S
        if not is_spared:
            self._shown_s = frame.time_s
        return Moment(
            frame,
            outcome,
            shown=self._last,
            frames_per_s=self._frames.per_s,
            looks_per_s=self._looks.per_s,
            is_calm=is_calm,
            is_spared=is_spared,
        )

    def _look_around(self, frame: Frame, landmarks: PoseLandmarks | None) -> Surroundings | None:
        if self._surroundings is None:
            return None
        is_busy = self._last is not None and (
            self._last.hold.is_holding or self._last.verdict.form is Form.IN_FORM
        )
        person = None if landmarks is None else box_of(landmarks)
        return self._surroundings.look(frame, person=person, may_count=not is_busy)

    def _is_due(self, frame: Frame) -> bool:
        if self._attention is None:
            return True
        is_calm = self._attention.is_calm and self._box is not None
        now = brightness_grid(frame.image, self._box) if is_calm and self._box else None
        return self._attention.is_due(frame.time_s, now)

    def _learn(self, frame: Frame, outcome: Outcome) -> None:
        if self._attention is None:
            return
        self._attention.learn(outcome)
        if self._attention.is_calm and outcome.landmarks is not None:
            self._box = box_of(outcome.landmarks)
            seen = brightness_grid(frame.image, self._box) if self._box else None
            self._attention.remember(seen)


def watch(
    source: FrameSource,
    detector: "Future[Detector]",
    session: Session,
    is_paused: Callable[[], bool] = lambda: False,
    surroundings: SurroundingsLook | None = None,
) -> Iterator[Moment]:
    """Yield a moment for each frame of the source, and one whenever none came.

    While the detector loads, a camera's frames are handed on unjudged, so that a picture shows at
    once; a clip's frames wait, since none may be lost. Of a camera's frames not all are judged
    during a calm hold (`formcheck.attention`); of a clip's, all are.

    Raises:
        FormcheckError: The detector could not be loaded.
    """
    watcher = _Watcher(session, surroundings, may_rest=source.is_live)
    silent_s, is_settled = 0.0, not source.is_live
    while not source.ended:
        frame = source.read(_PATIENCE_S)
        if frame is None:
            silent_s += _PATIENCE_S
            is_due = not is_settled and silent_s > session.pose.hold.longest_gap_s
            is_settled |= is_due
            yield Moment(None, None, silent_s, settled=session.settle() if is_due else None)
            continue
        silent_s, is_settled = 0.0, not source.is_live
        if not detector.done():
            if source.is_live:
                yield watcher.unjudged(frame)
                continue
            yield Moment(frame, None)
            while not detector.done():
                yield Moment(None, None)
                _wait(detector)
        yield watcher.moment(frame, detector.result(), is_paused=is_paused())


def _wait(detector: "Future[Detector]") -> None:
    with suppress(TimeoutError):
        detector.exception(timeout=_PATIENCE_S)
