from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.landmarks import Side, other_side
from formcheck.judge.form import Form, FormVerdict
from formcheck.judge.hold import Hold
from formcheck.judge.hold_state import HoldState
from formcheck.judge.ledger import Interval, State
from formcheck.judge.motion import LAG_S
from formcheck.pose.parts import HoldRules
from tests.factories import IN_FORM, IN_FORM_NOT_FULL, NOBODY, OUT, TURNED, UNSEEN

RULES = HoldRules()
LOST_FROM_SIGHT = (Form.UNSEEN, Form.NO_PERSON)


@dataclass(frozen=True)
class Shot:
    """What one frame brings."""

    time_s: float
    verdict: FormVerdict = IN_FORM
    leg: Side = "left"
    is_calm: bool = True
    is_paused: bool = False
    is_moving: bool = False

    @property
    def is_good(self) -> bool:
        return self.verdict.form is Form.IN_FORM and not self.is_paused


@dataclass(frozen=True)
class Phase:
    """Something that lasts."""

    seconds: float
    verdict: FormVerdict = IN_FORM
    leg: Side = "left"
    is_calm: bool = True
    is_paused: bool = False
    is_moving: bool = False
    """Fast; it is never calm then."""


def film(*phases: Phase, fps: int = 10, start_s: float = 0.0) -> list[Shot]:
    """Film the phases one after the other: each has its frames from its start on."""
    shots: list[Shot] = []
    for phase in phases:
        for _ in range(round(phase.seconds * fps)):
            time_s = start_s + len(shots) / fps
            is_calm = phase.is_calm and not phase.is_moving
            shots.append(
                Shot(time_s, phase.verdict, phase.leg, is_calm, phase.is_paused, phase.is_moving)
            )
    return shots


def watch(shots: list[Shot], rules: HoldRules = RULES) -> tuple[Hold, list[HoldState]]:
    hold = Hold(rules)
    states = []
    calm_since_s: float | None = None
    was_moving = False
    for shot in shots:
        if not shot.is_calm:
            calm_since_s = None
        elif calm_since_s is None:
            # A body that moved is called calm when the middle of the window was.
            calm_since_s = shot.time_s - (LAG_S if was_moving else 0.0)
        was_moving = shot.is_moving
        states.append(
            hold.step(
                shot.time_s,
                shot.verdict,
                shot.leg,
                calm_since_s,
                is_moving=shot.is_moving,
                is_paused=shot.is_paused,
            )
        )
    return hold, states


def told(*phases: Phase, fps: int = 10) -> list[tuple[float, float, str]]:
    """Return the ledger of a film: start, end, state."""
    hold, _ = watch(film(*phases, fps=fps))
    return [
        (
            round(interval.start_s, 6),
            round(interval.end_s, 6),
            interval.state.value + (" bridged" if interval.is_bridged else ""),
        )
        for interval in hold.intervals()
    ]


def held_s(shots: list[Shot]) -> float:
    return sum(watch(shots)[0].held_s.values())


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


# Any script at all. Steps are of a 64th of a second, so that sums are exact.

shots_of_any_kind = st.lists(
    st.tuples(
        st.sampled_from([2, 2, 2, 4, 6, 12, 25, 26, 32, 33, 100]),
        st.sampled_from([IN_FORM] * 6 + [IN_FORM_NOT_FULL, UNSEEN, UNSEEN, NOBODY, OUT, TURNED]),
        st.sampled_from(["left", "left", "left", "right"]),
        st.sampled_from([True] * 9 + [False]),
        st.sampled_from([False] * 15 + [True]),
        st.integers(1, 40),
    ),
    max_size=30,
)


