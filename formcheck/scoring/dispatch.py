"""Handing out files to whoever scores them, and what becomes of those whose worker dies.

One path for a process of our own, several, a cluster, and any executor of a caller's.
"""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, Final, Protocol

from formcheck.errors import FormcheckError
from formcheck.scoring.batch import Answer, Job, score_batch
from formcheck.scoring.scored import Scored
from formcheck.scoring.settings import Settings

_PATIENCE_S: Final = 0.1
"""How often a caller hears that nothing is done yet."""

_BATCH_S: Final = 2.0
"""A batch is as many files as take about so long: the hand-over of one costs milliseconds."""

_MOST_IN_BATCH: Final = 64

_ROUNDS: Final = 4
"""A batch is at most this share of what each worker has left, so that all end at the same time."""

_TRIES: Final = 2


class Work(Protocol):
    """What is run by the executor: `score_batch`, or what does the same."""

    def __call__(self, settings: Settings, jobs: Sequence[Job], /) -> list[Answer]:
        """Score these jobs."""


class _HandedOut:
    """What is with a worker."""

    def __init__(self, jobs: list[Job], tries: int) -> None:
        self.jobs = jobs
        self.tries = tries
        """How many workers died over this one file before."""


def dispatch(
    files: Iterable[Job],
    settings: Settings,
    executor: Executor,
    *,
    workers: int = 1,
    ahead: int = 2,
    count: int = 0,
    meanwhile: Callable[[], None] = lambda: None,
    work: Work = score_batch,
) -> Generator[Answer]:
    """Yield what became of each file, as it comes.

    A worker that dies costs the files that it had another try, each alone; a file over which two
    have died is told as one that cannot be scored. Of an executor that has an `interrupt`,
    an interruption yields what is under way as far as it came, the interruption with it.

    Args:
        files: What to score; taken as it is needed.
        settings: By what.
        executor: Who scores; it is left as it is.
        workers: How many files it scores at once.
        ahead: How many batches a worker is given at once: while it is at one, the next is there.
        count: How many files there are, where that is known.
        meanwhile: Called again and again while nothing is done.
        work: What is run.

    Raises:
        FormcheckError: The executor cannot go on.
    """
    waiting, again = iter(files), deque[_HandedOut]()
    under_way: dict[Future[list[Answer]], _HandedOut] = {}
    sizes = _Sizes(workers, count)
    try:
        while True:
            while len(under_way) < workers * ahead:
                jobs = list(islice(waiting, sizes.next()))
                if not jobs and not again:
                    break
                handed = _HandedOut(jobs, 0) if jobs else again.popleft()
                under_way[_submitted(executor, work, settings, handed.jobs)] = handed
            if not under_way:
                return
            try:
                while not (done := wait(under_way, _PATIENCE_S, FIRST_COMPLETED).done):
                    meanwhile()
                meanwhile()
            except KeyboardInterrupt as error:
                yield from _cut_short(executor, under_way, error)
                return
            for future in done:
                for answer in _answers(future, under_way.pop(future), again):
                    sizes.took(answer.took_s)
                    yield answer
                    if answer.scored.interruption is not None:
                        return
    finally:
        for future in under_way:
            future.cancel()


def _answers(
    future: "Future[list[Answer]]", handed: _HandedOut, again: deque[_HandedOut]
) -> list[Answer]:
    """Return what came of a batch; where its worker died, put its files back once, each alone."""
    try:
        return future.result()
    except BrokenExecutor:
        # Over which of several files it died is not known: none is accused, each goes alone.
        tries = handed.tries + (len(handed.jobs) == 1)
        if tries < _TRIES:
            again += [_HandedOut([job], tries) for job in handed.jobs]
            return []
        return [_given_up(job) for job in handed.jobs]


def in_order(answers: Generator[Answer]) -> Generator[Answer]:
    """Yield answers by the numbers of their files; what a gap holds back comes at the end."""
    early: dict[int, Answer] = {}
    number = 0
    for answer in answers:
        early[answer.job.number] = answer
        while number in early:
            yield early.pop(number)
            number += 1
    for number in sorted(early):
        yield early.pop(number)


def jobs_of(files: Iterable[Path], *, do_send: bool = False) -> Generator[Job]:
    """Yield each file as a job, with its size and date now, and its content where it travels."""
    for number, file in enumerate(files):
        yield job_of(number, file, do_send=do_send)


def job_of(number: int, file: Path, *, do_send: bool = False) -> Job:
    """Return a file as a job, with its size and date now."""
    try:
        facts = os.stat(file)  # noqa: PTH116 - pathlib's raises more for a name that is none
        content = file.read_bytes() if do_send and file.is_file() else None
    except (OSError, ValueError):  # whoever is to read it will say what is wrong
        return Job(number, file)
    return Job(number, file, facts.st_size, facts.st_mtime_ns, content)


class _Sizes:
    """How many files to hand out at once, by how long one takes."""

    def __init__(self, workers: int, count: int) -> None:
        self._workers = max(1, workers)
        self._left = count
        self._mean_s = 0.0

    def took(self, seconds: float) -> None:
        """Learn from a file; the newest weigh most."""
        self._mean_s = 0.9 * self._mean_s + 0.1 * seconds if self._mean_s else seconds

    def next(self) -> int:
        """Return the size of the next batch: one until it is known how long a file takes."""
        size = 1
        if self._mean_s > 0:
            size = max(1, min(_MOST_IN_BATCH, int(_BATCH_S / self._mean_s)))
        if self._left > 0:
            size = min(size, max(1, self._left // (self._workers * _ROUNDS)))
        self._left -= size
        return size


def _submitted(
    executor: Executor, work: Work, settings: Settings, jobs: list[Job]
) -> Future[list[Answer]]:
    try:
        return executor.submit(work, settings, jobs)
    except BrokenExecutor as error:
        raise FormcheckError(
            "The executor has lost its workers and takes no more files. Make a new one, and score "
            "the files that are left."
        ) from error


def _given_up(job: Job) -> Answer:
    return Answer(
        replace(job, content=None),
        Scored(
            job.file,
            problems=[
                f"Two processes ended before their time over {job.file}; perhaps it is damaged, or "
                "the memory ran out. Play it, and try it once more alone."
            ],
        ),
        0.0,
    )


def _cut_short(
    executor: Executor, under_way: dict[Future[list[Answer]], Any], error: KeyboardInterrupt
) -> Generator[Answer]:
    """Yield what is done by now, and what was under way as far as it came."""
    interrupt = getattr(executor, "interrupt", None)
    if interrupt is None:
        for future in under_way:
            future.cancel()
        raise error
    interrupt()
    for future in under_way:
        future.cancel()
    for future in under_way:
        if future.cancelled():
            continue
        try:
            answers = future.result()
        except BrokenExecutor:
            continue
        for answer in answers:
            if answer.scored.interruption is not None:
                answer.scored.interruption = error
            yield answer
