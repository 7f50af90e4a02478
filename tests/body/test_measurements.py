from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.landmarks import Side, other_side
from formcheck.body.measurements import DEGREES, MEASUREMENTS, TRUNK_LENGTHS, Measurement
from formcheck.body.roles import ROLES
from formcheck.body.view import see
from formcheck.pose.definition import load_pose, pose_names
from tests.body.measuring import measured, values
from tests.factories import KNEELING, STANDING, STRETCH, Body, mirrored, swapped

LEANS = ("trunk_lean", "rear_thigh_tilt", "front_shank_lean")
JOINT_ANGLES = (
    "rear_hip_extension",
    "front_hip_flexion",
    "front_knee_flexion",
    "rear_knee_flexion",
)


bodies = st.builds(
    Body,
    trunk_lean=st.floats(-40, 60),
    rear_thigh_tilt=st.floats(-10, 60),
    rear_knee_flexion=st.floats(20, 130),
    front_knee_flexion=st.floats(40, 150),
    front_shank_lean=st.floats(-30, 40),
    shoulder_width=st.floats(0, 0.4),
    stretched=st.sampled_from(["left", "right"]),
    facing=st.sampled_from(["left", "right"]),
).filter(lambda body: body.front_knee_flexion + body.rear_thigh_tilt > 60)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            replace(STANDING, rear_knee_flexion=0, front_knee_flexion=0),
            {
                "trunk_lean": 0,
                "rear_thigh_tilt": 0,
                "rear_hip_extension": 0,
                "rear_knee_rise": 0.85,
            },
            id="standing straight is all zeros, and the rear knee is a shank above the ankle",
        ),
        pytest.param(
            KNEELING,
            {"front_knee_flexion": 90, "rear_knee_flexion": 90, "front_hip_flexion": 90},
            id="half-kneeling upright is three right angles",
        ),
        pytest.param(
            KNEELING,
            {"rear_hip_extension": 0, "front_shank_lean": 0, "rear_knee_rise": -0.05},
            id="half-kneeling upright opens no hip, and the knee is down",
        ),
        pytest.param(
            replace(KNEELING, rear_thigh_tilt=20),
            {"rear_thigh_tilt": 20, "rear_hip_extension": 20},
            id="hips ahead of the rear knee is extension",
        ),
        pytest.param(
            replace(KNEELING, rear_thigh_tilt=20, trunk_lean=10),
            {"trunk_lean": 10, "rear_hip_extension": 10},
            id="leaning forward takes extension away",
        ),
        pytest.param(
            replace(KNEELING, rear_thigh_tilt=20, trunk_lean=-10),
            {"trunk_lean": -10, "rear_hip_extension": 30},
            id="leaning back adds extension",
        ),
        pytest.param(
            replace(KNEELING, rear_thigh_tilt=-15),
            {"rear_thigh_tilt": -15, "rear_hip_extension": -15},
            id="hips behind the rear knee is negative",
        ),
        pytest.param(
            replace(KNEELING, front_shank_lean=25, front_knee_flexion=115),
            {"front_shank_lean": 25, "front_knee_flexion": 115, "front_hip_flexion": 90},
            id="the knee ahead of the ankle is a positive shank lean",
        ),
        pytest.param(
            replace(KNEELING, front_shank_lean=-30, front_knee_flexion=50),
            {"front_shank_lean": -30, "front_knee_flexion": 50},
            id="the foot far ahead is a negative shank lean",
        ),
        pytest.param(
            replace(KNEELING, rear_knee_flexion=150),
            {"rear_knee_flexion": 150},
            id="sitting on the heel folds the rear knee",
        ),
        pytest.param(
            replace(KNEELING, rear_thigh_tilt=60, rear_knee_flexion=0),
            {"rear_knee_flexion": 0, "rear_knee_rise": 0.4},
            id="a straight rear leg has no flexion",
        ),
        pytest.param(replace(STRETCH, shoulder_width=0.7), {"shoulder_width": 0.7}, id="turned"),
        pytest.param(replace(KNEELING, trunk_lean=90), {"trunk_lean": 90}, id="trunk laid flat"),
    ],
)
@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("stretched", ["left", "right"])
def test_a_body_made_by_hand_measures_what_the_eye_sees(
    body: Body, expected: dict[str, float], facing: Side, stretched: Side
) -> None:
    came = values(replace(body, facing=facing, stretched=stretched))

    assert {name: came[name] for name in expected} == pytest.approx(expected, abs=1e-3)


@given(bodies, st.floats(-25, 25))
def test_hip_extension_is_thigh_tilt_less_trunk_lean(body: Body, roll_deg: float) -> None:
    came = values(replace(body, roll_deg=roll_deg))

    difference = came["rear_thigh_tilt"] - came["trunk_lean"]
    turns = (came["rear_hip_extension"] - difference) / 360  # it is told within half a turn
    assert turns == pytest.approx(round(turns), abs=1e-9)
    assert -180 <= came["rear_hip_extension"] < 180


