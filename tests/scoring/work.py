"""Work that dies or hangs over some files, for real processes to do; the others it has seen."""

import ctypes
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from formcheck.scoring.batch import Answer, Job
from formcheck.scoring.scored import Scored
from formcheck.scoring.settings import Settings


class _LastWords(str):
    """Words whose process ends the first time that somebody fetches them."""

    def __new__(cls, file: Path) -> Self:
        words = super().__new__(cls, "seen by somebody who is gone")
        words.mark = file.with_suffix(".mark")
        return words

    mark: Path

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        if not self.mark.exists():
            self.mark.touch()
            os._exit(1)
        return str, (str(self),)


def treacherous(settings: Settings, jobs: Sequence[Job]) -> list[Answer]:
    """See each file; what its name asks for happens to the process."""
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
    if name.startswith("lost"):
        return Answer(job, Scored(job.file, problems=[_LastWords(job.file)]), 0.001)
    if name.startswith("mistake"):
        raise ZeroDivisionError("of our own")
    return Answer(job, Scored(job.file, problems=[f"seen by {os.getpid()}"]), 0.001)
