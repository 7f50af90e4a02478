"""The days of a week as an event with an alarm, for any calendar."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event

from formcheck.report.week import WEEKDAYS

_LASTS: Final = timedelta(minutes=10)
"""A minute a side, with the way to the mat and back."""

_TITLE: Final = "Stretch both sides"
_WORDS: Final = "Start with: formcheck lunge-stretch. Only to a mild stretch, 3 of 10 at most."


def reminder(
    weekdays: Collection[int], at: time, now: datetime, *, uid: str, sequence: int
) -> bytes:
    """Return an iCalendar file (RFC 5545) with one event on these days of every week.

    Its time is that of whichever clock shows it, so that summer time and journeys change nothing.

    Args:
        weekdays: At least one, 0 for Monday.
        at: The time of the day.
        now: With its offset from UTC; the first event is on the first such day not yet past.
        uid: Of this event for good: a calendar that has it changes it in place of a second one.
        sequence: How often it was changed before.
    """
    event = Event()
    first = _first(weekdays, at, now)
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", now)
    event.add("dtstart", datetime.combine(first, at))
    event.add("duration", _LASTS)
    days = [WEEKDAYS[day][:2].upper() for day in sorted(weekdays)]
    event.add("rrule", {"freq": "weekly", "byday": days})
    event.add("summary", _TITLE)
    event.add("description", _WORDS)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _TITLE)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//formcheck//reminder//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _first(weekdays: Collection[int], at: time, now: datetime) -> date:
    day = now.date()
    if now.time() >= at:
        day += timedelta(days=1)
    while day.weekday() not in weekdays:
        day += timedelta(days=1)
    return day
