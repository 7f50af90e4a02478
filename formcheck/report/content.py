"""What the page says of each session and each week, before it is laid out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from statistics import median
from typing import Final

from formcheck.body.landmarks import SIDES, Side
from formcheck.catalogue import load_pose
from formcheck.coach.loss import Loss, in_words, losses_of, remedy, worth_telling
from formcheck.errors import FormcheckError
from formcheck.judge.ribbon import Ribbon, cells, ribbons
from formcheck.pose.definition import PoseDefinition
from formcheck.report.week import Week, monday_of, week_of
from formcheck.store import End, SessionRecord
from formcheck.store.session_ledger import DepthSecond, HeldPosture, SessionLedger

_MOST_ROWS: Final = 120
"""So many spans are told one by one; of more, what most of each minute was."""
_MINUTE_S: Final = 60.0

_ENDED: Final = {
    End.DONE: "all was done",
    End.SIGN: "ended by the sign",
    End.KEY: "ended by a key",
    End.CLOSED: "the window was closed",
    End.LEFT: "nobody was there any more",
    End.OVER: "the clip was over",
    End.INTERRUPTED: "interrupted",
    End.FAILED: "could not go on",
    End.LOST: "cut off",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a ribbon's table. Times in seconds since the first frame."""

    start_s: float
    end_s: float
    words: str
    remedy: str
    """What would have mended it; empty where it was held, or nothing would."""


@dataclass(frozen=True, slots=True)
class SideOfSession:
    """What became of one side in one session."""

    side: Side
    name: str
    """"Left", "Right", or "Held" where a pose has no sides."""
    held_s: float
    asked_s: float | None
    """None where that side was not asked for."""
    depth_deg: float | None
    full_s: float | None = None
    """None without a ledger, as are the next three empty."""
    ribbon: Ribbon = ()
    depths: Sequence[DepthSecond] = ()
    rows: Sequence[Row] = ()
    posture: HeldPosture | None = None


@dataclass(frozen=True, slots=True)
class SessionStory:
    """One session, as the page tells it."""

    record: SessionRecord
    pose: PoseDefinition | None
    """None where its file is not there any more."""
    title: str
    ended: str
    sides: Sequence[SideOfSession]
    losses: Sequence[Loss]
    """Those worth telling, most first."""
    duration_s: float
    has_ledger: bool


def story(record: SessionRecord, ledger: SessionLedger | None) -> SessionStory:
    """Return what the page says of a session.

    Args:
        record: As the history has it.
        ledger: Second by second; None where that was not kept.
    """
    pose = known_pose(record.pose)
    by_side = ribbons(ledger.intervals) if ledger is not None else {}
    has_sides = pose is None or pose.dosage.sides == 2
    sides = []
    for side in SIDES if has_sides else SIDES[:1]:
        ribbon = by_side.get(side, ())
        if side not in record.sides and not record.held_s[side] and not ribbon:
            continue
        sides.append(
            SideOfSession(
                side,
                side.capitalize() if has_sides else "Held",
                record.held_s[side],
                record.hold_s * record.sets if side in record.sides else None,
                record.depth_deg[side],
                None if ledger is None else ledger.full_s[side],
                ribbon,
                () if ledger is None else ledger.depths_of(side),
                rows(ribbon, pose),
                None if ledger is None else ledger.postures.get(side),
            )
        )
    return SessionStory(
        record,
        pose,
        pose.title if pose is not None else record.pose,
        _ENDED[record.ended] if record.ended is not None else "under way",
        sides,
        worth_telling(losses_of(record.lost_s, pose)),
        ledger.duration_s if ledger is not None else record.duration_s,
        has_ledger=ledger is not None,
    )


def rows(ribbon: Ribbon, pose: PoseDefinition | None) -> list[Row]:
    """Return a ribbon as the lines of a table, each with the cue that would have mended it."""
    if len(ribbon) <= _MOST_ROWS:
        return [
            Row(each.start_s, each.end_s, in_words(each.reason), remedy(each.reason, pose))
            for each in ribbon
        ]
    minutes = max(1, round(ribbon[-1].end_s / _MINUTE_S + 0.5))
    most = cells(ribbon, 0.0, minutes * _MINUTE_S, minutes)
    return [
        Row(
            number * _MINUTE_S,
            (number + 1) * _MINUTE_S,
            f"mostly {in_words(each.reason)}",
            remedy(each.reason, pose),
        )
        for number, each in enumerate(most)
        if each is not None
    ]


@cache
def known_pose(name: str) -> PoseDefinition | None:
    """Return the pose of a session; None where its file is gone or broken."""
    try:
        return load_pose(name)
    except FormcheckError:
        return None


def run_of_weeks(sessions: Iterable[SessionRecord], today: date) -> dict[date, Week]:
    """Return the weeks with a day of stretching, and this one, by their Mondays, oldest first."""
    of_week: dict[date, list[SessionRecord]] = {monday_of(today): []}
    for session in sessions:
        if session.is_live:
            day = session.started_at.date()
            # Of a day before Monday there may be a session that reaches into the week.
            for monday in {monday_of(day), monday_of(day + timedelta(days=1))}:
                of_week.setdefault(monday, []).append(session)
    weeks = {monday: week_of(of_week[monday], monday) for monday in sorted(of_week)}
    this = monday_of(today)
    return {monday: week for monday, week in weeks.items() if week.shares or monday == this}


def errors_of_weeks(
    ledgers: Mapping[int, SessionLedger], sessions: Iterable[SessionRecord]
) -> dict[tuple[date, Side], float]:
    """Return by how much the depth of a week's side may be off, median, where that is known."""
    errors: dict[tuple[date, Side], list[float]] = {}
    for session in sessions:
        ledger = ledgers.get(session.number) if session.number is not None else None
        if ledger is None or not session.is_live or not any(d.error_deg for d in ledger.depths):
            continue
        monday = monday_of(session.started_at.date())
        for side in SIDES:
            known = [e.error_deg for e in ledger.depths_of(side) if e.error_deg is not None]
            if known:
                errors.setdefault((monday, side), []).append(median(known))
    return {where: median(known) for where, known in errors.items()}
