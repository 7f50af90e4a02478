"""A reminder that calendars take."""

import io
import sys
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from formcheck.cli.main import ExitStatus, run
from formcheck.report.reminder import reminder
from formcheck.report.week import reminder_days
from formcheck.store import Store, private_files
from tests.report.histories import NOW, ZONE


@given(
    st.sets(st.integers(0, 6), min_size=1),
    st.times(),
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(ZONE)),
)
def test_it_comes_on_these_days_at_this_time_from_the_next_one_on(
    weekdays: set[int], at: time, now: datetime
) -> None:
    at = at.replace(second=0, microsecond=0)
    calendar: Any = Calendar.from_ical(reminder(weekdays, at, now, uid="one@formcheck", sequence=2))
    (event,) = calendar.walk("VEVENT")
    start = event.decoded("dtstart")
    assert start.tzinfo is None  # by whichever clock shows it
    assert start.time() == at
    assert start.weekday() in weekdays
    assert now.replace(tzinfo=None) < start <= now.replace(tzinfo=None) + timedelta(days=8)
    names = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    assert event["rrule"]["byday"] == [names[day] for day in sorted(weekdays)]
    assert event["rrule"]["freq"] == ["WEEKLY"]
    (alarm,) = event.walk("VALARM")
    assert alarm["action"] == "DISPLAY"
    assert alarm.decoded("trigger") == timedelta(0)
    assert (str(event["uid"]), int(event["sequence"])) == ("one@formcheck", 2)
    assert abs(event.decoded("dtstamp") - now) < timedelta(seconds=1)


def test_its_lines_are_as_the_standard_asks() -> None:
    content = reminder({0, 2}, time(18, 30), NOW, uid="one@formcheck", sequence=0)
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert b"RRULE:FREQ=WEEKLY;BYDAY=MO,WE" in lines
    assert b"DTSTART:20260401T183000" in lines
    assert b"//" not in content.replace(b"-//formcheck//reminder//EN", b"")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(private_files, "user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setattr(private_files, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return tmp_path


def test_its_days_are_remembered_and_a_second_one_changes_the_first(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / "data" / "reminder.ics"
    assert run(["remind", "--days", "Tuesday, sat", "--at", "07:05"]) == ExitStatus.DONE
    said = capsys.readouterr().out
    assert said.startswith(f"A reminder for Tuesday, Saturday at 07:05 is in {file}\n")
    assert "your calendar" in said
    assert reminder_days(Store()) == [1, 5]
    first: Any = Calendar.from_ical(file.read_bytes()).walk("VEVENT")[0]
    assert run(["remind"]) == ExitStatus.DONE
    second: Any = Calendar.from_ical(file.read_bytes()).walk("VEVENT")[0]
    assert first["uid"] == second["uid"]
    assert int(second["sequence"]) > int(first["sequence"])
    assert reminder_days(Store()) == [0, 2, 4]
    assert run(["remind", "--off"]) == ExitStatus.DONE
    assert reminder_days(Store()) == []
    assert run(["forget", "--yes"]) == ExitStatus.DONE
    assert not file.exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--days", "mon,noday"], "'noday' is no weekday"),
        (["--days", ""], "is no weekday"),
        (["--days", "t"], "is no weekday"),
        (["--at", "25:00"], "25:00"),
    ],
)
def test_a_day_or_a_time_that_is_none_is_told(
    words: list[str], says: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["remind", *words]) == ExitStatus.WRONG_USAGE
    assert says in capsys.readouterr().err
    assert not (home / "data").exists()


def test_a_file_of_ones_own_is_replaced_only_where_that_is_asked_for(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / "mine.ics"
    file.write_text("precious")
    assert run(["remind", "--out", str(file)]) == ExitStatus.FAILED
    assert file.read_text() == "precious"
    assert run(["remind", "--out", str(file), "--force"]) == ExitStatus.DONE
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR")
