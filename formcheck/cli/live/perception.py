"""What looks at the pictures of a session, loaded in the background."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from formcheck.body.landmarks import PoseLandmarks
from formcheck.picture.frame import Frame
from formcheck.picture.surroundings import Surroundings
from formcheck.run import Detector, SurroundingsLook


class Perception:
    """What looks at the pictures, loaded while the first ones are shown."""

    def __init__(self, model: Path | None) -> None:
        """Begin to load MediaPipe's own model, or a `.task` bundle."""
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="detector")
        self.detector: Future[Detector] = self._pool.submit(_load_detector, model)
        # The counter last: nobody waits for it.
        self._meter: Future[SurroundingsLook] = self._pool.submit(_load_meter, self._count)
        self._counter: Future[Callable[[Frame], int]] = self._pool.submit(_load_counter, model)

    def look(self, frame: Frame, *, may_count: bool) -> Surroundings:
        """Return what the picture is like; called only once the detector is loaded."""
        return self._meter.result().look(frame, may_count=may_count and self._counter.done())

    def find(self, frame: Frame) -> PoseLandmarks | None:
        """Return the landmarks of a frame, or None for nobody; called only once it is loaded."""
        return self.detector.result().detect(frame)

    def close(self) -> None:
        """Wait for what is still loading."""
        self._pool.shutdown(cancel_futures=True)

    def _count(self, frame: Frame) -> int:
        return self._counter.result()(frame)


def _load_detector(model: Path | None) -> Detector:
    from formcheck.io.detector import PoseDetector

    return PoseDetector("video", model)


def _load_counter(model: Path | None) -> Callable[[Frame], int]:
    from formcheck.io.detector import PeopleCounter

    counter = PeopleCounter(model)
    counter.load()
    return counter.count


def _load_meter(count: Callable[[Frame], int]) -> SurroundingsLook:
    from formcheck.io.surroundings_meter import SurroundingsMeter

    return SurroundingsMeter(count)
