"""Runs formcheck or the tutorial's loop under a stopwatch, unchanged, and writes what it read.

    python -m benchmarks.running.probe REPORT.json formcheck ARGUMENT...
    python -m benchmarks.running.probe REPORT.json tutorial SOURCE

It stands between the program and OpenCV: each frame is known by the time the camera's driver gave
it, and each picture by the frame it was made of. A picture is on the screen when the window has
handled its events (formcheck), or already when it was handed to the window (the tutorial, whose
`waitKey(10)` would add its own ten milliseconds). Times count from PROBE_STARTED_S in the
environment, a reading of the monotonic clock. Ctrl-C ends the program, and writes the report.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import asdict, dataclass, field
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import cv2

STARTED = "PROBE_STARTED_S"

_LOOP: Final = "formcheck.cli.live.following"
"""The module that runs the loop of a live session."""


@dataclass
class Report:
    """What the stopwatch read; times in seconds from the start of the process."""

    first_picture_s: float | None = None
    first_picture_processor_s: float | None = None
    """Processor seconds of the process until then."""
    first_frame_s: float | None = None
    """The first picture that shows a frame of the source."""
    first_judgement_s: float | None = None
    """The first picture that shows what was found in it."""
    shown_s: list[float] = field(default_factory=list)
    """When each frame came to the screen."""
    delay_s: list[float] = field(default_factory=list)
    """From the driver's stamp to the screen, for the frames of a camera."""
    inference_s: list[float] = field(default_factory=list)
    looks: list[tuple[float, bool]] = field(default_factory=list)
    """When a frame was looked at, and whether in a calm hold."""
    processor_s: list[tuple[float, float]] = field(default_factory=list)
    """A time, and the processor seconds used by then."""
    peak_mb: float = 0.0


class Stopwatch:
    """Notes when frames come in and pictures go out."""

    def __init__(self) -> None:
        self.report = Report()
        self._started_s = float(os.environ.get(STARTED, time.monotonic()))
        self._stamps: dict[int, float] = {}
        self.current: Any = None
        """The image that the next picture is made of, if it is a new one."""
        self.is_judged = False
        """Something has been found already."""

    @property
    def now_s(self) -> float:
        return time.monotonic() - self._started_s

    def came(self, image: Any, driver_s: float) -> None:
        """Note the driver's time of a frame; the last hundred are remembered."""
        self._stamps[id(image)] = driver_s - self._started_s
        if len(self._stamps) > 100:
            del self._stamps[next(iter(self._stamps))]

    def shown(self) -> None:
        """Note that a picture is on the screen."""
        now, report = self.now_s, self.report
        if report.first_picture_s is None:
            report.first_picture_s = now
            report.first_picture_processor_s = time.process_time()
        if self.current is None:
            return
        report.shown_s.append(now)
        if report.first_frame_s is None:
            report.first_frame_s = now
        if report.first_judgement_s is None and self.is_judged:
            report.first_judgement_s = now
        stamp = self._stamps.get(id(self.current))
        if stamp is not None:
            report.delay_s.append(now - stamp)
        self.current = None
        self.read_processor()

    def read_processor(self) -> None:
        """Read the processor seconds used so far, twice a second at most."""
        now, readings = self.now_s, self.report.processor_s
        if not readings or now - readings[-1][0] >= 0.5:
            readings.append((now, time.process_time()))

    def timed(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return the same function, whose durations are noted as looks at a frame."""

        def look(*arguments: Any, **named: Any) -> Any:
            start = time.perf_counter()
            result = work(*arguments, **named)
            self.report.inference_s.append(time.perf_counter() - start)
            self.is_judged = True
            return result

        return look

    def write(self, path: Path) -> None:
        """Write the report."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        self.report.peak_mb = peak / (1024 if sys.platform.startswith("linux") else 1024**2)
        path.write_text(json.dumps(asdict(self.report)))


def watched_capture(watch: Stopwatch, *, is_current: bool) -> type:
    """Return a `cv2.VideoCapture` that tells the stopwatch of each frame's stamp.

    Args:
        watch: The stopwatch.
        is_current: Whether the frame just read is what the next picture is made of.
    """
    real = cv2.VideoCapture

    class Watched:
        def __init__(self, *arguments: Any) -> None:
            self._capture = real(*arguments)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._capture, name)

        def retrieve(self) -> Any:
            return self._noted(*self._capture.retrieve())

        def read(self) -> Any:
            return self._noted(*self._capture.read())

        def _noted(self, is_there: bool, image: Any) -> Any:
            if is_there:
                watch.came(image, self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000)
                if is_current:
                    watch.current = image
            return is_there, image

    return Watched


