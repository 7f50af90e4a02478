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

from formcheck.body.landmarks import SIDES
from formcheck.coach.coach import Phase
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.plan import Plan
from formcheck.session import Outcome
from formcheck.ui.cue_shape import shape_of
from formcheck.ui.display import USUAL, Display, Key, Looking, Resting, Status
from formcheck.ui.drawing.pictogram import Pictogram
from formcheck.ui.drawing.shapes import Shape
from formcheck.ui.ending import Ending
from formcheck.ui.presenter import Presenter
from formcheck.ui.readout import PHASE_WORDS, REST, Inner, Mood, Readout, readout
from formcheck.ui.suspension import Suspension
from formcheck.ui.window.farewell import Rows, rows_of

UPDATE_S: Final = 0.2
"""The live view changes at most so often, or at once when the cue does."""

LINE_EVERY_S: Final = 10
"""A plain line for so many more seconds held."""

NARROWEST: Final = 40
"""Letters across a terminal; one with fewer has no room for the live view."""

STYLES: Final = {Mood.GOOD: "#35C2B0", Mood.WAIT: "default", Mood.MEND: "#FFB000"}
SYMBOLS: Final = {Shape.CHECK: "✔", Shape.TRIANGLE: "▲", Shape.DOTS: "…", Shape.BARS: "‖"}
ASCII_SYMBOLS: Final = {
    Shape.CHECK: "+",
    Shape.TRIANGLE: "!",
    Shape.DOTS: "...",
    Shape.BARS: "||",
}


ARROWS: Final = {
    Pictogram.BACK: ("↑ away from the camera", "(away from the camera)"),
    Pictogram.NEARER: ("↓ towards the camera", "(towards the camera)"),
    Pictogram.LEFT: ("← left", "<- left"),
    Pictogram.RIGHT: ("→ right", "-> right"),
    Pictogram.TURN: ("↺ ↻ turn", "(turn)"),
    Pictogram.TURN_LEFT: ("↺ turn left", "(turn left)"),
    Pictogram.TURN_RIGHT: ("↻ turn right", "(turn right)"),
    Pictogram.LID_UP: ("⤴ lid back", "(lid back)"),
    Pictogram.LID_DOWN: ("⤵ lid forward", "(lid forward)"),
    Pictogram.SWITCH: ("⇄ the other side", "(the other side)"),
}
"""The direction of a step, with an arrow and without; the others are told by their cue alone."""


def text_display(pose: PoseDefinition, console: Console, plan: Plan | None = None) -> Display:
    """Return the display for this console: live in a terminal that is up to it, else plain lines.

    By default the plan is the pose's own dose.
    """
    is_able = console.is_terminal and not console.is_dumb_terminal
    view = TerminalView if is_able and console.width >= NARROWEST else PlainView
    return view(pose, console, plan)


def direction(now: Readout, *, is_ascii: bool = False) -> str:
    """Return where to go in words, e.g. "→ right" or "↻ turn right, about 30°"; empty for none."""
    if now.step not in ARROWS:
        return ""
    words = ARROWS[now.step][is_ascii]
    if now.turn_deg is None:
        return words
    return f"{words}, about {now.turn_deg} degrees" if is_ascii else f"{words}, {now.turn_deg}°"


