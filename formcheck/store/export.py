"""The history as tables for other programs: sessions, and the ledger second by second."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor
from typing import Any, Final, Literal

from formcheck.body.landmarks import SIDES
from formcheck.errors import FormcheckError
from formcheck.judge.ledger import Interval
from formcheck.printable import printable
from formcheck.store.history import SessionRecord, credited
from formcheck.store.session_ledger import SessionLedger

SCHEMA_VERSION: Final = 1
"""Of both tables. It grows when a column changes its meaning or goes; new ones come last."""

Kind = Literal["text", "number", "integer", "truth"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    kind: Kind
    says: str
    """What it is, with its unit; empty cells are told."""


def _each_side(name: str, kind: Kind, says: str) -> tuple[Column, ...]:
    return tuple(Column(name.format(side), kind, says.format(side)) for side in SIDES)


_VERSION: Final = Column("schema_version", "integer", "version of these columns")
_SESSION: Final = Column("session", "integer", "number of the session in this history")
_STARTED_AT: Final = Column("started_at", "text", "ISO 8601, with the offset from UTC")

SESSIONS: Final = (
    _STARTED_AT,
    Column("pose", "text", "name of the stretch"),
    Column("source", "text", "camera or clip it was seen with"),
    Column("is_live", "truth", "before a camera; a clip that was played is nobody's exercise"),
    Column("hold_s", "number", "seconds to hold a side and set"),
    Column("sides", "text", "sides that were asked for, with a blank between them"),
    Column("sets", "integer", "how often each side was asked for"),
    Column("duration_s", "number", "seconds from the first frame to the last"),
    *_each_side("{}_s", "number", "seconds held on the {}"),
    Column("longest_s", "number", "most seconds held without a pause"),
    *_each_side(
        "{}_depth_deg", "number", "median hip extension held on the {}, degrees; empty for none"
    ),
    Column("lost_s", "text", "seconds not held by reason, most first, as JSON"),
    Column("discomfort", "integer", "0 to 10, as answered; empty where it was not"),
    Column("ended", "text", "how it ended"),
    _SESSION,
    *_each_side("{}_full_s", "number", "seconds held on the {} in full form; empty without ledger"),
    *_each_side("{}_turn_deg", "number", "median turn from side-on, degrees; empty for none"),
    *_each_side(
        "{}_credited_s", "number", "of the {}'s seconds, what the week has: what two counted, once"
    ),
    *_each_side("{}_distance_m", "number", "about how far the camera was, metres; empty for none"),
    _VERSION,
)
"""A row for each session."""

LEDGER: Final = (
    _SESSION,
    _STARTED_AT,
    Column("pose", "text", "name of the stretch"),
    Column("is_live", "truth", "before a camera"),
    Column("start_s", "number", "since the session's first frame, seconds"),
    Column("end_s", "number", "the same; in the same second as the start"),
    Column("state", "text", "held, or the reason it was not"),
    Column("side", "text", "left or right where held; else empty"),
    Column("is_full", "truth", "held in full form"),
    Column("is_bridged", "truth", "held across a short loss of sight"),
    Column("faults", "text", "out of form: the faults, worst first, with a blank between them"),
    Column("unseen", "text", "unseen: which landmarks, with a blank between them"),
    Column("depth_deg", "number", "hip extension of that second, degrees; empty where not held"),
    Column("depth_error_deg", "number", "by how much it may be off, degrees; empty if not known"),
    _VERSION,
)
"""A row for each second of each session, or each part of one where something changed within it."""

Ledgers = Mapping[int, SessionLedger]
Row = dict[str, Any]


def session_rows(sessions: Iterable[SessionRecord], ledgers: Ledgers) -> Iterator[Row]:
    """Yield the rows of `SESSIONS`.

    What is credited of a session depends on the others given: no second counts twice.
    """
    sessions = list(sessions)
    for session, own_s in zip(sessions, credited(sessions), strict=True):
        ledger = _of(session, ledgers)
        postures = [ledger.postures.get(side) if ledger else None for side in SIDES]
        values = (
            session.started_at.isoformat(timespec="seconds"),
            session.pose,
            session.source,
            session.is_live,
            session.hold_s,
            " ".join(session.sides),
            session.sets,
            session.duration_s,
            *(session.held_s[side] for side in SIDES),
            session.longest_s,
            *(session.depth_deg[side] for side in SIDES),
            dict(session.lost_s),
            session.discomfort,
            session.ended.value if session.ended else None,
            session.number,
            *(round(ledger.full_s[side], 3) if ledger else None for side in SIDES),
            *(posture.turn_deg if posture else None for posture in postures),
            *(round(own_s[side], 3) for side in SIDES),
            *(posture.distance_m if posture else None for posture in postures),
            SCHEMA_VERSION,
        )
        yield dict(zip(_names(SESSIONS), values, strict=True))


def ledger_rows(sessions: Iterable[SessionRecord], ledgers: Ledgers) -> Iterator[Row]:
    """Yield the rows of `LEDGER`; none for a session without one."""
    for session in sessions:
        ledger = _of(session, ledgers)
        if ledger is None:
            continue
        depths = {each.second: each for each in ledger.depths}
        for part in _by_the_second(ledger.intervals):
            depth = depths.get(floor(part.start_s)) if part.side is not None else None
            values = (
                session.number,
                session.started_at.isoformat(timespec="seconds"),
                session.pose,
                session.is_live,
                round(part.start_s, 3),
                round(part.end_s, 3),
                part.state.value,
                part.side,
                part.is_full,
                part.is_bridged,
                " ".join(part.faults),
                " ".join(part.unseen),
                depth.depth_deg if depth else None,
                depth.error_deg if depth else None,
                SCHEMA_VERSION,
            )
            yield dict(zip(_names(LEDGER), values, strict=True))


def as_json(rows: Iterable[Row]) -> str:
    """Return a JSON array with an object for each row."""
    return json.dumps(list(rows), indent=2, allow_nan=False) + "\n"


def as_csv(rows: Iterable[Row], columns: Sequence[Column]) -> str:
    """Return a heading and a row for each; what was lost is one column, as JSON.

    It may be read in a terminal, which the name of a clip must not steer.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _names(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def as_parquet(rows: Iterable[Row], columns: Sequence[Column]) -> bytes:
    """Return the rows as a Parquet file; what was lost is one column, as JSON.

    Raises:
        FormcheckError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise FormcheckError(
            "Parquet is written by pyarrow, which is not installed. Install formcheck[parquet], "
            "or end the file's name with .csv or .json."
        ) from error
    types = {
        "text": pa.string(), "number": pa.float64(), "integer": pa.int64(), "truth": pa.bool_(),
    }  # fmt: skip
    schema = pa.schema([(column.name, types[column.kind]) for column in columns])
    plain = [
        {name: json.dumps(v) if isinstance(v, dict) else v for name, v in row.items()}
        for row in rows
    ]
    file = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(plain, schema), file)
    return file.getvalue()


def _by_the_second(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """Yield the intervals, cut at whole seconds."""
    for interval in intervals:
        start_s = interval.start_s
        while start_s < interval.end_s:
            end_s = min(floor(start_s) + 1.0, interval.end_s)
            yield replace(interval, start_s=start_s, end_s=end_s)
            start_s = end_s


def _of(session: SessionRecord, ledgers: Ledgers) -> SessionLedger | None:
    return None if session.number is None else ledgers.get(session.number)


def _cell(value: object) -> object:
    text = json.dumps(value) if isinstance(value, dict) else value
    return printable(text) if isinstance(text, str) else text


def _names(columns: Sequence[Column]) -> list[str]:
    return [column.name for column in columns]
