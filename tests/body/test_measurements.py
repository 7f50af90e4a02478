from dataclasses import replace
from math import cos, radians, sin
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.landmarks import INDEX, LANDMARK_NAMES, PoseLandmarks, Side, other_side
from formcheck.body.measurements import DEGREES, MEASUREMENTS, TRUNK_LENGTHS, Measurement, measure
from formcheck.body.roles import ROLES
from formcheck.body.view import see
from formcheck.pose.definition import load_pose, pose_names
from tests.factories import KNEELING, STANDING, STRETCH, Body, mirrored, swapped

LEANS = ("trunk_lean", "rear_thigh_tilt", "front_shank_lean")
JOINT_ANGLES = (
    "rear_hip_extension",
    "front_hip_flexion",
    "front_knee_flexion",
    "rear_knee_flexion",
)


def measured(landmarks: PoseLandmarks) -> dict[str, Measurement]:
    view = see(landmarks)
    assert view is not None
    return measure(landmarks, view)


def values(body: Body) -> dict[str, float]:
    return {name: taken.value for name, taken in measured(body.landmarks()).items()}


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


def raised(degrees: float, *, length: float = 0.65, **others: Any) -> Body:
    """Return somebody in the stretch whose upper arms lean so far from the vertical."""
    body = replace(STRETCH, **others)
    ahead = 1.0 if body.facing == "right" else -1.0
    landmarks = body.landmarks()
    moved = {}
    for side in ("left", "right"):
        shoulder = landmarks.image_xy[INDEX[f"{side}_shoulder"]]
        elbow = landmarks.image_xy[INDEX[f"{side}_elbow"]]
        x = ahead * length * sin(radians(degrees)) * body.trunk_px
        y = -length * cos(radians(degrees)) * body.trunk_px
        moved[f"{side}_elbow"] = (shoulder[0] + x - elbow[0], shoulder[1] + y - elbow[1])
    return replace(body, moved_px=moved)


@given(degrees=st.floats(-85, 85), facing=st.sampled_from(["left", "right"]))
def test_a_raised_arm_leans_as_far_as_it_points_whichever_way_its_owner_faces(
    degrees: float, facing: Side
) -> None:
    assert values(raised(degrees, facing=facing))["raised_arm_lean"] == pytest.approx(degrees)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(STRETCH, id="hangs"),
        pytest.param(raised(-120), id="is drawn back below the shoulder"),
        pytest.param(raised(-50, length=0.2), id="points at the camera"),
        pytest.param(
            replace(STRETCH, moved_px={"left_elbow": raised(-50).moved_px["left_elbow"]}),
            id="is raised alone",
        ),
        pytest.param(raised(-50, hidden={"left_elbow": 0.1, "right_elbow": 0.3}), id="is hidden"),
    ],
)
def test_an_arm_says_nothing_of_the_back_where_it(body: Body) -> None:
    taken = measured(body.landmarks())["raised_arm_lean"]

    assert taken.value == 0
    assert taken.confidence >= 0.5  # which stops no judging


def test_the_far_arm_may_be_hidden_and_of_two_that_are_seen_the_less_bent_one_counts() -> None:
    far_hidden = raised(-50, hidden={"right_elbow": 0.1})
    one_forward = replace(
        STRETCH,
        moved_px={**raised(-50).moved_px, "left_elbow": raised(20).moved_px["left_elbow"]},
    )

    assert values(far_hidden)["raised_arm_lean"] == pytest.approx(-50)
    assert values(one_forward)["raised_arm_lean"] == pytest.approx(20)


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
