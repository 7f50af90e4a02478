"""Which way up a camera stands, told by bodies whose picture is turned."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.counting.track import SUFFIX, load_track
from benchmarks.counting.truth import read_truth
from formcheck.body.camera.bearing import Bearing
from formcheck.body.landmarks import PoseLandmarks
from formcheck.pose.definition import load_pose
from tests.factories import KNEELING, STANDING, STRETCH, Track, slide, stay, track
from tests.shared import CHECKOUT

SAMPLES = sorted((CHECKOUT / "samples").glob(f"*{SUFFIX}"))


def turned(landmarks: PoseLandmarks, clockwise_deg: int) -> PoseLandmarks:
    """Return the body in a picture that is turned."""
    xy, (width, height) = landmarks.image_xy, landmarks.image_size
    for _ in range(clockwise_deg // 90):
        xy, (width, height) = np.stack([height - xy[:, 1], xy[:, 0]], 1), (height, width)
    return replace(landmarks, image_xy=xy, image_size=(width, height))


def all_turned(frames: Iterable[tuple[float, PoseLandmarks | None]], clockwise_deg: int) -> Track:
    return [(t, body and turned(body, clockwise_deg)) for t, body in frames]


def told(frames: Iterable[tuple[float, PoseLandmarks | None]], bearing: Bearing) -> list[int]:
    return [bearing.step(time_s, body) for time_s, body in frames]


WAY_IN = track(stay(2.0, STANDING), slide(2.0, STANDING, KNEELING), stay(4.0, STRETCH), fps=10.0)


@pytest.mark.parametrize("clockwise_deg", [90, 180, 270])
def test_a_turned_picture_is_told_with_what_mends_it(clockwise_deg: int) -> None:
    answers = told(all_turned(WAY_IN, clockwise_deg), Bearing())

    assert answers[-1] == 360 - clockwise_deg
    assert set(answers[:29]) == {0}, "nothing is said of a moment"
    assert set(told(all_turned(WAY_IN, 360), Bearing())) == {0}


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name.removesuffix(SUFFIX))
def test_every_sample_stands_upright_and_turned_it_is_told_so(file: object) -> None:
    path = SAMPLES[SAMPLES.index(file)]  # type: ignore[arg-type]
    frames = list(load_track(path))
    kind = load_pose(read_truth(path.with_name(path.name.removesuffix(SUFFIX) + ".mp4")).pose).view
    may_lie = kind.kind == "lying"

    assert set(told(frames, Bearing(may_lie=may_lie))) == {0}
    if not may_lie:
        for clockwise_deg in (90, 180, 270):
            answers = told(all_turned(frames, clockwise_deg), Bearing())
            assert answers[-1] == 360 - clockwise_deg


def test_whoever_stood_before_lying_down_has_turned_no_camera() -> None:
    stands, lies = track(stay(1.0, STANDING), fps=10.0), track(stay(8.0, STANDING), fps=10.0)
    after = [(1.0 + time_s, body and turned(body, 90)) for time_s, body in lies[1:]]

    assert set(told([*stands, *after], Bearing())) == {0}


def test_where_a_pose_is_done_lying_only_the_head_down_is_told() -> None:
    assert set(told(all_turned(WAY_IN, 90), Bearing(may_lie=True))) == {0}
    assert told(all_turned(WAY_IN, 180), Bearing(may_lie=True))[-1] == 180


def test_a_camera_that_is_turned_back_in_the_session_is_told_no_more() -> None:
    wrong = all_turned(track(stay(5.0, STANDING), fps=10.0), 180)
    right = [(5.0 + time_s, body) for time_s, body in track(stay(2.0, STANDING), fps=10.0)[1:]]

    answers = told([*wrong, *right], Bearing())
    assert answers[len(wrong) - 1] == 180
    assert answers[-1] == 0


def test_nobody_and_bodies_without_a_place_tell_nothing() -> None:
    nowhere = replace(STANDING.landmarks(), image_xy=np.full((33, 2), np.nan))
    point = replace(STANDING.landmarks(), image_xy=np.zeros((33, 2)))

    frames = [(n / 10, body) for n, body in enumerate([None, nowhere, point] * 20)]
    assert set(told(frames, Bearing(sure_s=0.5))) == {0}
