"""The figure of what was seen is that of the body that was seen."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.body.landmarks import SIDES, Side
from formcheck.body.view import see
from formcheck.figure.any_view import LIMBS, figure_for
from formcheck.figure.seen import seen_figure
from formcheck.pose.definition import load_pose, pose_names
from tests.factories import STRETCH


@pytest.mark.parametrize("stretched", SIDES)
@pytest.mark.parametrize("name", pose_names())
def test_who_is_seen_in_a_pose_is_drawn_in_it_whichever_side_and_view(
    name: str, stretched: Side
) -> None:
    pose = load_pose(name)
    wanted = figure_for(pose)
    landmarks = wanted.landmarks(stretched=stretched)
    view = see(landmarks, pose.view.kind)
    assert view is not None
    figure = seen_figure(landmarks, view)
    assert figure is not None
    for limb in LIMBS[pose.view.kind]:
        here, there = (np.subtract(f.points[limb[1]], f.points[limb[0]]) for f in (figure, wanted))
        if pose.name == "bridge":  # both legs alike: either may be called the front one
            assert np.linalg.norm(here) == pytest.approx(np.linalg.norm(there), abs=0.01)
        else:
            assert here == pytest.approx(there, abs=0.01)
    assert min(y for _, y in figure.points.values()) == 0.0


def test_who_faces_the_other_way_is_drawn_facing_the_same() -> None:
    figures = []
    for facing in SIDES:
        landmarks = replace(STRETCH, facing=facing).landmarks()
        view = see(landmarks)
        assert view is not None
        figures.append(seen_figure(landmarks, view))
    left, right = figures
    assert left is not None
    assert right is not None
    for role, point in left.points.items():
        assert point == pytest.approx(right.points[role], abs=1e-6)


def test_a_body_without_a_place_has_no_figure() -> None:
    landmarks = STRETCH.landmarks()
    view = see(landmarks)
    assert view is not None
    landmarks.image_xy[15] = np.nan  # a wrist
    assert seen_figure(landmarks, view) is None
