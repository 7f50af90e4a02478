"""Whoever goes where the arc points has mended the fault."""

from math import cos, radians, sin

import numpy as np
import pytest

from formcheck.body.landmarks import INDEX, PoseLandmarks
from formcheck.body.measurements import measure
from formcheck.body.roles import Body, landmarks_of
from formcheck.body.view import see
from formcheck.coach.cue import Cue, Tone
from formcheck.pose.definition import load_pose
from formcheck.ui.person.correction import Correction, arrow_path, correction, line_to_meet
from tests.factories import Body as Person
from tests.ui.states import FAULTS, GOOD, replaced

POSE = load_pose("lunge-stretch")
FIRST_FAULTS = {
    "trunk-back": "trunk_back",
    "too-deep": "rear_hip_overextended",
    "knee-lifted": "rear_knee_lifted",
    "foot-too-far": "front_foot_too_far",
    "front-knee-straight": "front_knee_straight",
    "leaning-forward": "trunk_forward",
    "rear-knee-straight": "rear_knee_straight",
    "rear-knee-folded": "rear_knee_folded",
    "sunk": "front_knee_folded",
    "hips-back": "rear_hip_not_extended",
}


def shown_for(fault: str, landmarks: PoseLandmarks) -> Correction:
    view = see(landmarks)
    assert view is not None
    shown = correction(POSE, Cue("Mend it", Tone.MEND, fault), measure(landmarks, view))
    assert shown is not None
    return shown


def moved(landmarks: PoseLandmarks, shown: Correction) -> PoseLandmarks:
    """Turn what the arc turns; with the hips goes what is above them, with a knee nothing."""
    view = see(landmarks)
    assert view is not None
    assert shown.pivot is not None
    body = Body(landmarks, view)
    ahead = 1.0 if view.facing == "right" else -1.0
    turn = radians(shown.turn_deg * ahead)
    pivot, joint = np.array(body.pixel(shown.pivot)), np.array(body.pixel(shown.joint))
    right, down = joint - pivot
    went = np.array(
        [right * cos(turn) - down * sin(turn), right * sin(turn) + down * cos(turn)]
    ) - (joint - pivot)
    roles = [shown.joint]
    if shown.joint.endswith("_hip"):
        roles = ["mid_hip", "mid_shoulder"]
    xy = landmarks.image_xy.copy()
    for role in roles:
        for name in landmarks_of(role, view):
            xy[INDEX[name]] += went
    return PoseLandmarks(xy, landmarks.world_xyz, landmarks.visibility, landmarks.image_size)


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("name", [name for name in FAULTS if name != "knee-lifted"])
def test_who_follows_the_arc_is_back_in_that_band(name: str, facing: str) -> None:
    fault = FIRST_FAULTS[name]
    person: Person = replaced(GOOD, FAULTS[name])
    landmarks = Person(**{**vars(person), "facing": facing}).landmarks()
    mended = moved(landmarks, shown_for(fault, landmarks))
    view = see(mended)
    assert view is not None
    measurement = POSE.fault_by_name[fault].measurement
    low, high = next(g.accept for g in POSE.gates if g.measurement == measurement)
    assert low <= measure(mended, view)[measurement].value <= high


def test_a_lifted_knee_goes_straight_down() -> None:
    landmarks = replaced(GOOD, FAULTS["knee-lifted"]).landmarks()
    shown = shown_for("rear_knee_lifted", landmarks)
    start, end = arrow_path(shown, {"rear_knee": (100.0, 100.0)}, 1.0, 1.0)
    assert start == (100.0, 100.0)
    assert end[0] == 100.0
    assert end[1] > 180


def test_the_arc_ends_at_the_line_and_is_seen_both_ways_round() -> None:
    shown = Correction("mid_shoulder", "mid_hip", turn_deg=-30.0)
    points = {"mid_hip": (100.0, 200.0), "mid_shoulder": (150.0, 113.4)}
    for ahead, x in ((1.0, 100.0), (-1.0, 186.6)):
        path = arrow_path(shown, points, ahead, 1.0)
        line = line_to_meet(shown, points, ahead)
        assert line is not None
        assert path[0] == pytest.approx(points["mid_shoulder"])
        assert abs(path[-1][0] - x) < 15
        assert line[0] == points["mid_hip"]


def test_what_is_mended_already_has_no_arc() -> None:
    landmarks = GOOD.landmarks()
    view = see(landmarks)
    assert view is not None
    cue = Cue("Lift your chest", Tone.MEND, "trunk_forward", ("mid_hip", "mid_shoulder"))
    assert correction(POSE, cue, measure(landmarks, view)) is None
