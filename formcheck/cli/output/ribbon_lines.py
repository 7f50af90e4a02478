"""A session's ribbons as lines of text, at its end."""

from collections.abc import Mapping
from typing import Final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from formcheck.coach.loss import in_words, told
from formcheck.judge.ledger import State
from formcheck.judge.ribbon import cells, held_s
from formcheck.ui.ending import Ending
from formcheck.ui.readout import Mood
from formcheck.ui.terminal import STYLES
from formcheck.ui.window.farewell import Rows

_SIGNS: Final[Mapping[State, str]] = {
    State.HELD: "█",
    State.OUT_OF_FORM: "╱",
    State.MOVING: "·",
    State.UNSEEN: "?",
    State.TURNED: "~",
    State.NO_PERSON: "_",
    State.NEVER_MOVED: "o",
    State.NO_CAMERA: "x",
    State.PAUSED: "=",
}
_PLAIN: Final[Mapping[State, str]] = {
    **_SIGNS,
    State.HELD: "#",
    State.OUT_OF_FORM: "/",
    State.MOVING: ".",
}
"""Where a terminal has no other letters than ASCII."""

_LONGEST: Final = 60
"""Letters of a ribbon: each is a second where it is a minute long."""
_BESIDE: Final = 18
"""Letters before and after it."""
_SHORTEST: Final = 10


class RibbonLines:
    """The ribbon of each side that was asked for, what its signs mean, and the largest loss."""

    def __init__(self, ending: Ending, rows: Rows) -> None:
        """Show this ending, with a row for each of these sides."""
        self._ending = ending
        self._rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines, as wide as there is room for."""
        signs = _PLAIN if options.ascii_only else _SIGNS
        is_narrow = options.max_width < _SHORTEST + _BESIDE
        count = min(_LONGEST, options.max_width - (0 if is_narrow else _BESIDE))
        ending, seen = self._ending, set()
        for name, side in self._rows:
            ribbon = ending.ribbons[side]
            seconds = f"{held_s(ribbon):.1f} s"
            line = Text("" if is_narrow else f"{name:6} ", no_wrap=True, overflow="crop")
            for span in cells(ribbon, ending.start_s, ending.end_s, count):
                state = None if span is None else span.state
                seen.add(state)
                style = STYLES[Mood.GOOD] if state is State.HELD else "default"
                line.append(" " if state is None else signs[state], style=style)
            if is_narrow:
                yield Text(f"{name} {seconds}")
            else:
                line.append(f" {seconds}")
            yield line
        known = [state for state in State if state in seen]
        words = "   ".join(f"{signs[state]} {in_words(state.value)}" for state in known)
        yield Text(words, style="dim", overflow="fold")
        if ending.loss is not None:
            yield Text(told(ending.loss), overflow="fold")
