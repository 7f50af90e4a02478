"""The session under way, written down as it goes, so that no end of the program loses it."""

import sqlite3
import threading
from collections import Counter
from dataclasses import replace
from datetime import datetime
from math import inf
from pathlib import Path
from typing import Final

from formcheck.body.landmarks import SIDES, Side
from formcheck.judge.ledger import Interval, State, lost_by_reason
from formcheck.run import Moment
from formcheck.session import Session
from formcheck.store import Store
from formcheck.store.database import StoreError, told, written
from formcheck.store.history import End, SessionRecord, insert, update
from formcheck.store.ledger_gatherer import DEPTH, LedgerGatherer
from formcheck.store.ledgers import LedgerWriter, keep_recording
from formcheck.store.locks import SessionLock
from formcheck.store.session_ledger import SessionLedger

WRITE_EVERY_S: Final = 0.5
"""Of the frames' time. What was held up to a second before is kept, whatever comes."""

_DEPTH_STEP_DEG: Final = 0.1
_WAIT_S: Final = 1.0
"""How long the thread, and with it the end of a session, waits for another process that holds the
history."""


class Journal:
    """Keeps one session. It never raises and never makes a frame wait: a thread writes.

    What could not be written is tried again half a second later, with all that came meanwhile;
    only what is still not written at the end is a problem.
    """

    def __init__(
        self,
        store: Store,
        session: Session,
        *,
        source: str,
        is_live: bool,
        started_at: datetime | None = None,
        recording: Path | None = None,
    ) -> None:
        """Keep this session.

        Args:
            store: Where.
            session: Whose outcomes are to come.
            source: What it is seen with.
            is_live: By a camera.
            started_at: Now unless told, with its offset from UTC.
            recording: The clip that is made of it.
        """
        self.problem: str | None = None
        """Why the session is not wholly kept, in a sentence; None where it is, or where that was
        told at the start."""
        self.ended = End.FAILED
        """How the session ended; said before `close`."""
        self._store = store
        self._session = session
        self._source = source
        self._is_live = is_live
        self._recording = recording
        self._started_at = started_at or datetime.now().astimezone()
        self._first_s: float | None = None
        self._last_s = 0.0
        self._written_s = -inf
        self._depths: dict[Side, Counter[int]] = {side: Counter() for side in SIDES}
        self._gatherer = LedgerGatherer(session)
        self._ledger_writer = LedgerWriter()
        self._news = threading.Condition()
        self._newest: SessionRecord | None = None
        self._told: tuple[tuple[Interval, ...], float] = (), -inf
        """The session's intervals at the newest record, and until when they are final."""
        self._is_ending = False
        self._session_id: int | None = None
        self._lock: SessionLock | None = None
        self._thread: threading.Thread | None = None

    def take(self, moment: Moment) -> None:
        """Take in one turn of the loop."""
        outcome = moment.outcome
        if outcome is None:
            return
        self._first_s = outcome.time_s if self._first_s is None else self._first_s
        self._last_s = outcome.time_s
        self._gatherer.add(outcome)
        side, depth = outcome.hold.side, outcome.measurements.get(DEPTH)
        if side is not None and depth is not None and outcome.hold.state is State.HELD:
            self._depths[side][round(depth.value / _DEPTH_STEP_DEG)] += 1
        if self._last_s - self._written_s >= WRITE_EVERY_S:
            self._written_s = self._last_s
            self._hand_over(None)

    def close(self) -> None:
        """Write how the session ended, and wait until that is done; twice is fine."""
        if self._first_s is None or self._is_ending:
            return
        self._hand_over(self.ended)
        assert self._thread is not None
        self._thread.join()
        if self._lock is not None:
            self._lock.release()

    def answer(self, discomfort: int) -> None:
        """Add how much it hurt, 0 to 10, to the session that has ended."""
        if self._session_id is None or self._newest is None:
            return
        self._newest = replace(self._newest, discomfort=discomfort)
        try:
            with self._store.database.transaction(_WAIT_S) as connection:
                update(connection, self._session_id, self._newest)
        except StoreError as error:
            self.problem = f"Your answer is not kept in the history: {error.reason}."

    def _record(self, ended: End | None, intervals: tuple[Interval, ...]) -> SessionRecord:
        session, plan, first_s = self._session, self._session.plan, self._first_s
        assert first_s is not None
        return SessionRecord(
            started_at=self._started_at,
            pose=session.pose.name,
            source=self._source,
            is_live=self._is_live,
            hold_s=plan.hold_s,
            sides=plan.sides,
            sets=plan.sets,
            duration_s=round(self._last_s - first_s, 3),
            held_s={side: round(seconds, 3) for side, seconds in session.held_s.items()},
            longest_s=round(session.longest_unbroken_s, 3),
            lost_s={
                reason: round(seconds, 3) for reason, seconds in lost_by_reason(intervals).items()
            },
            depth_deg={side: _median(depths) for side, depths in self._depths.items()},
            ended=ended,
        )

    def _hand_over(self, ended: End | None) -> None:
        """Let the thread write what there is by now; None: more will follow."""
        is_last = ended is not None
        intervals = self._session.intervals()
        record = self._record(ended, intervals)
        until_s = inf if is_last else self._session.known_until_s
        with self._news:
            self._newest, self._told, self._is_ending = record, (intervals, until_s), is_last
            self._news.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._write, name="journal", daemon=True)
            self._thread.start()

    def _write(self) -> None:
        """Write the newest record whenever there is one, until the last."""
        known: SessionRecord | None = None
        is_last = False
        # One connection for as long as it works: to close one waits for the disk.
        connection: sqlite3.Connection | None = None
        while not is_last:
            with self._news:
                while self._newest is known:
                    self._news.wait()
                known, intervals, is_last = self._newest, self._told, self._is_ending
            assert known is not None
            ledger = self._gatherer.ledger(*intervals)
            try:
                if connection is None:
                    connection = self._store.database.connect(_WAIT_S)
                self._keep(connection, known, ledger)
                self.problem = None
            except StoreError as error:
                self.problem = self._problem(error)
                self._ledger_writer = LedgerWriter()  # what it wrote last may not be there
                if connection is not None:
                    connection.close()
                    connection = None
        if connection is not None:
            connection.close()

    def _problem(self, error: StoreError) -> str | None:
        if error.reason == self._store.told_reason:
            return None  # told at the start, and nothing has changed
        return f"This session is not wholly kept in the history: {error.reason}."

    def _keep(
        self, connection: sqlite3.Connection, record: SessionRecord, ledger: SessionLedger
    ) -> None:
        path = self._store.database.path
        if self._session_id is not None:
            with told(path), written(connection):
                update(connection, self._session_id, record)
                self._ledger_writer.write(connection, self._session_id, ledger)
            return
        lock = None
        try:
            with told(path), written(connection):
                session_id = insert(connection, record)
                self._ledger_writer.write(connection, session_id, ledger)
                if self._recording is not None:
                    keep_recording(connection, session_id, self._recording)
                # Before others see the session, so that none takes it for a lost one.
                lock = SessionLock.take(path.parent, session_id)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        self._session_id, self._lock = session_id, lock


def _median(steps: Counter[int]) -> float | None:
    """Return the median in degrees from how often each step occurred: memory that does not grow."""
    half = steps.total() / 2
    passed = 0
    for step in sorted(steps):
        passed += steps[step]
        if passed >= half:
            return round(step * _DEPTH_STEP_DEG, 1)
    return None