def test_hip_extension_of_someone_upside_down_stays_within_half_a_turn() -> None:
    came = values(replace(KNEELING, trunk_lean=-170, rear_thigh_tilt=40))

    assert came["rear_hip_extension"] == pytest.approx(-150)


@given(bodies)
def test_a_mirror_changes_no_measurement_and_exchanges_the_sides(body: Body) -> None:
    landmarks = body.landmarks()
    view, mirror_view = see(landmarks), see(mirrored(landmarks))
    assert view is not None
    assert mirror_view is not None

    assert (mirror_view.rear_leg, mirror_view.facing) == (view.front_leg, other_side(view.facing))
    assert mirror_view.rear_leg != body.stretched
    assert_same(measured(mirrored(landmarks)), measured(landmarks))


@given(bodies, st.sets(st.sampled_from(["shoulder", "hip", "elbow"])))
def test_labels_exchanged_without_a_move_change_no_measurement(body: Body, parts: set[str]) -> None:
    """A detector swaps whole legs, and shoulders apart from them."""
    leg = {"knee", "ankle", "heel", "foot_index"}
    names = {f"{side}_{part}" for part in parts | leg for side in ("left", "right")}
    landmarks = body.landmarks()

    assert_same(measured(swapped(landmarks, names)), measured(landmarks))


@given(bodies, st.floats(-15, 15))
def test_a_tilted_camera_adds_to_leans_alone(body: Body, roll_deg: float) -> None:
    level, tilted = values(body), values(replace(body, roll_deg=roll_deg))

    for name in LEANS:
        assert tilted[name] == pytest.approx(level[name] + roll_deg, abs=1e-6)
    for name in (*JOINT_ANGLES, "shoulder_width"):
        assert tilted[name] == pytest.approx(level[name], abs=1e-6)


@given(bodies, st.floats(40, 300), st.floats(1000, 3000), st.floats(1000, 3000))
def test_size_and_place_in_the_picture_change_nothing(
    body: Body, trunk_px: float, x: float, y: float
) -> None:
    moved = replace(body, trunk_px=trunk_px, hips_at=(x, y), picture=(4000, 4000))

    assert values(moved) == pytest.approx(values(body), abs=1e-6)


def test_a_portrait_picture_measures_as_a_wide_one_does() -> None:
    portrait = replace(STRETCH, picture=(720, 1280), hips_at=(360.0, 700.0), trunk_px=150.0)

    assert values(portrait) == pytest.approx(values(STRETCH), abs=1e-6)


@pytest.mark.parametrize(
    ("change", "spoilt", "spared"),
    [
        pytest.param(
            {"hidden": {"left_knee": 0.3}}, "rear_thigh_tilt", "front_knee_flexion", id="seen badly"
        ),
        pytest.param(
            {"moved_px": {"left_knee": (0.0, 400.0)}},
            "rear_knee_clearance",
            "trunk_lean",
            id="outside",
        ),
        pytest.param(
            {"hidden": {"right_ankle": 0.0}}, "front_shank_lean", "rear_knee_flexion", id="missing"
        ),
        pytest.param(
            {"hidden": {"right_shoulder": 0.2}}, "trunk_lean", "rear_thigh_tilt", id="half a middle"
        ),
        pytest.param(
            {"hidden": {"right_shoulder": 0.2}},
            "rear_hip_extension",
            "front_knee_flexion",
            id="the trunk that a hip is measured against",
        ),
    ],
)
def test_a_measurement_is_as_sure_as_its_least_sure_landmark(
    change: dict[str, Any], spoilt: str, spared: str
) -> None:
    came = measured(replace(STRETCH, **change).landmarks())

    assert came[spoilt].confidence < 0.5
    assert came[spared].confidence == 0.9


def test_every_measurement_says_its_unit_its_points_and_its_sign() -> None:
    for definition in MEASUREMENTS.values():
        assert definition.says
        assert definition.unit in (DEGREES, TRUNK_LENGTHS)
        assert definition.views
        assert set(definition.roles) <= ROLES


def assert_same(came: dict[str, Measurement], expected: dict[str, Measurement]) -> None:
    for name, taken in expected.items():
        assert came[name].value == pytest.approx(taken.value, abs=1e-6), name
        assert came[name].confidence == taken.confidence


@pytest.mark.parametrize("name", pose_names())
def test_each_measurement_of_a_pose_has_plain_words_of_its_own(name: str) -> None:
    words = [MEASUREMENTS[gate.measurement].in_words for gate in load_pose(name).gates]
    assert len(set(words)) == len(words)
    assert not any(mark in each for each in words for mark in "_,;:")
