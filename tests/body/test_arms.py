from dataclasses import replace
from math import cos, radians, sin
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.body.landmarks import INDEX, Side
from tests.body.measuring import measured, values
from tests.factories import STRETCH, Body


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
