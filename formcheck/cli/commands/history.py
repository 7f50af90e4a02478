"""`formcheck history`, `export` and `forget`: what was kept, taken along, removed."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from statistics import median

import click

from formcheck.cli.output.console import plain_console
from formcheck.cli.output.rows import Rows
from formcheck.cli.output.tables import about
from formcheck.cli.question import ask
from formcheck.errors import FormcheckError
from formcheck.printable import printable
from formcheck.report.week import week_in_words
from formcheck.store import End, SessionRecord, Store
from formcheck.store.export import (
    LEDGER,
    SESSIONS,
    as_csv,
    as_json,
    as_parquet,
    ledger_rows,
    session_rows,
)
from formcheck.store.forget import is_session_under_way, remove, traces
from formcheck.store.private_files import write_privately
from formcheck.store.session_ledger import SessionLedger

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
    console.print(_table(sessions[-last:], store.ledgers.of_each(sessions[-last:])))
    console.print(week_in_words(store, sessions, date.today()), highlight=False)
    return 0


def _table(sessions: list[SessionRecord], ledgers: Mapping[int, SessionLedger]) -> Rows:
    numbers = ("left", "right", "longest", "discomfort")
    headings = ("date", "pose", *numbers, "ended", "depth")
    table = Rows(headings, folding=("pose", "ended", "depth"), right=numbers)
    for session in sessions:
        table.add(
            session.started_at.strftime("%Y-%m-%d %H:%M"),
            printable(session.pose),
            f"{session.held_s['left']:.0f} s",
            f"{session.held_s['right']:.0f} s",
            f"{session.longest_s:.0f} s",
            "" if session.discomfort is None else str(session.discomfort),
            printable(_ended(session)),
            _depth(session, ledgers.get(session.number or -1)),
        )
    return table


def _depth(session: SessionRecord, ledger: SessionLedger | None) -> str:
    """Return how deep it was, in words, and by how much that may be off where that is known."""
    sides = {side: deg for side, deg in session.depth_deg.items() if deg is not None}
    depths = ledger.depths if ledger is not None else ()
    known = [each.error_deg for each in depths if each.error_deg is not None]
    if not sides:
        return ""
    said = " and ".join(f"{deg:.0f}° {side}" for side, deg in sides.items())
    return about(said, median(known) if known else None)


def _ended(session: SessionRecord) -> str:
    if session.ended is End.OVER and not session.is_live:
        return f"end of clip {session.source}"
    ended = session.ended.value if session.ended else "under way"
    return ended if session.is_live else f"{ended} (clip {session.source})"


@click.command("export", short_help="Write the history as CSV, JSON or Parquet.")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--json", "is_json", is_flag=True, help="JSON; without it, as the file's name ends.")
@click.option("--ledger", is_flag=True, help="A row for each second in place of each session.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def export_command(file: Path | None, is_json: bool, ledger: bool, force: bool) -> int:
    """Write the history to FILE, or to the terminal: CSV, or JSON where FILE ends with .json.

    left_s and right_s are what a session counted; left_credited_s and right_credited_s what the
    week has of it: nothing of a clip, and what two programs counted at once only once.

    FILE.parquet is written where pyarrow is installed. docs/export.md tells every column.
    """
    ending = file.suffix.lower() if file is not None and not is_json else ""
    if ending in _NEITHER:
        raise FormcheckError(
            f"The history is written as CSV, JSON or Parquet, which {file} would not open as. "
            "End its name with .csv or .json; spreadsheets open the first."
        )
    store = Store()
    sessions = store.history.sessions()
    kept = store.ledgers.of_each(sessions)
    columns = LEDGER if ledger else SESSIONS
    rows = list(ledger_rows(sessions, kept) if ledger else session_rows(sessions, kept))
    if ending == ".parquet":
        content = as_parquet(rows, columns)
    else:
        text = as_json(rows) if is_json or ending == ".json" else as_csv(rows, columns)
        content = text.encode()
    if file is None:
        click.echo(content.decode(), nl=False)
    else:
        write_privately(file, lambda open_file: open_file.write(content), force=force)
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
