from dataclasses import replace
from math import inf, nan
from typing import Any

import numpy as np
import pytest

from formcheck.body.landmarks import INDEX, LANDMARK_NAMES, PoseLandmarks, Side
from formcheck.body.view import View, see
from tests.factories import KNEELING, STANDING, STRETCH, Body, mirrored, swapped

SIDES: tuple[Side, Side] = ("left", "right")


def view_of(body: Body) -> View:
    view = see(body.landmarks())
    assert view is not None
    return view


@pytest.mark.parametrize("facing", SIDES)
@pytest.mark.parametrize("stretched", SIDES)
@pytest.mark.parametrize("body", [STRETCH, KNEELING], ids=["stretch", "kneeling"])
def test_the_rear_leg_is_the_stretched_one_whichever_way_the_person_faces(
    body: Body, stretched: Side, facing: Side
) -> None:
    view = view_of(replace(body, stretched=stretched, facing=facing))

    assert (view.facing, view.rear_leg) == (facing, stretched)
    assert view.front_leg != stretched


@pytest.mark.parametrize("facing", SIDES)
def test_someone_standing_straight_faces_where_the_toes_point(facing: Side) -> None:
    assert view_of(replace(STANDING, facing=facing)).facing == facing
    backwards = replace(STANDING, facing=facing, toes_ahead=-0.3)
    assert view_of(backwards).facing != facing


@pytest.mark.parametrize("facing", SIDES)
def test_someone_with_bent_knees_faces_where_the_knees_point_whatever_the_feet_say(
    facing: Side,
) -> None:
    assert view_of(replace(STRETCH, facing=facing, toes_ahead=-0.3)).facing == facing


@pytest.mark.parametrize("stretched", SIDES)
@pytest.mark.parametrize("change", [{"rear_knee_flexion": 0.0}, {"front_knee_flexion": 0.0}])
def test_one_bent_knee_is_enough_to_face_where_it_points(
    change: dict[str, Any], stretched: Side
) -> None:
    body = replace(STRETCH, stretched=stretched, toes_ahead=-0.3, **change)

    assert view_of(body).facing == STRETCH.facing


@pytest.mark.parametrize("facing", SIDES)
def test_someone_standing_without_feet_faces_where_the_knees_bow(facing: Side) -> None:
    landmarks = replace(STANDING, facing=facing, front_knee_flexion=8.0).landmarks()
    for side in SIDES:
        landmarks.image_xy[INDEX[f"{side}_foot_index"]] = nan

    view = see(landmarks)

    assert view is not None
    assert view.facing == facing


def test_exchanged_labels_exchange_the_legs_and_leave_the_facing() -> None:
    view = see(swapped(STRETCH.landmarks()))

    assert view is not None
    assert (view.facing, view.rear_leg) == (STRETCH.facing, "right")


@pytest.mark.parametrize(
    ("shoulder_width", "turn_deg"), [(0.0, 0.0), (0.36, 30.0), (0.72, 90.0), (1.5, 90.0)]
)
def test_the_turn_is_read_from_the_shoulders(shoulder_width: float, turn_deg: float) -> None:
    view = view_of(replace(STRETCH, shoulder_width=shoulder_width))

    assert view.shoulder_width == pytest.approx(shoulder_width)
    assert view.turn_deg == pytest.approx(turn_deg)


def test_shoulders_seen_from_behind_count_for_a_tenth_less() -> None:
    turned = view_of(Body(shoulder_width=0.4))
    other_way = view_of(Body(shoulder_width=-0.4))

    assert turned.is_turned_away != other_way.is_turned_away
    assert turned.shoulder_width == pytest.approx(other_way.shoulder_width)
    behind, front = (turned, other_way) if turned.is_turned_away else (other_way, turned)
    assert behind.turned_width == pytest.approx(0.9 * front.turned_width)
    assert behind.turn_deg < front.turn_deg


def test_the_trunk_is_measured_between_the_middles() -> None:
    view = view_of(replace(STRETCH, trunk_px=123.0, shoulder_width=0.4))

    assert view.trunk_length_px == pytest.approx(123.0)


@pytest.mark.parametrize(
    ("name", "place", "is_outside"),
    [
        ("left_ankle", (0.0, 0.0), False),
        ("left_ankle", (1279.9, 719.9), False),
        ("left_ankle", (1280.0, 300.0), True),
        ("left_ankle", (300.0, 720.0), True),
        ("right_shoulder", (-0.1, 300.0), True),
        ("right_shoulder", (300.0, -0.1), True),
        ("left_wrist", (-50.0, -50.0), False),
        ("nose", (nan, nan), False),
    ],
)
def test_only_the_trunk_and_the_legs_have_to_be_in_the_picture(
    name: str, place: tuple[float, float], is_outside: bool
) -> None:
    landmarks = STRETCH.landmarks()
    landmarks.image_xy[INDEX[name]] = place

    view = see(landmarks)

    assert view is not None
    assert view.outside == ((name,) if is_outside else ())


@pytest.mark.parametrize("lost", [nan, inf, -inf])
@pytest.mark.parametrize("name", ["right_shoulder", "left_hip", "left_knee", "right_ankle"])
def test_a_body_with_a_part_that_is_nowhere_is_no_body(name: str, lost: float) -> None:
    landmarks = STRETCH.landmarks()
    landmarks.image_xy[INDEX[name], 1] = lost

    assert see(landmarks) is None


def test_a_body_without_a_trunk_or_with_all_its_points_in_one_is_no_body() -> None:
    assert see(replace(STRETCH, trunk_px=0.5).landmarks()) is None
    assert see(replace(STRETCH, trunk_px=0.0).landmarks()) is None


def test_two_legs_folded_into_a_point_still_have_a_view() -> None:
    landmarks = STANDING.landmarks()
    for side in SIDES:
        landmarks.image_xy[INDEX[f"{side}_ankle"]] = landmarks.image_xy[INDEX[f"{side}_hip"]]

    assert see(landmarks) is not None


def test_a_mirror_of_a_mirror_is_the_picture() -> None:
    landmarks = STRETCH.landmarks()

    assert see(mirrored(mirrored(landmarks))) == see(landmarks)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"image_xy": np.zeros((32, 2))}, r"image_xy must have the shape \(33, 2\), not \(32, 2\)"),
        ({"world_xyz": np.zeros((33, 2))}, "world_xyz"),
        ({"visibility": np.zeros((33, 1))}, "visibility"),
        ({"image_size": (640, 0)}, "image_size"),
    ],
)
def test_landmarks_of_the_wrong_shape_are_refused_when_made(
    change: dict[str, Any], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        replace(STRETCH.landmarks(), **change)


def test_the_landmarks_are_named_in_blazepose_order() -> None:
    assert len(LANDMARK_NAMES) == 33
    assert [LANDMARK_NAMES[index] for index in (0, 11, 24, 25, 28, 31)] == [
        "nose",
        "left_shoulder",
        "right_hip",
        "left_knee",
        "right_ankle",
        "left_foot_index",
    ]
    assert isinstance(STRETCH.landmarks(), PoseLandmarks)
