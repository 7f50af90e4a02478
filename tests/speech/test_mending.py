"""What is said of a fault: once, when the hold is lost, and the worst one first."""

from dataclasses import replace
from itertools import pairwise

import pytest

from formcheck.speech.message import Chime, Kind
from tests.factories import FOLDED, STANDING, STRETCH, slide, stay
from tests.speech.listening import (
    AWAY_FROM_US,
    CHEST,
    FRAME_S,
    LEANING_BACK,
    RIBS,
    listen,
    obey,
    times,
    whats,
)


def test_a_fault_is_said_once_the_hold_is_lost_and_praised_once_it_is_mended() -> None:
    heard = listen(stay(6.0, STRETCH), stay(4.0, FOLDED), stay(6.0, STRETCH))

    assert whats(heard) == ["Hold and breathe", "pause", CHEST, "That's it"]
    stopped, advised, praised = (each.message for each in heard[1:])
    assert stopped.time_s == pytest.approx(6.4, abs=0.2)
    assert advised.time_s == pytest.approx(6.9, abs=0.4)
    assert (praised.kind, praised.tone) == (Kind.START, Chime.START)
    assert praised.time_s == pytest.approx(11.2, abs=0.4)


def test_what_comes_right_by_itself_is_no_reason_for_praise() -> None:
    heard = listen(stay(6.0, STRETCH), stay(0.8, FOLDED), stay(6.0, STRETCH))

    assert whats(heard) == ["Hold and breathe", "pause", "start"]


@pytest.mark.parametrize("seconds", [0.1, 0.2, 0.3])
def test_a_flicker_says_nothing(seconds: float) -> None:
    heard = listen(
        stay(5.0, STRETCH), stay(seconds, FOLDED), stay(5.0, STRETCH), stay(seconds, None),
        stay(4.0, STRETCH),
    )  # fmt: skip

    assert whats(heard) == ["Hold and breathe"]


def test_a_fault_that_stays_is_said_again_after_ever_longer_pauses() -> None:
    heard = listen(stay(3.0, STRETCH), stay(200.0, FOLDED))

    said = times(heard, CHEST)
    pauses = [later - earlier for earlier, later in pairwise(said)]
    assert pauses == pytest.approx([8, 16, 32, 60, 60], abs=2 * FRAME_S)
    assert {each.message.kind for each in heard} == {Kind.START, Kind.STOP, Kind.CUE}


def test_the_worst_fault_comes_first_and_the_next_one_only_after_a_while() -> None:
    both = replace(FOLDED, rear_knee_flexion=140.0)
    heard = listen(stay(5.0, STRETCH), stay(3.0, both), stay(6.0, LEANING_BACK))

    advice = [each.message for each in heard if each.message.kind is Kind.CUE]
    assert [message.words for message in advice] == [
        CHEST,
        RIBS,
    ]
    assert advice[1].time_s >= advice[0].time_s + advice[0].spoken_s + 2.0


def test_on_the_way_down_nothing_is_wrong_yet() -> None:
    heard = listen(stay(4.0, STANDING), slide(1.4, STANDING, STRETCH), stay(6.0, STRETCH))

    assert whats(heard) == ["Ready, take up the pose", "Hold and breathe"]


def test_a_way_in_that_is_too_fast_is_asked_to_be_gentle() -> None:
    upright = replace(STRETCH, rear_thigh_tilt=8.0)
    heard = listen(stay(3.0, upright), slide(0.4, upright, STRETCH), stay(5.0, STRETCH))

    assert "Slowly and gently" in whats(heard)
    assert whats(heard).index("Slowly and gently") < whats(heard).index("That's it")


def test_a_bouncing_body_is_asked_to_hold_still_and_breathe() -> None:
    deep, shallow = STRETCH, replace(STRETCH, rear_thigh_tilt=22.0)
    bounce = [slide(0.5, deep, shallow), slide(0.5, shallow, deep)]
    heard = listen(stay(4.0, STRETCH), *bounce * 6, stay(5.0, STRETCH))

    said = times(heard, "Hold still, breathe")
    assert 4.0 + 1.0 <= said[0] <= 4.0 + 3.0
    obey(heard)


def test_a_fault_that_comes_back_after_it_was_mended_is_news() -> None:
    heard = listen(stay(3.0, STRETCH), stay(30.0, FOLDED), stay(8.0, STRETCH), stay(3.0, FOLDED))

    said = times(heard, CHEST)
    assert said[:3] == pytest.approx([3.9, 11.9, 27.9], abs=0.3)
    assert said[3] == pytest.approx(41.9, abs=0.3)  # not 32 s after the one before


def test_nothing_is_said_to_a_body_that_is_still_moving() -> None:
    bent = replace(STRETCH, trunk_lean=65.0)
    heard = listen(stay(6.0, STRETCH), slide(2.5, STRETCH, bent), stay(3.0, FOLDED))

    assert whats(heard) == ["Hold and breathe", "pause", CHEST]
    assert heard[-1].message.time_s >= 8.5


def test_what_stays_on_the_screen_to_be_read_is_not_said_once_it_is_over() -> None:
    heard = listen(stay(8.0, FOLDED), stay(0.3, None), stay(4.0, FOLDED))

    assert set(whats(heard)) == {CHEST}


def test_whoever_gets_up_is_not_told_that_the_knee_is_up() -> None:
    for seconds in (1.0, 1.5, 2.0):
        heard = listen(stay(6.0, STRETCH), slide(seconds, STRETCH, STANDING), stay(3.0, STANDING))

        assert whats(heard) == ["Hold and breathe", "pause", "Ready for your left side"]


def test_whoever_is_turned_away_is_asked_to_turn_and_then_left_alone() -> None:
    heard = listen(stay(6.0, AWAY_FROM_US), stay(6.0, STRETCH))

    assert heard[0].message.kind is Kind.SETUP
    assert "side" in (heard[0].message.words or "")
    assert whats(heard)[-1] == "Hold and breathe"
