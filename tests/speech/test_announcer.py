"""What is said when, as stories: bodies before the camera in, words and tones out."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.pose.plan import Plan
from formcheck.session import Session
from formcheck.speech import announcer
from formcheck.speech.announcer import Announcer
from formcheck.speech.countdown import marks
from formcheck.speech.message import Chime, Kind, Message
from tests.factories import FOLDED, STANDING, STRETCH, Body, stay, track
from tests.speech.listening import (
    AWAY_FROM_US,
    FPS,
    FRAME_S,
    LEANING_BACK,
    LUNGE,
    OTHER,
    listen,
    listen_to,
    obey,
    whats,
)

HELD_WHEN_KNOWN_S = 0.2
"""What is shown as held is about so much behind what is: the way out is known only then."""


def test_a_calm_hold_is_left_in_peace_but_for_the_quarters_and_the_count() -> None:
    heard = listen(stay(70.0, STRETCH))

    assert whats(heard) == [
        "Hold and breathe",
        "quarter",
        "30 seconds",
        "45 seconds",
        "Five",
        "Four",
        "Three",
        "Two",
        "One",
        "Well done. Switch sides",
    ] + ["Well done. Switch sides"] * (len(heard) - 10)
    counted = [each.held_s["left"] for each in heard[1:10]]
    for seconds, due in zip(counted, [15, 30, 45, 55, 56, 57, 58, 59, 60], strict=True):
        assert due - 1e-6 <= seconds <= due + FRAME_S + 1e-6
    tones = [each.message.tone for each in heard if each.message.tone]
    assert tones == [Chime.START, *[Chime.QUARTER] * 3, Chime.SIDE_DONE]


@pytest.mark.parametrize("fps", [5.0, 10.0, 15.0, 30.0])
def test_the_count_is_exact_by_held_seconds_at_any_rate(fps: float) -> None:
    frames = track(stay(22.0, STRETCH), fps=fps, start_s=1e5)

    heard = listen_to(frames, Plan.of(LUNGE, hold_s=20))

    for words, due in [("10 seconds", 10.0), ("Five", 15.0), ("Two", 18.0)]:
        (seconds,) = [each.held_s["left"] for each in heard if each.message.words == words]
        assert due - 1e-6 <= seconds <= due + 1 / fps + 1e-6


def test_a_minute_on_each_side_ends_in_one_sentence_and_then_silence() -> None:
    heard = listen(
        stay(6.5, STRETCH), stay(3.0, STANDING), stay(8.0, OTHER), stay(20.0, STANDING), target_s=6
    )

    last = heard[-1].message
    assert (last.words, last.tone) == (
        "Left 6 seconds, right 6 seconds. Well done",
        Chime.ALL_DONE,
    )
    assert last.time_s == pytest.approx(6.5 + 3 + 6 + HELD_WHEN_KNOWN_S, abs=2 * FRAME_S)


def test_who_has_another_exercise_to_do_is_sent_to_rest_and_who_breaks_off_is_not() -> None:
    first = Plan.of(LUNGE, hold_s=6, is_last=False)
    both = track(stay(6.5, STRETCH), stay(3.0, STANDING), stay(8.0, OTHER), fps=FPS)
    assert whats(listen_to(both, first))[-1] == (
        "Left 6 seconds, right 6 seconds. Well done, rest now"
    )

    mouth, session = Announcer(LUNGE, first), Session(LUNGE, first)
    for time_s, landmarks in track(stay(4.5, STRETCH), fps=FPS):
        outcome = session.step(time_s, landmarks)
        mouth.step(outcome)
    (last,) = mouth.step(replace(outcome, time_s=time_s + FRAME_S, sign=1.0))
    assert last.words == "Left 4 seconds. Well done"


def test_a_pause_is_said_and_nothing_else_while_it_lasts() -> None:
    heard = listen(stay(5.0, STRETCH), stay(20.0, FOLDED), stay(5.0, STRETCH), paused=(5.0, 25.0))

    during = [each for each in heard if 5.0 <= each.message.time_s < 25.0]
    assert whats(during) == ["Paused"]
    assert during[0].message.tone is Chime.PAUSE


def test_whoever_leaves_hears_it_once_and_is_let_in_again_without_a_word() -> None:
    heard = listen(stay(6.0, STRETCH), stay(25.0, None), stay(6.0, STRETCH))

    assert whats(heard) == ["Hold and breathe", "pause", "Paused until you are back", "start"]


def test_a_camera_that_is_silent_is_told_once_in_a_while_and_so_is_its_return() -> None:
    session, mouth = Session(LUNGE), Announcer(LUNGE, Plan.of(LUNGE))
    for time_s, landmarks in track(stay(3.0, STRETCH), fps=FPS):
        mouth.step(session.step(time_s, landmarks))

    told = [
        (tenth / 10, message.words)
        for tenth in range(1, 500)
        for message in mouth.no_picture(tenth / 10)
    ]
    back = mouth.step(session.step(60.0, STRETCH.landmarks()))

    assert told == [(1.0, announcer.CAMERA_GONE), (31.0, announcer.CAMERA_GONE)]
    assert [message.words for message in back] == [announcer.CAMERA_BACK]


def test_a_camera_that_fails_again_soon_is_heard_each_time() -> None:
    session, mouth = Session(LUNGE), Announcer(LUNGE, Plan.of(LUNGE))
    heard: list[Message] = []
    for start_s in (0.0, 6.0, 12.0):
        for time_s, landmarks in track(stay(3.0, STRETCH), fps=FPS, start_s=start_s):
            heard += mouth.step(session.step(time_s, landmarks))
        heard += [m for tenth in range(1, 21) for m in mouth.no_picture(tenth / 10)]

    gone = [message for message in heard if message.kind is Kind.CAMERA]
    assert [message.tone for message in gone[::2]] == [Chime.PAUSE] * 3
    assert [message.words for message in gone[1::2]] == [announcer.CAMERA_BACK] * 2


@pytest.mark.parametrize(
    ("seconds", "words"), [(12.5, "Right 12 seconds. Well done"), (0.9, "The session is over")]
)
def test_a_session_that_the_body_ends_early_hears_what_was_held(seconds: float, words: str) -> None:
    session, mouth = Session(LUNGE), Announcer(LUNGE, Plan.of(LUNGE))
    *frames, last = track(stay(seconds, OTHER), fps=FPS)
    for time_s, landmarks in frames:
        mouth.step(session.step(time_s, landmarks))

    ending = replace(session.step(*last), sign=1.0)

    assert [message.words for message in mouth.step(ending)] == [words]
    assert mouth.is_over
    assert mouth.step(replace(ending, time_s=ending.time_s + 1)) == ()


def test_every_set_is_counted_anew() -> None:
    heard = listen(
        *[stay(16.0, STRETCH), stay(2.0, STANDING), stay(16.0, OTHER), stay(2.0, STANDING)] * 2,
        target_s=14, sets=2,
    )  # fmt: skip

    assert whats(heard).count("Five") == 4
    assert whats(heard).count("One") == 4
    assert [each.what for each in heard if each.message.tone is Chime.SIDE_DONE] == [
        "Well done. Switch sides",
        "Well done. Once more",
        "Well done. Switch sides",
    ]
    assert heard[-1].message.kind is Kind.SUMMARY


@pytest.mark.parametrize(
    ("hold_s", "told"),
    [
        (60, ["quarter", "30 seconds", "45 seconds", "Five", "Four", "Three", "Two", "One"]),
        (90, ["quarter", "45 seconds", "Three quarters", "Five", "Four", "Three", "Two", "One"]),
        (20, ["quarter", "10 seconds", "Five", "Four", "Three", "Two", "One"]),
        (14, ["quarter", "quarter", "Five", "Four", "Three", "Two", "One"]),
        (16, ["quarter", "8 seconds", "Five", "Four", "Three", "Two", "One"]),
        (5, ["Three", "Two", "One"]),
        (1, []),
    ],
)
def test_what_is_counted_fits_the_length_of_the_hold(hold_s: float, told: list[str]) -> None:
    counted = marks(hold_s)

    assert [mark.words or (mark.tone and mark.tone.value) for mark in counted] == told
    assert all(0 < mark.at_s < hold_s for mark in counted)
    assert all(later.at_s - earlier.at_s >= 0.99 for earlier, later in pairwise(counted))


def test_words_are_few_calm_and_never_ask_for_more() -> None:
    own = [
        value
        for name, value in vars(announcer).items()
        if name.isupper() and isinstance(value, str)
    ]
    assert len(own) >= 7
    for words in own:
        assert len(words.split()) <= 6
        for harsh in ("!", "deeper", "further", "harder", "more stretch", "push", "wrong", "bad"):
            assert harsh not in words.lower()


POSTURES = (STRETCH, OTHER, FOLDED, LEANING_BACK, STANDING, AWAY_FROM_US, None)
stories = st.lists(
    st.tuples(st.sampled_from([0.2, 0.6, 1.3, 2.5, 6.0, 14.0]), st.sampled_from(POSTURES)),
    min_size=1,
    max_size=12,
)


@given(stories, st.sampled_from([5.0, 20.0]))
@settings(max_examples=25)
def test_whatever_happens_one_message_at_a_time_and_none_repeated_within_its_pause(
    story: list[tuple[float, Body | None]], target_s: float
) -> None:
    obey(listen(*(stay(seconds, body) for seconds, body in story), target_s=target_s))
