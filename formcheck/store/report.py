"""What the weeks came to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from formcheck.body.landmarks import SIDES, Side
from formcheck.store.history import SessionRecord, credited

_Credited = tuple[SessionRecord, Mapping[Side, float]]


@dataclass(frozen=True, slots=True)
class Week:
    """What was held before a camera in one week."""

    monday: date
    days: int
    """On so many days something was held."""
    held_s: Mapping[Side, float]
    """What two programs counted at once, once."""
    longest_s: float
    """Held without a pause, at best."""
    depth_deg: Mapping[Side, float | None]
    """Median of the sessions' depths; None where none is known."""
    discomfort: float | None
    """Median of the answers, 0 to 10; None where there is none."""


def weeks(sessions: Sequence[SessionRecord]) -> list[Week]:
    """Return the weeks in which something was held, oldest first; clips do not count."""
    # In the order of the sessions: one that is dated in the future stays where it was kept.
    by_monday: dict[date, list[_Credited]] = defaultdict(list)
    for session, own_s in zip(sessions, credited(sessions), strict=True):
        if sum(own_s.values()) > 0:
            day = session.started_at.date()
            by_monday[day - timedelta(days=day.weekday())].append((session, own_s))
    return [_week(monday, of_week) for monday, of_week in by_monday.items()]


def _week(monday: date, of_week: list[_Credited]) -> Week:
    sessions = [session for session, _ in of_week]
    return Week(
        monday=monday,
        days=len({session.started_at.date() for session in sessions}),
        held_s={side: sum(own_s[side] for _, own_s in of_week) for side in SIDES},
        longest_s=max(session.longest_s for session in sessions),
        depth_deg={side: _median(each.depth_deg[side] for each in sessions) for side in SIDES},
        discomfort=_median(session.discomfort for session in sessions),
    )


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
