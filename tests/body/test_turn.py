"""Bodies of known shoulders, turned in space: what is read of the turn, and of their angles."""

from dataclasses import replace
from math import cos, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.landmarks import INDEX, PoseLandmarks, Side
from formcheck.body.measurements import measure
from formcheck.body.view import View, see
from tests.factories import STRETCH, Body, swapped

METRES = 0.5
"""Of a trunk."""
SIDES: tuple[Side, Side] = ("left", "right")


def turned(
    body: Body, turn_deg: float, breadth: float = 0.66, *, is_away: bool = False
) -> PoseLandmarks:
    """Return what is seen of a body that is turned, as MediaPipe draws it.

    Args:
        body: Side-on.
        turn_deg: From side-on.
        breadth: Of the shoulders, in trunk lengths.
        is_away: Turned away from the camera, in place of towards it.
    """
    landmarks = replace(body, shoulder_width=0.0).landmarks()
    turn, ahead = radians(turn_deg), 1.0 if body.facing == "right" else -1.0
    xy, xyz = landmarks.image_xy.copy(), landmarks.world_xyz.copy()
    hips = body.hips_at[0]
    xy[:, 0] = hips + (xy[:, 0] - hips) * cos(turn)
    near: Side = body.facing
    for side in SIDES:
        nearer = 1.0 if side == near else -1.0
        forward = nearer * (1.0 if is_away else -1.0) * ahead
        xy[INDEX[f"{side}_shoulder"]][0] += forward * breadth / 2 * sin(turn) * body.trunk_px
        xyz[INDEX[f"{side}_shoulder"]][2] -= nearer * breadth / 2 * cos(turn) * METRES
    # The hip that the turn brings ahead is drawn behind its joint, the other one ahead of its.
    if (body.stretched == near) == is_away:
        for side in SIDES:
            behind = 0.2 if side == body.stretched else -0.2
            xy[INDEX[f"{side}_hip"]][0] -= ahead * behind * sin(turn) * body.trunk_px
    return replace(landmarks, image_xy=xy, world_xyz=xyz)


def view_of(landmarks: PoseLandmarks) -> View:
    view = see(landmarks)
    assert view is not None
    return view


@given(st.floats(0, 40), st.sampled_from(SIDES), st.floats(0.5, 0.9))
def test_broad_and_narrow_shoulders_read_the_same_turn(
    turn_deg: float, facing: Side, breadth: float
) -> None:
    view = view_of(turned(replace(STRETCH, facing=facing), turn_deg, breadth))

    assert view.turn_deg == pytest.approx(turn_deg, abs=1.5)


@given(st.floats(20, 40), st.sampled_from(SIDES), st.floats(0.5, 0.9))
def test_from_behind_shoulders_read_too_wide_and_that_is_taken_off(
    turn_deg: float, facing: Side, breadth: float
) -> None:
    """MediaPipe draws them wider: less is made of the same picture than of a chest."""
    towards = view_of(turned(replace(STRETCH, facing=facing), turn_deg, breadth))
    away = view_of(turned(replace(STRETCH, facing=facing), turn_deg, breadth, is_away=True))

    assert not towards.is_turned_away
    assert away.is_turned_away
    assert away.turn_deg < towards.turn_deg


@pytest.mark.parametrize("shortened", [0.1, 0.5, 0.75])
def test_a_foot_that_shortens_adds_to_the_turn_but_never_much(shortened: float) -> None:
    body = replace(STRETCH, toes_ahead=0.4)
    plain = turned(body, 30.0, is_away=True)
    short = turned(replace(body, toes_ahead=0.4 * shortened), 30.0, is_away=True)

    more = view_of(short).turn_deg - view_of(plain).turn_deg
    assert 0 < more <= 0.25 * 2 * 15.0


def test_without_a_depth_average_shoulders_are_taken() -> None:
    assert view_of(replace(STRETCH, shoulder_width=0.36).landmarks()).turn_deg == pytest.approx(30)


@given(
    turn_deg=st.floats(0, 38),
    facing=st.sampled_from(SIDES),
    stretched=st.sampled_from(SIDES),
    is_away=st.booleans(),
    breadth=st.floats(0.5, 0.9),
    tilt=st.floats(15, 45),
)
def test_the_turn_is_taken_off_the_stretch(
    *, turn_deg: float, facing: Side, stretched: Side, is_away: bool, breadth: float, tilt: float
) -> None:
    body = replace(STRETCH, facing=facing, stretched=stretched, rear_thigh_tilt=tilt)
    landmarks = turned(body, turn_deg, breadth, is_away=is_away)
    measured = measure(landmarks, view_of(landmarks))

    assert measured["trunk_lean"].value == pytest.approx(body.trunk_lean, abs=0.6)
    expected = tilt - body.trunk_lean
    assert measured["rear_hip_extension"].value == pytest.approx(expected, abs=3.0)


@given(st.floats(0, 38), st.booleans(), st.sampled_from(SIDES))
def test_sides_that_are_exchanged_change_no_angle_of_a_turned_body(
    turn_deg: float, is_away: bool, stretched: Side
) -> None:
    landmarks = turned(replace(STRETCH, stretched=stretched), turn_deg, is_away=is_away)
    other = swapped(landmarks)

    before, after = (measure(each, view_of(each)) for each in (landmarks, other))
    for name in ("trunk_lean", "rear_thigh_tilt", "rear_hip_extension"):
        assert after[name].value == pytest.approx(before[name].value)


def test_a_level_line_of_shoulders_is_no_turn_whatever_the_breadth() -> None:
    for breadth in (0.4, sqrt(0.5), 0.9):
        assert view_of(turned(STRETCH, 0.0, breadth)).turn_deg == pytest.approx(0.0)
