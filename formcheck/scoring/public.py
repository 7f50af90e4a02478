"""Clips, photos and the history, as another program asks for them."""

import warnings
from collections.abc import Generator, Iterable
from concurrent.futures import Executor
from contextlib import ExitStack, closing
from os import PathLike
from pathlib import Path

from formcheck.catalogue import every_pose, find_pose
from formcheck.catalogue import pose_names as known_pose_names
from formcheck.errors import FormcheckError
from formcheck.pose.definition import PoseDefinition
from formcheck.result.score import ClipScore, NoPose, PhotoScore
from formcheck.scoring.crew import Crew, cluster
from formcheck.scoring.crew import processes as own_processes
from formcheck.scoring.folder import files_of
from formcheck.scoring.processes import processors
from formcheck.scoring.scored import Scored, score_file, watch_clip
from formcheck.scoring.settings import LONGEST_EVERY_S, Settings
from formcheck.session import Outcome, Session
from formcheck.store import SessionRecord, Store

File = str | PathLike[str]


def load_pose(name: File) -> PoseDefinition:
    """Return a pose by its name, as `formcheck poses` lists it, or from its `FILE.toml`.

    Raises:
        FormcheckError: There is none (the nearest name is told), or its file is wrong: every
            problem is named, with its line.
    """
    return find_pose(str(name))


def pose_names() -> list[str]:
    """Return the names of all poses, sorted."""
    return known_pose_names()


def score(
    file: File,
    pose: PoseDefinition | str | None = None,
    *,
    model: File | None = None,
    every_s: float | None = None,
) -> ClipScore | PhotoScore | NoPose:
    """Judge a clip or a photo, as `formcheck score` does.

    Args:
        file: A clip, whose held seconds are counted, or a photo.
        pose: To judge by, or its name; the one that fits best is found where none is given.
        model: Another MediaPipe pose bundle (`.task`).
        every_s: Look at one picture of a clip so many seconds: 0.1 counts about the same seconds in
            less time; 0.25 at most. Every picture without it.

    Returns:
        `ClipScore` or `PhotoScore`; `NoPose` where the pose was to be found and none is held.
        A clip that breaks off is scored up to there, and a `UserWarning` says so.

    Raises:
        FormcheckError: The file, the pose or the model cannot be read; the message says what to do.
    """
    scored = score_file(Path(file), settings(pose, model, every_s))
    if scored.interruption is not None:
        raise scored.interruption
    if scored.score is None:
        raise FormcheckError(" ".join(scored.problems))
    for problem in scored.problems:
        warnings.warn(problem, stacklevel=2)
    return scored.score


def outcomes(
    file: File,
    pose: PoseDefinition | str,
    *,
    model: File | None = None,
    every_s: float | None = None,
) -> Generator[Outcome]:
    """Yield what each frame of a clip means: landmarks, angles, verdict, hold and cue.

    Args:
        file: A clip.
        pose: To judge by, or its name.
        model: Another MediaPipe pose bundle (`.task`).
        every_s: As for `score`.

    Raises:
        FormcheckError: As `score`; with the first frame that is asked for.
    """
    by = settings(pose, model, every_s)
    yield from watch_clip(Path(file), Session(by.poses[0]), by)


def score_many(
    files: Iterable[File],
    pose: PoseDefinition | str | None = None,
    *,
    processes: int | None = None,
    executor: Executor | None = None,
    dask: str | None = None,
    model: File | None = None,
    every_s: float | None = None,
) -> Generator[Scored]:
    """Judge many clips and photos at once; yield what became of each as it comes, in any order.

    Little is kept of what is done, so that ten thousand files need no more memory than ten. A file
    over which two workers die is told as one that cannot be scored. In a script that uses
    processes, call it below `if __name__ == "__main__":`, since each process reads the script anew.

    Args:
        files: Clips, photos, and folders, whose clips and photos are scored.
        pose: To judge by, or its name; the one that fits best is found where none is given.
        processes: How many of our own to score with; as many as there are processors without it.
        executor: Scores in their place: any of `concurrent.futures`, or one with its interface. It
            is left running, looks after its own workers, and is given `processes` files at once.
        dask: Scores in their place: the address of a dask scheduler (`formcheck[dask]`).
        model: Another MediaPipe pose bundle (`.task`).
        every_s: As for `score`.

    Yields:
        `Scored`: `file`; `score`, as `score` returns it, or None where it cannot be read; and
        `problems`, sentences that say what is wrong with it.

    Raises:
        FormcheckError: The pose or the model cannot be read, or nobody can score.
    """
    told: list[str] = []
    found = list(files_of(map(Path, files), told))
    for problem in told:
        warnings.warn(problem, stacklevel=2)
    by, count = settings(pose, model, every_s), processes or processors()
    with ExitStack() as stack:
        if executor is not None:
            crew = Crew(executor, count)
        elif dask is not None:
            crew = stack.enter_context(cluster(dask))
        else:
            crew = stack.enter_context(own_processes(max(1, min(count, len(found)))))
        answers = stack.enter_context(closing(crew.scored(found, by, count=len(found))))
        for answer in answers:
            if answer.scored.interruption is not None:
                raise answer.scored.interruption
            yield answer.scored


def history(folder: File | None = None) -> list[SessionRecord]:
    """Return the sessions that formcheck kept on this machine, oldest first.

    Args:
        folder: Where the history lies; by default where the commands keep it.

    Raises:
        FormcheckError: It cannot be read.
    """
    return Store(_path(folder)).history.sessions()


def settings(
    pose: PoseDefinition | str | None, model: File | None, every_s: float | None
) -> Settings:
    """Return by what files are scored, from what a caller says."""
    if every_s is not None and not 0 < every_s <= LONGEST_EVERY_S:
        raise ValueError(f"every_s is more than 0 and at most {LONGEST_EVERY_S}, not {every_s}")
    if pose is None:
        poses = tuple(every_pose())
    else:
        poses = (find_pose(pose) if isinstance(pose, str) else pose,)
    return Settings(poses, is_sought=pose is None, model=_path(model), every_s=every_s)


def _path(file: File | None) -> Path | None:
    return None if file is None else Path(file)
