"""The sessions of the past, a row each, and the one under way."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from math import inf
from typing import Final

from formcheck.body.landmarks import SIDES, Side
from formcheck.store.database import Database, told
from formcheck.store.locks import SessionLock


class End(Enum):
    """How a session ended."""

    DONE = "done"
    """Every side had its seconds."""
    SIGN = "sign"
    """The person gave the sign with the body."""
    KEY = "key"
    CLOSED = "closed"
    """The window was closed."""
    LEFT = "left"
    """Nobody, or no picture, was there for minutes."""
    OVER = "over"
    """The clip was over."""
    INTERRUPTED = "interrupted"
    """Ctrl-C, a closed terminal, a shutdown."""
    FAILED = "failed"
    """The program could not go on, and said why."""
    LOST = "lost"
    """The program was ended without a chance to say so; found at the next start."""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """What is kept of a session. Times in seconds, angles in degrees."""

    started_at: datetime
    """By the clock on the wall, with its offset from UTC."""
    pose: str
    source: str
    """What it was seen with: "camera 0", a clip's name."""
    is_live: bool
    """Seen by a camera. A clip that was played is nobody's exercise."""
    hold_s: float
    """To hold on each side."""
    sides: tuple[Side, ...]
    sets: int
    duration_s: float
    """From the first frame to the last."""
    held_s: Mapping[Side, float]
    longest_s: float
    """Held without a pause."""
    lost_s: Mapping[str, float]
    """Not held, by reason: a fault's name or a state's. Most first."""
    depth_deg: Mapping[Side, float | None]
    """Median of `rear_hip_extension` while held; None where nothing was held, or the pose has
    no such angle."""
    discomfort: int | None = None
    """0 to 10, as the person said; None where not asked or not answered."""
    ended: End | None = None
    """None while it is under way."""
    number: int | None = field(default=None, compare=False)
    """Its own in the history, by which its ledger is found; None where it is not kept there."""


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of a stretch a day asks for."""

    hold_s: float
    """Seconds a side."""
    has_sides: bool
    """Without, both legs work at once, and what is held counts for each side."""


_COLUMNS: Final = (
    "started_at, pose, source, is_live, hold_s, sides, sets, duration_s, left_s, right_s, "
    "longest_s, lost_s, left_depth_deg, right_depth_deg, discomfort, ended"
)
_MARKS: Final = ", ".join("?" * len(_COLUMNS.split(",")))
_ROUNDED_S: Final = 1.0
"""The beginning of a session is kept in whole seconds."""

_OF_A_WEEK: Final = timedelta(days=7)


class History:
    """Every session that was kept, oldest first."""

    def __init__(self, database: Database) -> None:
        """Read from and write to this database."""
        self._database = database

    def sessions(self) -> list[SessionRecord]:
        """Return all sessions that are not under way.

        Raises:
            StoreError: The history cannot be read.
        """
        if not self._database.exists():
            return []
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT id, {_COLUMNS} FROM sessions WHERE ended IS NOT NULL ORDER BY id"
            ).fetchall()
        kept = [replace(_record(row), number=number) for number, *row in rows]
        return _in_order(kept, datetime.now(UTC))

    def take_in_lost(self) -> list[SessionRecord]:
        """Close the sessions whose program ended without a word, and return them.

        Raises:
            StoreError: The history cannot be read or written.
        """
        if not self._database.exists():
            return []
        lost: list[SessionRecord] = []
        with self._database.transaction() as connection, told(self._database.path):
            rows = connection.execute(
                f"SELECT id, {_COLUMNS} FROM sessions WHERE ended IS NULL ORDER BY id"
            ).fetchall()
            for session_id, *row in rows:
                lock = SessionLock.take(self._database.path.parent, session_id)
                if lock is None:
                    continue
                connection.execute(
                    "UPDATE sessions SET ended = ? WHERE id = ?", (End.LOST.value, session_id)
                )
                lost.append(_record((*row[:-1], End.LOST.value)))
                lock.release()
        return lost


def _in_order(sessions: list[SessionRecord], now: datetime) -> list[SessionRecord]:
    """Return sessions, given in the order in which they were kept, by the instant they began.

    One of the future was kept while the clock was wrong: it stays behind the one kept before it.
    """
    instants: list[float] = []
    for session in sessions:
        instant = session.started_at.timestamp()
        is_wrong = instant > now.timestamp()
        instants.append((instants[-1] if instants else -inf) if is_wrong else instant)
    order = sorted(range(len(sessions)), key=instants.__getitem__)
    return [sessions[number] for number in order]


def credited(sessions: Sequence[SessionRecord]) -> list[dict[Side, float]]:
    """Return for each session the seconds held on each side that are its own, in their order.

    None of a clip's. One person is before all cameras, whatever the pose: what two programs may
    both have counted in the time that they share is left out of the later one.
    """
    own: list[dict[Side, float]] = [dict.fromkeys(SIDES, 0.0) for _ in sessions]
    live = [number for number, session in enumerate(sessions) if session.is_live]
    live.sort(key=lambda number: sessions[number].started_at.timestamp())
    under_way: list[SessionRecord] = []
    for number in live:
        session = sessions[number]
        started_s = session.started_at.timestamp()
        under_way = [other for other in under_way if _end_s(other) > started_s + _ROUNDED_S]
        shared_s = [
            min(_end_s(session), _end_s(other)) - started_s - _ROUNDED_S for other in under_way
        ]
        for side in SIDES:
            twice_s = [
                max(0.0, min(both_s, session.held_s[side], other.held_s[side]))
                for both_s, other in zip(shared_s, under_way, strict=True)
            ]
            # All of them began before, so that what they share with it is the longest of them.
            lost_s = min(sum(twice_s), max(shared_s, default=0.0), session.held_s[side])
            own[number][side] = session.held_s[side] - max(0.0, lost_s)
        under_way.append(session)
    return own


def _end_s(session: SessionRecord) -> float:
    return session.started_at.timestamp() + session.duration_s


def insert(connection: sqlite3.Connection, record: SessionRecord) -> int:
    """Add a session and return its number."""
    row = connection.execute(
        f"INSERT INTO sessions ({_COLUMNS}) VALUES ({_MARKS})", _row(record)
    ).lastrowid
    assert row is not None
    return row


def update(connection: sqlite3.Connection, session_id: int, record: SessionRecord) -> None:
    """Write a session anew under its number, also where it was removed meanwhile."""
    connection.execute(
        f"INSERT OR REPLACE INTO sessions (id, {_COLUMNS}) VALUES (?, {_MARKS})",
        (session_id, *_row(record)),
    )


def days_of_week(
    sessions: Sequence[SessionRecord], today: date, dose_of: Callable[[str], Dose]
) -> dict[date, dict[Side, float]]:
    """Return the days of today's week, from Monday, on which something was held at a camera.

    Args:
        sessions: Of any time.
        today: In the week that is asked about.
        dose_of: Tells the dose of a pose by its name.

    Returns:
        For each day what share of its dose each side had: two halves in two stretches, or in two
        sessions, are one.
    """
    monday = today - timedelta(days=today.weekday())
    days: dict[date, dict[Side, float]] = {}
    for session, own_s in zip(sessions, credited(sessions), strict=True):
        day = session.started_at.date()
        if not (monday <= day < monday + _OF_A_WEEK and sum(own_s.values()) > 0):
            continue
        dose = dose_of(session.pose)
        shares = days.setdefault(day, dict.fromkeys(SIDES, 0.0))
        for side in SIDES:
            held_s = own_s[side] if dose.has_sides else sum(own_s.values())
            shares[side] += held_s / dose.hold_s
    return days


def _row(record: SessionRecord) -> tuple[object, ...]:
    return (
        record.started_at.isoformat(timespec="seconds"),
        record.pose,
        record.source,
        record.is_live,
        record.hold_s,
        ",".join(record.sides),
        record.sets,
        record.duration_s,
        record.held_s["left"],
        record.held_s["right"],
        record.longest_s,
        json.dumps(record.lost_s),
        record.depth_deg["left"],
        record.depth_deg["right"],
        record.discomfort,
        record.ended.value if record.ended else None,
    )


def _record(row: Iterable[object]) -> SessionRecord:
    fields = dict(zip(_COLUMNS.split(", "), row, strict=True))
    return SessionRecord(
        started_at=datetime.fromisoformat(str(fields["started_at"])),
        pose=str(fields["pose"]),
        source=str(fields["source"]),
        is_live=bool(fields["is_live"]),
        hold_s=_number(fields["hold_s"]),
        sides=tuple(side for side in SIDES if side in str(fields["sides"]).split(",")),
        sets=int(_number(fields["sets"])),
        duration_s=_number(fields["duration_s"]),
        held_s={side: _number(fields[f"{side}_s"]) for side in SIDES},
        longest_s=_number(fields["longest_s"]),
        lost_s=json.loads(str(fields["lost_s"])),
        depth_deg={
            side: None
            if fields[f"{side}_depth_deg"] is None
            else _number(fields[f"{side}_depth_deg"])
            for side in SIDES
        },
        discomfort=None if fields["discomfort"] is None else int(_number(fields["discomfort"])),
        ended=End(fields["ended"]),
    )


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return value
