"""What is told, on the error stream, while many files are scored: done, failed, left, how long."""

import sys
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from typing import Final

import click
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from formcheck.cli.output.console import plain_console
from formcheck.printable import printable
from formcheck.ui.suspension import Suspension

_TELL_EVERY_S: Final = 30.0
"""Where there is no terminal, a line so often."""

_REMEMBERED_S: Final = 600.0
"""How long yet is told from the speed of the last ten minutes."""


class Tally:
    """Counts files, and shows how far it is."""

    def __init__(self, progress: Progress, names: list[str], *, in_lines: bool) -> None:
        """Show it with this; names are those of the files, by their numbers."""
        self._progress = progress
        self._names = names
        self._in_lines = in_lines
        self._tasks: dict[int, TaskID] = {}
        self._began_s = self._told_s = time.monotonic()
        self.done = 0
        self.failed = 0
        self._all = progress.add_task(self._words(), total=len(names)) if len(names) > 1 else None

    @property
    def lines(self) -> int:
        """How many lines are shown."""
        return len(self._progress.tasks)

    def tell(self, number: int, done: int, total: int) -> None:
        """Take in how many frames of a file are done, of how many (0 if not known)."""
        if number not in self._tasks:
            name = printable(self._names[number])
            self._tasks[number] = self._progress.add_task(name, total=total or None)
        self._progress.update(self._tasks[number], completed=done, total=total or None)

    def finish(self, number: int, *, has_failed: bool) -> None:
        """Take in that a file is done."""
        if number in self._tasks:
            self._progress.remove_task(self._tasks.pop(number))
        self.done += 1
        self.failed += has_failed
        if self._all is not None:
            self._progress.update(self._all, completed=self.done, description=self._words())
        now_s = time.monotonic()
        if self._in_lines and now_s - self._told_s >= _TELL_EVERY_S:
            self._told_s = now_s
            left_s = (now_s - self._began_s) / self.done * (len(self._names) - self.done)
            click.echo(f"{self._words()}, about {_duration(left_s)} yet", err=True)

    def _words(self) -> str:
        left = len(self._names) - self.done
        return f"{self.done} done, {self.failed} failed, {left} left"


@contextmanager
def tally(names: list[str], *, is_quiet: bool) -> Generator[Tally]:
    """Show how far it is with these files while this lasts; nothing where it is to be quiet."""
    console = plain_console(stderr=True, file=sys.stderr)
    is_shown = console.is_terminal and not console.is_dumb_terminal and not is_quiet
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not is_shown,
        speed_estimate_period=_REMEMBERED_S,
    )
    with progress:
        shown = Tally(progress, names, in_lines=not is_shown and not is_quiet)
        with closing(Suspension(console, lambda: shown.lines)):
            yield shown


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
