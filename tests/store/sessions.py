"""Sessions to keep, made from bodies."""

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from formcheck.pose.definition import load_pose
from formcheck.run import Moment
from formcheck.session import Outcome, Session
from formcheck.store import End, SessionRecord, Store
from formcheck.store.database import FILE_NAME
from formcheck.store.history import insert
from formcheck.store.journal import Journal
from tests.factories import STRETCH, Track, stay, track

STARTED_AT = datetime(2026, 3, 4, 18, 30, tzinfo=UTC)

RECORD = SessionRecord(
    started_at=STARTED_AT,
    pose="lunge-stretch",
    source="camera 0",
    is_live=True,
    hold_s=60.0,
    sides=("left", "right"),
    sets=1,
    duration_s=130.5,
    held_s={"left": 60.1, "right": 34.0},
    longest_s=41.25,
    lost_s={"trunk_forward": 12.5, "no_person": 3.0},
    depth_deg={"left": 29.5, "right": None},
    discomfort=2,
    ended=End.DONE,
)

HELD_4_S = track(stay(4.0, STRETCH), fps=10)


class Kept:
    """A session whose journal lies in a folder."""

    def __init__(self, folder: Path, *, is_live: bool = True) -> None:
        self.store = Store(folder)
        self.session = Session(load_pose("lunge-stretch"))
        self.journal = Journal(
            self.store, self.session, source="camera 0", is_live=is_live, started_at=STARTED_AT
        )

    def end(self, ended: End) -> None:
        self.journal.ended = ended
        self.journal.close()

    def see(self, frames: Track) -> Sequence[Outcome]:
        outcomes = []
        for time_s, landmarks in frames:
            outcomes.append(self.session.step(time_s, landmarks))
            self.journal.take(Moment(None, outcomes[-1]))
        return outcomes


def wait_for_a_session(folder: Path, held_s: float = 0.0) -> None:
    """Wait until another process would see a session, under way or ended, with so much held."""
    path = folder / FILE_NAME
    for _ in range(200):
        if path.exists():
            with closing(sqlite3.connect(path)) as connection:
                tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
                most = "SELECT coalesce(max(left_s), -1) FROM sessions"
                if tables and connection.execute(most).fetchone()[0] >= held_s:
                    return
        time.sleep(0.02)
    raise AssertionError("no session was written")


def add(*ages_days: float) -> None:
    """Keep a session that began so many days ago, for each."""
    now = datetime.now().astimezone()
    with Store().database.transaction() as connection:
        for age in ages_days:
            insert(connection, replace(RECORD, started_at=now - timedelta(days=age)))
