from collections.abc import Callable
from math import cos, pi

import pytest

from formcheck.judge.pace import CALM, Pace, PaceMeter

FRAME_S = 1 / 30


def paces(
    depth: Callable[[float], float | None], seconds: float, fps: float = 30.0
) -> list[tuple[float, Pace]]:
    meter = PaceMeter(hasty_deg_s=30.0, least_deg=10.0)
    times = [number / fps for number in range(round(seconds * fps) + 1)]
    return [(time_s, meter.step(time_s, depth(time_s))) for time_s in times]


def sliding(speed: float, to: float = 25.0) -> Callable[[float], float]:
    """Return a depth that rises from 0 after half a second, at this speed."""
    return lambda time_s: min(to, max(0.0, (time_s - 0.5) * speed))


@pytest.mark.parametrize("fps", [10.0, 15.0, 30.0])
def test_a_slow_way_in_is_left_in_peace_and_a_fast_one_is_told(fps: float) -> None:
    assert all(pace == CALM for _, pace in paces(sliding(12.0), 4.0, fps))
    assert any(pace.is_hasty for _, pace in paces(sliding(60.0), 4.0, fps))


def test_haste_is_told_for_a_while_and_then_forgotten() -> None:
    told = [time_s for time_s, pace in paces(sliding(60.0), 6.0) if pace.is_hasty]

    assert 1.0 < told[0] < 1.5
    assert told[-1] < 3.5


def test_sinking_to_the_knees_before_the_stretch_begins_may_be_quick() -> None:
    assert all(pace == CALM for _, pace in paces(lambda t: min(-12.0, -90 + 80 * t), 4.0))


def test_who_gets_up_through_the_same_angles_is_not_told_to_come_in_slowly() -> None:
    def getting_up(time_s: float) -> float | None:
        depth = 22.0 + max(0.0, time_s - 2.0) * 70
        return depth if depth < 65 else None

    assert all(pace == CALM for _, pace in paces(getting_up, 5.0))


def test_going_in_and_out_is_bouncing_and_breathing_is_not() -> None:
    def swaying(half_deg: float, hertz: float) -> Callable[[float], float]:
        return lambda time_s: 25.0 - half_deg * cos(2 * pi * hertz * time_s)

    assert any(pace.is_bouncing for _, pace in paces(swaying(6.0, 0.8), 5.0))
    assert not any(pace.is_bouncing for _, pace in paces(swaying(1.5, 0.3), 8.0))
    assert not any(pace.is_bouncing for _, pace in paces(swaying(6.0, 0.1), 20.0))


def test_a_lapse_of_sight_is_no_movement() -> None:
    def seen_at_times(time_s: float) -> float | None:
        return None if 1.0 < time_s < 2.0 else 5.0 if time_s < 1.5 else 30.0

    assert all(pace == CALM for _, pace in paces(seen_at_times, 4.0))
