from collections.abc import Set as AbstractSet
from dataclasses import replace
from math import inf, nan
from typing import Any

import pytest

from formcheck.body.measurements import Measurement, measure
from formcheck.body.view import see
from formcheck.judge.form import Form, FormVerdict, GateState, judge
from formcheck.pose.definition import PoseDefinition, load_pose
from tests.factories import FOLDED, KNEELING, STANDING, STRETCH, Body, small_pose

LUNGE = load_pose("lunge-stretch")
CLEARANCE_GATE = {
    "measurement": "rear_knee_clearance",
    "accept": [-inf, 0.2],
    "full": [-inf, 0.1],
    "hysteresis": 0.05,
    "why": "A test.",
}
LIFTED_FAULT = {
    "name": "rear_knee_lifted",
    "measurement": "rear_knee_clearance",
    "bound": "above",
    "cue": "Lower your back knee",
    "why": "A test.",
}


def verdict_on(
    body: Body, pose: PoseDefinition = LUNGE, entered: AbstractSet[str] = frozenset()
) -> FormVerdict:
    landmarks = body.landmarks()
    view = see(landmarks)
    assert view is not None
    return judge(pose, landmarks, view, measure(landmarks, view), entered)


def verdict_at(
    pose: PoseDefinition, entered: AbstractSet[str] = frozenset(), **values: float
) -> FormVerdict:
    """Judge the good stretch, with some of its measurements replaced."""
    landmarks = STRETCH.landmarks()
    view = see(landmarks)
    assert view is not None
    measurements = measure(landmarks, view)
    measurements |= {name: Measurement(value, 0.9) for name, value in values.items()}
    return judge(pose, landmarks, view, measurements, entered)


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        pytest.param(STRETCH, (), id="a good stretch has none"),
        pytest.param(KNEELING, ("rear_hip_not_extended",), id="hips not forward yet"),
        pytest.param(
            FOLDED,
            ("trunk_forward", "rear_hip_not_extended"),
            id="a trunk folded over the leg",
        ),
        pytest.param(replace(STRETCH, trunk_lean=-20.0), ("trunk_back",), id="a back bend"),
        pytest.param(
            replace(STRETCH, rear_thigh_tilt=75.0, trunk_lean=0.0, front_knee_flexion=130.0),
            ("rear_hip_overextended",),
            id="deeper than any hip goes",
        ),
        pytest.param(
            replace(STRETCH, front_shank_lean=-40.0),
            ("front_foot_too_far",),
            id="the front foot far ahead",
        ),
        pytest.param(
            replace(
                STRETCH,
                trunk_lean=14.0,
                rear_thigh_tilt=72.0,
                rear_knee_flexion=20.0,
                front_knee_flexion=126.0,
                front_shank_lean=-10.0,
            ),
            ("rear_knee_straight",),
            id="a straight rear leg",
        ),
        pytest.param(
            replace(STRETCH, rear_knee_flexion=135.0),
            ("rear_knee_folded",),
            id="sitting on the heel",
        ),
        pytest.param(
            replace(STRETCH, front_knee_flexion=150.0, front_shank_lean=40.0),
            ("front_knee_folded",),
            id="sunk over the front foot",
        ),
        pytest.param(
            replace(
                STRETCH,
                trunk_lean=0.0,
                rear_thigh_tilt=13.0,
                rear_knee_flexion=77.0,
                front_shank_lean=90.0,
                front_knee_flexion=77.0,
            ),
            ("no_foot_in_front",),
            id="kneeling on both knees",
        ),
        pytest.param(
            STANDING,
            (
                "rear_knee_lifted",
                "no_foot_in_front",
                "front_knee_straight",
                "rear_knee_straight",
                "rear_hip_not_extended",
            ),
            id="standing is wrong in five ways",
        ),
    ],
)
def test_each_way_out_of_form_is_named_worst_first(body: Body, faults: tuple[str, ...]) -> None:
    verdict = verdict_on(body)

    assert verdict.faults == faults
    assert verdict.form is (Form.OUT_OF_FORM if faults else Form.IN_FORM)


