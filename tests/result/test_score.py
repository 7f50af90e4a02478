"""What a score keeps: the spread of the held frames, in memory that does not grow with time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.counting.track import SUFFIX, load_track
from formcheck.body.landmarks import PoseLandmarks
from formcheck.judge.ledger import State
from formcheck.pose.definition import load_pose
from formcheck.result.score import ClipScorer
from formcheck.result.spread import Tally
from formcheck.session import Session
from tests.factories import FOLDED, STRETCH, slide, stay, track
from tests.shared import CHECKOUT

LUNGE = load_pose("lunge-stretch")

Frames = Iterable[tuple[float, PoseLandmarks | None]]


@given(st.lists(st.floats(-180, 180), min_size=1, max_size=60))
def test_a_tally_tells_the_spread_that_all_the_values_have(values: list[float]) -> None:
    tally = Tally()
    for value in values:
        tally.add(value)

    spread = tally.spread()
    assert spread is not None
    expected = np.percentile(values, [10, 50, 90]).tolist()
    assert list(spread.values()) == pytest.approx(expected, abs=0.011)


def test_a_value_that_is_not_finite_is_no_measurement() -> None:
    tally = Tally()
    for value in (float("nan"), float("inf"), 3.0):
        tally.add(value)
    assert tally.spread() == {"p10": 3.0, "median": 3.0, "p90": 3.0}
    assert Tally().spread() is None


def scored(frames: Frames) -> tuple[ClipScorer, Session, dict[str, list[float]]]:
    """Score frames; return also every measurement of the frames inside held intervals."""
    session = Session(LUNGE)
    scorer = ClipScorer(session)
    outcomes = []
    for time_s, landmarks in frames:
        outcomes.append(session.step(time_s, landmarks))
        scorer.add(outcomes[-1])
    held = [each for each in session.intervals() if each.state is State.HELD]
    values = defaultdict(list)
    for outcome in outcomes:
        if any(each.start_s <= outcome.time_s <= each.end_s for each in held):
            for name, measured in outcome.measurements.items():
                values[name].append(measured.value)
    return scorer, session, values


def test_a_session_that_ends_as_full_credit_does_is_scored_to_its_last_frame() -> None:
    leaning = replace(STRETCH, trunk_lean=16.0)  # in form; full credit ends at 14
    scorer, session, _ = scored([*track(stay(3.0, STRETCH)), (3.033, leaning.landmarks())])

    score = scorer.score("clip")
    assert score.held_s == session.held_s == {"left": pytest.approx(3.033), "right": 0.0}
    assert score.full_band_s == pytest.approx(3.0)


@pytest.mark.parametrize("name", ["lunge-stretch-good", "changes-sides", "bouncing"])
def test_the_spread_is_that_of_the_held_frames_alone(name: str) -> None:
    scorer, _, values = scored(load_track(CHECKOUT / "samples" / f"{name}{SUFFIX}"))

    spreads = scorer.score("a clip").measurements
    assert set(spreads) == set(values)
    for measurement, expected in values.items():
        told = [spreads[measurement][share] for share in ("p10", "median", "p90")]
        assert told == pytest.approx(np.percentile(expected, [10, 50, 90]).tolist(), abs=0.011)


def test_asking_for_the_score_midway_changes_nothing() -> None:
    frames = track(stay(12.0, STRETCH), slide(1.0, STRETCH, FOLDED), stay(1.0, FOLDED))
    session = Session(LUNGE)
    scorer = ClipScorer(session)
    for time_s, landmarks in frames:
        scorer.add(session.step(time_s, landmarks))
        scorer.score("midway")
    assert scorer.score("a clip") == scored(frames)[0].score("a clip")


def test_the_ledger_up_to_what_is_known_never_changes() -> None:
    frames = track(
        stay(3.0, STRETCH), slide(0.3, STRETCH, FOLDED), slide(0.3, FOLDED, STRETCH),
        stay(3.0, STRETCH), stay(0.3, None), stay(3.0, STRETCH), slide(1.0, STRETCH, FOLDED),
        stay(1.0, None),
    )  # fmt: skip
    session = Session(LUNGE)
    seen = []
    for time_s, landmarks in frames:
        session.step(time_s, landmarks)
        seen.append((session.known_until_s, session.intervals()))
    final = session.intervals()
    assert seen[-1][0] == frames[-1][0]
    for known_s, ledger in seen:
        for moment in np.arange(0.005, known_s, 0.02):
            (then,) = (i.state for i in ledger if i.start_s <= moment < i.end_s)
            (now,) = (i.state for i in final if i.start_s <= moment < i.end_s)
            assert then == now, moment


def test_what_is_kept_does_not_grow_with_the_time() -> None:
    session = Session(LUNGE)
    scorer = ClipScorer(session)
    kept = []
    for time_s, landmarks in track(stay(120.0, STRETCH)):
        scorer.add(session.step(time_s, landmarks))
        kept.append(len(scorer._waiting))
    assert max(kept) <= 330


def test_each_angle_says_how_far_it_is_off_where_that_is_known() -> None:
    session = Session(load_pose("lunge-stretch"))
    scorer = ClipScorer(session)
    for time_s, body in track(stay(3.0, STRETCH), fps=10):
        scorer.add(session.step(time_s, body))
    measurements = scorer.score("a.mp4").as_json()["measurements"]

    assert measurements["rear_hip_extension"]["error"] == pytest.approx(1.7)
    assert "error" not in measurements["rear_knee_clearance"]
