"""What a person is told once before the first session, and asked after each."""

import sys
from contextlib import suppress

import click

from formcheck.discomfort import WORST, advice, read_answer
from formcheck.pose import PoseDefinition
from formcheck.store import Store, StoreError
from formcheck.store.journal import Journal


def tell_safety(pose: PoseDefinition, store: Store) -> None:
    """Show the safety notes of a pose, before its first session only.

    Whoever sits at the terminal confirms with a key that they were read.
    """
    name = f"safety/{pose.name}"
    if store.settings.get(name):
        return
    # Only now: it takes a while to load, and mostly nothing is shown.
    from rich.padding import Padding
    from rich.text import Text

    from formcheck.cli.console import plain_console

    console = plain_console()
    console.print(Text(f"Before the first time: {pose.title}", style="bold"))
    for note in pose.safety:
        console.print(Padding(Text(f"- {note}"), (0, 0, 0, 2)))
    if _is_somebody_there():
        click.pause("Read? Then press a key, and go to your mat.")
    with suppress(StoreError):  # then they are shown again next time; the journal says why
        store.settings.set(name, True)


def ask_discomfort(journal: Journal) -> None:
    """Ask how much it hurt, and answer; Enter skips it, and nobody at a terminal is not asked."""
    if not _is_somebody_there():
        return
    try:
        typed = click.prompt(
            f"Discomfort, 0 (none) to {WORST} (Enter skips)", default="", show_default=False
        )
    except click.Abort:  # the input was closed, or Ctrl-C: that skips it, too
        return
    answer = read_answer(typed)
    if answer is None:
        return
    click.echo(advice(answer))
    journal.answer(answer)


def _is_somebody_there() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
