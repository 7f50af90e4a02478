"""The routine `hip-flexors` before the webcam, with nobody at the keys until it is over.

Both displays run at once, as in `test_whole_session`, with shorter holds. Only the one in the
terminal has somebody who answers, once before the start and once for each stretch at the end.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.running.stage import virtual_screen
from formcheck.body.landmarks import Side
from formcheck.store import End, SessionRecord, Store
from tests.samples.whole_routine import make_whole_routine, true_held_s
from tests.shared import needs_fakecam, needs_screen
from tests.webcam import FORMCHECK, LOADING_S, Finished, Running

POSES = ("lunge-stretch", "low-lunge-side-bend")
HOLD_S = 10
HELD_S = 12
"""The person stays for a little longer than is asked, in true seconds."""
REST_S = 27
"""The person stands for so long: the end of the first stretch is shown for 5 s, the rest is 20."""

pytestmark = [
    pytest.mark.long,
    pytest.mark.screen,
    pytest.mark.mediapipe,
    needs_fakecam,
    needs_screen,
]


def due_held_s(pose: str) -> dict[Side, float]:
    """Return the true seconds of each side; of the last one nothing counts after the end."""
    (first, first_s), (last, _) = true_held_s(HELD_S)[pose].items()
    return {first: first_s, last: HOLD_S}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {name: tmp_path_factory.mktemp(name) for name in ("window", "terminal")}


@pytest.fixture(scope="module")
def routines(
    tmp_path_factory: pytest.TempPathFactory, folders: dict[str, Path]
) -> Iterator[dict[str, Finished]]:
    clip = make_whole_routine(tmp_path_factory.mktemp("clip"), HELD_S, REST_S, LOADING_S)
    options = ("--hold", str(HOLD_S))
    answers = {
        "Read? Then press a key": "x",
        "Discomfort in Kneeling hip-flexor stretch": "2\n",
        "Discomfort in Kneeling stretch with side bend": "1\n",
    }
    with virtual_screen() as screen:
        no_screen = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
        running = {
            "window": Running("hip-flexors", clip, folders["window"], screen, *options),
            "terminal": Running(
                "hip-flexors", clip, folders["terminal"], no_screen, *options, answers=answers
            ),
        }
        yield {name: each.finish() for name, each in running.items()}


@pytest.fixture(params=["window", "terminal"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def routine(name: str, routines: dict[str, Finished]) -> Finished:
    return routines[name]


@pytest.fixture
def kept(name: str, routine: Finished, folders: dict[str, Path]) -> list[SessionRecord]:
    return Store(folders[name] / "formcheck").history.sessions()


def test_it_goes_on_and_ends_by_itself_with_the_right_seconds_of_each(routine: Finished) -> None:
    assert routine.status == 0
    assert routine.errors == ""
    for number, pose in enumerate(POSES):
        for side, due_s in due_held_s(pose).items():
            assert routine.seconds(side, number) == pytest.approx(due_s, abs=1.0), (pose, side)


def test_between_the_stretches_is_said_what_comes_and_how_to_get_into_it(
    routine: Finished,
) -> None:
    told = [line["words"] for line in routine.said if line["kind"] in ("side_done", "summary")]
    switch = "Well done. Switch sides"
    assert [re.sub(r"\d+", "10", words) for words in told] == [
        switch,
        "Left 10 seconds, right 10 seconds. Well done, rest now",
        switch,
        "Left 10 seconds, right 10 seconds. Well done",
    ]
    rests = [line for line in routine.said if line["kind"] == "rest"]
    assert [line["words"] for line in rests] == [
        "Rest for 20 seconds",
        "Next: Kneeling stretch with side bend, 2 of 2. Face the camera and kneel as before. "
        "Reach up on the kneeling side and bend away",
        "Get ready",
    ]
    for earlier, later in pairwise(rests):  # at a calm voice's 2.5 words a second
        said_s = len(earlier["words"].split()) / 2.5
        assert later["time_s"] - earlier["time_s"] >= said_s


def test_each_stretch_is_kept_under_its_own_pose(kept: list[SessionRecord]) -> None:
    assert [session.pose for session in kept] == list(POSES)
    for session in kept:
        assert session.ended is End.DONE
        assert session.is_live
        due_s = due_held_s(session.pose)
        assert session.held_s == {side: pytest.approx(due_s[side], abs=1.0) for side in due_s}


def test_who_is_there_is_asked_once_of_each_stretch_how_it_felt(
    name: str, routine: Finished, kept: list[SessionRecord]
) -> None:
    is_there = name == "terminal"
    assert routine.printed.count("Read? Then press a key") == is_there
    assert [session.discomfort for session in kept] == ([2, 1] if is_there else [None, None])


def test_the_history_tells_what_the_day_still_lacks(
    name: str, routine: Finished, folders: dict[str, Path]
) -> None:
    told = subprocess.run(
        [FORMCHECK, "history"],
        env={**os.environ, "XDG_DATA_HOME": str(folders[name])},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "This week: 0 of 3 days with both sides, 3 to go." in told
    assert re.search(r"Today so far: left (3|4)\d % and right (3|4)\d % of the dose\.", told)
