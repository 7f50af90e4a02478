"""The person is led into place: one step at a time, the worst first, and never to and fro."""

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from formcheck.body.landmarks import INDEX, PoseLandmarks
from formcheck.coach.cue import Direction
from tests.coach.placing import (
    GOOD_LIGHT,
    KNEELING,
    SAMPLES,
    STANDING,
    Change,
    asked,
    at,
    facing_the_camera,
    frames,
    moved,
    rolled,
    scaled,
    steps,
    words,
)
from tests.factories import mirrored

TURNED_30_TO_40 = {"yaw-minus-30", "yaw-plus-30", "yaw-minus-40", "yaw-plus-40"}
"""On or beyond the limit of the side view."""


@pytest.mark.parametrize("landmarks", [KNEELING, STANDING, mirrored(KNEELING), mirrored(STANDING)])
def test_someone_in_place_is_asked_for_nothing(landmarks: PoseLandmarks) -> None:
    assert asked(landmarks) is None


RECORDED = {path.name.removesuffix(".landmarks.npz") for path in SAMPLES.glob("*.landmarks.npz")}


@pytest.mark.parametrize("sample", sorted(RECORDED - TURNED_30_TO_40))
def test_nobody_is_sent_elsewhere_during_a_good_hold(sample: str) -> None:
    truth = json.loads((SAMPLES / f"{sample}.truth.json").read_text())
    held = [each for each in truth["intervals"] if each["held"]]
    nagging = [
        (time_s, step.cue.text)
        for time_s, step in steps(frames(sample), truth["pose"])
        if step and any(each["start_s"] < time_s < each["end_s"] for each in held)
    ]
    assert nagging == []


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda body: scaled(body, 2.6), "Move away from the camera"),
        (lambda body: scaled(body, 0.4), "Come nearer to the camera"),
        (lambda body: moved(body, down=0.35), "Tilt the camera down"),
        (lambda body: moved(body, down=-0.4), "Tilt the camera up"),
        (lambda body: moved(body, right=-0.45), "Move forward on your mat"),
        (lambda body: moved(body, right=0.45), "Move back on your mat"),
        (lambda body: mirrored(moved(body, right=-0.45)), "Move forward on your mat"),
        (lambda body: mirrored(moved(body, right=0.45)), "Move back on your mat"),
    ],
)
def test_who_is_cut_off_or_too_near_or_far_is_told_where_to_go(change: Change, wanted: str) -> None:
    assert words(asked(change(KNEELING))) == wanted


def test_who_faces_the_camera_is_moved_by_their_own_left_and_right() -> None:
    chest, back = facing_the_camera(STANDING), facing_the_camera(STANDING, away=True)

    assert words(asked(moved(chest, right=-0.48))) == "Move to your left"
    assert words(asked(moved(chest, right=0.48))) == "Move to your right"
    assert words(asked(moved(back, right=-0.48))) == "Move to your right"
    assert words(asked(moved(back, right=0.48))) == "Move to your left"


def test_the_way_along_the_mat_points_to_the_edge_of_the_mirrored_picture() -> None:
    step = asked(moved(KNEELING, right=-0.45))

    assert step is not None
    assert step.direction is Direction.LEFT


def test_the_distance_to_move_is_about_right() -> None:
    step = asked(scaled(KNEELING, 2.6))

    # The sample's camera is 3.2 m away, now 2.6 times nearer, and the body would take 1.09 of the
    # height: to take 0.85 it must go from 1.23 to 1.58 m.
    assert step is not None
    assert step.amount == pytest.approx(0.35, abs=0.1)
    assert step.spoken == "Move away from the camera, a little."


@pytest.mark.parametrize(
    ("sample", "time_s", "wanted"),
    [
        # Facing right with the chest to the camera, left with the back: turned by the renderer.
        ("yaw-plus-40", 5.0, Direction.TURN_LEFT),
        ("yaw-minus-40", 5.0, Direction.TURN_LEFT),
    ],
)
@pytest.mark.parametrize("is_mirrored", [False, True])
def test_who_is_half_turned_is_told_which_way_round(
    sample: str, time_s: float, wanted: Direction, is_mirrored: bool
) -> None:
    body = at(sample, time_s)
    other = {
        Direction.TURN_LEFT: Direction.TURN_RIGHT,
        Direction.TURN_RIGHT: Direction.TURN_LEFT,
    }

    step = asked(mirrored(body) if is_mirrored else body)

    assert step is not None
    assert step.direction is (other[wanted] if is_mirrored else wanted)
    assert step.amount == pytest.approx(40.0, abs=8.0)
    assert step.cue.text.endswith(("about 40 degrees", "about 50 degrees"))


def test_who_faces_the_camera_may_turn_either_way() -> None:
    step = asked(facing_the_camera(STANDING))

    assert step is not None
    assert (step.direction, step.cue.text) == (Direction.TURN, "Turn side-on to the camera")
    assert step.amount == pytest.approx(82.0, abs=5.0)


