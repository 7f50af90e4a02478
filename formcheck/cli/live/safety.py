"""What a person is told once before the first session, and asked after each."""

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from formcheck.cli.question import ask
from formcheck.coach.discomfort import WORST, advice, read_answer
from formcheck.store import Store, StoreError

if TYPE_CHECKING:
    from formcheck.pose.definition import PoseDefinition
    from formcheck.run import Moment
    from formcheck.store.journal import Journal


class SafetyNotes:
    """The safety notes of a pose, shown before its first session only.

    A start that found no camera was none: only a picture that is judged makes them known. It is a
    sink for that.
    """

    def __init__(self, pose: "PoseDefinition", store: Store) -> None:
        """Show these notes, and remember here that it was done."""
        self._pose, self._store = pose, store
        self._name = _setting(pose.name)
        self._is_news = False

    def tell(self) -> bool:
        """Show them, unless they are known; return whether they were shown."""
        if are_known(self._pose.name, self._store):
            return False
        self._is_news = True
        # Only now: it takes a while to load, and mostly nothing is shown.
        from rich.padding import Padding
        from rich.text import Text

        from formcheck.cli.output.console import plain_console

        console = plain_console()
        console.print(Text(f"Before the first time: {self._pose.title}", style="bold"))
        for note in self._pose.safety:
            console.print(Padding(Text(f"- {note}"), (0, 0, 0, 2)))
        return True

    def take(self, moment: "Moment") -> None:
        """Remember, once the session has truly begun, that they were shown."""
        if not self._is_news or moment.outcome is None:
            return
        self._is_news = False
        with suppress(StoreError):  # then they are shown again next time; the journal says why
            self._store.settings.set(self._name, True)

    def close(self) -> None:
        """Do nothing: what was shown stays so, however the session ended."""


def are_known(pose: str, store: Store) -> bool:
    """Tell whether the safety notes of a pose were shown before."""
    return bool(store.settings.get(_setting(pose)))


def _setting(pose: str) -> str:
    return f"safety/{pose}"


def wait_until_read() -> None:
    """Let whoever sits at the terminal confirm with a key that the notes were read."""
    if is_somebody_there():
        click.pause("Read? Then press a key, and go to your mat.")


def ask_discomfort(journal: "Journal", of: str = "") -> None:
    """Ask how much it hurt, and answer; Enter skips it, and nobody at a terminal is not asked.

    Args:
        journal: Keeps the answer.
        of: What is asked about, where it is one of several.
    """
    if not is_somebody_there():
        return
    subject = f"Discomfort in {of}" if of else "Discomfort"
    # Who closes the input, or presses Ctrl-C, skips it, too.
    answer = read_answer(ask(f"{subject}, 0 (none) to {WORST} (Enter skips):") or "")
    if answer is None:
        return
    click.echo(advice(answer))
    journal.answer(answer)


def is_somebody_there() -> bool:
    """Tell whether somebody can read and answer at the terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()