class TerminalView:
    """A `Display` that renews itself in a terminal."""

    def __init__(
        self,
        pose: PoseDefinition,
        console: Console,
        plan: Plan | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start the live view; `clock` tells seconds, growing, to limit its updates."""
        self.take_up(pose, plan or Plan.of(pose))
        self._clock = clock
        self._shown: tuple[object, ...] | None = None
        self._shown_at_s = 0.0
        self._is_closed = False
        self._live = Live(console=console, auto_refresh=False, transient=True)
        self._suspension = Suspension(console, self._height)
        self._live.start()

    def take_up(self, pose: PoseDefinition, plan: Plan) -> None:
        """Show this pose by this plan from now on."""
        self._pose = pose
        self._rows = rows_of(has_sides=pose.dosage.sides == 2, sides=plan.sides)
        self._presenter = Presenter(pose, plan, None)

    def show(
        self,
        image: npt.NDArray[np.uint8] | None,
        outcome: Outcome | None,
        status: Status | Resting = Status.LIVE,
        looking: Looking = USUAL,
    ) -> None:
        """Show one state; the picture is not."""
        now = self._presenter.step(outcome, status, looking=looking).now
        what, at_s = (now.cue, now.mood), self._clock()
        if self._is_closed or (what == self._shown and at_s - self._shown_at_s < UPDATE_S):
            return
        self._shown, self._shown_at_s = what, at_s
        is_ascii = self._live.console.options.ascii_only
        self._live.update(view(now, self._pose.title, self._rows, is_ascii=is_ascii), refresh=True)

    def sum_up(self, ending: Ending) -> None:
        """Show nothing more: once the view is away, the summary has it."""

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
            self._suspension.close()

    def _height(self) -> int:
        """Return how many lines the view has."""
        return len(self._live.console.render_lines(self._live.renderable))


class PlainView:
    """A `Display` of lines: one where the state, the cue or the tens of seconds change."""

    def __init__(self, pose: PoseDefinition, console: Console, plan: Plan | None = None) -> None:
        """Write the lines to this console; by default the plan is the pose's own dose."""
        self._begin(pose, plan or Plan.of(pose))
        self._console = console
        self._start_s: float | None = None
        self._passed_s = 0.0
        self._said: tuple[object, ...] | None = None
        self._is_closed = False

    def take_up(self, pose: PoseDefinition, plan: Plan) -> None:
        """Show this pose by this plan from now on."""
        self._begin(pose, plan)
        self._console.print(f"Next: {pose.title}", markup=False, highlight=False, soft_wrap=True)

    def _begin(self, pose: PoseDefinition, plan: Plan) -> None:
        self._pose, self._plan = pose, plan
        self._rows = rows_of(has_sides=pose.dosage.sides == 2, sides=plan.sides)
        self._outcome: Outcome | None = None

    def show(
        self,
        image: npt.NDArray[np.uint8] | None,
        outcome: Outcome | None,
        status: Status | Resting = Status.LIVE,
        looking: Looking = USUAL,
    ) -> None:
        """Write a line if something changed."""
        if outcome is not None:
            self._outcome = outcome
            self._start_s = outcome.time_s if self._start_s is None else self._start_s
            self._passed_s = outcome.time_s - self._start_s
        now = readout(self._outcome, status, self._pose, self._plan)
        tens = tuple(held // LINE_EVERY_S for held in now.held_s)
        what = (where(now), now.cue.text, tens)
        if self._is_closed or what == self._said:
            return
        self._said = what
        self._console.print(self._line(now), markup=False, highlight=False, soft_wrap=True)

    def sum_up(self, ending: Ending) -> None:
        """Write nothing more: the summary that follows has it."""

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

    def _line(self, now: Readout) -> str:
        held = dict(zip(SIDES, now.held_s, strict=True))
        sides = [
            f"{name.lower()} {held[side]} s"
            for name, side in self._rows
            if held[side] or side == now.side
        ]
        parts = [
            f"{self._passed_s:.1f} s",
            where(now),
            *sides,
            now.cue.text,
            direction(now, is_ascii=True),
        ]
        return "  ".join(part for part in parts if part)


def where(now: Readout) -> str:
    """Return where the session stands in words: the phase, or why this moment does not count."""
    says_it_all = (Phase.READY, Phase.AWAY, Phase.PAUSED, Phase.SWITCH, Phase.DONE)
    if now.phase in (PHASE_WORDS[phase] for phase in says_it_all):
        return now.phase
    is_lining_up = now.phase == PHASE_WORDS[Phase.SETTING_UP]
    return now.phase if is_lining_up and now.state == "out of form" else now.state


def view(now: Readout, title: str, rows: Rows, *, is_ascii: bool = False) -> RenderableType:
    """Return the live view of one moment, with a row for each side."""
    style = STYLES[now.mood]
    symbol = (ASCII_SYMBOLS if is_ascii else SYMBOLS)[shape_of(now.cue)]
    cue = Text(f"{symbol}  {now.cue.text}", style=f"bold {style}", justify="center")
    sides = Table.grid(padding=(0, 2), expand=True)
    sides.add_column(width=8)
    sides.add_column(ratio=1)
    sides.add_column(justify="right", width=14)
    total = now.target_s * now.sets
    for name, side in rows:
        held = now.held_s[SIDES.index(side)]
        is_current = side == now.side
        bar = ProgressBar(
            total=total,
            completed=min(held, total),
            complete_style=STYLES[Mood.GOOD],
            finished_style=STYLES[Mood.GOOD],
        )
        mark = "  "
        if side in now.sides_done:
            mark = "+ " if is_ascii else "✔ "
        elif is_current:
            mark = "> " if is_ascii else "▸ "
        sides.add_row(
            Text(mark + name),
            bar,
            f"{held} of {total:g} s",
            style="bold" if is_current else "dim",
        )
    told = [now.title if now.phase == REST else where(now), direction(now, is_ascii=is_ascii)]
    if now.sets > 1:
        told.append(f"set {now.set_number} of {now.sets}")
    if now.inner is Inner.SIGN:
        told.append(f"{now.sign:.0%}")
    state = Text("   ".join(part for part in [*told, now.note] if part))
    return Panel(
        Group(Padding(Align.center(cue), (1, 0)), Align.center(state), Text(), sides),
        title=title,
        border_style=style,
        subtitle="Ctrl-C ends",
        width=72,
    )
