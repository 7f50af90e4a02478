"""Bodies seen from the front, and lying: which leg is which, and what is measured."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from formcheck.body.landmarks import INDEX, LANDMARK_NAMES, PoseLandmarks
from formcheck.body.measurements import MEASUREMENTS, measure
from formcheck.body.view import View, ViewKind, see
from formcheck.judge.form import Form, judge
from formcheck.pose.definition import load_pose
from tests.factories import KNEELING, STANDING, STRETCH, mirrored, swapped

BEND = load_pose("low-lunge-side-bend")
COUCH = load_pose("couch-stretch")

FRONT: Mapping[str, tuple[float, float]] = {
    # In trunk lengths, x to the right and y down from the middle of the hips: kneeling on the
    # right knee, the left foot in front, facing the camera, bent by 20 degrees to the left.
    "nose": (0.45, -1.25),
    "left_shoulder": (0.68, -0.82),
    "right_shoulder": (0.0, -1.06),
    "right_wrist": (0.5, -1.7),
    "left_wrist": (0.6, 0.1),
    "left_hip": (0.2, 0.0),
    "right_hip": (-0.2, 0.0),
    "left_knee": (0.25, 0.05),
    "right_knee": (-0.2, 0.85),
    "left_ankle": (0.3, 0.9),
    "right_ankle": (-0.2, 0.8),
}


def body(points: Mapping[str, tuple[float, float]], **hidden: float) -> PoseLandmarks:
    """Return the landmarks of these points; every other one is where the nose is."""
    xy = np.tile(np.array(points["nose"]), (len(LANDMARK_NAMES), 1))
    for name, place in points.items():
        xy[INDEX[name]] = place
    visibility = np.array([hidden.get(name, 0.9) for name in LANDMARK_NAMES])
    return PoseLandmarks(
        xy * 150.0 + (640.0, 380.0), np.zeros((len(LANDMARK_NAMES), 3)), visibility, (1280, 720)
    )


def view_of(landmarks: PoseLandmarks, kind: ViewKind) -> View:
    view = see(landmarks, kind)
    assert view is not None
    return view


def values(landmarks: PoseLandmarks, kind: ViewKind) -> dict[str, float]:
    view = view_of(landmarks, kind)
    return {name: taken.value for name, taken in measure(landmarks, view).items()}


def verdict(landmarks: PoseLandmarks) -> tuple[Form, tuple[str, ...]]:
    view = view_of(landmarks, "front")
    judged = judge(BEND, landmarks, view, measure(landmarks, view))
    return judged.form, judged.faults or judged.unseen


def test_each_view_measures_what_it_shows_and_nothing_else() -> None:
    assert set(values(body(FRONT), "front")) == {
        name for name, definition in MEASUREMENTS.items() if "front" in definition.views
    }
    assert "trunk_lean" not in values(body(FRONT), "front")
    assert "trunk_lateral_tilt" not in values(STRETCH.landmarks(), "side")


def test_from_the_front_the_higher_knee_is_in_front_and_the_bend_is_away_from_the_rear_leg() -> (
    None
):
    view, came = view_of(body(FRONT), "front"), values(body(FRONT), "front")

    assert (view.front_leg, view.facing) == ("left", "right")
    assert came["trunk_lateral_tilt"] == pytest.approx(19.9, abs=0.1)
    assert came["shoulder_obliquity"] == pytest.approx(19.4, abs=0.1)
    assert came["pelvic_obliquity"] == pytest.approx(0)
    assert came["front_shank_lateral_tilt"] == pytest.approx(3.4, abs=0.1)  # the knee is inside
    assert came["front_knee_rise"] == pytest.approx(0.8, abs=0.01)
    assert came["rear_wrist_rise"] == pytest.approx(0.45, abs=0.01)


def test_a_mirror_and_swapped_labels_change_nothing_that_is_measured_from_the_front() -> None:
    straight = values(body(FRONT), "front")

    assert values(mirrored(body(FRONT)), "front") == pytest.approx(straight)
    assert values(swapped(body(FRONT)), "front") == pytest.approx(straight)


@pytest.mark.parametrize(
    ("moved", "says"),
    [
        ({}, (Form.IN_FORM, ())),
        (
            {"left_shoulder": (0.36, -1.0), "right_shoulder": (-0.36, -1.0)},
            (Form.OUT_OF_FORM, ("not_bent",)),
        ),
        ({"right_wrist": (-0.5, 0.1)}, (Form.OUT_OF_FORM, ("arm_down",))),
        ({"left_knee": (-0.15, 0.05)}, (Form.OUT_OF_FORM, ("knee_caves_in",))),
        (
            {"left_shoulder": (1.0, -0.55), "right_shoulder": (0.45, -0.95)},
            (Form.OUT_OF_FORM, ("bent_too_far",)),
        ),
        (
            {"right_knee": (-0.2, 0.1), "left_knee": (0.25, 0.0)},
            (Form.OUT_OF_FORM, ("no_foot_in_front", "rear_knee_lifted")),
        ),
        ({"left_ankle": (0.3, 3.0)}, (Form.UNSEEN, ("left_ankle",))),
        (
            {"left_shoulder": (0.45, -0.9), "right_shoulder": (0.2, -1.0)},
            (Form.TURNED, ()),
        ),
    ],
)
def test_the_side_bend_is_judged_from_the_front(
    moved: dict[str, tuple[float, float]], says: tuple[Form, tuple[str, ...]]
) -> None:
    assert verdict(body({**FRONT, **moved})) == says


def test_the_back_to_the_camera_is_not_the_front() -> None:
    assert verdict(swapped(body(FRONT)))[0] is Form.TURNED


def test_the_rear_foot_behind_its_knee_need_not_be_seen() -> None:
    low = {name: (x, y + 1.3) for name, (x, y) in FRONT.items()} | {"right_ankle": (-0.2, 2.3)}
    landmarks = body(low, right_ankle=0.1)

    assert view_of(landmarks, "front").outside == ("right_ankle",)
    assert verdict(landmarks)[0] is Form.IN_FORM


def test_an_arm_that_is_not_seen_leaves_the_bend_unseen() -> None:
    assert verdict(body(FRONT, right_wrist=0.2)) == (Form.UNSEEN, ("right_wrist",))


BRIDGE: Mapping[str, tuple[float, float]] = {
    "nose": (1.3, 0.45),
    **{f"{side}_shoulder": (0.9, 0.45) for side in ("left", "right")},
    **{f"{side}_hip": (0.0, 0.0) for side in ("left", "right")},
    **{f"{side}_knee": (-0.8, -0.4) for side in ("left", "right")},
    **{f"{side}_ankle": (-0.8, 0.5) for side in ("left", "right")},
}


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_lying_body_is_measured_as_if_the_head_were_up(is_mirrored: bool) -> None:
    landmarks = body(BRIDGE)
    landmarks = mirrored(landmarks) if is_mirrored else landmarks
    came = values(landmarks, "lying")

    assert view_of(landmarks, "lying").facing == ("left" if is_mirrored else "right")
    assert came["trunk_lean"] == pytest.approx(-26.6, abs=0.1)  # shoulders below the hips
    assert came["rear_hip_extension"] == pytest.approx(0.0, abs=0.1)  # in one line
    assert came["rear_shank_rise"] == pytest.approx(0.0)  # the shin stands upright
    assert came["rear_knee_flexion"] == pytest.approx(116.6, abs=0.1)


def test_hips_that_sag_are_flexed_and_hips_that_arch_are_extended() -> None:
    for height, sign in ((0.2, -1), (-0.2, 1)):
        sunk = {**BRIDGE, "left_hip": (0.0, height), "right_hip": (0.0, height)}
        assert values(body(sunk), "lying")["rear_hip_extension"] * sign > 10


def test_of_two_level_knees_the_better_seen_one_is_measured_and_else_the_hanging_one() -> None:
    assert view_of(body(BRIDGE, left_knee=0.4), "lying").rear_leg == "right"
    assert view_of(body(BRIDGE, right_knee=0.4), "lying").rear_leg == "left"

    hugged = {**BRIDGE, "left_knee": (0.3, -0.8)}
    assert view_of(body(hugged, right_knee=0.6), "lying").rear_leg == "right"


@pytest.mark.parametrize(
    ("person", "rise"),
    [(STANDING, -90.0), (KNEELING, 0.0), (replace(KNEELING, rear_knee_flexion=160.0), 70.0)],
)
def test_the_rear_shin_is_level_on_the_floor_and_rises_to_the_couch(
    person: object, rise: float
) -> None:
    assert isinstance(person, type(KNEELING))
    came = values(person.landmarks(), "side")
    assert came["rear_shank_rise"] == pytest.approx(rise, abs=2.1)


def test_hips_turned_open_spoil_the_couch_stretch_though_the_shoulders_are_side_on() -> None:
    couch = replace(KNEELING, rear_thigh_tilt=5.0, rear_knee_flexion=150.0)
    landmarks = couch.landmarks()
    open_hips = replace(couch, moved_px={"left_hip": (30.0, 0.0), "right_hip": (-30.0, 0.0)})

    for seen, form in ((landmarks, Form.IN_FORM), (open_hips.landmarks(), Form.TURNED)):
        view = view_of(seen, "side")
        assert judge(COUCH, seen, view, measure(seen, view)).form is form
