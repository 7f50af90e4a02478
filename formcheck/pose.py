"""What a stretch looks like: the definition read from `poses/NAME.toml`.

Every problem of a file is reported in one error, and unknown keys are refused: a pose file may
come from a stranger and is data, never code.
"""

import difflib
import tomllib
from functools import cached_property
from importlib.resources import files
from math import inf, isnan
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from formcheck.angles import DEGREES, MEASUREMENTS
from formcheck.errors import FormcheckError

Bound = Literal["below", "above"]
Band = tuple[float, float]
"""Lowest and highest accepted value; `-inf` and `inf` leave an end open."""

MAX_CUE_WORDS = 6
MAX_CUE_LETTERS = 40
MAX_FILE_BYTES = 100_000

Words = Annotated[str, Field(pattern=r"^[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$", max_length=600)]
"""A line of text: not blank, without control characters."""

Seconds = Annotated[float, Field(gt=0, le=3600)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _known_measurement(name: str) -> str:
    if name not in MEASUREMENTS:
        near = difflib.get_close_matches(name, MEASUREMENTS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(MEASUREMENTS)}"
        raise ValueError(f"no measurement is called {name!r}; {hint}")
    return name


def _few_words(cue: str) -> str:
    if len(cue.split()) > MAX_CUE_WORDS or len(cue) > MAX_CUE_LETTERS:
        raise ValueError(
            f"a cue has at most {MAX_CUE_WORDS} words and {MAX_CUE_LETTERS} letters, "
            "to be read across a room"
        )
    return cue


class Gate(_Part):
    """One measurement that has to be in its band for the hold to count."""

    measurement: str
    """A name of `formcheck.angles.MEASUREMENTS`."""
    accept: Band
    """The hold counts inside it."""
    full: Band
    """Full credit inside it; within `accept`."""
    hysteresis: Annotated[float, Field(ge=0, le=20)] | None = None
    """How much further than `accept` it must go to leave; the pose's own where not given."""
    why: Words

    _known = field_validator("measurement")(_known_measurement)

    @model_validator(mode="after")
    def _bands_are_nested(self) -> Self:
        low, high = self.accept
        full_low, full_high = self.full
        if any(isnan(edge) for edge in (*self.accept, *self.full)):
            raise ValueError("a band has numbers at both ends")
        if not low < high:
            raise ValueError(f"accept must rise, not run from {low:g} to {high:g}")
        if not (low <= full_low <= full_high <= high):
            raise ValueError(f"full {list(self.full)} must lie within accept {list(self.accept)}")
        return self


class Fault(_Part):
    """One way to leave a gate's band, and what to say about it."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
    measurement: str
    bound: Bound
    cue: Words
    why: Words

    _known = field_validator("measurement")(_known_measurement)
    _short = field_validator("cue")(_few_words)


class Hint(_Part):
    """Advice while the hold counts: said, never stopping it."""

    measurement: str
    bound: Bound
    limit: Annotated[float, Field(allow_inf_nan=False)]
    cue: Words
    why: Words

    _known = field_validator("measurement")(_known_measurement)
    _short = field_validator("cue")(_few_words)


class SideView(_Part):
    """What the camera has to see."""

    kind: Literal["side"]
    max_shoulder_width: Annotated[float, Field(gt=0, le=1)]
    """Trunk lengths, of a turn towards the camera; from it on nothing can be judged."""
    hysteresis: Annotated[float, Field(ge=0, le=0.2)] = 0.03
    """How much further than `max_shoulder_width` a person in view may turn."""
    why: Words


class HoldRules(_Part):
    """When seconds count."""

    settle_s: Annotated[float, Field(ge=0.5, le=60)] = 1.0
    """In form and calm for so long before a hold starts; it then counts from their start."""
    grace_s: Annotated[float, Field(ge=0, le=5)] = 0.4
    """How long form or sight may be lost without breaking the hold."""
    longest_gap_s: Seconds = 0.5
    """A longer time without a frame is never counted."""
    hysteresis_deg: Annotated[float, Field(ge=0, le=20)] = 3.0
    """Leaving a band of degrees takes so much more than entering it."""
    calm_deg_s: Annotated[float, Field(gt=0, le=90)] = 20.0
    """The fastest that an angle may change while a hold starts."""
    moving_deg_s: Annotated[float, Field(gt=0, le=180)] = 25.0
    """Faster than that, the body is moving out of the hold under way, or bouncing in it."""


class Dosage(_Part):
    """How long and how often, with the source in `PoseDefinition.sources`."""

    hold_s: Annotated[float, Field(ge=1, le=3600)]
    sides: Literal[1, 2]
    times_a_week: Annotated[int, Field(ge=1, le=21)]
    why: Words


class PoseDefinition(_Part):
    """A stretch: its gates, what to say, how long, and where all of it comes from."""

    name: str
    """The file's name without `.toml`, and the command's."""
    title: Words
    summary: Words
    how: Annotated[tuple[Words, ...], Field(min_length=1)]
    """The way in, step by step."""
    safety: Annotated[tuple[Words, ...], Field(min_length=1)]
    sources: Annotated[tuple[Words, ...], Field(min_length=1)]
    view: SideView
    dosage: Dosage
    hold: HoldRules = HoldRules()
    gates: Annotated[tuple[Gate, ...], Field(min_length=1, max_length=20)]
    faults: Annotated[tuple[Fault, ...], Field(max_length=40)]
    """Worst first."""
    hints: Annotated[tuple[Hint, ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def _each_way_out_has_one_fault(self) -> Self:
        problems = []
        measured = [gate.measurement for gate in self.gates]
        for name in sorted({name for name in measured if measured.count(name) > 1}):
            problems.append(f"gates: {name} has more than one gate")
        ways_out = {
            (gate.measurement, bound)
            for gate in self.gates
            for bound, edge in (("below", gate.accept[0]), ("above", gate.accept[1]))
            if edge not in (-inf, inf)
        }
        said = [(fault.measurement, fault.bound) for fault in self.faults]
        for measurement, bound in sorted(ways_out - set(said)):
            problems.append(f"faults: none says what to do when {measurement} is {bound} its band")
        for measurement, bound in sorted(set(said) - ways_out):
            problems.append(f"faults: no gate lets {measurement} be {bound} its band")
        for measurement, bound in sorted({way for way in said if said.count(way) > 1}):
            problems.append(f"faults: more than one for {measurement} {bound} its band")
        names = [fault.name for fault in self.faults]
        for name in sorted({name for name in names if names.count(name) > 1}):
            problems.append(f"faults: more than one is called {name}")
        if problems:
            raise ValueError("; ".join(problems))
        return self

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

    def hysteresis(self, gate: Gate) -> float:
        """Return how much further than its accept band a gate must go to be left."""
        if gate.hysteresis is not None:
            return gate.hysteresis
        in_degrees = MEASUREMENTS[gate.measurement].unit == DEGREES
        return self.hold.hysteresis_deg if in_degrees else 0.0


def read_pose(path: Path) -> PoseDefinition:
    """Read a pose file.

    Raises:
        FormcheckError: The file is missing, too large, no TOML, or wrong; every problem is named.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise FormcheckError(
            f"Cannot read the pose file {path}: {error.strerror}. Check its name and permissions."
        ) from error
    if len(content) > MAX_FILE_BYTES:
        raise FormcheckError(
            f"The pose file {path} is larger than {MAX_FILE_BYTES // 1000} kB; "
            "a pose is a page of text, so check that this is the file you meant."
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormcheckError(
            f"{path} is not a text file, so it is no pose file. Check its name."
        ) from error
    try:
        fields = tomllib.loads(text)
        return PoseDefinition.model_validate(_named(path, fields))
    except ValidationError as error:
        raise FormcheckError(_every_problem(path, error)) from error
    except (ValueError, RecursionError) as error:  # also numbers and nesting beyond all reason
        raise FormcheckError(
            f"The pose file {path} is not TOML: {error!s:.200}. Mend that line."
        ) from error


def _named(path: Path, fields: dict[str, object]) -> dict[str, object]:
    if "name" in fields:
        raise FormcheckError(
            f"The pose file {path} has a key 'name'; a pose is called as its file is. Remove it."
        )
    return {**fields, "name": path.stem}


def _every_problem(path: Path, error: ValidationError) -> str:
    lines = [f"The pose file {path} has {_count(error.error_count(), 'problem')}; mend each:"]
    for problem in error.errors():
        place = ".".join(str(part) for part in problem["loc"]) or "file"
        came = problem["input"]
        shown = "" if isinstance(came, dict | list) else f" (found {came!r:.60})"
        lines.append(f"  {place}: {problem['msg'].removeprefix('Value error, ')}{shown}")
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def poses_folder() -> Path:
    """Return the folder of the poses: inside the installed package, or beside it in a checkout."""
    installed = Path(str(files("formcheck"))) / "poses"
    return installed if installed.is_dir() else installed.parent.parent / "poses"


def pose_names(folder: Path | None = None) -> list[str]:
    """Return the names of all poses, sorted."""
    return sorted(path.stem for path in (folder or poses_folder()).glob("*.toml"))


def load_pose(name: str, folder: Path | None = None) -> PoseDefinition:
    """Return the pose of this name.

    Raises:
        FormcheckError: There is none (the nearest name is told), or its file is wrong.
    """
    names = pose_names(folder)
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
        remedy = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names)}."
        raise FormcheckError(f"No pose is called {name!r}; {remedy}")
    return read_pose((folder or poses_folder()) / f"{name}.toml")
