"""Several files at once, each in a process of its own; the answers come in the files' order."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.connection import wait as wait_for_sentinels
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Final

from formcheck.cli.scoring import Scored, score_file
from formcheck.errors import FormcheckError
from formcheck.pose.definition import PoseDefinition

if TYPE_CHECKING:
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Event

_PATIENCE_S: Final = 0.1
_TELL_EVERY: Final = 10
"""Frames between two reports of a clip's progress."""

News = tuple[int, int, int]
"""A file's number, how many of its frames are done, and how many it has."""


def processors() -> int:
    """Return how many processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def score_side_by_side(
    files: Sequence[Path],
    pose: PoseDefinition | None,
    model: Path | None,
    jobs: int,
    tell: Callable[[News], None],
    *,
    rotate_deg: int = 0,
) -> Generator[Scored]:
    """Yield what became of each file, in order, scored by `jobs` processes.

    An interruption reaches every process: what is under way is yielded as far as it came, and
    the interruption is with the first of these.

    Raises:
        FormcheckError: A process ended before its time.
    """
    context = multiprocessing.get_context("spawn")  # a forked MediaPipe hangs
    news, stop = context.Queue(), context.Event()
    pool = ProcessPoolExecutor(
        min(jobs, len(files)), context, initializer=_begin, initargs=(news, stop)
    )
    try:
        scores = [
            pool.submit(_score, number, file, pose, model, rotate_deg)
            for number, file in enumerate(files)
        ]
        interruption: KeyboardInterrupt | None = None
        for score in scores:
            try:
                _await(score, news, tell)
            except KeyboardInterrupt as error:
                interruption = error
                stop.set()
                break
            yield score.result()
        if interruption is not None:
            yield from _cut_short(scores, interruption)
    except BrokenProcessPool as error:
        raise FormcheckError(
            "A process that scores ended before its time; perhaps the memory ran out. "
            "Try again with --jobs 1."
        ) from error
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def _await(score: "Future[Scored]", news: "Queue[News]", tell: Callable[[News], None]) -> None:
    while not score.done():
        wait([score], timeout=_PATIENCE_S)
        with suppress(Empty):
            while True:
                tell(news.get_nowait())


def _cut_short(
    scores: "Sequence[Future[Scored]]", interruption: KeyboardInterrupt
) -> Generator[Scored]:
    """Yield what was under way, and what was done but not yielded yet."""
    for score in scores:
        score.cancel()
    for score in scores:
        if not score.cancelled():
            scored = score.result()
            if scored.interruption is not None:
                scored.interruption = interruption
            yield scored


_news: "Queue[News] | None" = None
_stop: "Event | None" = None


def _begin(news: "Queue[News]", stop: "Event") -> None:
    """Make a process ready: it ends when it is told to, or when its parent is gone."""
    global _news, _stop
    _news, _stop = news, stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to every process
    parent = multiprocessing.parent_process()
    assert parent is not None

    def end_with_parent() -> None:
        wait_for_sentinels([parent.sentinel])
        os._exit(1)

    threading.Thread(target=end_with_parent, name="parent", daemon=True).start()


def _score(
    number: int, file: Path, pose: PoseDefinition | None, model: Path | None, rotate_deg: int
) -> Scored:
    news, stop = _news, _stop
    assert news is not None
    assert stop is not None

    if stop.is_set():  # it was handed over, but nobody wants it any more
        return Scored(file)

    def progressed(done: int, total: int) -> None:
        if done % _TELL_EVERY == 0:
            news.put((number, done, total))

    return score_file(file, pose, model, progressed, stop.is_set, rotate_deg=rotate_deg)
