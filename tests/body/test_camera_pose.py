from dataclasses import replace
from math import cos, radians, sin

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.camera.pose import CameraPose, camera_pose, sighted
from formcheck.body.camera.way_in import WayIn
from formcheck.body.landmarks import INDEX, PoseLandmarks
from formcheck.body.view import see
from tests.factories import KNEELING, STANDING, Track, mirrored, stay, track

JOINTS = {"shoulder": (1.395, 0.1), "hip": (0.9, 0.05), "knee": (0.48, 0.05), "ankle": (0.07, 0.06)}
"""Height above the floor, and half of what MediaPipe makes of the distance between the sides: half
of it. In metres."""


def standing(
    pitch_deg: float, roll_deg: float, height_m: float, focal_px: float = 461.0, away_m: float = 3.0
) -> PoseLandmarks:
    """Return somebody of average size who stands upright, side-on, facing the right edge.

    As an ideal detector sees them: in the picture exactly, in space as MediaPipe does of who is
    level with the camera. 461 pixels are the focal length of a picture that is 70 degrees wide.
    """
    pitch, roll = radians(pitch_deg), radians(roll_deg)
    ahead = np.array([0.0, -sin(pitch), cos(pitch)])
    above = np.array([0.0, cos(pitch), sin(pitch)])
    right, up = np.array([cos(roll), 0.0, 0.0]) - sin(roll) * above, cos(roll) * above
    up = up + np.array([sin(roll), 0.0, 0.0])
    xy, xyz = np.zeros((len(INDEX), 2)), np.zeros((len(INDEX), 3))
    depression = np.degrees(np.arctan2(height_m - 0.73, away_m))
    behind = np.tan(np.radians(-5.1 - 0.73 * depression))
    for joint, (y, half) in JOINTS.items():
        for side, depth in (("left", half), ("right", -half)):
            point = np.array([0.0, y - height_m, away_m + depth])
            x_cam, y_cam, z_cam = point @ right, point @ up, point @ ahead
            xy[INDEX[f"{side}_{joint}"]] = (
                320 + focal_px * x_cam / z_cam,
                240 - focal_px * y_cam / z_cam,
            )
            xyz[INDEX[f"{side}_{joint}"]] = 0.0, 0.9 - y, depth + behind * (y - 0.9)
    return PoseLandmarks(xy, xyz, np.ones(len(INDEX)), (640, 480))


def learnt(*pictures: PoseLandmarks) -> CameraPose:
    seen = [each for each in map(sighted, pictures) if each is not None]
    return camera_pose(seen)


def camera_of(frames: Track) -> CameraPose | None:
    way_in = WayIn()
    for time_s, landmarks in frames:
        way_in.step(time_s, landmarks, see(landmarks) if landmarks is not None else None)
    return way_in.camera


@given(pitch_deg=st.floats(-12, 12), roll_deg=st.floats(-10, 10), focal_px=st.floats(320, 600))
def test_roll_is_learnt_whatever_the_field_of_view_and_however_it_is_pitched(
    pitch_deg: float, roll_deg: float, focal_px: float
) -> None:
    camera = learnt(standing(pitch_deg, roll_deg, 0.9, focal_px))
    assert camera.roll_deg == pytest.approx(roll_deg, abs=1.6)


@pytest.mark.parametrize("height_m", [0.3, 0.7, 1.1, 1.4])
@pytest.mark.parametrize("off_deg", [-4.0, 0.0, 4.0])
def test_pitch_and_height_are_learnt_within_their_errors(height_m: float, off_deg: float) -> None:
    aimed = float(np.degrees(np.arctan2(height_m - 0.73, 3.0)))
    camera = learnt(standing(aimed + off_deg, 0.0, height_m))
    assert abs(camera.pitch_deg - aimed - off_deg) <= 1.5 * camera.pitch_error_deg
    assert abs(camera.height_m - height_m) <= 1.5 * camera.height_error_m


def test_a_higher_camera_is_told_to_be_higher_and_one_that_looks_down_to_look_down() -> None:
    low, high = learnt(standing(-8.0, 0.0, 0.3)), learnt(standing(13.0, 0.0, 1.4))
    assert low.height_m + 0.6 < high.height_m
    assert low.pitch_deg < -3.0
    assert high.pitch_deg > 6.0


def test_a_mirror_turns_the_roll_round_and_nothing_else() -> None:
    picture = standing(3.0, 7.0, 0.9)
    camera, other = learnt(picture), learnt(mirrored(picture))
    assert other.roll_deg == pytest.approx(-camera.roll_deg, abs=1e-6)
    assert other.pitch_deg == pytest.approx(camera.pitch_deg, abs=1e-6)
    assert other.height_m == pytest.approx(camera.height_m, abs=1e-6)


