from dataclasses import replace

import pytest

from formcheck.judge.hold import Hold
from formcheck.judge.ledger import Interval, State
from tests.factories import IN_FORM, IN_FORM_NOT_FULL, OUT, UNSEEN
from tests.judge.films import RULES, Phase, Shot, film, held_s, told, watch


def test_a_hold_settles_for_a_second_and_then_counts_from_the_start_of_it() -> None:
    _, states = watch(film(Phase(1.1)))

    before, after = states[-2], states[-1]
    assert (before.state, before.is_holding, before.side) == (State.MOVING, False, None)
    assert before.settling_s == pytest.approx(0.9)
    assert before.total_s == 0
    assert (after.state, after.is_holding, after.side) == (State.HELD, True, "left")
    assert after.settling_s == 0
    assert after.held_s == {"left": pytest.approx(1.0), "right": 0}


def test_a_start_that_does_not_settle_was_moving() -> None:
    assert told(Phase(1.0), Phase(0.6, OUT)) == [
        (0.0, 0.9, "moving"),
        (0.9, 1.5, "out_of_form"),
    ]


def test_only_the_time_since_the_body_is_calm_settles() -> None:
    assert told(Phase(0.5), Phase(0.5, is_calm=False), Phase(2.0)) == [
        (0.0, 1.0, "moving"),
        (1.0, 2.9, "held"),
    ]
    assert told(Phase(0.5), Phase(0.5, is_calm=False), Phase(0.9)) == [(0.0, 1.8, "moving")]


def test_a_body_that_moves_out_of_its_hold_ends_it_where_the_movement_began() -> None:
    # The speed over a while is that of its middle, some moments ago.
    assert told(Phase(3.0), Phase(0.5, is_moving=True), Phase(0.6, OUT)) == [
        (0.0, 2.8, "held"),
        (2.8, 3.4, "moving"),
        (3.4, 4.0, "out_of_form"),
    ]


def test_a_hold_in_which_the_body_goes_on_moving_pauses_and_settles_anew() -> None:
    assert told(Phase(3.0), Phase(2.0, is_moving=True), Phase(2.0)) == [
        (0.0, 2.8, "held"),
        (2.8, 4.9, "moving"),
        (4.9, 6.9, "held"),
    ]


def test_a_body_that_moves_for_no_longer_than_the_grace_holds_all_the_while() -> None:
    # It is seen to move a little after it does, and to rest as much after it does.
    assert told(Phase(3.0), Phase(0.4, is_moving=True), Phase(2.0)) == [(0.0, 5.3, "held")]
    assert told(Phase(3.0), Phase(0.7, is_moving=True), Phase(2.0)) == [
        (0.0, 2.8, "held"),
        (2.8, 3.6, "moving"),
        (3.6, 5.6, "held"),
    ]


def test_rests_shorter_than_the_grace_do_not_make_many_short_movements_of_one_long_one() -> None:
    bounce = Phase(0.3, is_moving=True), Phase(0.2)

    assert told(Phase(3.0), *bounce * 8, Phase(2.0)) == [
        (0.0, 2.8, "held"),
        (2.8, 6.7, "moving"),
        (6.7, 8.9, "held"),
    ]


def test_a_few_twitches_with_rests_between_them_are_forgiven() -> None:
    twitch = Phase(0.1, is_moving=True), Phase(0.3)

    assert told(Phase(3.0), *twitch * 3, Phase(2.0)) == [(0.0, 6.1, "held")]


def test_of_movements_that_are_forgiven_only_the_one_that_leads_out_of_form_ends_the_hold() -> None:
    twitch = Phase(0.1, is_moving=True), Phase(0.3)

    assert told(Phase(3.0), *twitch, Phase(0.6, OUT))[0] == (0.0, 3.3, "held")
    assert told(Phase(3.0), *twitch, Phase(0.2, is_moving=True), Phase(0.6, OUT))[:2] == [
        (0.0, 3.2, "held"),
        (3.2, 3.5, "moving"),
    ]


def test_a_calm_that_begins_between_two_frames_counts_from_the_next_frame() -> None:
    hold = Hold(RULES)
    for tenth in range(16):
        hold.step(tenth / 10, IN_FORM, "left", 0.25 if tenth >= 3 else None)

    assert [interval.start_s for interval in hold.intervals()] == [0.0, 0.3]
    assert hold.held_s["left"] == pytest.approx(1.2)


def test_movement_in_a_hold_that_stays_in_form_goes_on_counting() -> None:
    assert told(Phase(2.0), Phase(3.0, is_calm=False)) == [(0.0, 4.9, "held")]


def test_a_pause_asked_for_counts_nothing_and_settles_again() -> None:
    phases = Phase(2.0), Phase(1.0, is_paused=True), Phase(1.5)
    _, states = watch(film(*phases))

    assert told(*phases) == [(0.0, 1.9, "held"), (1.9, 3.0, "paused"), (3.0, 4.4, "held")]
    assert {(state.state, state.is_holding) for state in states[20:30]} == {(State.PAUSED, False)}


