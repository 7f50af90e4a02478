"""The page: one file, without an address, a script or a picture from elsewhere."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from formcheck.body.landmarks import SIDES
from formcheck.catalogue import load_pose
from formcheck.coach.loss import in_words
from formcheck.figure.any_view import figure_for
from formcheck.judge.ledger import State
from formcheck.pose.parts import Band
from formcheck.printable import printable
from formcheck.report.charts import MILD, clock, posture_chart, ribbon_chart, weeks_chart
from formcheck.report.content import (
    SessionStory,
    SideOfSession,
    errors_of_weeks,
    run_of_weeks,
    story,
)
from formcheck.report.posture import Difference, postures
from formcheck.report.replay import Replay, Track, replay
from formcheck.report.week import (
    TIMES_A_WEEK,
    WEEKDAYS,
    Week,
    day_in_words,
    monday_of,
    next_due,
    weeks_in_a_row,
)
from formcheck.store import SessionRecord
from formcheck.store import report as weekly
from formcheck.store.session_ledger import SessionLedger

RUN_SHOWN: Final = 12
"""So many of the newest weeks are shown one by one."""


@dataclass(frozen=True, slots=True)
class SideShown:
    """A side of a session with its pictures, as SVG."""

    story: SideOfSession
    ribbon: Markup | None
    target: Markup | None
    seen: Markup | None
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True)
class SessionShown:
    """A session with its pictures."""

    story: SessionStory
    sides: Sequence[SideShown]
    replay: Replay | None
    """Where it was recorded."""


def sessions_page(
    sessions: Sequence[SessionRecord],
    ledgers: Mapping[int, SessionLedger],
    now: datetime,
    *,
    in_full: int,
    weeks: int,
    weekdays: Sequence[int] = (),
    tracks: Mapping[int, Track] | None = None,
) -> str:
    """Return the page of all sessions as HTML.

    Args:
        sessions: Oldest first, at least one.
        ledgers: Second by second, by the number of the session, at least of those to show in full.
        now: When it is made.
        in_full: So many of the newest sessions are shown with their ribbons; others are a line.
        weeks: So many of the newest weeks are in the chart.
        weekdays: Those one is reminded of, 0 for Monday.
        tracks: The landmarks of what was recorded, by the number of the session.
    """
    today = now.date()
    run = run_of_weeks(sessions, today)
    week = run[monday_of(today)]
    shown_weeks = weekly.weeks(sessions)[-weeks:]
    errors = errors_of_weeks(ledgers, sessions)
    due = next_due(week, today, weekdays)
    newest = list(reversed(sessions))
    return rendered(
        "sessions.html",
        title="Your stretching",
        now=now,
        week=_days(week, today, due),
        week_done=len(week.done),
        week_to_do=week.to_do,
        this_week=next((each for each in shown_weeks if each.monday == week.monday), None),
        due=day_in_words(due, today),
        in_a_row=weeks_in_a_row(run, today),
        run=list(run.values())[-RUN_SHOWN:],
        weeks=shown_weeks,
        errors=errors,
        weeks_svg=Markup(weeks_chart(shown_weeks, errors, _weeks_label(shown_weeks)))
        if shown_weeks
        else None,
        in_full=[
            shown(story(each, ledger), ledger, (tracks or {}).get(each.number or 0))
            for each, ledger in ((each, _ledger(each, ledgers)) for each in newest[:in_full])
        ],
        others=[story(each, None) for each in newest[in_full:]],
        count=len(sessions),
    )


def session_page(
    record: SessionRecord,
    ledger: SessionLedger | None,
    now: datetime,
    track: Track | None = None,
) -> str:
    """Return the page of one session as HTML, with the landmarks of its recording, if any."""
    told = story(record, ledger)
    return rendered(
        "session.html", title=f"{told.title}, {_when(record.started_at)}", now=now,
        in_full=[shown(told, ledger, track)],
    )  # fmt: skip


def shown(told: SessionStory, ledger: SessionLedger | None, track: Track | None) -> SessionShown:
    """Return a session with its pictures drawn."""
    moving = None
    if track is not None and ledger is not None and told.pose is not None:
        moving = replay(track, told.pose, ledger.intervals)
    return SessionShown(told, [_side(each, told) for each in told.sides], moving)


def _side(side: SideOfSession, told: SessionStory) -> SideShown:
    pose, ribbon, target, seen = told.pose, None, None, None
    differences: Sequence[Difference] = ()
    if side.ribbon and told.duration_s > 0:
        label = f"{side.name}: every second, held or why not; the table below has the same."
        ribbon = Markup(
            ribbon_chart(side.ribbon, side.depths, told.duration_s, depth_band(told), label)
        )
    found = None
    if side.posture is not None and pose is not None:
        found = postures(side.posture, pose)
    if found is not None and pose is not None:
        words = "; ".join(
            f"{each.words} {each.seen_deg:.0f} degrees, target {each.target_deg:.0f}"
            for each in found.differences
        )
        target = _target(pose.name)
        seen = Markup(posture_chart(found.seen, "seen", f"How you held it: {words}."))
        differences = found.differences
    return SideShown(side, ribbon, target, seen, differences)


@cache
def _target(pose_name: str) -> Markup:
    pose = load_pose(pose_name)
    return Markup(posture_chart(figure_for(pose), "target", "The pose as it is asked for."))


def depth_band(told: SessionStory) -> Band | None:
    """Return the depths that count in a session's pose; None where that is not known."""
    gates = {} if told.pose is None else told.pose.gate_by_measurement
    return gates["rear_hip_extension"].accept if "rear_hip_extension" in gates else None


