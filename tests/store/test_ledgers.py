"""What is kept of a session second by second."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.landmarks import SIDES, PoseLandmarks
from formcheck.judge.ledger import Interval, State, lost_by_reason
from formcheck.store import End, Store
from formcheck.store.database import FILE_NAME, MIGRATIONS
from formcheck.store.history import insert
from formcheck.store.ledgers import LedgerWriter, read_ledger
from formcheck.store.session_ledger import DepthSecond, HeldPosture, SessionLedger
from tests.factories import FOLDED, STRETCH, slide, stay, track
from tests.store.sessions import RECORD, Kept, wait_for_a_session

OF_TODAY = Path(__file__).parent / "kept" / "history-schema-3.db"
"""Four sessions and a setting, written by formcheck 0.1 before ledgers were kept."""

RIGHT = replace(STRETCH, stretched="right")


def only_ledger(folder: Path) -> SessionLedger:
    store = Store(folder)
    (session,) = store.history.sessions()
    ledger = store.ledgers.of(session)
    assert ledger is not None
    return ledger


def test_a_session_comes_back_second_by_second(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.see(track(stay(4.0, STRETCH), stay(2.0, FOLDED), stay(6.0, RIGHT), fps=10, start_s=1000.0))
    kept.end(End.DONE)
    (session,) = kept.store.history.sessions()
    ledger = only_ledger(tmp_path)
    assert ledger.duration_s == pytest.approx(session.duration_s, abs=0.002)
    assert ledger.held_s == pytest.approx(session.held_s, abs=0.002)
    assert lost_by_reason(ledger.intervals) == pytest.approx(session.lost_s, abs=0.002)
    assert ledger.full_s == pytest.approx(session.held_s, abs=0.3)
    assert {side: len(ledger.depths_of(side)) for side in SIDES} == {"left": 4, "right": 6}
    assert all(each.depth_deg == pytest.approx(30.0, abs=0.2) for each in ledger.depths)
    assert all(each.error_deg == 1.7 for each in ledger.depths)


def test_the_typical_held_frame_of_each_side_is_kept_with_the_cameras_place(
    tmp_path: Path,
) -> None:
    deep = replace(STRETCH, rear_thigh_tilt=50.0)
    kept = Kept(tmp_path)
    kept.see(track(stay(9.0, STRETCH), slide(2.0, STRETCH, deep), stay(3.0, deep), fps=10))
    kept.end(End.DONE)
    (posture,) = only_ledger(tmp_path).postures.items()
    side, seen = posture
    assert side == "left"
    # To a sixteenth of a pixel what most of the time looked like, not what it came to at the end.
    assert np.abs(seen.landmarks.image_xy - STRETCH.landmarks().image_xy).max() < 0.05
    assert seen.landmarks.visibility == pytest.approx(STRETCH.visibility, abs=0.01)
    assert seen.landmarks.image_size == (1280, 720)
    assert seen.turn_deg == pytest.approx(8.0, abs=1.0)  # a shoulder width of 0.1
    assert seen.distance_m == pytest.approx(0.83 * 1280 * 0.49 / 180, abs=0.05)
    assert seen.off_middle == pytest.approx(0.0, abs=0.2)


def test_the_ledger_of_a_session_under_way_is_kept_up_to_a_second_before(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.see(track(stay(7.0, STRETCH), fps=10))
    wait_for_a_session(tmp_path, held_s=kept.session.held_s["left"] - 1.0)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        ledger = read_ledger(connection, 1)
    assert ledger is not None
    assert sum(ledger.held_s.values()) >= sum(kept.session.held_s.values()) - 1.0
    assert set(ledger.postures) == {"left"}
    kept.end(End.DONE)


def test_a_history_without_ledgers_is_brought_forward_unharmed(tmp_path: Path) -> None:
    shutil.copy(OF_TODAY, tmp_path / FILE_NAME)
    with closing(sqlite3.connect(OF_TODAY)) as connection:
        before = connection.execute("SELECT * FROM sessions ORDER BY id").fetchall()
        settings = connection.execute("SELECT * FROM settings").fetchall()
    store = Store(tmp_path)
    sessions = store.history.sessions()
    assert store.news() == []
    assert [session.held_s["left"] for session in sessions] == [3.9, 4.0, 60.1, 60.1]
    assert [store.ledgers.of(session) for session in sessions] == [None] * 4
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        assert connection.execute("SELECT * FROM sessions ORDER BY id").fetchall() == before
        assert connection.execute("SELECT * FROM settings").fetchall() == settings
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    kept = Kept(tmp_path)
    kept.see(track(stay(4.0, STRETCH), fps=10))
    kept.end(End.DONE)
    assert [store.ledgers.of(each) is None for each in store.history.sessions()].count(False) == 1


def restless_hour() -> SessionLedger:
    """An hour in which something else happens every second, at no round time."""
    random = np.random.default_rng(16)
    ends = np.cumsum(random.uniform(0.4, 1.6, 3600))
    edges = [0.0, *ends[ends < 3600].tolist(), 3600.0]
    faults = ("trunk_forward", "rear_hip_not_extended", "rear_knee_lifted", "front_foot_too_far")
    intervals = []
    for start_s, end_s in pairwise(edges):
        kind = int(random.integers(6))
        names = tuple(random.permutation(faults)[: 1 + kind % 3].tolist())
        intervals.append(
            [
                Interval(start_s, end_s, State.HELD, side="left", is_full=bool(random.integers(2))),
                Interval(start_s, end_s, State.HELD, side="right", is_bridged=True),
                Interval(start_s, end_s, State.OUT_OF_FORM, faults=names),
                Interval(start_s, end_s, State.OUT_OF_FORM, faults=names[:1]),
                Interval(start_s, end_s, State.MOVING),
                Interval(start_s, end_s, State.UNSEEN, unseen=("left_knee", "right_ankle")),
            ][kind]
        )
    measured = zip(random.normal(28, 4, 3600), random.uniform(2, 9, 3600), strict=True)
    depths = tuple(
        DepthSecond(second, round(float(depth_deg), 1), round(float(error_deg), 1))
        for second, (depth_deg, error_deg) in enumerate(measured)
    )
    landmarks = PoseLandmarks(
        random.uniform(0, 1280, (33, 2)), np.zeros((33, 3)), random.uniform(0, 1, 33), (1280, 720)
    )
    return SessionLedger(
        tuple(intervals), depths, {side: HeldPosture(landmarks, 12.3, 2.45, -0.1) for side in SIDES}
    )


def test_an_hour_of_a_restless_session_stays_under_100_kilobytes(tmp_path: Path) -> None:
    store, writer = Store(tmp_path), LedgerWriter()
    with store.database.transaction() as connection:
        insert(connection, RECORD)

    def bytes_on_disk() -> int:
        with closing(store.database.connect()) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return (tmp_path / FILE_NAME).stat().st_size

    before = bytes_on_disk()
    with store.database.transaction() as connection:
        writer.write(connection, 1, restless_hour())
    assert bytes_on_disk() - before < 100_000
    assert len(only_ledger(tmp_path).depths) == 3600


@st.composite
def growing_ledgers(draw: st.DrawFn) -> Iterator[SessionLedger]:
    """A ledger as it is told again and again: what is open may yet turn out otherwise."""
    lengths = draw(st.lists(st.floats(0.01, 400.0), min_size=1, max_size=12))
    edges = np.cumsum([0.0, *lengths]).round(3).tolist()
    kinds = st.sampled_from(
        [
            Interval(0, 0, State.HELD, side="left"),
            Interval(0, 0, State.HELD, side="right", is_full=True),
            Interval(0, 0, State.MOVING),
            Interval(0, 0, State.OUT_OF_FORM, faults=("trunk_forward", "trunk_back")),
        ]
    )
    told = []
    for count in range(1, len(edges)):
        intervals = [
            replace(draw(kinds), start_s=start_s, end_s=end_s)
            for start_s, end_s in pairwise(edges[: count + 1])
        ]
        depths = [DepthSecond(second, 30.0) for second in range(0, int(edges[count]), 50)]
        told.append(SessionLedger(tuple(intervals), tuple(depths)))
    return iter(told)


@given(growing_ledgers())
def test_what_is_written_bit_by_bit_is_what_was_told_last(told: Iterator[SessionLedger]) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for change in MIGRATIONS:
            if "without_secrets" not in change:
                connection.execute(change)
        writer = LedgerWriter()
        for ledger in told:
            writer.write(connection, 1, ledger)
            assert read_ledger(connection, 1) == ledger
