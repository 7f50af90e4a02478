"""Who scores: this process, several of our own, a cluster, or an executor of a caller's."""

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from formcheck.scoring.batch import Answer
from formcheck.scoring.dispatch import dispatch, jobs_of
from formcheck.scoring.processes import InTurn, News, Processes
from formcheck.scoring.settings import Settings


def _unheard(_number: int, _done: int, _total: int) -> None:
    """Tell nobody how far a file has come."""


@dataclass(frozen=True, slots=True)
class Crew:
    """An executor, and what has to be known of it."""

    executor: Executor
    workers: int
    """How many files it scores at once."""
    ahead: int = 2
    news: Callable[[], list[News]] = list
    """Tells how far the files under way have come, where that can be known."""
    do_send: bool = False
    """The files' content travels: the workers do not see their folder."""

    def scored(
        self,
        files: Iterable[Path],
        settings: Settings,
        *,
        count: int = 0,
        tell: Callable[[int, int, int], None] = _unheard,
    ) -> Generator[Answer]:
        """Yield what became of each file, as it comes; see `dispatch`.

        Args:
            count: How many files there are, where that is known.
            tell: Told of a file's number, how many frames are done, and how many it has.
        """

        def meanwhile() -> None:
            for news in self.news():
                tell(*news)

        jobs = jobs_of(files, do_send=self.do_send)
        return dispatch(
            jobs,
            settings,
            self.executor,
            workers=self.workers,
            ahead=self.ahead,
            count=count,
            meanwhile=meanwhile,
        )


@contextmanager
def alone(tell: Callable[[int, int, int], None]) -> Generator[Crew]:
    """Score in this process, one file after the other."""
    yield Crew(InTurn(tell), 1, ahead=1)


@contextmanager
def processes(
    count: int, settings: Settings, tell: Callable[[int, int, int], None] = _unheard
) -> Generator[Crew]:
    """Score in so many processes, which end with this.

    Where the system lets nobody share memory, as some containers do, which processes need to tell
    how far they are, it is scored in this one, and `tell` is told in their place.
    """
    try:
        executor = Processes(count, settings.patience_s)
    except OSError:
        with alone(tell) as crew:
            yield crew
        return
    try:
        yield Crew(executor, count, news=executor.news)
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def cluster(address: str, *, do_send: bool = False) -> Generator[Crew]:
    """Score on the workers of a dask scheduler.

    Raises:
        FormcheckError: dask is not installed, or no scheduler with workers answers there.
    """
    from formcheck.scoring.cluster import Cluster

    executor = Cluster(address)
    try:
        yield Crew(executor, executor.workers, do_send=do_send)
    finally:
        executor.shutdown()