def test_a_pause_shorter_than_the_grace_breaks_the_hold_too() -> None:
    assert told(Phase(2.0), Phase(0.1, is_paused=True), Phase(0.9)) == [
        (0.0, 1.9, "held"),
        (1.9, 2.1, "paused"),
        (2.1, 2.9, "moving"),
    ]


def test_a_pause_is_the_reason_whatever_the_form_was_in_it() -> None:
    assert told(Phase(2.0), Phase(1.0, OUT, is_paused=True), Phase(0.5)) == [
        (0.0, 1.9, "held"),
        (1.9, 3.0, "paused"),
        (3.0, 3.4, "moving"),
    ]


@pytest.mark.parametrize(
    "shots",
    [
        film(Phase(1.0, leg="right"), Phase(3.0), Phase(1.0, leg="right")),
        film(Phase(3.0), Phase(1.9, leg="right"), Phase(0.1)),
        [*film(Phase(1.9, leg="right"), fps=30), *film(Phase(3.0), fps=5, start_s=1.9)],
    ],
    ids=["in the middle", "at the start", "in few frames"],
)
def test_the_side_is_that_of_most_of_the_time(shots: list[Shot]) -> None:
    hold, states = watch(shots)

    assert hold.held_s == {"left": pytest.approx(shots[-1].time_s), "right": 0}
    assert {interval.side for interval in hold.intervals()} == {"left"}
    assert states[-1].side == "left"


def test_each_hold_has_its_own_side() -> None:
    hold, _ = watch(film(Phase(5.0), Phase(1.0, OUT), Phase(2.1, leg="right")))

    assert hold.held_s == {"left": pytest.approx(4.9), "right": pytest.approx(2.0)}
    assert [interval.side for interval in hold.intervals()] == ["left", None, "right"]


def test_full_credit_needs_both_ends_of_a_span() -> None:
    hold, _ = watch(film(Phase(2.0), Phase(1.0, IN_FORM_NOT_FULL), Phase(1.0)))

    assert [(round(each.duration_s, 6), each.is_full) for each in hold.intervals()] == [
        (1.9, True),
        (1.1, False),
        (0.9, True),
    ]


def test_what_is_still_open_is_told_as_if_nothing_more_came() -> None:
    shots = film(Phase(2.0), Phase(0.3, UNSEEN), Phase(0.2))
    hold, _ = watch(shots[:23])

    assert hold.intervals()[-1] == Interval(1.9, 2.2, State.UNSEEN, unseen=("left_knee",))
    for shot in shots[23:]:
        hold.step(shot.time_s, shot.verdict, shot.leg, 0.0)
    assert hold.intervals() == watch(shots)[0].intervals()


def test_no_frame_and_one_frame_make_an_empty_ledger() -> None:
    assert Hold(RULES).intervals() == ()
    assert watch([Shot(0.0)])[0].intervals() == ()


@pytest.mark.parametrize("wrong_s", [1.9, 0.0, -5.0, float("nan")])
def test_a_time_that_does_not_grow_is_refused_and_changes_nothing(wrong_s: float) -> None:
    shots = film(Phase(3.0))
    hold, _ = watch(shots[:20])

    with pytest.raises(ValueError, match="times must grow"):
        hold.step(wrong_s, IN_FORM, "left", 0.0)
    for shot in shots[20:]:
        hold.step(shot.time_s, shot.verdict, shot.leg, 0.0)

    assert hold.intervals() == watch(shots)[0].intervals()


@pytest.mark.parametrize("fps", [5, 10, 15, 20, 25, 30, 60])
@pytest.mark.parametrize("start_s", [0.0, 0.1, 7.3, 98_765.4321, 1.7e9])
def test_a_time_that_is_just_at_a_limit_is_the_same_wherever_the_clock_stands(
    fps: int, start_s: float
) -> None:
    """Ten frames a second make 0.4 s of four frames, which floating point may make more."""
    grace = film(Phase(2.0), Phase(0.4 - 1 / fps, UNSEEN), Phase(1.0), fps=fps, start_s=start_s)
    settle = film(Phase(1.0 + 1 / fps), fps=fps, start_s=start_s)
    gap = [*film(Phase(2.0), fps=fps), *film(Phase(2.0), fps=fps, start_s=2.5 - 1 / fps)]
    moved_gap = [replace(shot, time_s=shot.time_s + start_s) for shot in gap]

    assert held_s(grace) == pytest.approx(grace[-1].time_s - start_s, abs=1e-4)
    assert held_s(settle) == pytest.approx(1.0, abs=1e-4)
    assert held_s(moved_gap) == pytest.approx(4.5 - 2 / fps, abs=1e-4)
