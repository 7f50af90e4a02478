"""What is true of every hold, whatever the frames bring."""

from dataclasses import replace
from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.landmarks import Side, other_side
from formcheck.judge.form import FormVerdict
from formcheck.judge.hold import Hold
from formcheck.judge.ledger import Interval, State
from formcheck.judge.motion import LAG_S
from tests.factories import IN_FORM, IN_FORM_NOT_FULL, NOBODY, OUT, TURNED, UNSEEN
from tests.judge.films import LOST_FROM_SIGHT, RULES, Phase, Shot, film, held_s, watch

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