def test_the_error_grows_with_what_the_pictures_do_not_agree_on() -> None:
    level = [standing(0.0, 0.0, 0.8)] * 6
    swaying = [standing(0.0, roll_deg, 0.8) for roll_deg in (-9, -6, -3, 3, 6, 9)]
    assert learnt(*swaying).roll_error_deg > 2 * learnt(*level).roll_error_deg


@pytest.mark.parametrize("value", [np.nan, np.inf, 0.0])
def test_without_a_place_for_the_body_nothing_is_told(value: float) -> None:
    picture = standing(0.0, 0.0, 0.8)
    space, places = np.full_like(picture.world_xyz, value), np.full_like(picture.image_xy, value)
    assert sighted(replace(picture, world_xyz=space)) is None
    assert sighted(replace(picture, image_xy=places)) is None


def test_who_stands_still_tells_and_who_starts_in_the_pose_does_not() -> None:
    assert camera_of(track(stay(1.0, STANDING))) is not None
    assert camera_of(track(stay(5.0, KNEELING))) is None
    assert camera_of(track(stay(1.0, None))) is None


def test_whoever_goes_past_tells_nothing() -> None:
    frames = [replace(STANDING, hips_at=(200.0 + 9 * index, 330.0)) for index in range(90)]
    assert camera_of([(index / 30, each.landmarks()) for index, each in enumerate(frames)]) is None


def test_whose_feet_are_cut_off_tells_nothing() -> None:
    assert camera_of(track(stay(2.0, replace(STANDING, hips_at=(640.0, 480.0))))) is None


@pytest.mark.parametrize("fps", [5.0, 10.0, 30.0])
def test_a_slow_camera_learns_as_a_fast_one_does(fps: float) -> None:
    camera = camera_of(track(stay(2.0, replace(STANDING, roll_deg=8.0)), fps=fps))
    assert camera is not None
    assert camera.is_surely_rolled


def test_a_camera_that_was_moved_is_learnt_anew() -> None:
    rolled = replace(STANDING, roll_deg=8.0)
    frames = track(stay(3.0, rolled), stay(2.5, None), stay(0.9, STANDING))
    before, after = camera_of(frames[:60]), camera_of(frames)
    assert before is not None
    assert after is not None
    assert abs(before.roll_deg) > 6.0
    assert abs(after.roll_deg) < 2.0


def test_a_small_roll_is_left_in_the_view_and_a_sure_one_is_taken_off() -> None:
    assert not any(rolls_of(track(stay(2.0, replace(STANDING, roll_deg=2.0)))))
    rolls = rolls_of(track(stay(2.0, replace(STANDING, roll_deg=8.0)), stay(5.0, KNEELING)))
    assert rolls[-1] == pytest.approx(8.0, abs=1.5)


def test_a_roll_is_forgotten_once_somebody_was_away_who_may_have_levelled_the_camera() -> None:
    rolled = replace(STANDING, roll_deg=8.0)
    for away in (None, replace(STANDING, hips_at=(640.0, 800.0))):
        frames = track(stay(2.0, rolled), stay(0.5, None), stay(3.0, away), stay(1.0, KNEELING))
        assert [rolls_of(frames[: 30 * end])[-1] for end in (2, 6)] == pytest.approx(
            [8, 0], abs=1.5
        )


def rolls_of(frames: Track) -> list[float]:
    way_in, seen = WayIn(), []
    for time_s, landmarks in frames:
        view = see(landmarks) if landmarks is not None else None
        if (view := way_in.step(time_s, landmarks, view)) is not None:
            seen.append(view.roll_deg)
    return seen


def test_side_bend_is_no_roll() -> None:
    bent = tuple(_bent(standing(0.0, 0.0, 0.9), degrees) for degrees in (8.0, 12.0, 15.0))
    assert not any(learnt(each).is_surely_rolled for each in bent)


def _bent(picture: PoseLandmarks, degrees: float) -> PoseLandmarks:
    """Return somebody whose trunk leans while the legs stand upright."""
    xy = picture.image_xy.copy()
    for side in ("left", "right"):
        shoulder, hip = (INDEX[f"{side}_{joint}"] for joint in ("shoulder", "hip"))
        xy[shoulder, 0] += (xy[hip, 1] - xy[shoulder, 1]) * np.tan(radians(degrees))
    return replace(picture, image_xy=xy)
