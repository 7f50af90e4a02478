"""Processes of our own that score, each by itself: the death of one is nobody else's business."""

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, MutableSequence, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing.connection import wait as wait_for_sentinels
from typing import Any, Final

from formcheck.errors import FormcheckError
from formcheck.scoring.batch import Answer, Job, score_batch
from formcheck.scoring.settings import Settings

Slate = MutableSequence[int]
"""What a process and we both see: the number of its file, the frames done, how many there are, and
whether it is to stop. There is no lock that it could take with it when it is killed."""

_LOOK_EVERY_S: Final = 1.0
_KILL: Final = getattr(signal, "SIGKILL", signal.SIGTERM)
"""On Windows the latter ends a process at once, too."""

_PLACES: Final = 4
_STOP: Final = 3

News = tuple[int, int, int]
"""A file's number, how many of its frames are done, and how many it has."""


def processors() -> int:
    """Return how many processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class InTurn(Executor):
    """Scores in this very process, at once: for one file, for which no other need be started."""

    def __init__(self, tell: Callable[[int, int, int], None]) -> None:
        """Tell the progress of each file."""
        self._tell = tell

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Do it, and return what came of it. A mistake of our own is raised."""
        future: Future[Any] = Future()
        if fn is score_batch:
            kwargs.setdefault("tell", self._tell)
        future.set_result(fn(*args, **kwargs))
        return future


class Processes(Executor):
    """So many processes, started as they are needed; one that dies or hangs is replaced.

    Each is a pool of one, since a pool of several ends whole when one of its processes dies, and
    cannot tell over which file it did.
    """

    def __init__(self, count: int, patience_s: float = 120.0) -> None:
        """Score with at most `count` processes; one that comes no further for so long is ended.

        Raises:
            OSError: The system lets nobody share memory.
        """
        context = multiprocessing.get_context("spawn")  # a forked MediaPipe hangs
        self._make: Callable[[Slate], ProcessPoolExecutor] = lambda slate: ProcessPoolExecutor(
            1, context, initializer=_begin, initargs=(slate,)
        )
        self._lock = threading.RLock()
        self._idle = [_Seat(context.RawArray("q", _PLACES)) for _ in range(count)]
        self._seats = tuple(self._idle)
        self._waiting: deque[tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]] = deque()
        self._is_over = False
        self._patience_s = patience_s
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes that are ready."""
        return [seat.pid for seat in self._seats if seat.pid is not None]

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Hand `fn(*args)` to a process as soon as one is free; `score_batch` tells its progress.

        The future raises `BrokenExecutor` where its process died, and `FormcheckError` where none
        can be started.
        """
        if kwargs:
            raise TypeError("no keyword arguments travel to a process")
        outer: Future[Any] = Future()
        with self._lock:
            if self._is_over:
                raise RuntimeError("these processes have been shut down")
            self._waiting.append((outer, _score if fn is score_batch else fn, args))
        self._hand_out()
        return outer

    def news(self) -> list[News]:
        """Return how far the files under way have come."""
        with self._lock:
            busy = [seat for seat in self._seats if seat not in self._idle]
        told = [(seat.slate[0], seat.slate[1], seat.slate[2]) for seat in busy]
        return [news for news in told if news[0] >= 0]

    def interrupt(self) -> None:
        """Let each process end the file that it is at, with what it has of it."""
        for seat in self._seats:
            seat.slate[_STOP] = 1

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more, and end the processes."""
        with self._lock:
            self._is_over = True
            waiting, self._waiting = list(self._waiting), deque()
        for outer, _, _ in waiting:
            outer.cancel()
        self.interrupt()
        for seat in self._seats:
            if seat.pool is not None:
                seat.pool.shutdown(wait, cancel_futures=cancel_futures)

    def _watch(self) -> None:
        """End what hangs, from here: a native library may hold the lock of Python in its process.

        Only the time in which this thread looks counts: whoever is suspended does not hang.
        """
        while not self._is_over:
            before_s = time.monotonic()
            time.sleep(min(_LOOK_EVERY_S, self._patience_s / 4))
            passed_s = min(time.monotonic() - before_s, 2 * _LOOK_EVERY_S)
            with self._lock:
                busy = [seat for seat in self._seats if seat not in self._idle]
            for seat in busy:
                if seat.still_s(passed_s) > self._patience_s and seat.pid is not None:
                    with suppress(OSError):  # it has just ended by itself
                        os.kill(seat.pid, _KILL)

    def _hand_out(self) -> None:
        while True:
            with self._lock:
                if self._is_over or not self._waiting or not self._idle:
                    return
                seat = self._idle.pop()
                outer, fn, args = self._waiting.popleft()
                seat.stirred()
            if not outer.set_running_or_notify_cancel():
                with self._lock:
                    self._idle.append(seat)
                continue
            self._start(seat, outer, fn, args)

    def _start(
        self, seat: "_Seat", outer: "Future[Any]", fn: Callable[..., Any], args: tuple[Any, ...]
    ) -> None:
        if seat.pool is not None:
            try:
                inner = seat.pool.submit(fn, *args)
            except BrokenExecutor:  # it died while it had nothing to do
                seat.pool.shutdown(wait=False)
                seat.pool = seat.pid = None
        if seat.pool is None:
            seat.slate[0] = -1
            seat.pool = self._make(seat.slate)
            seat.pool.submit(os.getpid).add_done_callback(seat.learn_pid)
            inner = seat.pool.submit(fn, *args)
        inner.add_done_callback(lambda done: self._take_back(seat, outer, done))

    def _take_back(self, seat: "_Seat", outer: "Future[Any]", inner: "Future[Any]") -> None:
        """Called in a thread of the pool's: hand on what came, and give the process the next."""
        error = None if inner.cancelled() else inner.exception()
        if inner.cancelled() or isinstance(error, BrokenExecutor):
            # Not here: this thread holds the pool's lock, which to let go of the pool takes, too
            # (Python 3.12 and later); it would wait for itself for ever.
            ended = (seat, outer, error or BrokenExecutor())
            threading.Thread(target=self._end, args=ended, name="ending", daemon=True).start()
            return
        with self._lock:
            self._idle.append(seat)
        # The next goes first: whoever takes what came here may take its time.
        self._hand_out()
        if error is not None:
            outer.set_exception(error)
        else:
            outer.set_result(inner.result())

    def _end(self, seat: "_Seat", outer: "Future[Any]", error: BaseException) -> None:
        pool, was_ready = seat.pool, seat.pid is not None
        seat.pool = seat.pid = None
        if pool is not None:
            pool.shutdown(wait=False)
        with self._lock:
            self._idle.append(seat)
        if was_ready:
            outer.set_exception(error)
        else:
            outer.set_exception(
                FormcheckError(
                    "No process that scores could be started; perhaps the memory ran out. In a "
                    'script, what scores stands below `if __name__ == "__main__":`, since each '
                    "process reads the script anew."
                )
            )
        self._hand_out()


