"""The target figure stands where the person is, and nowhere where this is guessed far away."""

from dataclasses import replace
from math import inf, nan

import pytest

from formcheck.body.landmarks import INDEX, SIDES
from formcheck.figure.side_view import target_figure
from formcheck.pose.definition import load_pose
from formcheck.session import Session
from formcheck.ui.drawing.layout import arrange
from formcheck.ui.person.ghost import GhostPlace, Place
from tests.factories import STANDING, stay, track

POSE = load_pose("lunge-stretch")
FEET = [INDEX[f"{side}_{joint}"] for side in SIDES for joint in ("knee", "ankle", "heel")]


def place_of_figure(feet: tuple[float, float] | None = None) -> Place | None:
    """Return where the figure is put for who stands, where knees and feet are taken to be there."""
    ((time_s, person), *_) = track(stay(1.0, STANDING), fps=10)
    assert person is not None
    outcome = Session(POSE).step(time_s, person)
    places = person.image_xy.copy()
    if feet is not None:
        places[FEET] = feet
    guessed = replace(outcome, landmarks=replace(person, image_xy=places))
    layout = arrange((1280, 720), (640, 480))
    return GhostPlace(POSE, target_figure(POSE)).step(guessed, layout)


def test_it_is_shown_to_who_stands() -> None:
    assert place_of_figure() is not None


@pytest.mark.parametrize("feet", [(inf, 300.0), (300.0, -1e308), (nan, nan), (5000.0, 300.0)])
def test_feet_guessed_far_away_carry_no_figure(feet: tuple[float, float]) -> None:
    assert place_of_figure(feet) is None
