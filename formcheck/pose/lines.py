"""On which line of a TOML text each key stands, so that an author finds a mistake."""

import re
from collections.abc import Mapping
from typing import Final

from formcheck.pose.agreement import Place

_HEADER: Final = re.compile(r"^\s*(\[\[?)([^\[\]]+)\]\]?\s*(#.*)?$")
_KEY: Final = re.compile(r"""^\s*((?:[A-Za-z0-9_.-]|"[^"]*"|'[^']*')+)\s*=""")
_TRIPLE: Final = ('"""', "'''")


def lines_of(text: str) -> dict[Place, int]:
    """Return the line, from 1, of every table and key of a valid TOML text.

    Keys within an inline table are on the line of the table; ask with `line_of`.
    """
    lines: dict[Place, int] = {}
    counts: dict[str, int] = {}
    table: Place = ()
    quote, depth = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if not quote and depth <= 0:
            header, key = _HEADER.match(line), _KEY.match(line)
            if header:
                name = header[2].strip()
                table = _parts(name)
                if header[1] == "[[":
                    counts[name] = counts.get(name, -1) + 1
                    table = (*table, counts[name])
                lines.setdefault(table, number)
                continue
            if key:
                lines.setdefault((*table, *_parts(key[1])), number)
        quote, depth = _still_open(line, quote, depth)
    return lines


def line_of(place: Place, lines: Mapping[Place, int]) -> int | None:
    """Return the line of the innermost known part of a place; None where none is known."""
    for length in range(len(place), 0, -1):
        if place[:length] in lines:
            return lines[place[:length]]
    return None


def _parts(key: str) -> Place:
    return tuple(part.strip().strip("\"'") for part in key.split("."))


def _still_open(line: str, quote: str, depth: int) -> tuple[str, int]:
    """Return which triple quote and how many brackets are open behind a line."""
    at = 0
    while at < len(line):
        if quote:
            if line.startswith(quote, at):
                at += len(quote)
                quote = ""
            else:
                at += 2 if line[at] == "\\" and '"' in quote else 1
            continue
        triple = next((mark for mark in _TRIPLE if line.startswith(mark, at)), None)
        if triple or line[at] in "\"'":
            quote = triple or line[at]
            at += len(quote)
            continue
        if line[at] == "#":
            break
        depth += (line[at] in "[{") - (line[at] in "]}")
        at += 1
    return (quote if quote in _TRIPLE else ""), depth
