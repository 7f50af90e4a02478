"""The ledgers of the sessions in the database: written as they grow, and read."""

import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from formcheck.body.landmarks import LANDMARK_NAMES, SIDES, PoseLandmarks, Side
from formcheck.judge.ledger import Interval, State
from formcheck.store.database import Database
from formcheck.store.history import SessionRecord
from formcheck.store.session_ledger import DepthSecond, HeldPosture, SessionLedger

PART_S: Final = 300
"""Seconds of a session in one part; an interval is in the part in which it starts."""

Part = tuple[tuple[Interval, ...], tuple[DepthSecond, ...]]
"""The intervals that start, and the depths, in one part of a session."""

_PIXEL_PARTS: Final = 16
_VISIBILITY_PARTS: Final = 255
_COUNT: Final = len(LANDMARK_NAMES)
_LANDMARKS: Final = np.dtype(
    [
        ("image_size", "<i4", 2),
        ("image_xy", "<i4", (_COUNT, 2)),
        ("visibility", "u1", _COUNT),
    ]
)


class Ledgers:
    """What was kept of each session second by second."""

    def __init__(self, database: Database) -> None:
        """Read from this database."""
        self._database = database

    def of(self, session: SessionRecord) -> SessionLedger | None:
        """Return the ledger of a session; None where none was kept, as by an older formcheck.

        Raises:
            StoreError: The history cannot be read.
        """
        return self.of_each([session]).get(session.number or 0)

    def of_each(self, sessions: Iterable[SessionRecord]) -> dict[int, SessionLedger]:
        """Return the ledgers that were kept of these sessions, by the number of the session.

        Raises:
            StoreError: The history cannot be read.
        """
        numbers = [each.number for each in sessions if each.number is not None]
        if not numbers or not self._database.exists():
            return {}
        with self._database.reading() as connection:
            found = {number: read_ledger(connection, number) for number in numbers}
        return {number: ledger for number, ledger in found.items() if ledger is not None}

    def recordings(self, sessions: Iterable[SessionRecord]) -> dict[int, Path]:
        """Return where the clips of these sessions were recorded, by the number of the session.

        Raises:
            StoreError: The history cannot be read.
        """
        numbers = {each.number for each in sessions}
        if not numbers or not self._database.exists():
            return {}
        with self._database.reading() as connection:
            rows = connection.execute("SELECT session_id, path FROM recordings").fetchall()
        return {number: Path(path) for number, path in rows if number in numbers}


def keep_recording(connection: sqlite3.Connection, session_id: int, path: Path) -> None:
    """Note where the clip of a session is recorded."""
    connection.execute(
        "INSERT OR REPLACE INTO recordings (session_id, path) VALUES (?, ?)",
        (session_id, str(path.absolute())),
    )


class LedgerWriter:
    """Writes the ledger of one session as it grows: what is in the database already is not again.

    (An hour that is written whole twice a second would be a gigabyte of writing.)
    """

    def __init__(self) -> None:
        """Begin with nothing written."""
        self._parts: dict[int, Part] = {}
        self._postures: dict[Side, tuple[object, ...]] = {}

    def write(self, connection: sqlite3.Connection, session_id: int, ledger: SessionLedger) -> None:
        """Bring what is kept of a session to this; the caller begins and ends the transaction."""
        parts = _parted(ledger)
        there = connection.execute(
            "SELECT count(*) FROM ledger_parts WHERE session_id = ?", (session_id,)
        ).fetchone()[0]
        known = self._parts
        if there != len(known):  # somebody removed the file, or this is the first time
            connection.execute("DELETE FROM ledger_parts WHERE session_id = ?", (session_id,))
            known = {}
        connection.executemany(
            "INSERT OR REPLACE INTO ledger_parts (session_id, part, content) VALUES (?, ?, ?)",
            [
                (session_id, number, _packed(part))
                for number, part in parts.items()
                if known.get(number) != part
            ],
        )
        gone = [(session_id, number) for number in known.keys() - parts.keys()]
        connection.executemany("DELETE FROM ledger_parts WHERE session_id = ? AND part = ?", gone)
        postures = {side: _row(posture) for side, posture in ledger.postures.items()}
        if not known or postures != self._postures:
            connection.execute("DELETE FROM held_postures WHERE session_id = ?", (session_id,))
            connection.executemany(
                "INSERT INTO held_postures (session_id, side, landmarks, turn_deg, distance_m, "
                "off_middle) VALUES (?, ?, ?, ?, ?, ?)",
                [(session_id, side, *row) for side, row in postures.items()],
            )
        self._parts, self._postures = parts, postures


