"""Clips, photos and the history, as another program asks for them."""

import warnings
from collections.abc import Generator
from os import PathLike
from pathlib import Path

from formcheck.catalogue import every_pose, find_pose
from formcheck.catalogue import pose_names as known_pose_names
from formcheck.errors import FormcheckError
from formcheck.pose.definition import PoseDefinition
from formcheck.result.score import ClipScore, NoPose, PhotoScore
from formcheck.scoring.scored import score_file, watch_clip
from formcheck.scoring.settings import Settings
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
    file: File, pose: PoseDefinition | str | None = None, *, model: File | None = None
) -> ClipScore | PhotoScore | NoPose:
    """Judge a clip or a photo, as `formcheck score` does.

    Args:
        file: A clip, whose held seconds are counted, or a photo.
        pose: To judge by, or its name; the one that fits best is found where none is given.
        model: Another MediaPipe pose bundle (`.task`).

    Returns:
        `ClipScore` or `PhotoScore`; `NoPose` where the pose was to be found and none is held.
        A clip that breaks off is scored up to there, and a `UserWarning` says so.

    Raises:
        FormcheckError: The file, the pose or the model cannot be read; the message says what to do.
    """
    scored = score_file(Path(file), settings(pose, model))
    if scored.interruption is not None:
        raise scored.interruption
    if scored.score is None:
        raise FormcheckError(" ".join(scored.problems))
    for problem in scored.problems:
        warnings.warn(problem, stacklevel=2)
    return scored.score


def outcomes(
    file: File, pose: PoseDefinition | str, *, model: File | None = None
) -> Generator[Outcome]:
    """Yield what each frame of a clip means: landmarks, angles, verdict, hold and cue.

    Args:
        file: A clip.
        pose: To judge by, or its name.
        model: Another MediaPipe pose bundle (`.task`).

    Raises:
        FormcheckError: As `score`; with the first frame that is asked for.
    """
    (definition,) = settings(pose, model).poses
    yield from watch_clip(Path(file), Session(definition), _path(model))


def history(folder: File | None = None) -> list[SessionRecord]:
    """Return the sessions that formcheck kept on this machine, oldest first.

    Args:
        folder: Where the history lies; by default where the commands keep it.

    Raises:
        FormcheckError: It cannot be read.
    """
    return Store(_path(folder)).history.sessions()


def settings(pose: PoseDefinition | str | None, model: File | None) -> Settings:
    """Return by what files are scored, from what a caller says."""
    if pose is None:
        return Settings(tuple(every_pose()), is_sought=True, model=_path(model))
    definition = find_pose(pose) if isinstance(pose, str) else pose
    return Settings((definition,), model=_path(model))


def _path(file: File | None) -> Path | None:
    return None if file is None else Path(file)
