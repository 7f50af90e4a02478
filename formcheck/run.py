"""The one loop: frames in, outcomes out, for a camera and a clip alike."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol

from formcheck.frame import Frame, FrameSource
from formcheck.landmarks import PoseLandmarks
from formcheck.session import Outcome, Session

_PATIENCE_S: Final = 0.1
"""How long the loop waits for a frame before it lets the keys be read."""


class Detector(Protocol):
    """Finds a person's landmarks in a frame."""

    def detect(self, frame: Frame) -> PoseLandmarks | None:
        """Return the landmarks, or None for nobody."""


@dataclass(frozen=True, eq=False, slots=True)
class Moment:
    """One turn of the loop."""

    frame: Frame | None
    """None where no frame came for a moment."""
    outcome: Outcome | None
    """None where there is no frame, or the model is still loading."""
    silent_s: float = 0.0
    """For how long about no frame has come."""


def watch(
    source: FrameSource,
    detector: "Future[Detector]",
    session: Session,
    is_paused: Callable[[], bool] = lambda: False,
) -> Iterator[Moment]:
    """Yield a moment for each frame of the source, and one whenever none came.

    While the detector loads, a camera's frames are handed on unjudged, so that a picture shows at
    once; a clip's frames wait, since none may be lost.

    Raises:
        FormcheckError: The detector could not be loaded.
    """
    silent_s = 0.0
    while not source.ended:
        frame = source.read(_PATIENCE_S)
        if frame is None:
            silent_s += _PATIENCE_S
            yield Moment(None, None, silent_s)
            continue
        silent_s = 0.0
        if not detector.done():
            yield Moment(frame, None)
            if source.is_live:
                continue
            while not detector.done():
                yield Moment(None, None)
                _wait(detector)
        landmarks = detector.result().detect(frame)
        yield Moment(frame, session.step(frame.time_s, landmarks, is_paused=is_paused()))


def _wait(detector: "Future[Detector]") -> None:
    with suppress(TimeoutError):
        detector.exception(timeout=_PATIENCE_S)
