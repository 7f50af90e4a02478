import io

from rich.console import Console

from formcheck.pose.plan import Plan
from formcheck.session import Outcome
from formcheck.ui.display import Display, Status
from formcheck.ui.terminal import PlainView, TerminalView, text_display
from tests.ui.bodies import POSE, Kneeling, after, outcomes


def terminal(width: int = 80) -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=width, _environ={"TERM": "xterm"})


def text_of(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def plain(states: list[Outcome]) -> list[str]:
    console = Console(file=io.StringIO(), width=40)
    view = PlainView(POSE, console)
    for outcome in states:
        view.show(None, outcome)
    return text_of(console).splitlines()


def test_plain_lines_come_only_when_something_changes() -> None:
    body = Kneeling().landmarks()
    lines = plain(outcomes([body] * 700))
    assert lines[0].startswith("0.0 s  settling")
    assert [line.split("  ")[1] for line in lines].count("held") <= 4
    assert len(lines) == len(set(lines)) <= 6


def test_a_plain_line_says_time_state_seconds_and_cue() -> None:
    states = outcomes([Kneeling().landmarks()] * 340)
    ten = next(state for state in states if state.hold.held_s["left"] >= 10)
    assert plain(states)[-1] == f"{ten.time_s:.1f} s  held  left 10 s  Hold it there, breathe"


def test_what_a_plain_line_does_not_tell_is_no_reason_for_another() -> None:
    kneeling, away = Kneeling().landmarks(), Kneeling(lean_deg=40.0).landmarks()
    console = Console(file=io.StringIO(), width=80)
    view = PlainView(POSE, console, Plan.of(POSE, hold_s=1.0))
    for outcome in outcomes([kneeling] * 70 + [away] * 30 + [kneeling] * 30, target_s=1.0):
        view.show(None, outcome)
    told = [line.split("  ", 1)[1] for line in text_of(console).splitlines()]
    assert "Well done, switch sides" in told[-1]
    assert len(told) == len(set(told))


def test_plain_times_start_at_the_first_frame() -> None:
    console = Console(file=io.StringIO())
    view = PlainView(POSE, console)
    view.show(None, None, Status.GETTING_READY)
    view.show(None, after(3, None))
    assert text_of(console).splitlines() == [
        "0.0 s  getting ready  Getting ready",
        "0.0 s  nobody seen  Step into the picture",
    ]


def test_the_live_view_is_renewed_at_most_five_times_a_second() -> None:
    console, now_s = terminal(), [0.0]
    view = TerminalView(POSE, console, clock=lambda: now_s[0])
    outcome = after(5, Kneeling().landmarks())
    renewals = []
    for _ in range(60):
        before = len(text_of(console))
        view.show(None, outcome)
        if len(text_of(console)) > before:
            renewals.append(now_s[0])
        now_s[0] += 1 / 30
    view.close()
    assert 9 <= len(renewals) <= 11


def test_the_live_view_says_cue_state_and_both_sides() -> None:
    console = terminal()
    view = TerminalView(POSE, console)
    outcome = after(12, Kneeling().landmarks())
    view.show(None, outcome)
    shown = text_of(console)
    view.close()
    held = f"{int(outcome.hold.held_s['left'])} of 60 s"
    for words in ("Hold it there, breathe", "held", "Left", held, "Right", "0 of 60 s"):
        assert words in shown


def test_a_terminal_gets_the_live_view_and_a_pipe_gets_lines() -> None:
    displays: list[Display] = [
        text_display(POSE, terminal()),
        text_display(POSE, Console(file=io.StringIO())),
    ]
    assert [type(display) for display in displays] == [TerminalView, PlainView]
    for display in displays:
        display.show(None, None, Status.NO_CAMERA)
        assert display.keys() == []
        assert not display.is_closed
        display.close()
        display.close()
        display.show(None, None)
        assert display.is_closed
