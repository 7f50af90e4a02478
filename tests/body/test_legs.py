"""Legs that a detector takes for each other, and a far leg that it half guesses."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.landmarks import INDEX, PoseLandmarks, Side
from formcheck.body.legs import LegKeeper
from formcheck.body.measurements import measure
from formcheck.body.turn import rear_hip_behind
from formcheck.body.view import see
from formcheck.judge.ledger import State
from formcheck.pose.definition import load_pose
from formcheck.session import Session
from tests.factories import KNEELING, STANDING, STRETCH, Body, Track, slide, stay, track

FRAME_S = 0.1
LEGS = ("knee", "ankle", "heel", "foot_index")
FAR = 1.0
NEAR = -1.0


def confused(landmarks: PoseLandmarks, share: float) -> PoseLandmarks:
    """Return each joint of a leg on its way to the other one's place, as MediaPipe smooths them."""
    image_xy, world_xyz = landmarks.image_xy.copy(), landmarks.world_xyz.copy()
    for joint in LEGS:
        left, right = INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]
        for places in (image_xy, world_xyz):
            went = share * (places[right] - places[left])
            places[left] += went
            places[right] -= went
    return replace(landmarks, image_xy=image_xy, world_xyz=world_xyz)


def at_a_depth(landmarks: PoseLandmarks, side: Side, depth: float) -> PoseLandmarks:
    """Return the body with the hip of one side farther from the camera, or nearer."""
    world_xyz = landmarks.world_xyz.copy()
    world_xyz[INDEX[f"{side}_hip"], 2] += 0.1 * depth
    return replace(landmarks, world_xyz=world_xyz)


@given(st.floats(0.1, 0.8))
def test_legs_that_are_confused_above_a_still_trunk_are_where_they_were(share: float) -> None:
    keeper, clear = LegKeeper(), STRETCH.landmarks()

    keeper.step(0.0, clear)
    kept = keeper.step(FRAME_S, confused(clear, share))

    assert np.allclose(kept.image_xy, clear.image_xy)
    assert np.allclose(kept.world_xyz, clear.world_xyz)


def test_legs_that_stay_confused_for_a_second_are_unseen_and_then_believed() -> None:
    keeper, clear = LegKeeper(), STRETCH.landmarks()
    keeper.step(0.0, clear)
    seen = [keeper.step(FRAME_S * n, confused(clear, 0.4)) for n in range(1, 25)]

    knee = INDEX["left_knee"]
    assert [each.visibility[knee] > 0 for each in seen] == [True] * 10 + [False] * 10 + [True] * 4
    assert np.allclose(seen[-1].image_xy, confused(clear, 0.4).image_xy)


def test_a_hold_whose_legs_are_confused_every_few_frames_counts_whole_for_its_side() -> None:
    frames: Track = [
        (time_s, confused(body, 0.45) if body and number % 5 in (2, 3) else body)
        for number, (time_s, body) in enumerate(track(stay(6.0, STRETCH), fps=10))
    ]
    session = Session(load_pose("lunge-stretch"))
    for time_s, body in frames:
        session.step(time_s, body)

    assert session.held_s == pytest.approx({"left": 6.0, "right": 0.0})
    assert {each.state for each in session.intervals()} == {State.HELD}


@pytest.mark.parametrize(
    ("to", "rise_px"),
    [
        pytest.param(STANDING, 120.0, id="stands up"),
        pytest.param(KNEELING, 0.0, id="comes back"),
        pytest.param(replace(STRETCH, rear_knee_flexion=130), 0.0, id="folds the rear shin"),
        pytest.param(replace(STRETCH, rear_thigh_tilt=50), 0.0, id="slides the rear knee back"),
        pytest.param(replace(STRETCH, front_shank_lean=-15), 0.0, id="puts the front foot ahead"),
    ],
)
@pytest.mark.parametrize("fps", [10, 30])
def test_legs_that_move_are_seen_as_they_are(to: Body, rise_px: float, fps: int) -> None:
    keeper = LegKeeper()
    for time_s, body in track(stay(1.0, STRETCH), slide(1.0, STRETCH, to), stay(1.0, to), fps=fps):
        assert body is not None
        rise = (0.0, rise_px * min(1.0, max(0.0, time_s - 1.0)))
        moved = replace(body, image_xy=body.image_xy - rise)
        assert keeper.step(time_s, moved) is moved


def test_landmarks_without_a_place_are_left_alone() -> None:
    keeper, clear = LegKeeper(), STRETCH.landmarks()
    keeper.step(0.0, clear)
    nowhere = replace(clear, image_xy=np.full_like(clear.image_xy, np.nan))

    assert keeper.step(FRAME_S, nowhere) is nowhere
    assert keeper.step(2 * FRAME_S, clear) is clear


@given(st.floats(-45, 45), st.floats(-0.2, 0.2), st.floats(0, 1))
def test_a_hip_is_drawn_behind_more_where_it_is_ahead_or_covered_or_low(
    ahead_deg: float, above: float, covered: float
) -> None:
    behind = rear_hip_behind(ahead_deg, above, covered)

    assert 0 <= behind <= 0.2
    assert rear_hip_behind(ahead_deg + 5, above, covered) >= behind
    assert rear_hip_behind(ahead_deg, above - 0.05, covered) >= behind
    assert behind >= rear_hip_behind(ahead_deg, above, 0.0)
    assert rear_hip_behind(-abs(ahead_deg), above, 0.0) == 0


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("stretched", ["left", "right"])
def test_a_hip_hidden_behind_the_front_thigh_is_opened_by_a_few_degrees(
    facing: Side, stretched: Side
) -> None:
    body = replace(STRETCH, facing=facing, stretched=stretched).landmarks()
    extension = {}
    for depth in (NEAR, FAR):
        landmarks = at_a_depth(body, stretched, depth)
        view = see(landmarks)
        assert view is not None
        assert view.is_rear_leg_far == (depth == FAR)
        extension[depth] = measure(landmarks, view)["rear_hip_extension"].value

    assert 1.5 <= extension[FAR] - extension[NEAR] <= 5


def test_a_far_knee_is_as_high_as_the_middle_of_picture_and_space() -> None:
    """In space MediaPipe keeps it too low, in the picture it is too high."""
    body = at_a_depth(STRETCH.landmarks(), "left", FAR)
    world_xyz = body.world_xyz.copy()
    world_xyz[INDEX["left_knee"], 1] += 0.1 * 0.5  # lower, by a tenth of a trunk
    clearance = {}
    for depth in (FAR, -3 * FAR):
        landmarks = at_a_depth(replace(body, world_xyz=world_xyz), "left", depth)
        view = see(landmarks)
        assert view is not None
        clearance[view.is_rear_leg_far] = measure(landmarks, view)["rear_knee_clearance"].value

    lower = clearance[True] - clearance[False]
    assert lower == pytest.approx(0.05, abs=0.01)
