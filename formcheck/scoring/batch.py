"""What a worker does: it scores a few files, one after the other."""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.io.native_memory import give_back, kept
from formcheck.scoring.scored import PhotoModel, Scored, score_file
from formcheck.scoring.settings import Settings


@dataclass(frozen=True, slots=True)
class Job:
    """One file to score, as it was when it was handed out."""

    number: int
    """Its place among all."""
    file: Path
    size: int | None = None
    """In bytes; None where it cannot be told."""
    modified_ns: int | None = None
    content: bytes | None = None
    """The whole file, for a worker that does not see the folder."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a job."""

    job: Job
    """Without its content."""
    scored: Scored
    took_s: float
    """How long its worker needed."""


Tell = Callable[[int, int, int], None]
"""Called as a clip goes on: its number, how many frames are done, and how many it has."""


def score_batch(
    settings: Settings,
    jobs: Sequence[Job],
    tell: Tell = lambda number, done, total: None,
    is_to_stop: Callable[[], bool] = lambda: False,
) -> list[Answer]:
    """Score these files; an interruption ends it with the one it comes to."""
    answers = []
    with kept(), PhotoModel(settings.model) as photo_model:
        for job in jobs:
            began_s = time.monotonic()

            def progressed(done: int, total: int, number: int = job.number) -> None:
                tell(number, done, total)

            tell(job.number, 0, 0)
            scored = _score(job, settings, progressed, is_to_stop, photo_model)
            answers.append(Answer(replace(job, content=None), scored, time.monotonic() - began_s))
            if scored.interruption is not None or is_to_stop():
                break
    give_back()
    return answers


def _score(
    job: Job,
    settings: Settings,
    progressed: Callable[[int, int], None],
    is_to_stop: Callable[[], bool],
    photo_model: PhotoModel,
) -> Scored:
    if job.content is None:
        return score_file(job.file, settings, progressed, is_to_stop, photo_model)
    with tempfile.TemporaryDirectory(prefix="formcheck-") as folder:
        here = Path(folder, job.file.name)
        here.write_bytes(job.content)
        scored = score_file(here, settings, progressed, is_to_stop, photo_model)
    score = scored.score and replace(scored.score, file=str(job.file))
    problems = [problem.replace(str(here), str(job.file)) for problem in scored.problems]
    return Scored(job.file, score, problems, scored.interruption)
