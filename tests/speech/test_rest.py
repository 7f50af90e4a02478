"""The rest between two stretches: what is announced in it, and when."""

from itertools import pairwise
from pathlib import Path

import pytest

from formcheck.pose.routine import load_routine, poses_of, read_routine, routine_names
from formcheck.speech.rest import READY_S, rest_before
from tests.pose.test_routine import GOOD


def test_the_rest_and_the_change_of_pose_are_announced_in_order(tmp_path: Path) -> None:
    path = tmp_path / "two.toml"
    path.write_text(GOOD)
    routine = read_routine(path)
    poses = poses_of(routine)

    assert rest_before(routine, 0, poses).announcements == ()
    rest = rest_before(routine, 1, poses)
    assert rest.rest_s == 30
    assert [(each.after_s, each.words) for each in rest.announcements] == [
        (0, "Rest for 30 seconds"),
        (10, "Next: Standing hip-flexor stretch, 2 of 2. Stand up"),
        (30 - READY_S, "Get ready"),
    ]


@pytest.mark.parametrize("name", routine_names())
def test_each_announcement_is_over_before_the_next_and_before_the_end(name: str) -> None:
    routine = load_routine(name)
    poses = poses_of(routine)
    for number in range(1, len(routine.steps)):
        rest = rest_before(routine, number, poses)
        said = rest.announcements
        assert len(said) == 3
        for earlier, later in pairwise(said):
            assert earlier.after_s + earlier.spoken_s < later.after_s
        assert said[-1].after_s + said[-1].spoken_s < rest.rest_s


def test_what_takes_long_to_say_is_begun_earlier(tmp_path: Path) -> None:
    path = tmp_path / "two.toml"
    path.write_text(GOOD.replace('say = "Stand up"', f'say = "{"Slowly stand up " * 10}now"'))
    routine = read_routine(path)

    _, said, ready = rest_before(routine, 1, poses_of(routine)).announcements
    assert said.after_s < 30 / 3
    assert said.after_s + said.spoken_s < ready.after_s


def test_a_short_rest_has_time_for_the_next_stretch_alone(tmp_path: Path) -> None:
    path = tmp_path / "two.toml"
    path.write_text(GOOD.replace("rest_s = 30", "rest_s = 3"))
    routine = read_routine(path)

    (said,) = rest_before(routine, 1, poses_of(routine)).announcements
    assert said.words == "Next: Standing hip-flexor stretch, 2 of 2. Stand up"
