"""`formcheck history`, `export` and `forget`: what was kept, taken along, removed."""

from datetime import date
from pathlib import Path
from typing import Final

import click

from formcheck.body.landmarks import SIDES
from formcheck.cli.output.console import plain_console
from formcheck.cli.output.rows import Rows
from formcheck.cli.question import ask
from formcheck.errors import FormcheckError
from formcheck.pose.definition import load_pose
from formcheck.printable import printable
from formcheck.store import End, SessionRecord, Store
from formcheck.store.export import as_csv, as_json
from formcheck.store.forget import is_session_under_way, remove, traces
from formcheck.store.history import Dose, days_of_week
from formcheck.store.private_files import write_privately

_TIMES_A_WEEK = 3
"""The dose of every pose there is."""

_USUAL_DOSE: Final = Dose(60.0, has_sides=True)

_WHOLE: Final = 0.99
"""Of a dose: the table shows 59.5 s as a minute."""

_NEITHER = (".xlsx", ".xls", ".ods", ".numbers", ".pdf", ".db", ".sqlite")
"""Whatever opens files of these names would call a CSV damaged."""

_MEGABYTE = 1_000_000


@click.command("history", short_help="Tell what was held, day by day.")
@click.option(
    "--last",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="Only the newest so many sessions.",
)
def history_command(last: int) -> int:
    """Tell what was held, day by day, and how this week stands.

    Everything is on this machine: `formcheck export` takes it along, `formcheck forget` removes it.
    """
    store = Store()
    console = plain_console()
    news, sessions = store.news(), store.history.sessions()
    for sentence in news:
        console.print(sentence, soft_wrap=True, highlight=False)
    if not sessions:
        console.print("Nothing is kept yet. A session begins it: formcheck lunge-stretch")
        return 0
    # A file or a pipe has no width in which words would have to be broken.
    console = console if console.is_terminal else plain_console(width=160)
    console.print(_table(sessions[-last:]))
    console.print(_week(sessions, date.today()), highlight=False)
    return 0


def _week(sessions: list[SessionRecord], today: date) -> str:
    """Return how the week stands: a day counts once each side had its dose."""
    shares = days_of_week(sessions, today, _dose_of)
    lacking = {
        day: [side for side in SIDES if of_day[side] < _WHOLE] for day, of_day in shares.items()
    }
    days = sum(not sides for sides in lacking.values())
    done = "done" if days >= _TIMES_A_WEEK else f"{_TIMES_A_WEEK - days} to go"
    told = f"This week: {days} of {_TIMES_A_WEEK} days with both sides, {done}."
    if lacking.get(today):
        had = " and ".join(f"{side} {100 * shares[today][side]:.0f} %" for side in lacking[today])
        told += f" Today so far: {had} of the dose."
    return told


def _dose_of(pose_name: str) -> Dose:
    """Return the dose of a pose; the usual one where its file is not there any more, or broken."""
    try:
        dosage = load_pose(pose_name).dosage
    except FormcheckError:
        return _USUAL_DOSE
    return Dose(dosage.hold_s, has_sides=dosage.sides == 2)


def _table(sessions: list[SessionRecord]) -> Rows:
    numbers = ("left", "right", "longest", "discomfort")
    table = Rows(("date", "pose", *numbers, "ended"), folding=("pose", "ended"), right=numbers)
    for session in sessions:
        table.add(
            session.started_at.strftime("%Y-%m-%d %H:%M"),
            printable(session.pose),
            f"{session.held_s['left']:.0f} s",
            f"{session.held_s['right']:.0f} s",
            f"{session.longest_s:.0f} s",
            "" if session.discomfort is None else str(session.discomfort),
            printable(_ended(session)),
        )
    return table


def _ended(session: SessionRecord) -> str:
    if session.ended is End.OVER and not session.is_live:
        return f"end of clip {session.source}"
    ended = session.ended.value if session.ended else "under way"
    return ended if session.is_live else f"{ended} (clip {session.source})"


@click.command("export", short_help="Write the history as CSV or JSON.")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--json", "is_json", is_flag=True, help="JSON; without it, as the file's name ends.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def export_command(file: Path | None, is_json: bool, force: bool) -> int:
    """Write the history to FILE, or to the terminal: CSV, or JSON where FILE ends with .json.

    left_s and right_s are what a session counted; left_credited_s and right_credited_s what the
    week has of it: nothing of a clip, and what two programs counted at once only once.
    """
    if file is not None and not is_json and file.suffix.lower() in _NEITHER:
        raise FormcheckError(
            f"The history is written as CSV or JSON, which {file} would not open as. "
            "End its name with .csv or .json; spreadsheets open the first."
        )
    is_json = is_json or (file is not None and file.suffix.lower() == ".json")
    sessions = Store().history.sessions()
    text = as_json(sessions) if is_json else as_csv(sessions)
    if file is None:
        click.echo(text, nl=False)
    else:
        write_privately(file, lambda open_file: open_file.write(text.encode()), force=force)
        many = "1 session is" if len(sessions) == 1 else f"{len(sessions)} sessions are"
        click.echo(printable(f"{many} in {file}."))
    return 0


@click.command("forget", short_help="Remove everything that was kept.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget_command(yes: bool) -> int:
    """Remove everything that formcheck wrote by itself: history, personal depth, cached model.

    What you asked for under a name of your own (recordings, exports, poses) stays.
    """
    if is_session_under_way():
        raise FormcheckError("A session is under way. End it first, then forget.")
    found = traces()
    if not found:
        click.echo("There is nothing to forget.")
        return 0
    for trace in found:
        click.echo(f"{trace.path}  {trace.size / _MEGABYTE:.2f} MB: {trace.what}")
    if not yes and not _is_confirmed():
        click.echo("Nothing was removed.")
        return 0
    for trace in found:
        remove(trace)
        click.echo(f"Removed {trace.path}")
    return 0


def _is_confirmed() -> bool:
    answer = ask("Remove all this? [y/N]:")
    return answer is not None and answer.strip().lower() in ("y", "yes")
