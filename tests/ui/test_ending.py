"""What is shown when a session is over adds up to what was counted."""

import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from formcheck.body.landmarks import SIDES
from formcheck.cli.output.ribbon_lines import RibbonLines
from formcheck.cli.output.tables import summary
from formcheck.judge.ledger import State
from formcheck.judge.ribbon import Span, cells, held_s
from formcheck.pose.definition import load_pose
from formcheck.pose.plan import Plan
from formcheck.result.score import ClipScorer
from formcheck.session import Session
from formcheck.ui.drawing.colours import MEND
from formcheck.ui.drawing.layout import Rect
from formcheck.ui.ending import Ending, ending_of
from formcheck.ui.window.farewell import rows_of
from formcheck.ui.window.overlay import Overlay
from formcheck.ui.window.ribbon import LOOKS, draw_ribbon
from tests.factories import FOLDED, STRETCH, stay, track

POSE = load_pose("lunge-stretch")
PLAN = Plan.of(POSE)
ROWS = rows_of(has_sides=True, sides=PLAN.sides)
BODIES = [STRETCH, replace(STRETCH, stretched="right"), FOLDED, replace(FOLDED, stretched="right")]


def printed(what: object, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, markup=False)
    console.print(what)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(st.floats(0.4, 9.0), st.sampled_from([*BODIES, None])), min_size=1, max_size=6
    )
)
def test_the_ribbons_add_up_to_the_summary_to_the_tenth_of_a_second(
    phases: list[tuple[float, object]],
) -> None:
    session = Session(POSE)
    scorer = ClipScorer(session)
    for time_s, landmarks in track(*(stay(s, body) for s, body in phases), fps=10):  # type: ignore[arg-type]
        scorer.add(session.step(time_s, landmarks))
    ending = ending_of(session)
    assert ending is not None
    counted = [
        line.split()[1] for line in printed(summary(scorer.score(""), POSE, PLAN, {})).split("\n")
        if line.startswith(("Left", "Right"))
    ]  # fmt: skip
    shown = [
        line.split()[-2] for line in printed(RibbonLines(ending, ROWS)).split("\n")
        if line.startswith(("Left", "Right"))
    ]  # fmt: skip
    assert shown == counted
    whole_s = sum(span.duration_s for ribbon in ending.ribbons.values() for span in ribbon)
    assert whole_s == pytest.approx(ending.end_s - ending.start_s)
    for side in SIDES:
        assert held_s(ending.ribbons[side]) == pytest.approx(session.held_s[side], abs=1e-6)


def ending_with_a_loss() -> Ending:
    session = Session(POSE)
    right = replace(STRETCH, stretched="right")
    for time_s, landmarks in track(
        *(stay(8.0, STRETCH), stay(4.0, FOLDED), stay(6.0, STRETCH)),
        *(stay(9.0, None), stay(6.0, right)),
        fps=10,
    ):
        session.step(time_s, landmarks)
    ending = ending_of(session)
    assert ending is not None
    return ending


@pytest.mark.parametrize("width", [20, 27, 40, 80, 200])
def test_the_end_names_the_largest_loss_and_what_to_do_about_it_at_any_width(width: int) -> None:
    lines = printed(RibbonLines(ending_with_a_loss(), ROWS), width).split("\n")
    assert max(map(len, lines)) <= width
    words = " ".join("\n".join(lines).split())
    assert "Most was lost to trunk forward: 4." in words
    assert words.endswith("Next time: lift your chest.")
    assert " s" in lines[0]


def test_coming_changing_sides_and_going_are_no_losses_to_mend() -> None:
    right = replace(STRETCH, stretched="right")
    session = Session(POSE)
    for time_s, landmarks in track(
        *(stay(5.0, FOLDED), stay(6.0, STRETCH), stay(5.0, FOLDED)),
        *(stay(6.0, right), stay(5.0, FOLDED)),
        fps=10,
    ):
        session.step(time_s, landmarks)
    ending = ending_of(session)
    assert ending is not None
    assert ending.loss is None


def test_where_nothing_was_held_the_reason_is_told() -> None:
    session = Session(POSE)
    for time_s, landmarks in track(stay(6.0, FOLDED), fps=10):
        session.step(time_s, landmarks)
    ending = ending_of(session)
    assert ending is not None
    assert ending.loss is not None
    assert ending.loss.reason == "trunk_forward"


def test_a_session_in_which_nothing_was_lost_is_told_nothing_to_do() -> None:
    session = Session(POSE)
    assert ending_of(session) is None
    for time_s, landmarks in track(stay(6.0, STRETCH), fps=10):
        session.step(time_s, landmarks)
    ending = ending_of(session)
    assert ending is not None
    assert ending.loss is None
    assert "Most was lost" not in printed(RibbonLines(ending, ROWS))


def test_the_part_of_a_ribbon_is_what_most_of_it_was() -> None:
    ribbon = (
        Span(0.0, 3.0, State.MOVING, "moving"),
        Span(3.0, 4.5, State.HELD, "held"),
        Span(8.0, 10.0, State.HELD, "held"),
    )
    found = cells(ribbon, 0.0, 10.0, 5)
    assert [None if span is None else span.reason for span in found] == [
        "moving", "moving", None, None, "held"
    ]  # fmt: skip


def test_no_two_kinds_of_second_look_the_same_without_their_colour() -> None:
    looks = {}
    for state in State:
        picture = np.zeros((30, 200, 3), np.uint8)
        draw_ribbon(picture, (Span(0.0, 1.0, state, ""),), 0.0, 1.0, Rect(0, 0, 200, 30))
        light = picture @ np.array([0.07, 0.72, 0.21])
        looks[state] = light > light.mean() - 1
    patterned = {state: look for state, look in looks.items() if state is not State.PAUSED}
    assert len({look.tobytes() for look in patterned.values()}) == len(patterned)
    assert LOOKS[State.HELD][0] != LOOKS[State.PAUSED][0]


def test_a_ribbon_is_as_long_as_its_seconds() -> None:
    picture = np.zeros((10, 100, 3), np.uint8)
    ribbon = (Span(2.0, 6.0, State.HELD, "held"),)
    draw_ribbon(picture, ribbon, 2.0, 10.0, Rect(10, 2, 80, 6))
    held = (picture == LOOKS[State.HELD][0]).all(axis=2)
    assert np.flatnonzero(held.any(axis=0)).tolist() == list(range(10, 50))


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (640, 480), (160, 160)])
def test_the_windows_end_shows_the_ribbons_and_what_to_do(size: tuple[int, int]) -> None:
    plan = Plan.of(POSE, hold_s=4.0)
    session = Session(POSE, plan)
    right = replace(STRETCH, stretched="right")
    for time_s, landmarks in track(
        stay(5.0, STRETCH), stay(4.0, FOLDED), stay(1.0, None), stay(8.0, right), fps=10
    ):
        last = session.step(time_s, landmarks)
        if last.feedback.is_done:
            break
    ending = ending_of(session)
    assert last.feedback.is_done
    assert ending is not None
    overlay = Overlay(POSE, size, plan)
    image = np.full((480, 640, 3), 110, np.uint8)
    area = overlay.layout.picture.pixels
    bare = overlay.draw(image, last)[area].copy()
    overlay.sum_up(ending)
    whole = overlay.draw(image, last)[area]

    def amber(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> int:
        return int((picture == MEND).all(axis=2).sum())

    # Neither the stripes of what was lost nor the words of what to do are there without it.
    assert amber(bare) == 0
    assert amber(whole) > 20
