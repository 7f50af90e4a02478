"""A cluster that dask runs, as an executor like any other."""

import asyncio
import os
import socket
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from functools import cache
from importlib.metadata import version
from typing import Any, Final
from weakref import WeakSet

from formcheck.errors import FormcheckError
from formcheck.scoring.batch import Answer, Job, score_batch
from formcheck.scoring.settings import Settings
from formcheck.scoring.watchdog import the_watchdog

_ANSWERS_WITHIN_S: Final = 10


class Cluster(Executor):
    """The workers of a dask scheduler.

    dask itself hands what a dead worker had to another one; here it comes back in place of that,
    so that a file is tried twice, as in processes of our own, and not as often as dask would.
    """

    def __init__(self, address: str) -> None:
        """Connect to the scheduler.

        Raises:
            FormcheckError: dask is not installed, or no scheduler with workers answers there.
        """
        try:
            import distributed
        except ImportError as error:
            raise FormcheckError(
                "--dask needs dask. Install it: pip install 'formcheck[dask]'"
            ) from error
        try:
            connect: Any = distributed.Client
            self._client: Any = connect(
                address, timeout=_ANSWERS_WITHIN_S, set_as_default=False, name="formcheck"
            )
        except (OSError, ValueError, TimeoutError) as error:
            raise FormcheckError(
                f"No dask scheduler answers at {address}: {str(error).splitlines()[0]:.200}. Start "
                "one with: dask scheduler"
            ) from error
        self._address = address
        if not self.workers:
            self.shutdown()
            raise FormcheckError(
                f"The dask scheduler at {address} has no workers. Start some: dask worker {address}"
            )

    @property
    def workers(self) -> int:
        """How many files can be scored at once."""
        return sum(self._client.nthreads().values())

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Hand `fn(*args)` to a worker. The future raises `BrokenExecutor` where that one died."""
        outer: Future[Any] = Future()
        outer.set_running_or_notify_cancel()
        # (The executor that dask itself makes of a client never ends the future of a result that
        # is lost with its worker before it was fetched, where the second try then fails.)
        inner = self._client.submit(_on_worker, _caller(), fn, *args, pure=False, **kwargs)
        inner.add_done_callback(lambda done: self._hand_on(done, outer))
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the cluster; what is under way there is given up."""
        self._client.close()

    def _hand_on(self, inner: Any, outer: "Future[Any]") -> None:
        """Called in a thread of dask's: fetch what came of it, and hand it on."""
        from distributed import KilledWorker

        try:
            outer.set_result(inner.result())
        except (CancelledError, asyncio.CancelledError):
            outer.set_exception(FormcheckError(f"The dask scheduler at {self._address} is gone."))
        except KilledWorker as error:
            outer.set_exception(BrokenExecutor(str(error)))
        except ModuleNotFoundError as error:
            outer.set_exception(
                FormcheckError(
                    f"A dask worker at {self._address} lacks {error.name}. Install formcheck there."
                )
            )
        except BaseException as error:  # raised again by whoever waits for it
            outer.set_exception(error)


@cache
def _version() -> str:
    return version("formcheck")


_HERE: Final = (socket.gethostname(), os.getpid())
"""This process."""


def _caller() -> tuple[tuple[str, int], str]:
    """Return who asks, and with which version of formcheck."""
    return _HERE, _version()


def _on_worker(caller: tuple[tuple[str, int], str], fn: Any, *args: Any) -> Any:
    """Do it, on a worker; unless another one has died over it.

    Args:
        caller: The process that wants it, and its version of formcheck.
    """
    from distributed import get_client, get_worker

    process, wanted = caller
    worker = get_worker()
    if wanted != _version():
        raise FormcheckError(
            f"The dask worker {worker.address} has formcheck {_version()}, and {wanted} asks it. "
            "Install the same version on all of them."
        )
    client: Any = get_client()
    key = worker.get_current_task()
    if not client.run_on_scheduler(_begin, key=key):
        raise BrokenExecutor  # whoever began it has died over it
    try:
        # In the caller's own process, where dask may run workers as threads, nothing is ended.
        do_watch = fn is score_batch and process != _HERE
        return _watched(*args) if do_watch else fn(*args)
    finally:
        client.run_on_scheduler(_end, key=key)


def _watched(settings: Settings, jobs: Sequence[Job]) -> list[Answer]:
    watchdog = the_watchdog(settings.patience_s)
    with watchdog:
        return score_batch(settings, jobs, lambda number, done, total: watchdog.see())


def _begin(dask_scheduler: Any, key: str) -> bool:
    """Note that a task is begun, on the scheduler; False where it was begun before, and not ended.

    (dask's own count also has the tasks that only waited for a worker that died, and those that
    were done, and their results lost with it.)
    """
    begun = dask_scheduler.extensions.setdefault("formcheck", WeakSet())
    task = dask_scheduler.tasks.get(key)
    if task in begun:
        return False
    if task is not None:
        begun.add(task)
    return True


def _end(dask_scheduler: Any, key: str) -> None:
    """Note that a task is ended, on the scheduler: whoever dies now did not die over it."""
    task = dask_scheduler.tasks.get(key)
    if task is not None:
        dask_scheduler.extensions["formcheck"].discard(task)
