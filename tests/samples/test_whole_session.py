"""The session over both sides that other tests play holds what it says."""

from itertools import pairwise
from pathlib import Path

import cv2
import pytest

from formcheck.judge.ledger import State
from formcheck.pose.definition import load_pose
from formcheck.session import Session
from tests.samples.whole_session import (
    frame_order,
    make_whole_session,
    true_held_s,
    whole_session_track,
)


def test_no_frame_jumps_to_another_that_was_filmed_much_later() -> None:
    assert max(abs(b - a) for a, b in pairwise(frame_order())) == 1


def test_each_side_is_held_a_little_over_a_minute() -> None:
    assert true_held_s() == pytest.approx({"right": 62, "left": 62}, abs=0.15)


def test_its_seconds_are_counted_side_by_side() -> None:
    session = Session(load_pose("lunge-stretch"))
    for time_s, landmarks in whole_session_track():
        session.step(time_s, landmarks)
    counted = {"right": 0.0, "left": 0.0}
    for interval in session.intervals():
        if interval.state is State.HELD and interval.side is not None:
            counted[interval.side] += interval.duration_s
    assert counted == pytest.approx(true_held_s(), abs=0.6)


def test_the_clip_is_as_long_as_its_landmarks(tmp_path: Path) -> None:
    clip = cv2.VideoCapture(str(make_whole_session(tmp_path, hold_s=10)))
    assert clip.get(cv2.CAP_PROP_FRAME_COUNT) == len(whole_session_track(hold_s=10))
