"""`formcheck report`: what the weeks came to."""

import click

from formcheck.cli.output.console import plain_console
from formcheck.cli.output.rows import Rows
from formcheck.store import Store
from formcheck.store.report import Week, weeks


@click.command("report", short_help="Tell what the weeks came to.")
@click.option(
    "--weeks",
    "count",
    type=click.IntRange(min=1),
    default=12,
    show_default=True,
    metavar="N",
    help="Only the newest so many weeks.",
)
def report_command(count: int) -> int:
    """Tell what the weeks came to: days, seconds held, longest hold, depth, discomfort."""
    found = weeks(Store().history.sessions())
    if not found:
        click.echo("Nothing was held before a camera yet. Begin with: formcheck lunge-stretch")
        return 0
    console = plain_console()
    # A file or a pipe has no width in which words would have to be broken.
    (console if console.is_terminal else plain_console(width=120)).print(_table(found[-count:]))
    return 0


def _table(found: list[Week]) -> Rows:
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
