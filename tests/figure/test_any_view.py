"""Every pose has a figure, and who copies it is in form."""

import pytest

from formcheck.body.measurements import measure
from formcheck.body.view import see
from formcheck.figure.any_view import LIMBS, figure_for
from formcheck.judge.form import Form, judge
from formcheck.pose.definition import load_pose, pose_names
from formcheck.ui.pose_drawing import pose_drawing
from formcheck.ui.sketch import sketch


@pytest.mark.parametrize("name", pose_names())
def test_who_copies_the_figure_is_in_form_whatever_the_view(name: str) -> None:
    pose = load_pose(name)
    landmarks = figure_for(pose).landmarks(stretched="right")
    view = see(landmarks, pose.view.kind)
    assert view is not None

    assert judge(pose, landmarks, view, measure(landmarks, view)).form is Form.IN_FORM


@pytest.mark.parametrize("name", pose_names())
def test_every_joint_to_draw_is_there_and_nothing_lies_below_the_floor(name: str) -> None:
    pose = load_pose(name)
    points = figure_for(pose).points

    assert {joint for limb in LIMBS[pose.view.kind] for joint in limb} <= points.keys()
    assert min(y for _, y in points.values()) > -0.02


def test_a_sketch_is_of_the_figures_shape() -> None:
    pose = load_pose("bridge")
    lines = sketch(figure_for(pose), LIMBS["lying"], rows=12)
    inked = [index for index, line in enumerate(lines) if line.strip()]
    assert len(lines) == 12
    assert len(max(lines, key=len)) > 30  # lying, it is wide
    head = max(lines[inked[-1]].rstrip(), lines[inked[-2]].rstrip(), key=len)
    assert len(head) > 40  # and the head is at the right, on the floor

    standing = sketch(figure_for(load_pose("standing-stretch")), LIMBS["side"], rows=12)
    assert max(map(len, standing)) < 25


def test_a_plain_sketch_needs_no_letters_but_ascii() -> None:
    lines = sketch(figure_for(load_pose("crescent")), LIMBS["side"], plain=True)

    assert set("".join(lines)) == {" ", "#"}


def test_a_portrait_shows_the_figure_and_its_bands() -> None:
    pose = load_pose("low-lunge")
    picture = pose_drawing(pose, figure_for(pose))

    assert picture.shape == (720, 1280, 3)
    background = picture[0, 0]
    drawn = (picture != background).any(-1)
    assert 0.02 < drawn[:, :700].mean() < 0.4
    assert 0.02 < drawn[:, 700:].mean() < 0.4
