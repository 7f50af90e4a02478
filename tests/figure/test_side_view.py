from math import hypot, inf

import pytest

from formcheck.body.landmarks import Side
from formcheck.body.measurements import measure
from formcheck.body.view import see
from formcheck.figure.side_view import ANKLE_HEIGHT, RESTING_HEIGHT, Figure, kneels, target_figure
from formcheck.judge.form import Form, judge
from formcheck.pose.definition import PoseDefinition, load_pose, pose_names
from tests.factories import small_pose

SIDE_VIEWS = [name for name in pose_names() if load_pose(name).view.kind == "side"]


def figure_of(pose: PoseDefinition) -> Figure:
    figure = target_figure(pose)
    assert figure is not None
    return figure


def gate(measurement: str, low: float, high: float) -> dict[str, object]:
    return {"measurement": measurement, "accept": [low, high], "full": [low, high], "why": "A."}


def pose_of(*gates: dict[str, object]) -> PoseDefinition:
    faults = [
        {
            "name": f"{each['measurement']}_{bound}",
            "measurement": each["measurement"],
            "bound": bound,
            "cue": "Mend it",
            "why": "A.",
        }
        for each in gates
        for bound, edge in zip(("below", "above"), each["accept"], strict=True)  # type: ignore[call-overload]
        if abs(edge) < inf
    ]
    return small_pose(gates=list(gates), faults=faults)


@pytest.mark.parametrize("stretched", ["left", "right"])
@pytest.mark.parametrize("name", SIDE_VIEWS)
def test_who_copies_the_figure_is_in_full_form_on_the_side_shown(
    name: str, stretched: Side
) -> None:
    pose = load_pose(name)
    landmarks = figure_of(pose).landmarks(stretched=stretched)
    view = see(landmarks)
    assert view is not None
    assert (view.facing, view.rear_leg) == ("right", stretched)
    verdict = judge(pose, landmarks, view, measure(landmarks, view))
    assert verdict.form is Form.IN_FORM, verdict
    assert verdict.is_full or name != "lunge-stretch"


@pytest.mark.parametrize("name", SIDE_VIEWS)
def test_the_figure_stands_on_the_floor_and_nothing_of_it_below(name: str) -> None:
    pose = load_pose(name)
    points = figure_of(pose).points
    assert min(y for _, y in points.values()) > -0.02
    assert points["front_ankle"][1] == pytest.approx(ANKLE_HEIGHT)
    resting = "rear_knee" if kneels(pose) else "rear_toe"
    assert points[resting][1] == pytest.approx(RESTING_HEIGHT if kneels(pose) else 0.0, abs=0.05)


def test_a_pose_that_lifts_its_rear_knee_stands_on_its_rear_toes() -> None:
    pose = pose_of(
        gate("rear_knee_clearance", 0.3, inf),
        gate("rear_knee_flexion", 0, 30),
        gate("front_knee_flexion", 60, 100),
        gate("trunk_lean", -5, 15),
    )
    assert not kneels(pose)
    points = figure_of(pose).points
    assert points["rear_knee"][1] > 0.3
    assert points["rear_toe"][1] == pytest.approx(0, abs=0.05)
    assert points["rear_ankle"][1] > ANKLE_HEIGHT, "the heel is up"


def test_a_rear_knee_that_is_bent_further_than_lying_takes_its_foot_off_the_floor() -> None:
    pose = pose_of(gate("rear_knee_flexion", 105, 135), gate("rear_thigh_tilt", -5, 15))
    points = figure_of(pose).points
    assert points["rear_knee"][1] == pytest.approx(RESTING_HEIGHT, abs=0.05)
    assert points["rear_ankle"][1] > 0.4


def test_a_pose_that_says_little_still_has_a_whole_body() -> None:
    points = figure_of(small_pose()).points
    hip, shoulder = points["mid_hip"], points["mid_shoulder"]
    assert hypot(shoulder[0] - hip[0], shoulder[1] - hip[1]) == pytest.approx(1)
    assert points["front_knee"][0] > 0 > points["rear_knee"][0]
    assert points["head"][1] > shoulder[1]
