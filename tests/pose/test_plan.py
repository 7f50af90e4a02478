import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.landmarks import Side
from formcheck.pose.definition import load_pose
from formcheck.pose.plan import Plan

LUNGE = load_pose("lunge-stretch")
seconds = st.floats(0, 400)


def held(left: float = 0.0, right: float = 0.0) -> dict[Side, float]:
    return {"left": left, "right": right}


def test_the_poses_own_dose_is_the_plan_unless_another_is_wished() -> None:
    assert Plan.of(LUNGE) == Plan(60.0, ("left", "right"), sides_needed=2, sets=1)
    assert Plan.of(LUNGE, hold_s=30.0, sides=("left",), sets=2).total_s == 60.0


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_pose_without_sides_is_done_whichever_side_was_wished(side: Side) -> None:
    plan = Plan.of(load_pose("bridge"), hold_s=20.0, sides=(side,))

    assert plan.is_done(held(left=20.0))  # where the seconds of such a pose are counted


def test_both_sides_are_needed_in_whatever_order_and_however_many_goes() -> None:
    plan = Plan(60.0)

    assert not plan.is_done(held(left=60.0))
    assert not plan.is_done(held(left=200.0, right=59.9))
    assert plan.is_done(held(left=60.0, right=61.0))


def test_a_side_that_is_not_asked_counts_for_nothing() -> None:
    plan = Plan(60.0, ("left",), sides_needed=1)

    assert not plan.is_done(held(right=90.0))
    assert plan.next_side("right", held(right=90.0)) == "left"
    assert plan.is_done(held(left=60.0))


def test_after_each_set_the_other_side_comes_next() -> None:
    plan = Plan(30.0, sets=2)

    assert plan.next_side("left", held(left=29.0)) == "left"
    assert plan.next_side("left", held(left=30.0)) == "right"
    assert plan.next_side("right", held(left=30.0, right=10.0)) == "right"
    assert plan.next_side("right", held(left=30.0, right=30.0)) == "right"
    assert plan.next_side("right", held(left=30.0, right=60.0)) == "left"


def test_the_seconds_of_a_set_start_anew_and_those_of_a_side_that_is_done_stay() -> None:
    plan = Plan(30.0, sets=2)

    assert plan.set_seconds("left", held(left=29.0)) == 29.0
    assert plan.set_seconds("left", held(left=34.0)) == 4.0
    assert plan.set_seconds("left", held(left=61.0)) == 31.0


def test_seconds_that_add_up_to_a_hair_less_are_whole() -> None:
    assert Plan(0.3).is_side_done("left", held(left=0.1 + 0.1 + 0.1 - 1e-12))


@given(seconds, seconds, st.integers(1, 4), st.sampled_from([("left", "right"), ("left",)]))
def test_the_end_is_when_no_side_that_is_asked_lacks_seconds(
    left: float, right: float, sets: int, sides: tuple[Side, ...]
) -> None:
    plan = Plan(60.0, sides, sides_needed=len(sides), sets=sets)
    done = [plan.is_side_done(side, held(left, right)) for side in sides]

    assert plan.is_done(held(left, right)) == all(done)
    for side in sides:
        if not plan.is_done(held(left, right)):
            following = plan.next_side(side, held(left, right))
            assert not plan.is_side_done(following, held(left, right))


def test_what_is_no_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="not a plan"):
        Plan(0.0)
    with pytest.raises(ValueError, match="not a plan"):
        Plan(60.0, ("left",), sides_needed=2)
