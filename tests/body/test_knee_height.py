from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.landmarks import INDEX, LANDMARK_NAMES, PoseLandmarks, Side
from tests.body.measuring import measured, values
from tests.factories import KNEELING, STRETCH, Body


def seen_from(body: Body, *, turned_deg: float, pitch_deg: float) -> PoseLandmarks:
    """Return what a far camera sees of a body that is turned about the vertical, and looks down."""
    landmarks = body.landmarks()
    x, y, z = landmarks.world_xyz.T
    for index, name in enumerate(LANDMARK_NAMES):  # the legs stand beside one another
        z[index] += {"left": -0.1, "right": 0.1}.get(name.split("_")[0], 0.0)
    turn, pitch = np.deg2rad(turned_deg), np.deg2rad(pitch_deg)
    x, z = x * np.cos(turn) + z * np.sin(turn), z * np.cos(turn) - x * np.sin(turn)
    y, z = y * np.cos(pitch) - z * np.sin(pitch), z * np.cos(pitch) + y * np.sin(pitch)
    xyz = np.stack([x, y, z], 1)
    xy = np.array(body.hips_at) + xyz[:, :2] * body.trunk_px / 0.5
    return replace(landmarks, image_xy=xy, world_xyz=xyz)


@given(st.floats(-30, 30), st.floats(-5, 30), st.floats(-8, 8), st.sampled_from(["left", "right"]))
def test_a_knee_on_the_floor_is_told_wherever_the_camera_stands(
    turned_deg: float, pitch_deg: float, roll_deg: float, stretched: Side
) -> None:
    down = replace(
        KNEELING,
        rear_thigh_tilt=20.0,
        rear_knee_flexion=70.0,
        stretched=stretched,
        roll_deg=roll_deg,
    )
    lifted = replace(down, rear_knee_flexion=30.0)

    on_floor, in_air = (
        measured(seen_from(body, turned_deg=turned_deg, pitch_deg=pitch_deg))
        for body in (down, lifted)
    )

    assert abs(on_floor["rear_knee_clearance"].value) < 0.12
    assert in_air["rear_knee_clearance"].value > 0.18


def test_a_rear_foot_on_a_bench_lays_no_floor_under_a_knee_in_the_air() -> None:
    split_squat = replace(
        KNEELING, front_knee_flexion=60, rear_thigh_tilt=20, rear_knee_flexion=110
    )

    assert values(split_squat)["rear_knee_clearance"] > 0.15


def with_rear_toes(body: Body, ahead: float, below: float, **change: Any) -> Body:
    """Return a body that faces left and has its rear (left) toes so far from their ankle."""
    as_made = (body.toes_ahead - 0.05, 0.08)
    moved = ((as_made[0] - ahead) * body.trunk_px, (below - as_made[1]) * body.trunk_px)
    return replace(body, moved_px={"left_foot_index": moved}, **change)


SHIN_LEVEL = replace(STRETCH, rear_thigh_tilt=35.0, rear_knee_flexion=55.0, shoulder_width=0.02)


def test_a_rear_foot_on_its_toes_lifts_the_knee_and_one_that_lies_or_is_tucked_does_not() -> None:
    def clearance(body: Body) -> float:
        return values(body)["rear_knee_clearance"]

    lying = with_rear_toes(SHIN_LEVEL, ahead=-0.3, below=0.15)
    tucked = with_rear_toes(SHIN_LEVEL, ahead=-0.15, below=0.25)
    on_its_toes = with_rear_toes(SHIN_LEVEL, ahead=0.0, below=0.25)

    flat = with_rear_toes(SHIN_LEVEL, ahead=0.25, below=0.12)

    assert clearance(tucked) == clearance(flat) == clearance(lying)
    assert clearance(on_its_toes) - clearance(lying) > 0.12
    assert clearance(replace(on_its_toes, hidden={"left_foot_index": 0.2})) == clearance(lying)


def test_of_somebody_turned_far_no_foot_says_whether_it_stands_on_its_toes() -> None:
    def clearance(below: float, shoulders_apart_m: float) -> float:
        landmarks = with_rear_toes(SHIN_LEVEL, ahead=0.0, below=below).landmarks()
        xy, xyz = landmarks.image_xy.copy(), landmarks.world_xyz.copy()
        across = shoulders_apart_m / 0.5 * SHIN_LEVEL.trunk_px / 2
        for name, sign in (("left_shoulder", -1.0), ("right_shoulder", 1.0)):
            xy[INDEX[name], 0] = SHIN_LEVEL.hips_at[0] + sign * across
            xyz[INDEX[name], 2] = sign * 0.1
        return measured(replace(landmarks, image_xy=xy, world_xyz=xyz))["rear_knee_clearance"].value

    little, more, far = (
        clearance(0.25, apart) - clearance(0.0, apart) for apart in (0.02, 0.09, 0.25)
    )

    assert little > 0.12
    assert little > more > far == 0
