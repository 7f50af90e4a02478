"""What looks at the pictures of a session, loaded in the background."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.picture.frame import Frame

if TYPE_CHECKING:
    from formcheck.body.landmarks import PoseLandmarks
    from formcheck.picture.brightness_grid import Box
    from formcheck.picture.surroundings import Surroundings
    from formcheck.run import Detector, SurroundingsLook


class Perception:
    """What looks at the pictures, loaded while the first ones are shown.

    What counts people takes half as much memory again, and is loaded when it is first asked.
    """

    def __init__(self, model: Path | None) -> None:
        """Begin to load the package's own model, or a `.task` bundle."""
        self._model = model
        self._loaded = ExitStack()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="detector")
        self.detector: Future[Detector] = self._pool.submit(self._load_detector)
        self._meter: Future[SurroundingsLook] = self._pool.submit(_load_meter, self._count)
        self._counter: Future[Callable[[Frame], int]] | None = None

    def look(self, frame: Frame, *, person: "Box | None", may_count: bool) -> "Surroundings":
        """Return what the picture is like; called only once the detector is loaded."""
        return self._meter.result().look(frame, person=person, may_count=may_count)

    def find(self, frame: Frame) -> "PoseLandmarks | None":
        """Return the landmarks of a frame, or None for nobody; called only once it is loaded."""
        return self.detector.result().detect(frame)

    def close(self) -> None:
        """Wait for what is still loading, and let go of it all."""
        self._pool.shutdown(cancel_futures=True)
        self._loaded.close()

    def _count(self, frame: Frame) -> int | None:
        """Return how many people are in the picture; None while the counter loads."""
        if self._counter is None:
            self._counter = self._pool.submit(self._load_counter)
        return self._counter.result()(frame) if self._counter.done() else None

    def _load_detector(self) -> "Detector":
        from formcheck.io.detector import PoseDetector

        return self._loaded.enter_context(PoseDetector("video", self._model))

    def _load_counter(self) -> Callable[[Frame], int]:
        from formcheck.io.detector import PeopleCounter

        counter = self._loaded.enter_context(PeopleCounter(self._model))
        counter.load()
        return counter.count


def _load_meter(count: Callable[[Frame], int | None]) -> "SurroundingsLook":
    from formcheck.io.surroundings_meter import SurroundingsMeter

    return SurroundingsMeter(count, only_after_a_stir=True)
