"""Moving is no hold, however it is done; being alive is no movement."""

from dataclasses import replace
from math import pi, sin

import numpy as np
import pytest

from formcheck.judge.ledger import State
from formcheck.session import Session
from tests.factories import STRETCH, Track, slide, stay, track
from tests.session.watching import LUNGE, total_s, watch


def test_a_noisy_picture_does_not_look_like_a_movement() -> None:
    noise = np.random.default_rng(7)
    frames: Track = []
    for time_s, landmarks in track(stay(10.0, STRETCH)):
        assert landmarks is not None
        shaken = landmarks.image_xy + noise.normal(0, 0.025 * STRETCH.trunk_px, (33, 2))
        frames.append((time_s, replace(landmarks, image_xy=shaken)))
    assert total_s(frames) == pytest.approx(10.0, abs=0.5)


def test_a_fast_bounce_is_a_movement_though_it_comes_back() -> None:
    frames = track(*[
        phase
        for _ in range(12)
        for phase in (
            slide(0.15, STRETCH, replace(STRETCH, rear_thigh_tilt=50.0)),
            slide(0.15, replace(STRETCH, rear_thigh_tilt=50.0), STRETCH),
        )
    ])  # fmt: skip
    assert total_s(frames) == 0


@pytest.mark.parametrize("fps", [10, 15, 30])
@pytest.mark.parametrize(("swing_deg", "bounces_per_s"), [(10.0, 1.0), (8.0, 1.0), (8.0, 1.5)])
def test_a_hold_ends_where_the_body_begins_to_bounce_though_each_turn_is_a_rest(
    swing_deg: float, bounces_per_s: float, fps: int
) -> None:
    session = Session(LUNGE)
    for frame in range(12 * fps):
        time_s = frame / fps
        since_s = max(0.0, time_s - 4.0)
        swing = swing_deg * sin(2 * pi * bounces_per_s * since_s)
        session.step(time_s, replace(STRETCH, rear_thigh_tilt=35.0 + swing).landmarks())

    assert session.held_s["left"] == pytest.approx(4.0, abs=0.2)


def swinging(swing_deg: float, swings_per_s: float, fps: int, seconds: float) -> Track:
    """Film six seconds of stillness, so many of swinging, and six of stillness again."""
    frames: Track = []
    for frame in range(round((12 + seconds) * fps) + 1):
        time_s = frame / fps
        since_s = time_s - 6.0 if 6.0 <= time_s <= 6.0 + seconds else 0.0
        swing = swing_deg * sin(2 * pi * swings_per_s * since_s)
        body = replace(STRETCH, rear_thigh_tilt=32.0 + swing, trunk_lean=5.0)
        frames.append((time_s, body.landmarks()))
    return frames


@pytest.mark.parametrize("fps", [10, 12, 15, 30])
@pytest.mark.parametrize(
    ("swing_deg", "swings_per_s"),
    [(4.5, 0.4), (8.0, 0.5), (5.0, 0.5), (5.0, 2.0), (3.0, 2.5), (4.0, 3.0), (12.0, 3.0)],
)
def test_a_swing_that_no_speed_shows_is_no_hold_and_rest_after_it_is(
    swing_deg: float, swings_per_s: float, fps: int
) -> None:
    seconds = 20.0  # whole swings
    session, _ = watch(swinging(swing_deg, swings_per_s, fps, seconds))
    held = [each for each in session.intervals() if each.state is State.HELD]

    def held_s(start_s: float, end_s: float) -> float:
        return sum(max(0.0, min(each.end_s, end_s) - max(each.start_s, start_s)) for each in held)

    assert held_s(0.0, 6.0) == pytest.approx(6.0, abs=0.2)
    known_after_s = max(2.0, 1.8 / swings_per_s)
    assert held_s(6.0 + known_after_s, 6.0 + seconds) < 0.2
    assert held_s(6.0 + seconds, 12.0 + seconds) == pytest.approx(6.0, abs=0.25)


@pytest.mark.parametrize("fps", [10, 15, 30])
@pytest.mark.parametrize("settled_deg", [-8.0, 8.0])
def test_breathing_and_one_correction_out_and_back_are_a_hold(settled_deg: float, fps: int) -> None:
    calm = replace(STRETCH, rear_thigh_tilt=32.0)
    corrected = replace(calm, rear_thigh_tilt=32.0 + settled_deg)
    correction = track(
        stay(5.0, calm), slide(0.7, calm, corrected), slide(0.7, corrected, calm), stay(5.0, calm),
        slide(0.7, calm, corrected), stay(5.0, corrected), fps=fps,
    )  # fmt: skip
    assert total_s(correction) == pytest.approx(17.1, abs=2 / fps)

    breathing: Track = [
        (frame / fps, replace(calm, trunk_lean=5.0 + 2.5 * sin(frame / fps * 1.7)).landmarks())
        for frame in range(20 * fps)
    ]
    assert total_s(breathing) == pytest.approx(20.0, abs=2 / fps)
