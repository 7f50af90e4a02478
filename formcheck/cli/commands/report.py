"""`formcheck report`: what the sessions came to, as a page to look at."""

import os
import webbrowser
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile

import click

from formcheck.cli.output.console import plain_console
from formcheck.cli.output.rows import Rows
from formcheck.errors import FormcheckError
from formcheck.printable import printable
from formcheck.store import SessionRecord, Store
from formcheck.store.private_files import (
    REPORT_NAME,
    check_may_be_written,
    data_folder,
    make_private_folder,
    write_privately,
)
from formcheck.store.report import Week, weeks

if TYPE_CHECKING:
    from formcheck.body.landmarks import PoseLandmarks
    from formcheck.io.recording.track import Track

_WEEKS_OF_TEXT: Final = 12
_WEEKS_OF_PAGE: Final = 52

_APART_S: Final = 0.2
"""At most so many seconds apart a replay needs its frames."""


@click.command("report", short_help="Show what the sessions came to, as a page.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the page into FILE (.html); without, it lies beside the history.",
)
@click.option("--force", is_flag=True, help="Let --out replace FILE if it is there.")
@click.option("--no-open", is_flag=True, help="Do not open the page in the browser.")
@click.option(
    "--session",
    "which",
    metavar="last|DATE",
    help="One session alone: the last, or the newest that began at DATE, as history tells it.",
)
@click.option(
    "--sessions",
    "in_full",
    type=click.IntRange(min=1),
    default=12,
    show_default=True,
    metavar="N",
    help="Show so many of the newest sessions second by second; the others are a line each.",
)
@click.option(
    "--weeks",
    "count",
    type=click.IntRange(min=1),
    show_default=f"{_WEEKS_OF_PAGE}; {_WEEKS_OF_TEXT} with --text",
    metavar="N",
    help="Only the newest so many weeks.",
)
@click.option("--text", is_flag=True, help="No page: a table of the weeks in the terminal.")
def report_command(
    *,
    out: Path | None,
    force: bool,
    no_open: bool,
    which: str | None,
    in_full: int,
    count: int | None,
    text: bool,
) -> int:
    """Show what the sessions came to: the week, the weeks, and each session second by second.

    It writes one file, without an address in it, and opens it in the browser. A session that was
    recorded can be replayed in it, as long as its landmarks lie where they were.
    """
    if text and (out is not None or which is not None):
        raise click.UsageError("--text writes no page; leave out --out and --session.")
    store = Store()
    sessions = store.history.sessions()
    if not sessions or (text and not weeks(sessions)):
        click.echo("Nothing was held before a camera yet. Begin with: formcheck lunge-stretch")
        return 0
    if text:
        _print(weeks(sessions)[-(count or _WEEKS_OF_TEXT) :])
        return 0
    if out is not None:
        check_may_be_written(out, force=force)
    page = _page(store, sessions, which, in_full, count or _WEEKS_OF_PAGE)
    path = data_folder() / REPORT_NAME if out is None else out.absolute()
    if out is None:
        with suppress(OSError):  # which the writing tells
            make_private_folder(path.parent)
    write_privately(path, lambda file: file.write(page.encode("utf-8")), force=force or out is None)
    click.echo(printable(f"The page is in {path}"))
    if not no_open and _can_open():
        webbrowser.open(path.as_uri())
    return 0


def _page(
    store: Store, sessions: Sequence[SessionRecord], which: str | None, in_full: int, count: int
) -> str:
    # Only now: the charts take a second to load.
    from formcheck.report.page import session_page, sessions_page
    from formcheck.report.week import monday_of, reminder_days

    now = datetime.now().astimezone()
    if which is not None:
        session = _named(sessions, which)
        track = _tracks(store, [session]).get(session.number or 0)
        return session_page(session, store.ledgers.of(session), now, track)
    shown = {week.monday for week in weeks(sessions)[-count:]}
    second_by_second = [
        each
        for number, each in enumerate(reversed(sessions))
        if number < in_full or monday_of(each.started_at.date()) in shown
    ]
    return sessions_page(
        sessions,
        store.ledgers.of_each(second_by_second),
        now,
        in_full=in_full,
        weeks=count,
        weekdays=reminder_days(store),
        tracks=_tracks(store, sessions[-in_full:]),
    )


def _tracks(store: Store, sessions: Sequence[SessionRecord]) -> "dict[int, Track]":
    """Return the landmarks of what was recorded, as far as it is still there."""
    from formcheck.io.recording.track import SUFFIX, load_track

    found: dict[int, Track] = {}
    for number, clip in store.ledgers.recordings(sessions).items():
        path = clip.with_suffix(SUFFIX)
        with suppress(OSError, ValueError, KeyError, BadZipFile):  # moved, removed, or another file
            found[number] = _thinned(load_track(path))
    return found


def _thinned(track: "Iterable[tuple[float, PoseLandmarks | None]]") -> "Track":
    """Return a few frames a second, which take less room: an hour has 100,000."""
    kept: Track = []
    for time_s, landmarks in track:
        if not kept or time_s - kept[-1][0] >= _APART_S:
            kept.append((time_s, landmarks))
    return kept


def _named(sessions: Sequence[SessionRecord], which: str) -> SessionRecord:
    """Return the last session, or the newest that began at this date.

    Raises:
        FormcheckError: There is none.
    """
    if which == "last":
        return sessions[-1]
    for session in reversed(sessions):
        if session.started_at.strftime("%Y-%m-%d %H:%M").startswith(which.replace("T", " ")):
            return session
    raise FormcheckError(
        f"No session began at {which!r}. Give its date as formcheck history tells it, or last."
    )


def _can_open() -> bool:
    """Whether there is a screen with a browser: one in the terminal would only be in the way."""
    from formcheck.ui.screen import has_screen

    return has_screen() or bool(os.environ.get("WAYLAND_DISPLAY"))


def _print(found: Sequence[Week]) -> None:
    console = plain_console()
    # A file or a pipe has no width in which words would have to be broken.
    (console if console.is_terminal else plain_console(width=120)).print(_table(found))


def _table(found: Sequence[Week]) -> Rows:
    numbers = ("days", "left", "right", "longest", "depth left", "depth right", "discomfort")
    table = Rows(("week from", *numbers), right=numbers)
    for week in found:
        table.add(
            week.monday.isoformat(),
            str(week.days),
            f"{week.held_s['left']:.0f} s",
            f"{week.held_s['right']:.0f} s",
            f"{week.longest_s:.0f} s",
            _or_nothing(week.depth_deg["left"], "°"),
            _or_nothing(week.depth_deg["right"], "°"),
            _or_nothing(week.discomfort, ""),
        )
    return table


def _or_nothing(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:.0f}{unit}"