def _ledger(session: SessionRecord, ledgers: Mapping[int, SessionLedger]) -> SessionLedger | None:
    return None if session.number is None else ledgers.get(session.number)


def _days(week: Week, today: date, due: date) -> list[dict[str, Any]]:
    """Return each day of a week, from Monday, with what it came to."""
    days = []
    for number, name in enumerate(WEEKDAYS):
        day = week.monday + timedelta(days=number)
        shares = week.shares.get(day, {})
        state = "none"
        if day in week.done:
            state = "done"
        elif shares:
            state = "part"
        elif day == due:
            state = "due"
        days.append(
            {"name": name, "day": day, "state": state, "shares": shares, "is_today": day == today}
        )
    return days


def _weeks_label(weeks: Sequence[weekly.Week]) -> str:
    return (
        f"Seconds held on each side, depth of each side and discomfort, from the week of "
        f"{weeks[0].monday:%d %B %Y} on; the table below has the same."
    )


def rendered(template: str, **values: Any) -> str:
    """Return a template of the package as HTML, with what every page has."""
    environment = Environment(
        loader=PackageLoader("formcheck.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(clock=clock, when=_when, said=_said, words=in_words, number=_number)
    assert environment.loader is not None
    style, script = (
        # As a browser reads it, of which the hash is.
        environment.loader.get_source(environment, name)[0].replace("\r\n", "\n")
        for name in ("style.css", "replay.js")
    )
    has_replay = any(each.replay for each in values.get("in_full", ()))
    return environment.get_template(template).render(
        style=Markup(style),
        style_hash=_digest(style),
        script=Markup(script) if has_replay else None,
        script_hash=_digest(script),
        states=[state.value for state in State],
        sides=SIDES,
        mild=MILD,
        times_a_week=TIMES_A_WEEK,
        **values,
    )


def _digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _when(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B %Y, %H:%M}"


def _said(text: str) -> str:
    """Return text of others, without what is no letter at all."""
    return printable(text)


def _number(value: float | None, digits: int = 1, unit: str = "", name: str = "") -> Markup:
    """Return a number for people, with the number itself for programs; nothing for None."""
    if value is None:
        return Markup("")
    marked = Markup(' class="{}"').format(name) if name else Markup("")
    return Markup('<data{} value="{}">{}{}</data>').format(
        marked, round(value, 3), f"{value:.{digits}f}", unit
    )
