"""A loss of sight, a slip and a gap: what is counted of each."""

import pytest

from formcheck.judge.form import FormVerdict
from formcheck.judge.ledger import Interval, State
from tests.factories import IN_FORM, NOBODY, OUT, TURNED, UNSEEN
from tests.judge.films import RULES, Phase, film, held_s, told, watch


@pytest.mark.parametrize("lost", [UNSEEN, NOBODY])
def test_a_short_loss_of_sight_is_counted_and_marked(lost: FormVerdict) -> None:
    assert told(Phase(2.0), Phase(0.3, lost), Phase(1.0)) == [
        (0.0, 1.9, "held"),
        (1.9, 2.3, "held bridged"),
        (2.3, 3.2, "held"),
    ]


@pytest.mark.parametrize("fps", [10, 30])
def test_a_loss_of_sight_out_of_which_the_body_comes_moving_is_not_counted(fps: int) -> None:
    (_, last_seen_s, held), (*_, moving) = told(
        Phase(2.0), Phase(0.3, UNSEEN), Phase(1.0, is_moving=True), fps=fps
    )
    assert (held, moving) == ("held", "moving")
    assert last_seen_s == pytest.approx(2.0 - 1 / fps, abs=1e-5)


@pytest.mark.parametrize("before", [(), (Phase(2.0), Phase(0.1, is_paused=True))])
def test_a_loss_of_sight_that_no_frame_in_form_precedes_is_not_bridged(
    before: tuple[Phase, ...],
) -> None:
    *_, unseen, held = told(*before, Phase(0.1, UNSEEN), Phase(2.0))

    assert (unseen[2], held[2]) == ("unseen", "held")


def test_a_loss_of_sight_right_after_the_first_frame_is_bridged() -> None:
    assert told(Phase(0.1), Phase(0.2, UNSEEN), Phase(1.0)) == [
        (0.0, 0.3, "held bridged"),
        (0.3, 1.2, "held"),
    ]


@pytest.mark.parametrize("lost", [UNSEEN, NOBODY])
def test_a_longer_loss_of_sight_pauses_and_settles_again(lost: FormVerdict) -> None:
    state = lost.form.value
    assert told(Phase(2.0), Phase(0.4, lost), Phase(1.1), Phase(0.4, lost), Phase(0.9)) == [
        (0.0, 1.9, "held"),
        (1.9, 2.4, state),
        (2.4, 3.4, "held"),
        (3.4, 3.9, state),
        (3.9, 4.7, "moving"),
    ]


@pytest.mark.parametrize("lost", [UNSEEN, NOBODY])
def test_a_body_seen_in_few_frames_is_not_held(lost: FormVerdict) -> None:
    glimpses = [Phase(1 / 30), Phase(11 / 30, lost)] * 20

    assert held_s(film(*glimpses, fps=30)) == 0
    after_a_hold = held_s(film(Phase(3.0), *glimpses, fps=30))
    assert after_a_hold <= 3.0 + RULES.grace_s + 0.1


def test_losses_of_sight_between_which_as_much_is_seen_are_all_counted() -> None:
    flickering = [Phase(0.1), Phase(0.1, UNSEEN)] * 20
    in_and_out = [Phase(0.4), Phase(0.3, UNSEEN)] * 8

    assert held_s(film(*flickering, Phase(0.1))) == pytest.approx(4.0)
    assert held_s(film(*in_and_out, Phase(0.1))) == pytest.approx(5.6)


@pytest.mark.parametrize("wrong", [OUT, TURNED])
def test_a_short_slip_is_not_counted_but_breaks_nothing(wrong: FormVerdict) -> None:
    phases = Phase(2.0), Phase(0.3, wrong), Phase(0.5)
    hold, states = watch(film(*phases))

    assert told(*phases) == [
        (0.0, 1.9, "held"),
        (1.9, 2.3, wrong.form.value),
        (2.3, 2.7, "held"),
    ]
    assert hold.longest_unbroken_s == pytest.approx(2.3)
    assert [state.is_holding for state in states[20:24]] == [True] * 4
    assert [state.state for state in states[20:23]] == [State(wrong.form.value)] * 3


def test_a_long_slip_pauses_and_never_takes_away_what_was_held() -> None:
    hold, states = watch(film(Phase(3.1), Phase(5.0, OUT), Phase(2.1)))

    assert hold.held_s["left"] == pytest.approx(5.0)
    assert hold.longest_unbroken_s == pytest.approx(3.0)
    assert [state.is_holding for state in states[31:36]] == [True] * 4 + [False]


def test_a_loss_that_is_partly_a_slip_is_not_counted() -> None:
    assert told(Phase(2.0), Phase(0.2, UNSEEN), Phase(0.1, OUT), Phase(0.5)) == [
        (0.0, 1.9, "held"),
        (1.9, 2.1, "unseen"),
        (2.1, 2.3, "out_of_form"),
        (2.3, 2.7, "held"),
    ]


def test_before_a_hold_a_slip_settles_again_and_a_loss_of_sight_does_not() -> None:
    assert told(Phase(0.8), Phase(0.1, OUT), Phase(0.9)) == [
        (0.0, 0.7, "moving"),
        (0.7, 0.9, "out_of_form"),
        (0.9, 1.7, "moving"),
    ]
    assert told(Phase(0.8), Phase(0.1, UNSEEN), Phase(0.4)) == [
        (0.0, 0.7, "held"),
        (0.7, 0.9, "held bridged"),
        (0.9, 1.2, "held"),
    ]


def test_the_reason_tells_the_faults_and_the_hidden_landmarks() -> None:
    hold, _ = watch(film(Phase(0.5, OUT), Phase(0.5, UNSEEN)))

    assert hold.intervals() == (
        Interval(0.0, 0.4, State.OUT_OF_FORM, faults=("trunk_forward",)),
        Interval(0.4, 0.9, State.UNSEEN, unseen=("left_knee",)),
    )


@pytest.mark.parametrize("end", [IN_FORM, OUT, UNSEEN, NOBODY, TURNED])
@pytest.mark.parametrize("start", [IN_FORM, OUT, UNSEEN, NOBODY, TURNED])
def test_a_long_gap_is_never_counted_whatever_lies_at_its_ends(
    start: FormVerdict, end: FormVerdict
) -> None:
    before = film(Phase(2.0), Phase(0.1, start))
    gap_ends_s = before[-1].time_s + 0.51
    hold, _ = watch([*before, *film(Phase(0.1, end), Phase(2.0), start_s=gap_ends_s)])

    (gap,) = [each for each in hold.intervals() if each.state is State.NO_CAMERA]
    assert (gap.start_s, gap.end_s) == (before[-1].time_s, gap_ends_s)


def test_a_gap_of_half_a_second_is_counted() -> None:
    shots = [*film(Phase(2.0)), *film(Phase(1.0), start_s=2.4)]

    assert held_s(shots) == pytest.approx(3.3)
