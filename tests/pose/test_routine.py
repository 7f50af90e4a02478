"""Routines: what is held after what, and what is said between."""

from pathlib import Path

import pytest

from formcheck.errors import FormcheckError
from formcheck.pose.routine import load_routine, poses_of, read_routine, routine_names

GOOD = """
title = "Two"
summary = "For tests."
why = "A test."
sources = ["None."]
[[steps]]
pose = "lunge-stretch"
[[steps]]
pose = "standing-stretch"
hold_s = 30
rest_s = 30
say = "Stand up"
"""


@pytest.mark.parametrize("name", routine_names())
def test_every_routine_that_is_shipped_is_valid_and_its_poses_are_no_experiments(name: str) -> None:
    poses = poses_of(load_routine(name))

    assert not any(pose.experimental for pose in poses.values())


def test_the_routine_of_the_article_is_two_stretches_a_minute_a_side() -> None:
    routine = load_routine("hip-flexors")
    poses = poses_of(routine)

    assert [(step.hold_s, poses[step.pose].dosage.sides) for step in routine.steps] == [
        (60, 2),
        (60, 2),
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('"standing-stretch"', '"standing-strech"'), "did you mean 'standing-stretch'?, line 9"),
        (('"standing-stretch"', '"../secret"'), "steps.1.pose"),
        (("hold_s = 30", "hold_s = inf"), "steps.1.hold_s"),
        (("rest_s = 30", "rest = 30"), "steps.1.rest: Extra inputs are not permitted, line 11"),
        (('title = "Two"', 'name = "two"'), "called as its file is"),
        (('title = "Two"', "title ="), "is not TOML"),
    ],
)
def test_what_is_wrong_with_a_routine_is_told_with_its_line(
    tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    path = tmp_path / "two.toml"
    assert change[0] in GOOD
    path.write_text(GOOD.replace(*change))

    with pytest.raises(FormcheckError, match="routine file") as caught:
        read_routine(path)

    assert says in str(caught.value)


def test_a_name_that_no_routine_has_is_answered_with_the_nearest() -> None:
    with pytest.raises(FormcheckError, match="did you mean 'hip-flexors'"):
        load_routine("hip-flexor")