def run_tutorial(watch: Stopwatch, source: str) -> None:
    import mediapipe as mp

    from benchmarks.running import tutorial

    landmarker = mp.tasks.vision.PoseLandmarker
    landmarker.detect_for_video = watch.timed(landmarker.detect_for_video)
    setattr(cv2, "VideoCapture", watched_capture(watch, is_current=True))  # noqa: B010
    real_show = cv2.imshow

    def show(*arguments: Any) -> None:
        real_show(*arguments)
        watch.report.looks.append((watch.now_s, False))
        watch.shown()

    setattr(cv2, "imshow", show)  # noqa: B010
    tutorial.follow(int(source) if source.isdecimal() else source)


def run_formcheck(watch: Stopwatch, arguments: list[str]) -> None:
    """Run the whole program, from its entry; the loop hands its frames through the stopwatch."""
    setattr(cv2, "VideoCapture", watched_capture(watch, is_current=False))  # noqa: B010
    real_show, real_poll = cv2.imshow, cv2.pollKey
    is_handed_over = False

    def show(*given: Any) -> None:
        nonlocal is_handed_over
        real_show(*given)
        is_handed_over = True

    def poll() -> int:
        nonlocal is_handed_over
        key = real_poll()
        if is_handed_over:
            is_handed_over = False
            watch.shown()
        return key

    setattr(cv2, "imshow", show)  # noqa: B010
    setattr(cv2, "pollKey", poll)  # noqa: B010
    from formcheck.cli import entry

    if arguments[0] == "score":  # shows no picture, so the loop may be loaded before
        watch_the_loop(watch, import_module("formcheck.run"))
    else:
        sys.meta_path.insert(0, OnceLoaded(_LOOP, lambda module: watch_the_loop(watch, module)))

    sys.argv = ["formcheck", *arguments]
    entry.main()


class OnceLoaded(MetaPathFinder):
    """Does something to a module as soon as the program has loaded it.

    (To load it before would be a part of the start that nobody measures.)
    """

    def __init__(self, name: str, then: Callable[[ModuleType], None]) -> None:
        self._name, self._then = name, then

    def find_spec(self, fullname: str, *_: Any) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        sys.meta_path.remove(self)
        spec = find_spec(fullname)
        assert spec is not None
        assert spec.loader is not None
        real_exec = spec.loader.exec_module

        def execute(module: ModuleType) -> None:
            real_exec(module)
            self._then(module)

        setattr(spec.loader, "exec_module", execute)  # noqa: B010
        return spec


def watch_the_loop(watch: Stopwatch, user: ModuleType) -> None:
    """Let the loop that this module runs hand its frames through the stopwatch."""
    real_watch = user.watch

    def watched(source: Any, detector: "Future[Any]", *rest: Any, **named: Any) -> Iterator[Any]:
        for moment in real_watch(source, _timed(detector, watch), *rest, **named):
            if moment.frame is not None:
                watch.current = moment.frame.image
            if moment.outcome is not None:
                watch.report.looks.append((watch.now_s, moment.is_calm))
                watch.read_processor()
            yield moment

    setattr(user, "watch", watched)  # noqa: B010


def _timed(detector: "Future[Any]", watch: Stopwatch) -> "Future[Any]":
    """Return a future of the same detector, whose looks are timed."""
    timed: Future[Any] = Future()

    def hand_on(done: "Future[Any]") -> None:
        error = done.exception()
        if error is not None:
            timed.set_exception(error)
            return
        loaded = done.result()
        loaded.detect = watch.timed(loaded.detect)
        timed.set_result(loaded)

    detector.add_done_callback(hand_on)
    return timed


def main() -> None:
    path, program, *arguments = sys.argv[1:]
    watch = Stopwatch()
    try:
        if program == "tutorial":
            run_tutorial(watch, *arguments)
        else:
            run_formcheck(watch, arguments)
    except KeyboardInterrupt:
        pass
    finally:
        watch.write(Path(path))


if __name__ == "__main__":
    main()
