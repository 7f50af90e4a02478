"""A clip whose pose is not told is scored as if it had been."""

from dataclasses import replace
from pathlib import Path

from benchmarks.counting.track import load_track
from formcheck.judge.ledger import State
from formcheck.pose.definition import every_pose, load_pose
from formcheck.result.score import ClipScore, ClipScorer, NoPose, PhotoScore
from formcheck.result.unnamed_pose import UnnamedPoseScorer, score_photo_of_unnamed_pose
from formcheck.session import Session
from tests.factories import STANDING, STRETCH

SAMPLE = Path(__file__).parents[2] / "samples" / "changes-sides.landmarks.npz"
POSES = every_pose()


def test_the_score_is_that_of_the_pose_that_was_found() -> None:
    finder, told = UnnamedPoseScorer(POSES), ClipScorer(Session(load_pose("lunge-stretch")))
    for time_s, landmarks in load_track(SAMPLE):
        finder.add(finder.session.step(time_s, landmarks))
        told.add(told.session.step(time_s, landmarks))

    found = finder.score("a.mp4")

    assert isinstance(found, ClipScore)
    assert replace(found, recognition=None) == told.score("a.mp4")
    line = found.as_json()
    assert line["pose"] == "lunge-stretch"
    assert line["recognised"]["sureness"] > 0.9
    assert "recognised" not in told.score("a.mp4").as_json()


def test_a_photo_is_scored_by_the_pose_it_shows_or_by_none() -> None:
    stretch = score_photo_of_unnamed_pose("a.jpg", POSES, STRETCH.landmarks())
    assert isinstance(stretch, PhotoScore)
    assert (stretch.pose, stretch.in_form) == ("lunge-stretch", True)

    assert isinstance(score_photo_of_unnamed_pose("a.jpg", POSES, STANDING.landmarks()), NoPose)
    assert isinstance(score_photo_of_unnamed_pose("a.jpg", POSES, None), NoPose)


def test_a_picture_that_shows_nothing_is_the_cameras_time_here_too() -> None:
    finder = UnnamedPoseScorer(POSES)
    for index in range(40):
        is_blank = index >= 30
        landmarks = None if is_blank else STRETCH.landmarks()
        finder.add(finder.session.step(index / 10, landmarks, is_blank=is_blank))

    score = finder.score("a.mp4")

    assert isinstance(score, ClipScore)
    assert score.intervals[-1].state is State.NO_CAMERA
