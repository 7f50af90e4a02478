"""What is shown over whole recorded sessions changes no faster than a person can read it."""

from collections.abc import Callable
from functools import cache
from itertools import pairwise

import pytest

from benchmarks.counting.track import SUFFIX, load_track
from formcheck.coach.coach import READY, SETTLE
from formcheck.figure.side_view import target_figure
from formcheck.pose.plan import Plan
from formcheck.session import Session
from formcheck.ui.display import Status
from formcheck.ui.drawing.layout import arrange
from formcheck.ui.presenter import AT_ONCE, CUE_STAYS_S, Presenter, Shown
from formcheck.ui.readout import Inner, Mood
from formcheck.ui.steady import READING_S
from tests.shared import CHECKOUT
from tests.ui.bodies import POSE

TRACKS = sorted((CHECKOUT / "samples").glob(f"*{SUFFIX}"))
FRAME_S = 0.1
"""A change is seen up to a frame late."""


@cache
def shown_over(name: str) -> tuple[tuple[float, Shown], ...]:
    plan = Plan.of(POSE, hold_s=12)
    session, presenter = Session(POSE, plan), Presenter(POSE, plan, target_figure(POSE))
    moments = []
    for time_s, landmarks in load_track(CHECKOUT / "samples" / name):
        outcome = session.step(time_s, landmarks)
        layout = arrange((1280, 720), landmarks.image_size if landmarks else (640, 480))
        moments.append((time_s, presenter.step(outcome, Status.LIVE, layout, has_image=True)))
    return tuple(moments)


def changes(name: str, of: str) -> list[tuple[float, Shown, Shown]]:
    """Return when something of what is shown changed, and what was shown before and after."""
    values: dict[str, Callable[[Shown], object]] = {
        "cue": lambda shown: shown.now.cue,
        "mood": lambda shown: shown.now.mood,
        "inside": lambda shown: (shown.now.inner, shown.now.step, shown.now.turn_deg),
        "title": lambda shown: shown.now.title,
        "ghost": lambda shown: shown.ghost,
        "faces": lambda shown: shown.faces_right,
    }
    value = values[of]
    return [
        (time_s, before, after)
        for (_, before), (time_s, after) in pairwise(shown_over(name))
        if value(before) != value(after)
    ]


def is_about_counting(before: Shown, after: Shown) -> bool:
    """What goes with the counting, or answers what somebody does, is prompt."""
    is_sign = Inner.SIGN in (before.now.inner, after.now.inner)
    is_prompt = after.now.cue in AT_ONCE or is_sign
    return is_prompt or before.now.is_counting or after.now.is_counting or before.now.is_done


@pytest.mark.parametrize("name", [track.name for track in TRACKS])
def test_nothing_shown_changes_faster_than_it_can_be_read(name: str) -> None:
    for of, stays_s in (
        ("cue", CUE_STAYS_S),
        ("mood", CUE_STAYS_S),
        ("inside", CUE_STAYS_S),  # it comes with its cue
        ("title", READING_S),
        ("faces", READING_S),
        ("ghost", CUE_STAYS_S),
    ):
        for (before_s, *first), (after_s, *second) in pairwise(changes(name, of)):
            if not is_about_counting(*first) and not is_about_counting(*second):
                assert after_s - before_s >= stays_s - FRAME_S, (of, before_s, after_s)


@pytest.mark.parametrize("name", [track.name for track in TRACKS])
def test_the_picture_of_a_step_is_shown_beside_the_words_of_that_step_alone(name: str) -> None:
    words: dict[object, set[str]] = {}
    for _, shown in shown_over(name):
        if shown.now.inner is Inner.STEP:
            words.setdefault(shown.now.step, set()).add(shown.now.cue.text)
    faults = {fault.cue for fault in POSE.faults} | {READY.text, SETTLE.text}
    assert not faults & {text for texts in words.values() for text in texts}


@pytest.mark.parametrize("name", [track.name for track in TRACKS])
def test_whether_it_counts_is_shown_in_the_very_frame(name: str) -> None:
    for _, shown in shown_over(name):
        if shown.now.is_counting:
            assert shown.now.mood is Mood.GOOD


def test_the_sessions_looked_at_show_every_kind_of_change() -> None:
    for of in ("cue", "mood", "inside", "title", "ghost"):
        assert sum(len(changes(track.name, of)) for track in TRACKS) >= 10
