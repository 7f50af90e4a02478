"""The poses and routines there are: formcheck's own, those of the person, and those of packages.

A name belongs to the first that has it, in this order, so that no file and no package changes what
a stretch of formcheck's is. Pose files are data: nothing of a package is run to find them.

What reads them is imported where one is read: to check it takes longer to load than to find it.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from formcheck.errors import FormcheckError
from formcheck.pose.names import NAME, ROUTINES_FOLDER, nearest, poses_folder

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from formcheck.pose.definition import PoseDefinition
    from formcheck.pose.routine import Routine

VARIABLE: Final = "FORMCHECK_POSES"
"""Names folders to look in, in place of the person's own."""

GROUP: Final = "formcheck.poses"
"""The entry points by which a package names a folder of its own with poses in it, as a module."""

SHIPPED: Final = "formcheck"
OWN: Final = "yours"

COMMANDS: Final = frozenset(
    {
        "calibrate",
        "doctor",
        "export",
        "forget",
        "history",
        "learn",
        "poses",
        "remind",
        "report",
        "score",
    }
)
"""Names that no pose can have, since a command has them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A pose or a routine that has a name."""

    name: str
    path: Path
    origin: str
    """`SHIPPED`, `OWN`, or the name of the package that brings it."""
    is_routine: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with poses in it, and routines in a folder of its own."""

    folder: Path
    origin: str


def own_folders() -> tuple[Path, ...]:
    """Return where the person's own poses are looked for; a folder need not be there."""
    named = [Path(each) for each in os.environ.get(VARIABLE, "").split(os.pathsep) if each]
    if named:
        return tuple(named)
    from platformdirs import user_data_path

    try:
        return (user_data_path("formcheck", appauthor=False) / "poses",)
    except RuntimeError:  # the account has no home
        return ()


def entries(problems: list[str] | None = None) -> Iterator[Entry]:
    """Yield all poses and routines; a place is looked into when those before it are gone through.

    Args:
        problems: Takes a sentence for whatever cannot be used; the others are not stopped by it.
    """
    told = [] if problems is None else problems
    taken: dict[str, Entry] = {}
    for place in _places(told):
        for entry in _of(place, told):
            before = taken.setdefault(entry.name, entry)
            if before is not entry:
                told.append(
                    f"{entry.path} is left out: {entry.name!r} is a name of {before.origin} "
                    "already. Rename the file."
                )
            elif entry.name in COMMANDS:
                told.append(
                    f"{entry.path} is left out: a command is called {entry.name}. Rename the file."
                )
            else:
                yield entry


def find(name: str) -> Entry | None:
    """Return the pose or routine of this name, if there is one."""
    return next((entry for entry in entries() if entry.name == name), None)


def pose_names() -> list[str]:
    """Return the names of all poses, sorted."""
    return sorted(entry.name for entry in entries() if not entry.is_routine)


def find_pose(name: str) -> "PoseDefinition":
    """Return the pose of this name, or of this file where it ends in `.toml`.

    Raises:
        FormcheckError: There is none (the nearest name is told), or its file is wrong.
    """
    from formcheck.pose.definition import read_pose

    return read_pose(Path(name)) if name.endswith(".toml") else load_pose(name)


def load_pose(name: str) -> "PoseDefinition":
    """Return the pose of this name.

    Raises:
        FormcheckError: There is none (the nearest name is told), or its file is wrong.
    """
    from formcheck.pose.definition import read_pose

    entry = find(name)
    if entry is None or entry.is_routine:
        raise _nothing_called("pose", name, pose_names())
    return read_pose(entry.path)


def every_pose(problems: list[str] | None = None) -> "list[PoseDefinition]":
    """Return all poses that can be read, sorted by name.

    Args:
        problems: Takes a sentence for each that cannot.
    """
    from formcheck.pose.definition import read_pose

    told = [] if problems is None else problems
    poses = []
    for entry in entries(told):
        try:
            if not entry.is_routine:
                poses.append(read_pose(entry.path))
        except FormcheckError as error:
            told.append(str(error))
    return sorted(poses, key=lambda pose: pose.name)


def load_routine(name: str) -> "Routine":
    """Return the routine of this name.

    Raises:
        FormcheckError: There is none, its file is wrong, or it names a pose that is not there.
    """
    from formcheck.pose.routine import read_routine

    found = {entry.name: entry for entry in entries()}
    entry = found.get(name)
    if entry is None or not entry.is_routine:
        known = [each.name for each in found.values() if each.is_routine]
        raise _nothing_called("routine", name, sorted(known))
    known = [each.name for each in found.values() if not each.is_routine]
    return read_routine(entry.path, known=known)


def check_routine(path: Path) -> "Routine":
    """Read a routine's file, whose poses may come from anywhere.

    Raises:
        FormcheckError: It is wrong; every problem is named.
    """
    from formcheck.pose.routine import read_routine

    return read_routine(path, known=pose_names())


def poses_of(routine: "Routine") -> "dict[str, PoseDefinition]":
    """Return the poses of a routine by name.

    Raises:
        FormcheckError: The file of one is wrong.
    """
    return {step.pose: load_pose(step.pose) for step in routine.steps}


def _nothing_called(noun: str, name: str, known: list[str]) -> FormcheckError:
    near = nearest(name, known)
    remedy = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}."
    return FormcheckError(f"No {noun} is called {name!r}; {remedy}")


def _places(problems: list[str]) -> Iterator[Place]:
    own = (Place(folder, OWN) for folder in own_folders())
    return chain((Place(poses_folder(), SHIPPED),), own, _of_packages(problems))


def _of(place: Place, problems: list[str]) -> Iterator[Entry]:
    """Yield the poses of one place, then its routines, each sorted by name."""
    for is_routine in (False, True):
        folder = place.folder / ROUTINES_FOLDER if is_routine else place.folder
        try:
            paths = [path for path in folder.iterdir() if path.suffix == ".toml"]
        except (FileNotFoundError, NotADirectoryError):
            if place.origin == OWN and not is_routine and os.environ.get(VARIABLE):
                problems.append(f"{VARIABLE} names {folder}, which is no folder. Correct it.")
            continue
        except OSError as error:
            problems.append(f"{folder} cannot be looked into: {error.strerror}. See to its rights.")
            continue
        for path in sorted(paths, key=lambda path: path.stem):
            if re.match(NAME, path.stem):
                yield Entry(path.stem, path, place.origin, is_routine)
            else:
                problems.append(
                    f"{path} is left out: a command is called by small letters, digits, - and _. "
                    "Rename the file."
                )


def _of_packages(problems: list[str]) -> Iterator[Place]:
    # Not before no nearer place has it: what every package says of itself is read.
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=GROUP), key=lambda each: (_package(each), each.name)):
        folder = _folder(point.value)
        if folder is None:
            problems.append(
                f"The package {_package(point)} names {point.value} for its poses, which is no "
                "folder in it. Tell its authors, or remove it."
            )
        else:
            yield Place(folder, _package(point))


def _package(point: "EntryPoint") -> str:
    return point.dist.name if point.dist is not None else point.name


def _folder(module: str) -> Path | None:
    """Return the folder of a package by its dotted name, without importing any of it."""
    top, *below = module.strip().split(".")
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return None
    for parent in (spec.submodule_search_locations or ()) if spec is not None else ():
        folder = Path(parent, *below)
        if folder.is_dir():
            return folder
    return None
