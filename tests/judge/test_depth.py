from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.judge.depth import DepthFinder, DepthTally, personal, unbounded
from formcheck.judge.form import Form
from formcheck.pose.definition import PoseDefinition, load_pose
from formcheck.pose.plan import Plan
from formcheck.session import Session
from tests.factories import KNEELING, STRETCH, Body, slide, stay, swapped, track

LUNGE = load_pose("lunge-stretch")
SHALLOW = replace(
    STRETCH, trunk_lean=0.0, rear_thigh_tilt=4.0, rear_knee_flexion=86.0, front_knee_flexion=95.0
)
"""As far as somebody with a stiff hip goes: 4 degrees of extension."""


def accepted(pose: PoseDefinition) -> tuple[float, float]:
    return pose.gate_by_measurement["rear_hip_extension"].accept


def held_left(session: Session, *phases: tuple[float, Body | None, Body | None]) -> float:
    for time_s, landmarks in track(*phases):
        session.step(time_s, landmarks)
    return session.held_s["left"]


def test_who_goes_less_far_has_a_lower_bound_of_their_own() -> None:
    assert held_left(Session(LUNGE), stay(6.0, SHALLOW)) == 0.0
    assert held_left(Session(LUNGE, depths={"left": 4.0}), stay(6.0, SHALLOW)) > 5.5
    assert held_left(Session(LUNGE, depths={"right": 4.0}), stay(6.0, SHALLOW)) == 0.0


def test_labels_that_swap_during_a_hold_do_not_change_whose_depth_it_is_judged_by() -> None:
    session = Session(LUNGE, depths={"left": 4.0})
    for time_s, landmarks in track(stay(12.0, SHALLOW)):
        assert landmarks is not None
        is_swapped = time_s > 3.0 and time_s % 3.0 < 1.0
        session.step(time_s, swapped(landmarks) if is_swapped else landmarks)

    assert session.held_s == {"left": pytest.approx(12.0), "right": 0.0}


@given(st.floats(-40, 80))
def test_nobody_is_ever_asked_for_more_than_the_reference_or_their_own(depth: float) -> None:
    low, high = accepted(personal(LUNGE, depth))

    assert low <= accepted(LUNGE)[0]
    assert low <= max(depth, -10.0) - 8.0 or low == accepted(LUNGE)[0]
    assert high == accepted(LUNGE)[1]
    assert accepted(unbounded(LUNGE))[0] <= low


def test_the_first_calm_seconds_of_a_side_become_its_depth_and_count() -> None:
    session = Session(LUNGE, Plan.of(LUNGE, hold_s=20.0), find_depth=True)

    held = held_left(session, stay(2.0, KNEELING), slide(2.0, KNEELING, SHALLOW), stay(14, SHALLOW))

    assert session.depths == {"left": pytest.approx(4.0, abs=0.5)}
    assert held > 13.0
    deeper = track(stay(1.0, SHALLOW), start_s=100.0)
    outcomes = [session.step(time_s, landmarks) for time_s, landmarks in deeper]
    assert outcomes[-1].verdict.form is Form.IN_FORM


def test_a_flicker_that_breaks_no_hold_does_not_start_the_search_for_the_depth_again() -> None:
    session = Session(LUNGE, find_depth=True)
    flickering = (stay(4.0, SHALLOW), stay(0.1, None))

    held = held_left(session, *flickering * 3)

    assert session.depths == {"left": pytest.approx(4.0, abs=0.5)}
    assert held > 12.0


def test_nothing_is_taken_for_the_depth_while_the_hips_still_slide() -> None:
    finder = DepthFinder()
    sliding = [(number / 10, number / 10) for number in range(200)]

    assert not any(finder.step(time_s, depth) for time_s, depth in sliding)
    resting = [finder.step(20 + number / 10, 20.0) for number in range(140)]
    assert next(found for found in resting if found is not None) == pytest.approx(20.0)


def test_a_pause_starts_the_search_again() -> None:
    finder = DepthFinder()
    for number in range(90):
        assert finder.step(number / 10, 12.0) is None
    finder.step(9.1, None)

    assert all(finder.step(9.2 + number / 10, 12.0) is None for number in range(95))


def test_the_depth_reached_is_the_middle_of_the_time_held_on_each_side() -> None:
    tally = DepthTally()
    for depth in (10.0, 20.04, 30.0):
        tally.add("left", depth)

    assert tally.medians() == {"left": 20.0}
