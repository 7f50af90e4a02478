"""How a week stands: which of its days are done, and when the next one is due."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from formcheck.body.landmarks import SIDES, Side
from formcheck.catalogue import load_pose
from formcheck.errors import FormcheckError
from formcheck.store import SessionRecord, Store
from formcheck.store.history import Dose, days_of_week

TIMES_A_WEEK: Final = 3
"""The dose of every pose there is."""

WHOLE: Final = 0.99
"""Of a dose: the table shows 59.5 s as a minute."""

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

REMINDER: Final = "reminder"
"""The setting of the reminder: its `days` are the weekdays, 0 for Monday."""

_USUAL_DOSE: Final = Dose(60.0, has_sides=True)
_DAY: Final = timedelta(days=1)
_RESTS: Final = timedelta(days=2)
"""From one day of stretching to the next, where the week has room for it."""


@dataclass(frozen=True, slots=True)
class Week:
    """The days of one week."""

    monday: date
    shares: Mapping[date, Mapping[Side, float]]
    """Of the days on which something was held: what share of its dose each side had."""

    def lacking(self, day: date) -> list[Side]:
        """Return the sides that had something of their dose on a day, but not all."""
        of_day = self.shares.get(day, {})
        return [side for side in SIDES if side in of_day and of_day[side] < WHOLE]

    @property
    def done(self) -> list[date]:
        """The days on which each side had its dose."""
        return sorted(day for day in self.shares if not self.lacking(day))

    @property
    def to_do(self) -> int:
        """How many days are still to do."""
        return max(0, TIMES_A_WEEK - len(self.done))

    def told(self, today: date, weekdays: Sequence[int] = ()) -> str:
        """Return in sentences how the week stands, and when the next day is due."""
        done = f"{self.to_do} to go" if self.to_do else "done"
        told = f"This week: {len(self.done)} of {TIMES_A_WEEK} days with both sides, {done}."
        if lacking := self.lacking(today):
            had = " and ".join(f"{side} {100 * self.shares[today][side]:.0f} %" for side in lacking)
            told += f" Today so far: {had} of the dose."
        return f"{told} Next: {day_in_words(next_due(self, today, weekdays), today)}."


def week_of(sessions: Iterable[SessionRecord], today: date) -> Week:
    """Return the week of a day, from its Monday."""
    monday = monday_of(today)
    # Of the day before there may be a session that reaches into the week.
    near = [
        each for each in sessions if monday - _DAY <= each.started_at.date() <= monday + 7 * _DAY
    ]
    return Week(monday, days_of_week(near, today, dose_of))


def week_in_words(store: Store, sessions: Sequence[SessionRecord], today: date) -> str:
    """Return in sentences how this week stands."""
    return week_of(sessions, today).told(today, reminder_days(store))


def reminder_days(store: Store) -> list[int]:
    """Return the weekdays one is reminded of, 0 for Monday; none where `remind` set none."""
    kept = store.settings.get(REMINDER)
    days = kept.get("days") if isinstance(kept, dict) else None
    known = days if isinstance(days, list) else []
    return [day for day in range(len(WEEKDAYS)) if day in known]


def next_due(week: Week, today: date, weekdays: Sequence[int] = ()) -> date:
    """Return the next day to stretch on, today or later.

    Args:
        week: Of today.
        today: The day it is.
        weekdays: Those one is reminded of, 0 for Monday. Without, there is a day of rest between
            two days where the week leaves room for it.
    """
    is_done_today = today in week.done
    next_monday = week.monday + 7 * _DAY
    if weekdays:
        day = today + _DAY * is_done_today
        if week.to_do == 0:
            day = max(day, next_monday)
        while day.weekday() not in weekdays:
            day += _DAY
        return day
    if week.to_do == 0:
        return next_monday
    if not is_done_today:
        is_rest_day = today - _DAY in week.done
        has_room = (next_monday - today - _DAY).days >= 2 * week.to_do - 1
        return today + _DAY if is_rest_day and has_room else today
    has_room = (next_monday - today - _RESTS).days >= 2 * week.to_do - 1
    return min(next_monday, today + (_RESTS if has_room else _DAY))


def day_in_words(day: date, today: date) -> str:
    """Return a day as one speaks of it, e.g. "tomorrow" or "Wednesday"."""
    if day == today:
        return "today"
    return "tomorrow" if day == today + _DAY else WEEKDAYS[day.weekday()]


def weeks_in_a_row(weeks: Mapping[date, Week], today: date) -> int:
    """Return how many weeks up to now were done one after the other.

    The week under way counts once it is done, and breaks nothing before.

    Args:
        weeks: By their Mondays.
        today: The day it is.
    """
    monday, count = monday_of(today), 0
    if monday in weeks and weeks[monday].to_do == 0:
        count = 1
    monday -= 7 * _DAY
    while monday in weeks and weeks[monday].to_do == 0:
        count += 1
        monday -= 7 * _DAY
    return count


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


@cache
def dose_of(pose_name: str) -> Dose:
    """Return the dose of a pose; the usual one where its file is not there any more, or broken."""
    try:
        dosage = load_pose(pose_name).dosage
    except FormcheckError:
        return _USUAL_DOSE
    return Dose(dosage.hold_s, has_sides=dosage.sides == 2)
