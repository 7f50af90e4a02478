"""A routine: several stretches one after the other, read from `poses/routines/NAME.toml`.

It says what is held, and how long the rest before it is; `formcheck.speech.rest` says what is
announced in between. Who runs it gives each step a session of its own.
"""

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from formcheck.errors import FormcheckError
from formcheck.pose.agreement import Place
from formcheck.pose.definition import (
    PoseDefinition,
    PoseName,
    load_pose,
    pose_names,
    read_toml,
)
from formcheck.pose.lines import line_of
from formcheck.pose.names import ROUTINES_FOLDER, poses_folder
from formcheck.pose.parts import Number, Part, Words
from formcheck.pose.problems import listed


class Step(Part):
    """One stretch of a routine, on all its sides."""

    pose: PoseName
    hold_s: Annotated[Number, Field(ge=1, le=3600)] | None = None
    """Seconds a side; the pose's own dose where not given."""
    rest_s: Annotated[Number, Field(ge=0, le=600)] = 15.0
    """Before it, but before the first of all."""
    say: Words | None = None
    """What else to announce before it."""


class Routine(Part):
    """Stretches in their order."""

    name: str
    title: Words
    summary: Words
    why: Words
    sources: Annotated[tuple[Words, ...], Field(min_length=1, max_length=40)]
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=20)]


def routine_names(folder: Path | None = None) -> list[str]:
    """Return the names of all routines, sorted."""
    return sorted(path.stem for path in _folder(folder).glob("*.toml"))


def load_routine(name: str, folder: Path | None = None) -> Routine:
    """Return the routine of this name, from the routines of a folder of poses.

    Raises:
        FormcheckError: There is none, its file is wrong, or it names a pose that is not there.
    """
    names = routine_names(folder)
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
        remedy = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names)}."
        raise FormcheckError(f"No routine is called {name!r}; {remedy}")
    return read_routine(_folder(folder) / f"{name}.toml", folder)


def poses_of(routine: Routine, folder: Path | None = None) -> dict[str, PoseDefinition]:
    """Return the poses of a routine by name.

    Raises:
        FormcheckError: The file of one is wrong.
    """
    return {step.pose: load_pose(step.pose, folder) for step in routine.steps}


def read_routine(
    path: Path, folder: Path | None = None, *, known: Sequence[str] | None = None
) -> Routine:
    """Read a routine's file; its poses are those of a folder, or these names.

    Raises:
        FormcheckError: The file is missing, too large, no TOML, or wrong; every problem is named.
    """
    fields, lines = read_toml(path, "routine")
    if "name" in fields:
        raise FormcheckError(
            f"The routine file {path} has a key 'name'; it is called as its file is. Remove it."
        )
    problems: list[tuple[Place, str]] = []
    routine = None
    try:
        routine = Routine.model_validate({**fields, "name": path.stem})
    except ValidationError as error:
        problems = [(each["loc"], each["msg"]) for each in error.errors()]
    known = pose_names(folder) if known is None else known
    steps = fields.get("steps")
    for number, step in enumerate(steps if isinstance(steps, list) else ()):
        name = step.get("pose") if isinstance(step, dict) else None
        if isinstance(name, str) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            problems.append((("steps", number, "pose"), f"no pose is called {name!r:.80}{hint}"))
    if routine is None or problems:
        raise FormcheckError(_every_problem(path, problems, lines))
    return routine


def _every_problem(
    path: Path, problems: list[tuple[Place, str]], lines: Mapping[Place, int]
) -> str:
    rows = []
    for place, says in problems:
        line = line_of(place, lines)
        rows.append((place, says, f", line {line}" if line else ""))
    return listed(f"The routine file {path} is wrong; mend each:", rows)


def _folder(folder: Path | None) -> Path:
    return (folder or poses_folder()) / ROUTINES_FOLDER