def script(drawn: list[tuple[int, FormVerdict, Side, bool, bool, int]]) -> list[Shot]:
    """Each part of the script is repeated for a number of frames."""
    shots = []
    ticks = 0
    for step, verdict, leg, is_calm, is_paused, times in drawn:
        for _ in range(times if step == 2 else 1 + times // 20):
            ticks += step
            shots.append(Shot(ticks / 64, verdict, leg, is_calm, is_paused))
    return shots


scripts = shots_of_any_kind.map(script)


@given(scripts)
def test_every_moment_belongs_to_exactly_one_interval(shots: list[Shot]) -> None:
    hold, _ = watch(shots)
    ledger = hold.intervals()

    assert all(interval.start_s < interval.end_s for interval in ledger)
    assert all(before.end_s == after.start_s for before, after in pairwise(ledger))
    if len(shots) > 1:
        assert (ledger[0].start_s, ledger[-1].end_s) == (shots[0].time_s, shots[-1].time_s)
        elapsed_s = shots[-1].time_s - shots[0].time_s
        assert sum(interval.duration_s for interval in ledger) == elapsed_s


@given(scripts)
def test_no_two_neighbours_in_the_ledger_say_the_same(shots: list[Shot]) -> None:
    ledger = watch(shots)[0].intervals()

    assert all(
        replace(before, start_s=0, end_s=0) != replace(after, start_s=0, end_s=0)
        for before, after in pairwise(ledger)
    )


@given(scripts)
def test_only_frames_in_form_and_short_losses_of_sight_are_held(shots: list[Shot]) -> None:
    for interval in watch(shots)[0].intervals():
        if interval.state is not State.HELD:
            continue
        within = [shot for shot in shots if interval.start_s <= shot.time_s <= interval.end_s]
        assert (within[0].time_s, within[-1].time_s) == (interval.start_s, interval.end_s)
        assert not any(shot.is_paused for shot in within)
        assert all(b.time_s - a.time_s <= RULES.longest_gap_s for a, b in pairwise(within))
        if interval.is_bridged:
            lost = within[1:-1]
            assert within[0].is_good
            assert within[-1].is_good
            assert interval.duration_s <= RULES.grace_s
            assert all(shot.verdict.form in LOST_FROM_SIGHT for shot in lost)
        else:
            assert all(shot.is_good for shot in within)
            assert interval.is_full == all(shot.verdict.is_full for shot in within)


@given(scripts)
def test_at_least_half_of_what_is_held_was_seen_but_for_one_grace(shots: list[Shot]) -> None:
    seen_at = {shot.time_s for shot in shots if shot.is_good}
    for run in runs_of_held(watch(shots)[0].intervals()):
        within = [s.time_s for s in shots if run[0].start_s <= s.time_s <= run[-1].end_s]
        seen_s = sum(b - a for a, b in pairwise(within) if {a, b} <= seen_at)
        lost_s = sum(b - a for a, b in pairwise(within) if not {a, b} & seen_at)
        assert lost_s <= seen_s + RULES.grace_s


def runs_of_held(ledger: tuple[Interval, ...]) -> list[list[Interval]]:
    groups = groupby(ledger, key=lambda each: each.state is State.HELD)
    return [list(group) for is_held, group in groups if is_held]


@given(scripts)
def test_the_seconds_told_at_each_frame_are_those_of_the_ledger(shots: list[Shot]) -> None:
    hold = Hold(RULES)
    before_s = 0.0
    for number, shot in enumerate(shots):
        state = hold.step(
            shot.time_s,
            shot.verdict,
            shot.leg,
            0.0 if shot.is_calm else None,
            is_paused=shot.is_paused,
        )
        ledger = hold.intervals()
        for side, seconds in state.held_s.items():
            counted = sum(each.duration_s for each in ledger if each.side == side)
            # The newest moment may still turn out to be the way out of the hold.
            assert seconds <= counted + 1e-9
            assert counted - seconds <= LAG_S + RULES.longest_gap_s
        assert before_s <= state.total_s <= shot.time_s - shots[0].time_s
        assert state.is_holding == (state.side is not None)
        assert not (state.is_holding and state.settling_s)
        assert 0 <= state.settling_s < RULES.settle_s
        before_s = state.total_s
        if number:
            assert ledger[-1].end_s == shot.time_s


@given(scripts)
def test_every_hold_lasts_a_second_at_least_and_the_longest_is_told(shots: list[Shot]) -> None:
    hold, _ = watch(shots)
    holds = unbroken_holds_s(hold.intervals())

    assert all(seconds >= RULES.settle_s for seconds in holds)
    assert hold.longest_unbroken_s == max(holds, default=0.0)


def unbroken_holds_s(ledger: tuple[Interval, ...]) -> list[float]:
    """Return the seconds of each hold: slips no longer than the grace do not end one."""
    slips = {State.UNSEEN, State.NO_PERSON, State.OUT_OF_FORM, State.TURNED}
    holds = [0.0]
    for is_held, group in groupby(ledger, key=lambda each: each.state is State.HELD):
        intervals = list(group)
        lasts_s = intervals[-1].end_s - intervals[0].start_s
        if is_held:
            holds[-1] += lasts_s
        elif lasts_s > RULES.grace_s or not {each.state for each in intervals} <= slips:
            holds.append(0.0)
    return [seconds for seconds in holds if seconds]


@given(scripts)
def test_a_mirror_exchanges_the_sides_and_nothing_else(shots: list[Shot]) -> None:
    hold, _ = watch(shots)
    mirror, _ = watch([replace(shot, leg=other_side(shot.leg)) for shot in shots])

    assert mirror.held_s == {other_side(side): held for side, held in hold.held_s.items()}
    assert mirror.longest_unbroken_s == hold.longest_unbroken_s
    assert mirror.intervals() == tuple(
        replace(each, side=other_side(each.side) if each.side else None)
        for each in hold.intervals()
    )


@given(scripts, st.sampled_from([0.0, 64.0, 2.0**20, 2.0**31]))
def test_where_the_clock_stands_changes_nothing(shots: list[Shot], start_s: float) -> None:
    hold, _ = watch(shots)
    later, _ = watch([replace(shot, time_s=shot.time_s + start_s) for shot in shots])

    assert later.held_s == hold.held_s
    assert [
        replace(each, start_s=each.start_s - start_s, end_s=each.end_s - start_s)
        for each in later.intervals()
    ] == list(hold.intervals())


long_phases = st.builds(
    Phase,
    seconds=st.floats(2.0, 6.0),
    verdict=st.sampled_from([IN_FORM, IN_FORM, OUT, UNSEEN, NOBODY, TURNED]),
    leg=st.sampled_from(["left", "right"]),
)
short_losses = st.builds(
    Phase, seconds=st.floats(0.1, 0.15), verdict=st.sampled_from([UNSEEN, NOBODY, OUT, TURNED])
)


@given(
    st.lists(st.one_of(long_phases, st.tuples(long_phases, short_losses)), min_size=1, max_size=8),
    st.sampled_from([2, 3]),
)
def test_a_slower_camera_moves_each_edge_by_one_of_its_frames_at_most(
    drawn: list[Phase | tuple[Phase, Phase]], keep_every: int
) -> None:
    """Where every phase is clearly longer or shorter than the times of the rules."""
    phases = [phase for each in drawn for phase in (each if isinstance(each, tuple) else (each,))]
    shots = film(*phases, fps=30)
    edges = sum(before.verdict != after.verdict for before, after in pairwise(phases))

    fast, slow = held_s(shots), held_s(shots[::keep_every])

    assert abs(fast - slow) <= (edges + 1) * keep_every / 30 + 1e-9
