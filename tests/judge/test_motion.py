from collections.abc import Sequence
from math import pi, sin

import pytest

from formcheck.body.measurements import Measurement
from formcheck.judge.motion import UNKNOWN_MOTION, Motion, MotionMeter
from formcheck.pose.definition import load_pose

CALM_DEG_S = 20.0
WATCHED = load_pose("lunge-stretch").watched


def angles(confidence: float = 0.9, **values: float) -> dict[str, Measurement]:
    return {name: Measurement(values.get(name, 0.0), confidence) for name in WATCHED}


def watch(
    meter: MotionMeter, values: Sequence[float], fps: int = 30, start_s: float = 0.0
) -> Motion:
    """Show the trunk leaning by these angles, one a frame; return the last motion."""
    motion = UNKNOWN_MOTION
    for index, value in enumerate(values):
        motion = meter.step(start_s + index / fps, angles(trunk_lean=value))
    return motion


@pytest.mark.parametrize("name", WATCHED)
@pytest.mark.parametrize("fps", [10, 15, 30])
def test_an_even_movement_has_its_speed_whichever_angle_moves(name: str, fps: int) -> None:
    meter = MotionMeter(CALM_DEG_S, WATCHED)
    for index in range(fps + 1):
        motion = meter.step(index / fps, angles(**{name: -25.0 * index / fps}))

    assert motion.speed_deg_s == pytest.approx(25.0)
    assert motion.calm_since_s is None


def test_the_fastest_angle_decides() -> None:
    meter = MotionMeter(CALM_DEG_S, WATCHED)
    for index in range(31):
        motion = meter.step(index / 30, angles(trunk_lean=index / 30, rear_thigh_tilt=index))

    assert motion.speed_deg_s == pytest.approx(30.0)


@pytest.mark.parametrize(("speed", "is_calm"), [(19.9, True), (20.1, False)])
def test_up_to_its_limit_a_movement_is_calm(speed: float, is_calm: bool) -> None:
    motion = watch(MotionMeter(CALM_DEG_S, WATCHED), [speed * index / 30 for index in range(31)])

    assert (motion.calm_since_s == 0.0) == is_calm


def test_a_body_that_never_moved_has_been_calm_since_its_first_frame() -> None:
    meter = MotionMeter(CALM_DEG_S, WATCHED)

    assert watch(meter, [10.0] * 5) == Motion(None, 0.0)
    assert watch(meter, [10.0] * 60, start_s=5 / 30).calm_since_s == 0.0


def test_calm_comes_back_within_half_a_second_after_a_movement_and_stays() -> None:
    meter = MotionMeter(CALM_DEG_S, WATCHED)
    watch(meter, [2.0 * index for index in range(30)])

    moving = watch(meter, [58.0] * 3, start_s=1.0)
    calm = watch(meter, [58.0] * 15, start_s=1.1)
    still_calm = watch(meter, [58.0] * 60, start_s=1.6)

    assert moving.calm_since_s is None
    assert calm.calm_since_s == pytest.approx(0.9, abs=0.15)
    assert still_calm.calm_since_s == calm.calm_since_s


@pytest.mark.parametrize("fps", [10, 15, 30])
def test_a_leap_of_one_picture_and_back_is_no_movement_however_often_it_comes(fps: int) -> None:
    """As MediaPipe saw a kneeling body's thigh in three of five pictures: 24, 15, 23, 24, 15."""
    seen = [24.0] * (5 * fps)
    for leap_s in (2.0, 2.4, 2.8, 3.7):
        seen[round(leap_s * fps)] = 15.0

    assert watch(MotionMeter(CALM_DEG_S, WATCHED), seen, fps).calm_since_s == 0.0


@pytest.mark.parametrize("fps", [10, 15, 30])
def test_a_leap_that_lasts_is_a_movement_from_its_second_picture_on(fps: int) -> None:
    meter = MotionMeter(CALM_DEG_S, WATCHED)
    watch(meter, [24.0] * (2 * fps), fps)

    assert watch(meter, [15.0, 15.0], fps, start_s=2.0).calm_since_s is None


def test_one_jittery_frame_is_no_movement_and_a_bounce_is() -> None:
    jitter = [0.0] * 60
    jitter[30] = 6.0
    assert watch(MotionMeter(CALM_DEG_S, WATCHED), jitter).calm_since_s == 0.0

    bounce = [10.0 * sin(2 * pi * index / 30) for index in range(60)]
    meter = MotionMeter(CALM_DEG_S, WATCHED)
    speeds = [meter.step(index / 30, angles(trunk_lean=lean)) for index, lean in enumerate(bounce)]
    assert any(motion.calm_since_s is None for motion in speeds[45:])


@pytest.mark.parametrize("lost", [None, angles(confidence=0.3), angles(confidence=float("nan"))])
def test_a_frame_that_shows_no_body_says_nothing_and_forgets_nothing(
    lost: dict[str, Measurement] | None,
) -> None:
    meter = MotionMeter(CALM_DEG_S, WATCHED)
    watch(meter, [0.0] * 31)

    assert meter.step(1.1, lost) == UNKNOWN_MOTION
    assert meter.step(1.2, angles()).calm_since_s == 0.0


@pytest.mark.parametrize("step", [0.0, 5.0], ids=["calm", "moving"])
def test_half_a_second_without_a_body_forgets_the_past(step: float) -> None:
    meter = MotionMeter(CALM_DEG_S, WATCHED)
    watch(meter, [step * index for index in range(31)])

    assert meter.step(1.6, angles()) == Motion(None, 1.6)
    assert watch(meter, [0.0] * 9, start_s=1.7) == Motion(0.0, 1.6)


@pytest.mark.parametrize("start_s", [0.0, 1.7e9])
def test_where_the_clock_stands_changes_no_speed(start_s: float) -> None:
    motion = watch(MotionMeter(CALM_DEG_S, WATCHED), list(range(31)), start_s=start_s)

    assert motion.speed_deg_s == pytest.approx(30.0, rel=1e-4)
