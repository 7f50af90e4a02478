"""The bridge as it is mostly done, up and down with a pause at the top: the pauses count, and no
time with the hips down. From the landmarks of the rendered bridge, mixed in between."""

from itertools import pairwise

import numpy as np
import pytest

from benchmarks.counting.track import load_track
from formcheck.body.landmarks import PoseLandmarks
from formcheck.judge.ledger import State
from formcheck.pose.definition import load_pose
from formcheck.session import Session
from tests.shared import CHECKOUT

FPS = 15
DOWN_S = 0.8
LYING_AT_S, LIFTED_AT_S = 0.6, 5.0
"""Where in the sample the hips are down, and held up."""
NOISE_PX = 0.6


def seen_at(time_s: float) -> PoseLandmarks:
    track = load_track(CHECKOUT / "samples" / "bridge.landmarks.npz")
    landmarks = min(track, key=lambda frame: abs(frame[0] - time_s))[1]
    assert landmarks is not None
    return landmarks


def lift_keys(pauses_s: list[float], move_s: float) -> list[tuple[float, float]]:
    """Return times and how far the hips are lifted, 0 to 1."""
    keys = [(0.0, 0.0), (1.0, 0.0)]
    for pause_s in pauses_s:
        for for_s, lifted in ((move_s, 1.0), (pause_s, 1.0), (move_s, 0.0), (DOWN_S, 0.0)):
            keys.append((keys[-1][0] + for_s, lifted))
    return keys


def held(keys: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return from when to when repetitions with these keys are credited."""
    low, high, noise = seen_at(LYING_AT_S), seen_at(LIFTED_AT_S), np.random.default_rng(7)
    session = Session(load_pose("bridge"))
    key_s, lifted = (np.array(column) for column in zip(*keys, strict=True))
    for time_s in np.arange(0.0, keys[-1][0], 1 / FPS):
        line = float(np.interp(time_s, key_s, lifted))
        up = line * line * (3 - 2 * line)
        landmarks = PoseLandmarks(
            (1 - up) * low.image_xy
            + up * high.image_xy
            + noise.normal(0.0, NOISE_PX, low.image_xy.shape),
            (1 - up) * low.world_xyz + up * high.world_xyz,
            np.minimum(low.visibility, high.visibility),
            low.image_size,
        )
        session.step(float(time_s), landmarks)
    return [(i.start_s, i.end_s) for i in session.intervals() if i.state is State.HELD]


def shared_s(spans: list[tuple[float, float]], start_s: float, end_s: float) -> float:
    return sum(max(0.0, min(end, end_s) - max(start, start_s)) for start, end in spans)


@pytest.mark.parametrize("move_s", [0.7, 1.2])
@pytest.mark.parametrize("pauses_s", [[1.0] * 6, [1.5] * 5, [2.6] * 4, [1.0, 2.6, 1.4, 2.0]])
def test_of_repetitions_the_pauses_at_the_top_count_and_nothing_that_is_down(
    pauses_s: list[float], move_s: float
) -> None:
    keys = lift_keys(pauses_s, move_s)
    spans = held(keys)

    for (start_s, start), (end_s, end) in pairwise(keys):
        if start == end == 1.0:
            assert shared_s(spans, start_s, end_s) >= 0.9 * (end_s - start_s)
        elif start == end == 0.0:
            assert shared_s(spans, start_s, end_s) == 0.0


def test_hips_that_never_stop_count_nothing() -> None:
    assert held(lift_keys([0.0] * 8, 0.7)) == []
