"""Each pose is told from its siblings, and from what is no stretch."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.counting.track import load_track
from formcheck.body.landmarks import PoseLandmarks
from formcheck.body.measurements import Measurement
from formcheck.figure.any_view import figure_for
from formcheck.pose.definition import load_pose, pose_names
from formcheck.result.recognise import Recogniser, Recognition, certainty
from tests.factories import (
    FOLDED,
    KNEELING,
    STANDING,
    STRETCH,
    Body,
    Track,
    small_pose,
    stay,
    track,
)

POSES = {name: load_pose(name) for name in pose_names()}
SAMPLES = Path(__file__).parents[2] / "samples"


def recognised(frames: Track) -> Recognition:
    recogniser = Recogniser(POSES.values())
    for time_s, landmarks in frames:
        recogniser.step(time_s, landmarks)
    return recogniser.recognition()


def still(landmarks: PoseLandmarks) -> Track:
    return [(index / 10, landmarks) for index in range(30)]


def figure_of(name: str) -> PoseLandmarks:
    return figure_for(POSES[name]).landmarks(stretched="right")


@pytest.mark.parametrize("name", POSES)
def test_a_held_pose_credits_itself_and_those_that_say_they_include_it(name: str) -> None:
    came = recognised(still(figure_of(name)))

    credited = {fit.pose for fit in came.fits}
    assert name in credited
    assert {other for other in credited if name not in POSES[other].includes} == {name}


@pytest.mark.parametrize("name", sorted({*POSES} - {"half-kneel-chair"}))
def test_a_pose_is_called_by_its_own_name(name: str) -> None:
    best = recognised(still(figure_of(name))).best

    assert best is not None
    assert best.pose == name
    assert best.sureness > 0.7


def test_a_stretch_that_a_chair_would_not_change_is_called_by_the_plain_name() -> None:
    best = recognised(still(figure_of("half-kneel-chair"))).best

    assert best is not None
    assert best.pose == "lunge-stretch"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(STANDING, id="standing"),
        pytest.param(KNEELING, id="half-kneeling upright"),
        pytest.param(FOLDED, id="folded over the leg"),
        pytest.param(
            Body(
                trunk_lean=40.0,
                rear_thigh_tilt=-75.0,
                rear_knee_flexion=110.0,
                front_knee_flexion=110.0,
                front_shank_lean=30.0,
            ),
            id="a squat",
        ),
        pytest.param(
            Body(
                trunk_lean=78.0,
                rear_thigh_tilt=78.0,
                rear_knee_flexion=2.0,
                front_knee_flexion=2.0,
                front_shank_lean=78.0,
            ),
            id="a plank",
        ),
        pytest.param(replace(STRETCH, shoulder_width=0.6), id="turned away"),
    ],
)
def test_what_is_no_stretch_is_none(body: Body) -> None:
    came = recognised(track(stay(4.0, body), fps=10))

    assert (came.best, came.fits) == (None, ())


def test_a_clip_of_other_things_is_none_and_a_good_one_the_stretch() -> None:
    assert recognised(list(load_track(SAMPLES / "other-things.landmarks.npz"))).best is None

    best = recognised(list(load_track(SAMPLES / "yaw-plus-20.landmarks.npz"))).best
    assert best is not None
    assert best.pose == "lunge-stretch"
    assert best.held_s == pytest.approx(7.5, abs=0.2)


def test_the_one_thing_that_is_missing_is_told_unless_it_is_far_off() -> None:
    hips_behind = replace(KNEELING, rear_thigh_tilt=6.0)
    assert recognised(still(hips_behind.landmarks())).nearest == (
        "lunge-stretch",
        "rear_hip_not_extended",
    )

    far_behind = replace(KNEELING, rear_thigh_tilt=-12.0)
    assert recognised(still(far_behind.landmarks())).nearest is None
    assert recognised(still(FOLDED.landmarks())).nearest is None
    assert recognised([(0.0, None)]).nearest is None


def test_a_certainty_is_half_at_an_edge_and_grows_inwards() -> None:
    pose = small_pose()  # trunk_lean from -12 to 20

    def at(lean: float) -> float:
        return certainty(pose, {"trunk_lean": Measurement(lean, 1.0)})

    assert at(20.0) == pytest.approx(0.5, abs=0.001)
    assert at(15.0) == pytest.approx(0.841, abs=0.001)
    assert at(4.0) == pytest.approx(0.9986, abs=0.001)


def test_a_photo_is_judged_by_its_one_frame() -> None:
    recogniser = Recogniser(POSES.values())
    recogniser.step(0.0, figure_of("crescent"))

    best = recogniser.recognition(is_photo=True).best
    assert best is not None
    assert best.pose == "crescent"
    assert recogniser.recognition().best is None
