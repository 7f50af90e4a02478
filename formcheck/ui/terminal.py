"""The same state without a window: a live view in a terminal, or plain lines elsewhere."""

import time
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
from rich.align import Align
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from formcheck.pose import PoseDefinition
from formcheck.session import Outcome
from formcheck.ui.display import Display, Key, Status
from formcheck.ui.glance import Glance, Mood, glance
from formcheck.ui.shapes import Shape, shape_of

UPDATE_S: Final = 0.2
"""The live view changes at most so often, or at once when the cue does."""

LINE_EVERY_S: Final = 10
"""A plain line for so many more seconds held."""

STYLES: Final = {Mood.GOOD: "#35C2B0", Mood.WAIT: "default", Mood.MEND: "#FFB000"}
SYMBOLS: Final = {Shape.CHECK: "✔", Shape.TRIANGLE: "▲", Shape.DOTS: "…", Shape.BARS: "‖"}
ASCII_SYMBOLS: Final = {
    Shape.CHECK: "+",
    Shape.TRIANGLE: "!",
    Shape.DOTS: "...",
    Shape.BARS: "||",
}


def text_display(pose: PoseDefinition, console: Console) -> Display:
    """Return the display for this console: live in a terminal, else plain lines."""
    return TerminalView(pose, console) if console.is_terminal else PlainView(pose, console)


class TerminalView:
    """A `Display` that renews itself in a terminal."""

    def __init__(
        self,
        pose: PoseDefinition,
        console: Console,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start the live view; `clock` tells seconds, growing, to limit its updates."""
        self._pose = pose
        self._clock = clock
        self._outcome: Outcome | None = None
        self._shown: tuple[object, ...] | None = None
        self._shown_at_s = 0.0
        self._is_closed = False
        self._live = Live(console=console, auto_refresh=False, transient=True)
        self._live.start()

    def show(
        self,
        image: npt.NDArray[np.uint8] | None,
        outcome: Outcome | None,
        status: Status = Status.LIVE,
    ) -> None:
        """Show one state; the picture is not."""
        self._outcome = self._outcome if outcome is None else outcome
        now = glance(self._outcome, status, self._pose.dosage.hold_s)
        what, at_s = (now.cue, now.mood), self._clock()
        if self._is_closed or (what == self._shown and at_s - self._shown_at_s < UPDATE_S):
            return
        self._shown, self._shown_at_s = what, at_s
        is_ascii = self._live.console.options.ascii_only
        self._live.update(view(now, self._pose.title, is_ascii=is_ascii), refresh=True)

    def keys(self) -> list[Key]:
        """Return nothing: a terminal is left with Ctrl-C."""
        return []

    @property
    def is_closed(self) -> bool:
        """Whether it was closed; nobody but the program does."""
        return self._is_closed

    def close(self) -> None:
        """Take the live view away, so that what follows starts on a clean line."""
        if not self._is_closed:
            self._is_closed = True
            self._live.stop()


class PlainView:
    """A `Display` of lines: one where the state, the cue or the tens of seconds change."""

    def __init__(self, pose: PoseDefinition, console: Console) -> None:
        """Write the lines to this console."""
        self._pose = pose
        self._console = console
        self._outcome: Outcome | None = None
        self._start_s: float | None = None
        self._said: tuple[object, ...] | None = None
        self._is_closed = False

    def show(
        self,
        image: npt.NDArray[np.uint8] | None,
        outcome: Outcome | None,
        status: Status = Status.LIVE,
    ) -> None:
        """Write a line if something changed."""
        if outcome is not None:
            self._outcome = outcome
            self._start_s = outcome.time_s if self._start_s is None else self._start_s
        now = glance(self._outcome, status, self._pose.dosage.hold_s)
        tens = tuple(held // LINE_EVERY_S for held in now.held_s)
        what = (now.state, now.cue.text, tens)
        if self._is_closed or what == self._said:
            return
        self._said = what
        self._console.print(self._line(now), markup=False, highlight=False, soft_wrap=True)

    def keys(self) -> list[Key]:
        """Return nothing: lines have no keys."""
        return []

    @property
    def is_closed(self) -> bool:
        """Whether it was closed; nobody but the program does."""
        return self._is_closed

    def close(self) -> None:
        """Write no more."""
        self._is_closed = True

    def _line(self, now: Glance) -> str:
        passed = 0.0
        if self._outcome is not None and self._start_s is not None:
            passed = self._outcome.time_s - self._start_s
        sides = [
            f"{side} {held} s"
            for side, held in zip(("left", "right"), now.held_s, strict=True)
            if held or side == now.side
        ]
        return "  ".join([f"{passed:.1f} s", now.state, *sides, now.cue.text])


def view(now: Glance, title: str, *, is_ascii: bool = False) -> RenderableType:
    """Return the live view of one moment."""
    style = STYLES[now.mood]
    symbol = (ASCII_SYMBOLS if is_ascii else SYMBOLS)[shape_of(now.cue)]
    cue = Text(f"{symbol}  {now.cue.text}", style=f"bold {style}", justify="center")
    sides = Table.grid(padding=(0, 2), expand=True)
    sides.add_column(width=8)
    sides.add_column(ratio=1)
    sides.add_column(justify="right", width=14)
    for side, held in zip(("left", "right"), now.held_s, strict=True):
        is_current = side == now.side
        bar = ProgressBar(
            total=now.target_s,
            completed=min(held, now.target_s),
            complete_style=STYLES[Mood.GOOD],
            finished_style=STYLES[Mood.GOOD],
        )
        sides.add_row(
            Text((("> " if is_ascii else "▸ ") if is_current else "  ") + side.capitalize()),
            bar,
            f"{held} of {now.target_s:g} s",
            style="bold" if is_current else "dim",
        )
    return Panel(
        Group(Padding(Align.center(cue), (1, 0)), Align.center(Text(now.state)), Text(), sides),
        title=title,
        border_style=style,
        subtitle="Ctrl-C ends",
        width=72,
    )