def read_ledger(connection: sqlite3.Connection, session_id: int) -> SessionLedger | None:
    """Return the ledger of a session; None where none was kept."""
    rows = connection.execute(
        "SELECT content FROM ledger_parts WHERE session_id = ? ORDER BY part", (session_id,)
    ).fetchall()
    if not rows:
        return None
    parts = [_unpacked(content) for (content,) in rows]
    postures = connection.execute(
        "SELECT side, landmarks, turn_deg, distance_m, off_middle FROM held_postures "
        "WHERE session_id = ?",
        (session_id,),
    ).fetchall()
    found = {
        side: HeldPosture(_unpacked_landmarks(landmarks), *numbers)
        for side, landmarks, *numbers in postures
    }
    return SessionLedger(
        tuple(interval for intervals, _ in parts for interval in intervals),
        tuple(depth for _, depths in parts for depth in depths),
        {side: found[side] for side in SIDES if side in found},
    )


def _parted(ledger: SessionLedger) -> dict[int, Part]:
    intervals: defaultdict[int, list[Interval]] = defaultdict(list)
    depths: defaultdict[int, list[DepthSecond]] = defaultdict(list)
    for interval in ledger.intervals:
        intervals[int(interval.start_s // PART_S)].append(interval)
    for depth in ledger.depths:
        depths[depth.second // PART_S].append(depth)
    numbers = sorted(intervals.keys() | depths.keys())
    return {number: (tuple(intervals[number]), tuple(depths[number])) for number in numbers}


def _packed(part: Part) -> bytes:
    """Return a part as compressed JSON, in which what intervals say stands once each.

    Times are in milliseconds, and depths in degrees.
    """
    intervals, depths = part
    kinds: dict[str, int] = {}
    spans = []
    for each in intervals:
        kind = kinds.setdefault(json.dumps(_said(each)), len(kinds))
        spans.append((round(each.start_s * 1000), round(each.end_s * 1000), kind))
    content = {
        "kinds": [json.loads(kind) for kind in kinds],
        "intervals": spans,
        "depths": [(each.second, each.depth_deg, each.error_deg) for each in depths],
    }
    return zlib.compress(json.dumps(content, separators=(",", ":")).encode(), 9)


def _unpacked(content: bytes) -> Part:
    fields = json.loads(zlib.decompress(content))
    kinds = fields["kinds"]
    return (
        tuple(
            _interval(start_ms / 1000, end_ms / 1000, kinds[kind])
            for start_ms, end_ms, kind in fields["intervals"]
        ),
        tuple(DepthSecond(*depth) for depth in fields["depths"]),
    )


def _said(interval: Interval) -> dict[str, Any]:
    said = {
        "state": interval.state.value,
        "faults": interval.faults,
        "unseen": interval.unseen,
        "side": interval.side,
        "bridged": interval.is_bridged,
        "full": interval.is_full,
    }
    return {name: value for name, value in said.items() if value}


def _interval(start_s: float, end_s: float, said: Mapping[str, Any]) -> Interval:
    side: Side | None = said.get("side")
    return Interval(
        start_s,
        end_s,
        State(said["state"]),
        faults=tuple(said.get("faults", ())),
        unseen=tuple(said.get("unseen", ())),
        side=side,
        is_bridged=said.get("bridged", False),
        is_full=said.get("full", False),
    )


def _row(posture: HeldPosture) -> tuple[object, ...]:
    return (
        _packed_landmarks(posture.landmarks),
        posture.turn_deg,
        posture.distance_m,
        posture.off_middle,
    )


def _packed_landmarks(landmarks: PoseLandmarks) -> bytes:
    """Return the landmarks in a picture: pixels to a sixteenth, visibility to a 255th."""
    packed = np.zeros((), _LANDMARKS)
    packed["image_size"] = landmarks.image_size
    packed["image_xy"] = np.round(np.nan_to_num(landmarks.image_xy) * _PIXEL_PARTS)
    seen = np.where(np.isfinite(landmarks.image_xy).all(axis=1), landmarks.visibility, 0.0)
    packed["visibility"] = np.round(np.clip(np.nan_to_num(seen), 0.0, 1.0) * _VISIBILITY_PARTS)
    return zlib.compress(packed.tobytes(), 9)


def _unpacked_landmarks(content: bytes) -> PoseLandmarks:
    packed = np.frombuffer(zlib.decompress(content), _LANDMARKS)[0]
    width, height = (int(edge) for edge in packed["image_size"])
    return PoseLandmarks(
        packed["image_xy"] / _PIXEL_PARTS,
        np.zeros((_COUNT, 3)),
        packed["visibility"] / _VISIBILITY_PARTS,
        (width, height),
    )
