"""Work that dies or hangs over some files, for real processes to do; the others it has seen."""

import ctypes
import os
import time
from collections.abc import Sequence

from formcheck.scoring.batch import Answer, Job
from formcheck.scoring.scored import Scored
from formcheck.scoring.settings import Settings
from formcheck.scoring.watchdog import the_watchdog


def treacherous(settings: Settings, jobs: Sequence[Job]) -> list[Answer]:
    """See each file; what its name asks for happens to the process."""
    with the_watchdog(settings.patience_s):
        return [_seen(job) for job in jobs]


def _seen(job: Job) -> Answer:
    name = job.file.name
    if name.startswith("poison"):
        os._exit(1)
    if name.startswith("hang"):
        time.sleep(600)
    if name.startswith("stuck"):
        ctypes.PyDLL(None).sleep(600)  # holds Python's lock, as a native library may
    if name.startswith("faint") and not (mark := job.file.with_suffix(".mark")).exists():
        mark.touch()
        os._exit(1)
    if name.startswith("mistake"):
        raise ZeroDivisionError("of our own")
    return Answer(job, Scored(job.file, problems=[f"seen by {os.getpid()}"]), 0.001)
