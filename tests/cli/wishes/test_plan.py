"""What the options make of a stretch, alone or as one of a routine."""

from pathlib import Path

import pytest

from formcheck.body.landmarks import SIDES
from formcheck.cli.main import ExitStatus, run
from formcheck.cli.wishes.plan import PlanChoice
from formcheck.pose.definition import load_pose
from formcheck.store import Store

LUNGE = load_pose("lunge-stretch")
SIDE_BEND = load_pose("low-lunge-side-bend")
"""It has no depth that differs between people."""
AS_IT_IS = PlanChoice(None, SIDES, sets=1, own_depth=False)


@pytest.mark.parametrize(
    ("asked_s", "of_routine_s", "held_s"), [(None, None, 60), (None, 40, 40), (5, 40, 5)]
)
def test_the_person_asks_before_the_routine_and_the_routine_before_the_pose(
    asked_s: float | None, of_routine_s: float | None, held_s: float, tmp_path: Path
) -> None:
    choice = PlanChoice(asked_s, SIDES, sets=1, own_depth=False)
    exercise = choice.exercise(LUNGE, Store(tmp_path), hold_s=of_routine_s)
    assert exercise.plan.hold_s == held_s


def test_sides_and_sets_are_for_each_stretch(tmp_path: Path) -> None:
    choice = PlanChoice(None, ("left",), sets=2, own_depth=False)
    for pose in (LUNGE, SIDE_BEND):
        plan = choice.exercise(pose, Store(tmp_path)).plan
        assert (plan.sides, plan.sets, plan.sides_needed) == (("left",), 2, 1)


def test_the_depth_learnt_for_one_stretch_is_that_of_this_stretch_alone(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.settings.set("depth/lunge-stretch/left", 17.5)

    assert AS_IT_IS.exercise(LUNGE, store).depths == {"left": 17.5}
    assert AS_IT_IS.exercise(SIDE_BEND, store).depths == {}


def test_own_depth_is_found_today_where_a_stretch_has_one(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.settings.set("depth/lunge-stretch/left", 17.5)
    choice = PlanChoice(None, SIDES, sets=1, own_depth=True)

    lunge = choice.exercise(LUNGE, store)
    assert (lunge.depths, lunge.find_depth) == ({}, True)
    assert not choice.exercise(SIDE_BEND, store).find_depth


@pytest.mark.parametrize("command", ["lunge-stretch", "hip-flexors"])
def test_a_routine_has_the_options_of_a_stretch(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "--help"]) == ExitStatus.DONE
    said = capsys.readouterr().out
    for option in ("--hold", "--sides", "--sets", "--own-depth", "--record", "--annotated"):
        assert option in said
