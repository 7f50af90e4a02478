import json
import os
import sqlite3
import stat
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.store import End, SessionRecord, Store, StoreError
from formcheck.store import database as database_module
from formcheck.store.database import FILE_NAME, MIGRATIONS
from formcheck.store.history import Dose, credited, days_of_week, insert
from formcheck.store.report import weeks
from tests.store.sessions import HELD_4_S, RECORD, STARTED_AT, Kept, wait_for_a_session


def add(store: Store, *records: SessionRecord) -> None:
    with store.database.transaction() as connection:
        for record in records:
            insert(connection, record)


def test_a_session_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    bare = replace(RECORD, sides=("right",), discomfort=None, lost_s={}, ended=End.OVER)
    add(Store(tmp_path), RECORD, bare)
    assert Store(tmp_path).history.sessions() == [RECORD, bare]


def test_a_store_that_is_only_read_makes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    assert store.history.sessions() == []
    assert store.settings.get("depth") is None
    assert store.news() == []
    assert not (tmp_path / "data").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are the folder's own there")
def test_what_is_kept_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    (folder / FILE_NAME).touch(mode=0o644)
    before = os.umask(0)
    try:
        kept = Kept(folder)
        kept.see(HELD_4_S)
        wait_for_a_session(folder)
        with closing(kept.store.database.connect()):  # so that SQLite's own files are there
            names = {path.name for path in folder.iterdir()}
            rights = {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
        kept.end(End.KEY)
    finally:
        os.umask(before)
    assert {FILE_NAME, f"{FILE_NAME}-wal", "under-way-1.lock"} <= names
    assert rights == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_settings_are_remembered_until_they_are_forgotten(tmp_path: Path) -> None:
    Store(tmp_path).settings.set("depth/lunge-stretch/left", {"median": 21.5})
    Store(tmp_path).settings.set("depth/lunge-stretch/left", {"median": 22.5})
    assert Store(tmp_path).settings.get("depth/lunge-stretch/left") == {"median": 22.5}
    Store(tmp_path).settings.set("depth/lunge-stretch/left", None)
    assert Store(tmp_path).settings.get("depth/lunge-stretch/left") is None


def test_a_history_of_an_older_formcheck_is_brought_forward_whole(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute(MIGRATIONS[0])
        connection.execute("PRAGMA user_version = 1")
        insert(connection, RECORD)
    store = Store(tmp_path)
    store.settings.set("a", 1)
    assert store.history.sessions() == [RECORD]
    assert store.news() == []


def test_a_migration_that_fails_leaves_the_history_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(Store(tmp_path), RECORD)
    broken = (*MIGRATIONS, "ALTER TABLE sessions ADD COLUMN mood TEXT", "NO SQL")
    with monkeypatch.context() as patch:
        patch.setattr(database_module, "MIGRATIONS", broken)
        with pytest.raises(StoreError):
            Store(tmp_path).history.sessions()
    assert Store(tmp_path).history.sessions() == [RECORD]


def test_a_history_of_a_newer_formcheck_is_left_alone(tmp_path: Path) -> None:
    add(Store(tmp_path), RECORD)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer formcheck"):
        Store(tmp_path).history.sessions()
    kept = Kept(tmp_path)
    kept.see(HELD_4_S)
    kept.end(End.DONE)
    assert "newer formcheck" in (kept.journal.problem or "")


@pytest.mark.parametrize("damage", ["no database", "a torn page"])
def test_a_damaged_history_is_set_aside_and_a_new_one_begun(tmp_path: Path, damage: str) -> None:
    path = tmp_path / FILE_NAME
    if damage == "no database":
        path.write_text("These are not the bytes you are looking for. " * 200)
    else:
        add(Store(tmp_path), *[RECORD] * 200)
        content = bytearray(path.read_bytes())
        content[8192:20480] = os.urandom(12288)
        path.write_bytes(content)
    before = path.read_bytes()
    store = Store(tmp_path)
    (notice,) = store.news()
    (aside,) = tmp_path.glob("history-damaged-*.db")
    assert str(aside) in notice
    assert aside.read_bytes() == before
    add(store, RECORD)
    assert Store(tmp_path).history.sessions() == [RECORD]
    assert Store(tmp_path).news() == []


def dose_of(pose: str) -> Dose:
    return Dose(20.0, has_sides=False) if pose == "bridge" else Dose(60.0, has_sides=True)


def test_the_week_runs_from_monday_and_has_the_days_with_something_held() -> None:
    def on(day: int, **changes: object) -> SessionRecord:
        at = datetime(2026, 3, day, 23, 30, tzinfo=STARTED_AT.tzinfo)
        return replace(RECORD, started_at=at, **changes)  # type: ignore[arg-type]

    nothing = {"left": 0.0, "right": 0.0}
    sessions = [on(1), on(2), on(2), on(4), on(5, held_s=nothing), on(6, is_live=False), on(9)]
    days = days_of_week(sessions, date(2026, 3, 8), dose_of)
    assert set(days) == {date(2026, 3, 2), date(2026, 3, 4)}


@pytest.mark.parametrize(
    ("held", "shares"),
    [
        ([("lunge-stretch", 60, 45)], (1.0, 0.75)),
        ([("lunge-stretch", 60, 60), ("low-lunge-side-bend", 60, 20)], (2.0, 4 / 3)),
        ([("lunge-stretch", 30, 0), ("low-lunge-side-bend", 30, 60)], (1.0, 1.0)),
        ([("bridge", 20, 0)], (1.0, 1.0)),
    ],
)
def test_each_side_of_a_day_has_its_share_of_the_dose_over_all_stretches(
    held: list[tuple[str, float, float]], shares: tuple[float, float]
) -> None:
    sessions = [
        replace(
            RECORD,
            started_at=RECORD.started_at + timedelta(minutes=10 * number),
            pose=pose,
            held_s={"left": left, "right": right},
        )
        for number, (pose, left, right) in enumerate(held)
    ]
    (day,) = days_of_week(sessions, STARTED_AT.date(), dose_of).values()
    assert (day["left"], day["right"]) == pytest.approx(shares)


def test_losses_are_kept_as_json_for_others_to_read(tmp_path: Path) -> None:
    add(Store(tmp_path), RECORD)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        (lost,) = connection.execute("SELECT lost_s FROM sessions").fetchone()
    assert json.loads(lost) == RECORD.lost_s


def test_the_hour_that_comes_twice_in_autumn_is_in_the_order_in_which_it_was(
    tmp_path: Path,
) -> None:
    summer = datetime.fromisoformat("2025-10-26T02:50:00+02:00")
    winter = datetime.fromisoformat("2025-10-26T02:10:00+01:00")
    add(Store(tmp_path), replace(RECORD, started_at=winter), replace(RECORD, started_at=summer))
    kept = [each.started_at for each in Store(tmp_path).history.sessions()]
    assert kept == [summer, winter]


def test_a_session_of_the_future_does_not_stay_the_newest(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    days = [now + timedelta(days=day) for day in (-9, 4000, -2)]
    add(Store(tmp_path), *(replace(RECORD, started_at=day) for day in days))
    sessions = Store(tmp_path).history.sessions()
    assert [each.started_at.date() for each in sessions] == [day.date() for day in days]
    assert weeks(sessions)[-1].monday <= now.date()


def test_two_programs_before_one_person_credit_a_second_once() -> None:
    monday = datetime.fromisoformat("2026-03-02T18:00:00+01:00")
    first = replace(
        RECORD, started_at=monday, duration_s=100.0, held_s={"left": 30.0, "right": 0.0}
    )

    def shares(**other: object) -> float:
        sessions = [first, replace(first, **other)]  # type: ignore[arg-type]
        days = days_of_week(sessions, monday.date(), lambda _: Dose(60.0, has_sides=True))
        return days[monday.date()]["left"]

    assert shares() == 0.5
    assert (
        shares(started_at=monday + timedelta(seconds=3), held_s={"left": 20.0, "right": 0.0}) == 0.5
    )
    assert shares(started_at=monday + timedelta(seconds=100)) == 1.0
    assert shares(started_at=monday + timedelta(seconds=91)) == pytest.approx(1.0 - 8 / 60)
    assert shares(pose="low-lunge", source="/dev/video0") == 0.5
    assert shares(is_live=False) == 0.5


@given(
    st.lists(
        st.builds(
            lambda at_s, duration_s, share, pose: replace(
                RECORD, started_at=RECORD.started_at + timedelta(seconds=at_s), pose=pose,
                duration_s=duration_s, held_s={"left": duration_s * share, "right": 0.0},
            ),
            st.integers(0, 500), st.integers(0, 200), st.sampled_from([0.0, 0.5, 1.0]),
            st.sampled_from(["lunge-stretch", "low-lunge"]),
        ),
        max_size=6,
    )
)  # fmt: skip
def test_no_week_has_more_than_its_time(sessions: list[SessionRecord]) -> None:
    own = [each["left"] for each in credited(sessions)]
    watched = {
        second
        for each in sessions
        for second in range(
            int(each.started_at.timestamp()), int(each.started_at.timestamp() + each.duration_s)
        )
    }
    assert sum(own) <= len(watched) + len(sessions) * (len(sessions) - 1) / 2
    assert all(mine <= each.held_s["left"] for mine, each in zip(own, sessions, strict=True))
    assert [week.held_s["left"] for week in weeks(sessions)] == (
        [pytest.approx(sum(own))] if sum(own) else []
    )


@pytest.mark.parametrize("folder", ["~/.local/share/formcheck", "data", "./data"])
def test_an_account_without_a_place_is_told_and_nothing_is_written(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store(Path(folder))
    assert "set HOME" in store.news()[0]
    assert store.settings.get("depth") is None
    with pytest.raises(StoreError, match="HOME"):
        store.history.sessions()
    with pytest.raises(StoreError, match="HOME"):
        store.settings.set("depth", 1)
    assert list(tmp_path.iterdir()) == []