def test_a_pose_seen_from_the_front_asks_for_the_chest() -> None:
    chest = facing_the_camera(STANDING)

    assert asked(chest, pose="low-lunge-side-bend") is None
    step = asked(STANDING, pose="low-lunge-side-bend")
    assert step is not None
    assert step.cue.text == "Turn to face the camera"
    away = asked(facing_the_camera(STANDING, away=True), pose="low-lunge-side-bend")
    assert away is not None
    assert away.amount == pytest.approx(180.0, abs=30.0)


@pytest.mark.parametrize("roll", [-12.0, 12.0])
@pytest.mark.parametrize("body", [STANDING, mirrored(STANDING)])
def test_a_camera_that_stands_aslant_is_found_out_by_who_stands_straight(
    body: PoseLandmarks, roll: float
) -> None:
    step = asked(rolled(body, roll))

    assert step is not None
    assert step.cue.text == "Level the camera"
    assert step.amount == pytest.approx(12.0, abs=3.0)
    assert asked(rolled(body, roll / 4)) is None


def test_who_kneels_before_a_camera_known_to_stand_aslant_need_not_get_up() -> None:
    bodies = [rolled(STANDING, 12.0)] * 30 + [rolled(KNEELING, 12.0)] * 30
    said = [words(step) for _, step in steps((i / 10, body) for i, body in enumerate(bodies))]

    assert said[29] == "Level the camera"
    assert set(said[40:]) == {None}


def test_a_lean_on_the_knees_is_no_slanting_camera() -> None:
    assert asked(rolled(KNEELING, 12.0)) is None


def test_a_standing_head_may_be_cut_off_where_it_will_be_seen_kneeling() -> None:
    head_cut = moved(STANDING, down=-0.22)

    assert head_cut.image_xy[INDEX["nose"], 1] < 0
    assert asked(head_cut, pose="lunge-stretch") is None
    assert words(asked(head_cut, pose="crescent")) == "Tilt the camera up"


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"brightness": 4.0, "contrast": 1.0, "sharpness": None}, "Uncover the lens, more light"),
        ({"brightness": 20.0}, "More light, please"),
        ({"contrast": 3.0, "sharpness": None}, "Uncover or wipe the lens"),
        ({"sharpness": 0.08}, "Wipe the lens, camera still"),
        ({"people": 2}, "One person only, please"),
        ({"people": None, "sharpness": None}, None),
    ],
)
def test_light_lens_and_company_are_told(changes: dict[str, float], wanted: str | None) -> None:
    surroundings = replace(GOOD_LIGHT, **changes)  # type: ignore[arg-type]

    assert words(asked(KNEELING, surroundings)) == wanted


def test_what_hides_everything_is_told_before_what_it_hides() -> None:
    dark = replace(GOOD_LIGHT, brightness=20.0)

    assert words(asked(None, dark)) == "More light, please"
    assert words(asked(None)) == "Step into the picture"
    assert words(asked(scaled(facing_the_camera(STANDING), 3.0))) == "Move away from the camera"


def test_a_body_that_sways_at_the_edge_does_not_flip_the_step() -> None:
    bottom = 1.0 - KNEELING.image_xy[:, 1].max() / 480
    ankle_px = max(KNEELING.image_xy[INDEX[f"{side}_ankle"], 1] for side in ("left", "right"))
    to_the_edge = 1.0 - ankle_px / 480
    pictures: list[tuple[float, PoseLandmarks | None]] = [
        (index / 10, moved(KNEELING, down=to_the_edge + (0.01 if index // 12 % 2 else -0.01)))
        for index in range(100)
    ]

    shown = [words(step) for _, step in steps(pictures)]

    changes = sum(a is not b for a, b in pairwise(shown))
    assert bottom >= 0
    assert changes <= 1


def test_a_step_is_dropped_once_it_is_taken_and_a_moment_changes_nothing() -> None:
    cut, good = moved(KNEELING, down=0.35), KNEELING
    pictures: list[tuple[float, PoseLandmarks | None]] = []
    for body, seconds in ((good, 2), (None, 0.3), (good, 1), (cut, 2), (good, 2)):
        start = len(pictures)
        pictures += [((start + index) / 10, body) for index in range(round(seconds * 10))]

    shown = [words(step) for _, step in steps(pictures)]

    assert set(shown[:33]) == {None}
    assert shown[45] == "Tilt the camera down"
    assert shown[-1] is None


def test_amounts_are_not_told_anew_for_a_trifle() -> None:
    pictures: list[tuple[float, PoseLandmarks | None]] = [
        (index / 10, scaled(KNEELING, 2.6 + 0.1 * np.sin(index))) for index in range(50)
    ]

    assert len({step for _, step in steps(pictures)}) == 1


def test_every_cue_can_be_read_across_a_room() -> None:
    bodies = [None, KNEELING, STANDING, facing_the_camera(STANDING), at("yaw-plus-40", 5.0)]
    changes: list[Change] = [
        lambda body, right=right, down=down, by=by: scaled(moved(body, right, down), by)  # type: ignore[misc]
        for right in (-0.48, 0, 0.48)
        for down in (-0.4, 0, 0.4)
        for by in (0.35, 1.0, 2.5)
    ]
    seen = {asked(body and change(body)) for body in bodies for change in changes}
    cues = {step.cue.text for step in seen if step}

    assert len(cues) > 8
    assert all(len(cue.split()) <= 6 and len(cue) <= 40 for cue in cues)
