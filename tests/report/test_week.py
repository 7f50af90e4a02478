"""How the week stands, and when the next day is due."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.landmarks import Side
from formcheck.report.week import (
    REMINDER,
    Week,
    monday_of,
    next_due,
    reminder_days,
    week_of,
    weeks_in_a_row,
)
from formcheck.store import Store
from tests.store.sessions import RECORD

MONDAY = date(2026, 3, 2)
BOTH: dict[Side, float] = {"left": 1.0, "right": 1.0}


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def week(*done: int, monday: date = MONDAY) -> Week:
    return Week(monday, {monday + timedelta(days=each): BOTH for each in done})


@pytest.mark.parametrize(
    ("done", "today", "due"),
    [
        ((), 0, 0),
        ((0,), 0, 2),
        ((0, 2), 2, 4),
        ((0,), 1, 2),
        ((0, 2, 4), 4, 7),
        ((0, 2, 4), 6, 7),
        ((4, 5), 5, 6),  # no room for a rest
        ((4,), 5, 5),
        ((), 6, 6),
        ((6,), 6, 7),
    ],
)
def test_a_day_of_rest_lies_between_two_days_where_the_week_has_room(
    done: tuple[int, ...], today: int, due: int
) -> None:
    assert next_due(week(*done), day(today)) == day(due)


def test_who_is_reminded_on_some_days_is_due_on_those() -> None:
    reminded = (0, 2, 4)
    assert next_due(week(), day(1), reminded) == day(2)
    assert next_due(week(2), day(2), reminded) == day(4)
    assert next_due(week(0, 1, 2), day(2), reminded) == day(7)


@given(
    st.sets(st.integers(0, 6)),
    st.integers(0, 6),
    st.lists(st.integers(0, 6), max_size=3, unique=True),
)
def test_what_is_due_is_never_past_nor_done_nor_beyond_the_week_after(
    done: Iterable[int], today: int, reminded: list[int]
) -> None:
    this = week(*(each for each in done if each <= today))
    due = next_due(this, day(today), reminded)
    assert day(today) <= due <= day(14)
    assert due not in this.done
    assert not reminded or due.weekday() in reminded
    if this.to_do == 0:
        assert due >= day(7)


def test_a_row_of_weeks_is_broken_by_one_that_was_not_done() -> None:
    mondays = [MONDAY - timedelta(weeks=back) for back in range(5)]
    weeks = {each: week(0, 2, 4, monday=each) for each in mondays}
    assert weeks_in_a_row(weeks, day(5)) == 5
    weeks[mondays[0]] = week(0)  # still under way
    assert weeks_in_a_row(weeks, day(0)) == 4
    weeks[mondays[2]] = week(0, 2, monday=mondays[2])
    assert weeks_in_a_row(weeks, day(0)) == 1
    del weeks[mondays[1]]
    assert weeks_in_a_row(weeks, day(0)) == 0


def test_a_week_over_the_years_end_is_one_week() -> None:
    days = [
        datetime.fromisoformat(f"{each}T23:30:00+01:00") for each in ("2025-12-29", "2026-01-01")
    ]
    sessions = [replace(RECORD, started_at=at, held_s={"left": 60, "right": 60}) for at in days]
    assert monday_of(date(2026, 1, 4)) == date(2025, 12, 29)
    assert week_of(sessions, date(2026, 1, 4)).done == [date(2025, 12, 29), date(2026, 1, 1)]
    assert week_of(sessions, date(2026, 1, 5)).done == []


def test_days_that_are_kept_in_a_broken_way_are_none(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert reminder_days(store) == []
    for kept in ("mon", 3, [0], {"a": 1}, {"days": 2}, {"days": [9, "a", 2]}):
        store.settings.set(REMINDER, kept)
        assert reminder_days(store) == ([2] if kept == {"days": [9, "a", 2]} else [])
