from math import pi, sin

import numpy as np
import pytest

from formcheck.judge.swing import SWING_DEG, SwingMeter

FAST_DEG_S = 25.0


def swung(angles: list[float], fps: int) -> list[float | None]:
    """Show one angle, a value a frame; return what the meter told of each."""
    meter = SwingMeter((SWING_DEG,), FAST_DEG_S)
    return [meter.step(index / fps, (angle,), (0.0,)) for index, angle in enumerate(angles)]


@pytest.mark.parametrize("fps", [10, 15, 30])
def test_a_noisy_picture_keeps_no_time(fps: int) -> None:
    # As wide as a beat that is found; turns are not looked for.
    noise = np.random.default_rng(1).normal(0.0, 2.0, (100, 3 * fps))
    for angles in noise.tolist():
        meter = SwingMeter((1000.0,), FAST_DEG_S)
        assert not any(
            meter.step(index / fps, (angle,), (0.0,)) for index, angle in enumerate(angles)
        )
    beat = [2.0 * 2**0.5 * sin(2 * pi * 2.5 * index / fps) for index in range(3 * fps)]
    assert any(swung(beat, fps))


@pytest.mark.parametrize("fps", [10, 30])
def test_it_is_over_once_the_body_has_rested_for_longer_than_a_turn(fps: int) -> None:
    swings = [5.0 * sin(pi * index / fps) for index in range(8 * fps)]
    told = swung([*swings, *[0.0] * (3 * fps)], fps)

    assert told[8 * fps] is not None
    while_resting = [each for each in told[8 * fps :] if each is not None]
    assert while_resting[-1] == pytest.approx(8.0, abs=0.3)  # since when it rests
    assert len(while_resting) / fps == pytest.approx(1.25, abs=0.4)
    assert told[-1] is None


@pytest.mark.parametrize("size", [0.9, 1.1])
def test_only_what_goes_far_enough_and_comes_back_and_goes_again_swings(size: float) -> None:
    fps, turns = 30, [0, 1, 0, 1, 0]
    ramp = [float(x) for x in np.interp(np.arange(4 * fps) / fps, range(5), turns)]
    told = swung([size * SWING_DEG * 1.1 * each for each in ramp], fps)

    assert any(told) == (size > 1)
    assert not any(told[: 2 * fps])
