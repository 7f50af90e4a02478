"""`formcheck remind`: the days of the week, for the calendar one has."""

from contextlib import suppress
from datetime import datetime, time
from pathlib import Path
from typing import Final
from uuid import uuid4

import click

from formcheck.printable import printable
from formcheck.report.week import REMINDER, WEEKDAYS
from formcheck.store import Store
from formcheck.store.private_files import (
    REMINDER_NAME,
    check_may_be_written,
    data_folder,
    make_private_folder,
    write_privately,
)

_HOW: Final = (
    "Open it, and your calendar asks to add it. In a browser's calendar: its settings, import."
)


def _days(_context: click.Context, _option: click.Parameter, value: str) -> tuple[int, ...]:
    """Return weekdays by their names, with commas between them, as numbers from 0 for Monday."""
    found = set()
    for name in (each.strip() for each in value.lower().split(",")):
        days = [day for day, whole in enumerate(WEEKDAYS) if _is_short(name, whole)]
        if not days:
            raise click.BadParameter(f"{name!r} is no weekday; give e.g. mon,wed,fri.")
        found.add(days[0])
    return tuple(sorted(found))


def _is_short(name: str, whole: str) -> bool:
    return len(name) >= 3 and whole.lower().startswith(name)


@click.command("remind", short_help="Make a reminder for your calendar.")
@click.option(
    "--days",
    default="mon,wed,fri",
    callback=_days,
    show_default=True,
    metavar="DAYS",
    help="On which weekdays.",
)
@click.option(
    "--at",
    type=click.DateTime(formats=["%H:%M"]),
    default="18:30",
    show_default=True,
    metavar="HH:MM",
    help="At what time.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the reminder into FILE (.ics); without, it lies beside the history.",
)
@click.option("--force", is_flag=True, help="Let --out replace FILE if it is there.")
@click.option("--off", is_flag=True, help="Be due on no fixed days any more.")
def remind_command(
    *, days: tuple[int, ...], at: datetime, out: Path | None, force: bool, off: bool
) -> int:
    """Write a reminder with an alarm on these days of every week, as every calendar takes it.

    It is your calendar that reminds you: nothing of formcheck runs meanwhile. The days are
    remembered, so that history and the end of a session tell when the next one is due.
    """
    store = Store()
    if off:
        store.settings.set(REMINDER, None)
        click.echo("No days are remembered any more. Remove the reminder from your calendar, too.")
        return 0
    # Only now: it takes a while to load.
    from formcheck.report.reminder import reminder

    if out is not None:
        check_may_be_written(out, force=force)
    kept = store.settings.get(REMINDER)
    known = kept if isinstance(kept, dict) else {}
    uid = str(known.get("uid") or f"{uuid4()}@formcheck")
    sequence = known.get("sequence", -1)
    sequence = sequence + 1 if isinstance(sequence, int) else 0
    path = data_folder() / REMINDER_NAME if out is None else out.absolute()
    store.settings.set(REMINDER, {"days": days, "uid": uid, "sequence": sequence})
    if out is None:
        with suppress(OSError):  # which the writing tells
            make_private_folder(path.parent)
    content = reminder(
        days, time(at.hour, at.minute), datetime.now().astimezone(), uid=uid, sequence=sequence
    )
    write_privately(path, lambda file: file.write(content), force=force or out is None)
    names = ", ".join(WEEKDAYS[day] for day in days)
    click.echo(printable(f"A reminder for {names} at {at:%H:%M} is in {path}"))
    click.echo(_HOW)
    return 0