def test_a_good_stretch_is_full_and_one_at_the_edge_is_not() -> None:
    assert verdict_on(STRETCH).is_full
    at_the_edge = verdict_on(replace(STRETCH, trunk_lean=17.0))
    assert at_the_edge.form is Form.IN_FORM
    assert not at_the_edge.is_full


@pytest.mark.parametrize(
    ("value", "has_entered", "state", "off_by"),
    [
        (20.0, False, GateState.IN, 0.0),
        (20.1, False, GateState.ABOVE, 0.1),
        (23.0, True, GateState.IN, 0.0),
        (23.1, True, GateState.ABOVE, 3.1),
        (-12.0, False, GateState.IN, 0.0),
        (-12.1, False, GateState.BELOW, 0.1),
        (-15.0, True, GateState.IN, 0.0),
        (-15.1, True, GateState.BELOW, 3.1),
    ],
)
def test_a_band_is_left_three_degrees_later_than_it_is_entered(
    value: float, has_entered: bool, state: GateState, off_by: float
) -> None:
    entered = {"trunk_lean"} if has_entered else set[str]()
    (gate,) = verdict_at(small_pose(), entered, trunk_lean=value).gates

    assert gate.state is state
    assert gate.off_by == pytest.approx(off_by)
    assert not gate.is_full


def test_a_gate_gets_no_slack_from_another_one() -> None:
    verdict = verdict_at(LUNGE, {"rear_hip_extension"}, trunk_lean=21.0)

    assert verdict.faults == ("trunk_forward",)


def test_a_gate_in_trunk_lengths_has_its_own_hysteresis_or_none() -> None:
    own = small_pose(gates=[CLEARANCE_GATE], faults=[LIFTED_FAULT])
    none = small_pose(gates=[{**CLEARANCE_GATE, "hysteresis": None}], faults=[LIFTED_FAULT])
    entered = {"rear_knee_clearance"}

    assert verdict_at(own, entered, rear_knee_clearance=0.24).form is Form.IN_FORM
    assert verdict_at(own, entered, rear_knee_clearance=0.26).form is Form.OUT_OF_FORM
    assert verdict_at(none, entered, rear_knee_clearance=0.21).form is Form.OUT_OF_FORM


def test_the_gates_that_are_in_are_the_ones_entered() -> None:
    assert verdict_on(STRETCH).entered == {gate.measurement for gate in LUNGE.gates}
    assert verdict_on(replace(STRETCH, hidden={"left_ankle": 0.1})).entered == {
        gate.measurement for gate in LUNGE.gates
    } - {"rear_knee_flexion", "rear_knee_clearance"}
    assert "rear_hip_extension" not in verdict_on(KNEELING).entered


def test_a_hidden_limb_that_a_gate_needs_is_unseen_by_name() -> None:
    verdict = verdict_on(replace(STRETCH, hidden={"left_ankle": 0.3, "right_knee": 0.49}))

    assert verdict.form is Form.UNSEEN
    assert verdict.unseen == ("right_knee", "left_ankle")
    assert not verdict.faults


def test_a_hidden_shoulder_hides_the_trunk() -> None:
    verdict = verdict_on(replace(STRETCH, hidden={"right_shoulder": 0.2}))

    assert (verdict.form, verdict.unseen) == (Form.UNSEEN, ("right_shoulder",))


def test_a_limb_just_visible_enough_is_seen() -> None:
    assert verdict_on(replace(STRETCH, visibility=0.5)).form is Form.IN_FORM


def test_a_hidden_limb_that_no_gate_needs_stops_nothing() -> None:
    hidden = {"nose": 0.0, "left_wrist": 0.1, "right_heel": 0.2, "left_foot_index": 0.0}

    assert verdict_on(replace(STRETCH, hidden=hidden)).form is Form.IN_FORM


