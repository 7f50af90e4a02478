"""What a stretch looks like: the definition read from `poses/NAME.toml`.

Every problem of a file is reported in one error, each with its line, and unknown keys are refused:
a pose file may come from a stranger and is data, never code.
"""

import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import Field, ValidationError, model_validator

from formcheck.body.measurements import DEGREES, MEASUREMENTS
from formcheck.errors import FormcheckError
from formcheck.pose.agreement import Place, Problem, disagreements
from formcheck.pose.inheritance import Extended, extend
from formcheck.pose.lines import lines_of
from formcheck.pose.names import NAME, nearest, poses_folder
from formcheck.pose.parts import (
    WATCHED,
    Bound,
    Dosage,
    Fault,
    Gate,
    Hint,
    HoldRules,
    Part,
    PoseView,
    Words,
)
from formcheck.pose.problems import as_problem, every_problem, of_parts

MAX_FILE_BYTES: Final = 100_000
MAX_LEVELS: Final = 4
"""How many poses one may build on, one on the other."""

_MOST_DOTS: Final = 500
"""In a line: reading a key of so many parts takes as long as the square of their number."""


PoseName = Annotated[str, Field(pattern=NAME)]


class PoseDefinition(Part):
    """A stretch: its gates, what to say, how long, and where all of it comes from."""

    name: str
    """The file's name without `.toml`, and the command's."""
    title: Words
    summary: Words
    experimental: bool = False
    """Not yet shown to count rightly on people."""
    extends: PoseName | None = None
    """The pose, of the same folder or part of formcheck, that this one builds on."""
    without: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """Measurements of the pose it builds on that this one does not judge."""
    includes: Annotated[tuple[PoseName, ...], Field(max_length=20)] = ()
    """Poses that are this one too: who holds one of them is credited here as well."""
    how: Annotated[tuple[Words, ...], Field(min_length=1, max_length=20)]
    """The way in, step by step."""
    safety: Annotated[tuple[Words, ...], Field(min_length=1, max_length=20)]
    sources: Annotated[tuple[Words, ...], Field(min_length=1, max_length=40)]
    depth: str | None = None
    """The gate's measurement that says how deep the stretch is: its lower bound may be the
    person's own, and its speed is that of the way in."""
    view: PoseView
    dosage: Dosage
    hold: HoldRules = HoldRules()
    gates: Annotated[tuple[Gate, ...], Field(min_length=1, max_length=20)]
    faults: Annotated[tuple[Fault, ...], Field(max_length=40)]
    """Worst first."""
    hints: Annotated[tuple[Hint, ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def _parts_agree(self) -> Self:
        problems = disagreements(self.model_dump())
        if problems:
            raise ValueError("; ".join(says for _, says in problems))
        return self

    @cached_property
    def watched(self) -> tuple[str, ...]:
        """The measurements whose speed tells calm from moving."""
        return self.hold.watched or WATCHED[self.view.kind]

    @cached_property
    def fault_by_way_out(self) -> dict[tuple[str, Bound], Fault]:
        """The fault for a measurement that is below or above its band."""
        return {(fault.measurement, fault.bound): fault for fault in self.faults}

    @cached_property
    def fault_by_name(self) -> dict[str, Fault]:
        """The fault of each name."""
        return {fault.name: fault for fault in self.faults}

    @cached_property
    def fault_rank(self) -> dict[str, int]:
        """How bad each fault is: 0 for the worst."""
        return {fault.name: rank for rank, fault in enumerate(self.faults)}

    @cached_property
    def gate_by_measurement(self) -> dict[str, Gate]:
        """The gate of each measurement that has one."""
        return {gate.measurement: gate for gate in self.gates}

    def hysteresis(self, gate: Gate) -> float:
        """Return how much further than its accept band a gate must go to be left."""
        if gate.hysteresis is not None:
            return gate.hysteresis
        in_degrees = MEASUREMENTS[gate.measurement].unit == DEGREES
        return self.hold.hysteresis_deg if in_degrees else 0.0


def read_pose(path: Path) -> PoseDefinition:
    """Read a pose file, and those it builds on, of the same folder or part of formcheck.

    Raises:
        FormcheckError: The file is missing, too large, no TOML, or wrong; every problem is named.
    """
    return _read(path, ())


def _read(path: Path, building: tuple[str, ...]) -> PoseDefinition:
    """Read a pose that the poses named in `building` build on."""
    own, lines = read_toml(path, "pose")
    if "name" in own:
        raise FormcheckError(
            f"The pose file {path} has a key 'name'; a pose is called as its file is. Remove it."
        )
    whole = Extended(own, {})
    base = own.get("extends")
    if isinstance(base, str) and re.match(NAME, base):
        parent = _parent(path, base, (*building, path.stem))
        whole = extend(parent.model_dump(exclude={"name", "extends", "without", "includes"}), own)
    problems = [*disagreements(whole.fields), *whole.problems, *_strangers(path, own)]
    pose = None
    try:
        pose = PoseDefinition.model_validate({**whole.fields, "name": path.stem})
    except ValidationError as error:
        problems = [*map(as_problem, of_parts(error.errors())), *problems]
    if problems or pose is None:
        raise FormcheckError(every_problem(path, problems, whole, lines))
    return pose


def read_toml(path: Path, noun: str) -> tuple[dict[str, Any], dict[Place, int]]:
    """Return the fields of a small TOML file and the lines they are on.

    Raises:
        FormcheckError: The file is missing, too large, or no TOML; it is called by this noun.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise FormcheckError(
            f"Cannot read the {noun} file {path}: {error.strerror}. Check its name and permissions."
        ) from error
    if len(content) > MAX_FILE_BYTES:
        raise FormcheckError(
            f"The {noun} file {path} is larger than {MAX_FILE_BYTES // 1000} kB; "
            f"a {noun} is a page of text, so check that this is the file you meant."
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormcheckError(
            f"{path} is not a text file, so it is no {noun} file. Check its name."
        ) from error
    for number, line in enumerate(text.splitlines(), start=1):
        if line.count(".") > _MOST_DOTS:
            raise FormcheckError(
                f"The {noun} file {path} has more than {_MOST_DOTS} dots in line {number}. "
                "Write that as several lines."
            )
    try:
        return tomllib.loads(text), lines_of(text)
    except (ValueError, RecursionError) as error:  # also numbers and nesting beyond all reason
        raise FormcheckError(
            f"The {noun} file {path} is not TOML: {error!s:.200}. Mend that line."
        ) from error


def _parent(path: Path, base: str, building: tuple[str, ...]) -> PoseDefinition:
    """Read the pose that the last of `building` extends."""
    chain = " extends ".join((*building, base))
    if base in building:
        raise FormcheckError(f"The pose file {path} goes round in a circle: {chain}.")
    if len(building) > MAX_LEVELS:
        raise FormcheckError(
            f"The pose file {path} builds on more than {MAX_LEVELS} others: {chain}."
        )
    parent = path.with_name(f"{base}.toml")
    if not parent.is_file() and base in pose_names():
        parent = poses_folder() / parent.name
    if not parent.is_file():
        raise FormcheckError(
            f"The pose file {path} extends {base!r}, but beside it there is no {parent.name}, and "
            "none is part of formcheck."
        )
    return _read(parent, building)


def _strangers(path: Path, own: dict[str, Any]) -> list[Problem]:
    """Tell the names in `includes` that no pose beside the file has."""
    included = own.get("includes")
    if not isinstance(included, list):
        return []
    names = {*pose_names(path.parent), *pose_names()}
    return [
        (("includes",), f"no pose beside it is called {name!r}, nor any that is part of formcheck")
        for name in included
        if isinstance(name, str) and name not in names
    ]


def pose_names(folder: Path | None = None) -> list[str]:
    """Return the names of all poses of a folder, by default of those that are part of formcheck."""
    return sorted(path.stem for path in (folder or poses_folder()).glob("*.toml"))


def every_pose(folder: Path | None = None) -> list[PoseDefinition]:
    """Return all poses, sorted by name.

    Raises:
        FormcheckError: The file of one is wrong.
    """
    return [load_pose(name, folder) for name in pose_names(folder)]


def load_pose(name: str, folder: Path | None = None) -> PoseDefinition:
    """Return the pose of this name.

    Raises:
        FormcheckError: There is none (the nearest name is told), or its file is wrong.
    """
    names = pose_names(folder)
    if name not in names:
        near = nearest(name, names)
        remedy = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names)}."
        raise FormcheckError(f"No pose is called {name!r}; {remedy}")
    return read_pose((folder or poses_folder()) / f"{name}.toml")
