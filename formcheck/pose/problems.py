"""What is wrong with a pose file, in words for its author: each mistake with its place and line."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from formcheck.pose.agreement import Place, Problem
from formcheck.pose.inheritance import Extended
from formcheck.pose.lines import line_of

_MOST_TOLD: Final = 20
"""Problems of a file that are told at once; whoever has more has another file in hand."""
_LONGEST_SHOWN: Final = 300
"""Letters of one problem."""


def of_parts(errors: Sequence[Any]) -> list[Any]:
    """Return the problems of the fields themselves.

    Those between fields are told with their places by `disagreements`, and a list is not too short
    merely because an item of it is wrong.
    """
    wrong_inside = {error["loc"][:-depth] for error in errors for depth in range(1, 4)}
    return [
        error
        for error in errors
        if error["loc"] and not (error["type"] == "too_short" and error["loc"] in wrong_inside)
    ]


def as_problem(problem: Any) -> Problem:
    """Return a problem of pydantic's with its place in the file."""
    place: Place = problem["loc"]
    if place[0] == "view":  # the kind of view is no place in the file
        place = ("view", "kind") if "tag" in problem["type"] else (place[0], *place[2:])
    came = problem["input"]
    shown = "" if isinstance(came, dict | list | tuple) else f" (found {_shown(came)})"
    return place, problem["msg"].removeprefix("Value error, ") + shown


def _shown(came: object) -> str:
    try:
        return f"{came!r:.60}"
    except ValueError:  # a whole number of thousands of digits
        return "a number too long to show"


def every_problem(
    path: Path, problems: list[Problem], whole: Extended, lines: Mapping[Place, int]
) -> str:
    """Return all problems of a pose file in words, each with its place and line."""
    rows = []
    for place, says in problems:
        own = whole.place(place)
        line = line_of(own, lines) if own is not None else None
        where = f", line {line}" if line else ""
        if own is None:
            where = f", of the pose it extends, {whole.fields['extends']}"
        rows.append((own or place, says, where))
    count = _count(len(problems), "problem")
    return listed(f"The pose file {path} has {count}; mend each:", rows)


def listed(heading: str, rows: Sequence[tuple[Place, str, str]]) -> str:
    """Return a heading and a line for each problem: its place, what it is, and where that stands.

    No more and no longer ones than somebody reads, whatever a stranger's file brings.
    """
    said = [heading]
    for place, says, where in rows[:_MOST_TOLD]:
        key = ".".join(map(str, place))
        said.append(f"  {key:.{_LONGEST_SHOWN}}: {says:.{_LONGEST_SHOWN}}{where}")
    if len(rows) > _MOST_TOLD:
        said.append(f"  and {len(rows) - _MOST_TOLD} more")
    return "\n".join(said)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