def test_one_gate_seen_to_be_out_is_out_of_form_whatever_is_hidden() -> None:
    """Standing side-on hides the far leg: that is no reason to ask for a better view."""
    verdict = verdict_on(replace(FOLDED, hidden={"left_ankle": 0.1}))

    assert verdict.form is Form.OUT_OF_FORM
    assert "rear_knee_straight" not in verdict.faults


def test_a_hidden_gate_is_never_a_fault() -> None:
    verdict = verdict_on(replace(STRETCH, rear_knee_flexion=0.0, hidden={"left_ankle": 0.1}))

    assert verdict.form is Form.UNSEEN


@pytest.mark.parametrize("nonsense", [nan, -nan])
def test_a_visibility_that_is_no_number_is_unseen(nonsense: float) -> None:
    assert verdict_on(replace(STRETCH, visibility=nonsense)).form is Form.UNSEEN
    for name in ("left_ankle", "right_ankle", "left_hip", "right_knee"):
        one = replace(STRETCH, hidden={name: nonsense})
        assert verdict_on(one).form is Form.UNSEEN


@pytest.mark.parametrize(
    ("body", "unseen"),
    [
        pytest.param(
            replace(STRETCH, moved_px={"right_ankle": (0.0, 400.0)}), ("right_ankle",), id="a foot"
        ),
        pytest.param(
            replace(STANDING, hips_at=(640.0, 500.0)), ("left_ankle", "right_ankle"), id="both feet"
        ),
        pytest.param(
            replace(STRETCH, hips_at=(640.0, 100.0)),
            ("left_shoulder", "right_shoulder"),
            id="the top",
        ),
    ],
)
def test_a_body_that_is_not_wholly_in_the_picture_is_not_judged(
    body: Body, unseen: tuple[str, ...]
) -> None:
    verdict = verdict_on(body)

    assert verdict == FormVerdict(Form.UNSEEN, unseen=unseen)


def test_a_body_turned_to_the_camera_is_not_judged() -> None:
    assert verdict_on(replace(STRETCH, shoulder_width=0.419)).form is Form.IN_FORM
    assert verdict_on(replace(STRETCH, shoulder_width=0.421)) == FormVerdict(Form.TURNED)
    assert verdict_on(replace(STANDING, shoulder_width=0.7)).form is Form.TURNED


def test_a_body_in_view_may_turn_a_little_further() -> None:
    entered = verdict_on(STRETCH).entered

    assert verdict_on(replace(STRETCH, shoulder_width=0.425), entered=entered).form is Form.IN_FORM
    assert verdict_on(replace(STRETCH, shoulder_width=0.435), entered=entered).form is Form.TURNED


@pytest.mark.parametrize(
    ("body", "hints"),
    [
        (STRETCH, ()),
        (replace(STRETCH, shoulder_width=0.4), (0,)),
        (replace(STRETCH, front_shank_lean=32.0, front_knee_flexion=125.0), (1,)),
        (replace(KNEELING, shoulder_width=0.4), ()),
    ],
)
def test_a_hint_advises_only_someone_in_form(body: Body, hints: tuple[int, ...]) -> None:
    assert verdict_on(body).hints == hints


def test_a_hint_below_a_limit_applies_below_it() -> None:
    hint: dict[str, Any] = {"measurement": "rear_hip_extension", "bound": "below", "limit": 35}
    pose = small_pose(hints=[{**hint, "cue": "A little deeper", "why": "A test."}])

    assert verdict_at(pose, rear_hip_extension=34.0).hints == (0,)
    assert verdict_at(pose, rear_hip_extension=36.0).hints == ()


@pytest.mark.parametrize("nonsense", [nan, inf, -inf])
def test_a_value_that_is_no_number_is_unseen_however_sure(nonsense: float) -> None:
    assert verdict_at(small_pose(), trunk_lean=nonsense).form is Form.UNSEEN