class _Seat:
    """The place of one process, whichever it is by now."""

    def __init__(self, slate: Slate) -> None:
        self.slate = slate
        self.pool: ProcessPoolExecutor | None = None
        self.pid: int | None = None
        """None until it is known to have started."""
        self._seen: tuple[int, ...] = ()
        self._still_s = 0.0

    def stirred(self) -> None:
        """Note that it has just been given something to do."""
        self._still_s = 0.0

    def still_s(self, passed_s: float) -> float:
        """Return for how long it has come no further, after so much more time."""
        seen = tuple(self.slate)
        self._still_s = self._still_s + passed_s if seen == self._seen else 0.0
        self._seen = seen
        return self._still_s

    def learn_pid(self, told: "Future[int]") -> None:
        if not told.cancelled() and told.exception() is None:
            self.pid = told.result()


_slate: Slate | None = None


def _begin(slate: Slate) -> None:
    """Make a process ready: it ends when it is told to, or with its parent."""
    global _slate  # noqa: PLW0603 - what a pool's initializer leaves for its tasks
    _slate = slate
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to every process
    parent = multiprocessing.parent_process()
    assert parent is not None

    def end_with_parent() -> None:
        wait_for_sentinels([parent.sentinel])
        os._exit(1)

    threading.Thread(target=end_with_parent, name="parent", daemon=True).start()


def _score(settings: Settings, jobs: Sequence[Job]) -> list[Answer]:
    slate = _slate
    assert slate is not None
    if slate[_STOP]:  # it was handed over, but nobody wants it any more
        return []

    def tell(number: int, done: int, total: int) -> None:
        slate[0], slate[1], slate[2] = number, done, total

    answers = score_batch(settings, jobs, tell, lambda: bool(slate[_STOP]))
    slate[0] = -1
    return answers
