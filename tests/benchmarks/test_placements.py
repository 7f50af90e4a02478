"""Wherever the camera stands: the saved landmarks of the placements, judged by the session."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

from benchmarks.placements.grid import placements
from benchmarks.placements.judging import Judged, judged
from benchmarks.placements.report import AT_MOST_WRONG_S, promised
from benchmarks.placements.saved import load
from benchmarks.placements.standing import FILE, learnt_errors

LEGS_SWAPPED = {"distance far 0.85m yaw-20 distance-5.5 fov-55"}
"""From far behind MediaPipe takes one leg for the other every few frames, and exchanges them: four
fifths are counted."""


@cache
def results() -> Sequence[Judged]:
    return tuple(judged(load()))


def test_every_placement_has_its_landmarks() -> None:
    assert {each.placement.name for each in results()} == set(placements())
    assert len({each.placement.body for each in results()}) >= 3


def test_a_good_hold_counts_wherever_the_camera_stands() -> None:
    short = {
        each.placement.name
        for each in results()
        if each.placement.is_good and each.share < promised(each)
    }
    assert short <= LEGS_SWAPPED
    assert all(each.share >= 0.8 for each in results() if each.placement.is_good)


def test_nothing_counts_that_is_lifted_or_turned_too_far_or_on_the_other_side() -> None:
    assert not {e.placement.name for e in results() if e.wrongly_s > AT_MOST_WRONG_S}


def test_nobody_is_told_to_lower_a_knee_that_is_on_the_floor() -> None:
    assert not {e.placement.name for e in results() if e.placement.is_good and e.lower_s > 0}


def test_the_hip_is_measured_as_from_the_side() -> None:
    for turn, most in ((20.0, 2.0), (30.0, 2.3)):
        off = [
            each.errors["rear_hip_extension"]
            for each in results()
            if each.placement.is_good and abs(each.placement.yaw) <= turn
        ]
        assert np.abs(off).mean() <= most
        assert abs(np.mean(off)) <= 1
        assert np.mean(np.abs(off) <= 5) >= 0.95  # seven placements are off by 5 to 8
        assert np.abs(off).max() <= 9


@pytest.mark.parametrize("where", ["the grid", "anywhere"])
def test_the_camera_is_learnt_from_who_stands_before_it(where: str) -> None:
    errors = (
        [each.camera_errors for each in results()]
        if where == "the grid"
        else learnt_errors(load(FILE))
    )
    learnt = np.array([each for each in errors if each])
    assert len(learnt) >= 0.9 * len(errors) >= 45
    pitch, roll, height = np.abs(learnt[:, :, 0]).T
    assert np.median(pitch) <= 2.0
    assert np.quantile(pitch, 0.9) <= 5.0
    assert np.median(roll) <= 1.0
    assert roll.max() <= 2.0
    assert np.median(height) <= 0.155
    assert (np.abs(learnt[:, :, 0]) <= 2 * learnt[:, :, 1]).mean(axis=0).min() >= 0.95


def test_a_rolled_camera_leans_nobody() -> None:
    leans = [e.errors["trunk_lean"] for e in results() if e.placement.roll]
    assert len(leans) == 8
    assert np.abs(leans).max() <= 3.0
