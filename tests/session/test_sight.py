"""What the detector sees wrong, or not at all, and whom."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from formcheck.coach.coach import READY
from formcheck.judge.form import Form
from formcheck.session import Session
from tests.factories import STANDING, STRETCH, Body, stay, swapped, track
from tests.session.watching import FRAME_S, LUNGE, the_way_in, total_s, watch

SPOILERS: dict[str, Callable[[Body], Body | None]] = {
    "hides the front ankle": lambda body: replace(body, hidden={"right_ankle": 0.2}),
    "hides the rear knee": lambda body: replace(body, hidden={"left_knee": 0.4}),
    "loses the person": lambda _: None,
}


@pytest.mark.parametrize("spoil", SPOILERS.values(), ids=SPOILERS.keys())
def test_sight_that_flickers_costs_nothing_and_sight_that_goes_costs_its_time(
    spoil: Callable[[Body], Body | None],
) -> None:
    lost = spoil(STRETCH)
    flickering = track(
        stay(3.0, STRETCH), *[stay(0.2, lost), stay(0.3, STRETCH)] * 8, stay(2.0, STRETCH)
    )
    gone = track(stay(3.0, STRETCH), stay(3.0, lost), stay(4.0, STRETCH))

    assert total_s(flickering) == pytest.approx(9.0)
    assert total_s(gone) == pytest.approx(7.0, abs=0.1)


def test_somebody_else_who_does_the_same_stretch_does_not_go_on_with_this_hold() -> None:
    elsewhere = replace(STRETCH, hips_at=(300.0, 330.0))
    larger = replace(STRETCH, trunk_px=100.0)
    for other in (elsewhere, larger):
        session, _ = watch(track(stay(5.0, STRETCH), stay(5.0, other)))
        assert session.longest_unbroken_s < 5.1
        assert session.held_s["left"] == pytest.approx(9.5, abs=0.2)


def test_who_shuffles_or_sways_stays_the_same_person() -> None:
    swayed = replace(STRETCH, hips_at=(660.0, 325.0), trunk_px=185.0)
    assert total_s(track(*[stay(0.5, STRETCH), stay(0.5, swayed)] * 5)) == pytest.approx(5.0)


def test_a_leg_of_a_length_that_nobody_has_is_not_judged() -> None:
    stretched_out = replace(STRETCH, moved_px={"right_knee": (-120.0, -60.0)})
    _, outcomes = watch(track(stay(2.0, stretched_out)))
    assert outcomes[-1].verdict.form is Form.UNSEEN
    assert "right_knee" in outcomes[-1].verdict.unseen


def test_another_body_for_a_moment_is_not_counted_and_breaks_nothing() -> None:
    passer_by = replace(STANDING, hips_at=(400.0, 250.0), facing="right")
    frames = track(stay(4.0, STRETCH), stay(0.2, passer_by), stay(4.0, STRETCH))
    session, _ = watch(frames)

    assert session.held_s["left"] == pytest.approx(8.0, abs=2 * FRAME_S)
    assert session.longest_unbroken_s == session.held_s["left"]


@pytest.mark.parametrize(
    "parts", [("knee", "ankle"), ("hip", "knee", "ankle"), ("shoulder", "hip")]
)
def test_labels_that_swap_for_a_third_of_the_time_change_nothing(parts: tuple[str, ...]) -> None:
    names = {f"{side}_{part}" for side in ("left", "right") for part in parts}
    frames = the_way_in()
    swapping = [
        (time_s, swapped(body, names) if body and int(time_s * 6) % 3 == 0 else body)
        for time_s, body in frames
    ]

    assert watch(swapping)[0].intervals() == watch(frames)[0].intervals()


def test_one_who_stands_side_on_is_ready_although_the_far_leg_is_hidden() -> None:
    far_leg = {f"right_{joint}": 0.2 for joint in ("hip", "knee", "ankle")}
    standing = replace(STANDING, hidden=far_leg)

    assert Session(LUNGE).step(0.0, standing.landmarks()).feedback.cue == READY


def test_a_rolled_camera_is_undone_once_somebody_stood_before_it_and_not_without() -> None:
    rolled = replace(STRETCH, roll_deg=9.0)
    came = track(stay(1.5, replace(STANDING, roll_deg=9.0)), stay(1.0, rolled))
    assert watch(came)[1][-1].measurements["trunk_lean"].value == pytest.approx(5.0, abs=1.5)
    there = watch(track(stay(1.0, rolled)))[1][-1]
    assert there.measurements["trunk_lean"].value == pytest.approx(14.0, abs=0.5)
