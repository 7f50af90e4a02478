"""A photograph on a wall is told from somebody who holds; nobody who holds loses a second."""

from dataclasses import replace
from math import pi, radians, sin
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.counting.track import load_track
from formcheck.body.landmarks import PoseLandmarks, Side
from formcheck.coach.coach import ALIVE, DOUBT_S
from formcheck.coach.loss import largest_loss
from formcheck.judge.form import FormVerdict
from formcheck.judge.hold import Hold
from formcheck.judge.ledger import State
from formcheck.judge.life import Life
from formcheck.picture.surroundings import Surroundings
from formcheck.pose.definition import load_pose
from formcheck.pose.parts import HoldRules
from formcheck.session import Session
from tests.factories import (
    IN_FORM,
    NOBODY,
    OUT,
    STANDING,
    STRETCH,
    UNSEEN,
    Body,
    Track,
    slide,
    stay,
    swapped,
    track,
)
from tests.shared import CHECKOUT

POSE = load_pose("lunge-stretch")
TRACKS = sorted((CHECKOUT / "samples").glob("*.landmarks.npz"))
JITTER = 0.002
"""In trunk lengths, as the landmarks of a photograph have it (0.0006 to 0.004)."""

seeds = st.integers(0, 2**16)
rates = st.sampled_from([10, 15, 30])


def seen(body: Body, rng: np.random.Generator, jitter: float = JITTER) -> PoseLandmarks:
    """Return what a detector would see of a body, with its jitter."""
    landmarks = body.landmarks()
    noise = rng.normal(0, jitter * body.trunk_px, landmarks.image_xy.shape)
    return replace(landmarks, image_xy=landmarks.image_xy + noise)


def photograph(seconds: float, fps: int, seed: int, body: Body = STRETCH) -> Track:
    rng = np.random.default_rng(seed)
    return [(n / fps, seen(body, rng)) for n in range(round(seconds * fps))]


def somebody(seconds: float, fps: int, seed: int) -> Track:
    """Return somebody who sways by a degree, as one does who holds as still as can be."""
    rng = np.random.default_rng(seed)
    frames: Track = []
    for number in range(round(seconds * fps)):
        time_s = number / fps
        body = replace(
            STRETCH,
            trunk_lean=STRETCH.trunk_lean + 0.6 * sin(2 * pi * 0.31 * time_s),
            rear_thigh_tilt=STRETCH.rear_thigh_tilt + 0.7 * sin(2 * pi * 0.23 * time_s),
        )
        frames.append((time_s, seen(body, rng, JITTER / 4)))
    return frames


def known_since(frames: Track, life: Life | None = None) -> tuple[float, float] | None:
    """Return when it was first known that somebody is alive, and since when."""
    life = life or Life()
    for time_s, landmarks in frames:
        since_s = life.step(time_s, landmarks)
        if since_s is not None:
            return time_s, since_s
    return None


@settings(max_examples=6)
@given(seeds, rates, st.floats(0.0, 0.01))
def test_a_photograph_is_never_alive_however_noisy(seed: int, fps: int, jitter: float) -> None:
    rng = np.random.default_rng(seed)
    frames: Track = [(n / fps, seen(STRETCH, rng, jitter)) for n in range(40 * fps)]
    assert known_since(frames) is None


@settings(max_examples=5)
@given(seeds, rates, st.floats(-0.2, 0.2), st.floats(0.9, 1.1), st.floats(-10, 10))
def test_a_photograph_before_a_camera_that_moves_is_not_alive(
    seed: int, fps: int, pan: float, zoom: float, turn_deg: float
) -> None:
    frames: Track = []
    for time_s, landmarks in photograph(20.0, fps, seed):
        assert landmarks is not None
        share = 0.5 + 0.5 * sin(2 * pi * 0.3 * time_s)
        angle = radians(turn_deg * share)
        turned = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        xy = landmarks.image_xy @ turned * (1 + (zoom - 1) * share) + 640 * pan * share
        frames.append((time_s, replace(landmarks, image_xy=xy)))
    assert known_since(frames) is None


def test_a_photograph_whose_limbs_are_taken_for_each_other_is_not_alive() -> None:
    frames: Track = [
        (time_s, swapped(landmarks) if landmarks and time_s % 7 > 4 else landmarks)
        for time_s, landmarks in photograph(40.0, 10, 1)
    ]
    assert known_since(frames) is None


@settings(max_examples=8)
@given(seeds, rates)
def test_whoever_sways_is_known_after_seconds_and_from_the_first_on(seed: int, fps: int) -> None:
    known = known_since(somebody(9.0, fps, seed))
    assert known is not None
    assert known[0] <= 6.5
    assert known[1] == 0.0


@pytest.mark.parametrize("body", [STANDING, replace(STRETCH, trunk_lean=35.0)])
def test_whoever_moves_is_known_at_once(body: Body) -> None:
    moving = track(stay(2.0, body), slide(1.5, body, STRETCH), stay(5.0, STRETCH), fps=15)
    known = known_since(moving)
    assert known is not None
    assert known[0] <= 5.0
    assert known[1] == 0.0


def test_another_one_is_not_known_because_somebody_was_there_before() -> None:
    life = Life()
    there = [
        (t + 20, each) for t, each in photograph(20.0, 10, 2, replace(STRETCH, hips_at=(200, 330)))
    ]
    assert known_since(somebody(9.0, 10, 1), life) is not None
    assert known_since(there, life) is None
    assert life.step(50.0, somebody(0.1, 10, 3)[0][1]) == 50.0, "back in the old place"


def test_while_the_light_changes_a_sway_may_be_the_light_s() -> None:
    life = Life()
    known = [
        life.step(time_s, landmarks, 100 + 10 * sin(time_s))
        for time_s, landmarks in somebody(20.0, 10, 1)
    ]
    assert known == [None] * len(known)


def judged(frames: Track, *, asks_for_life: bool, brightness: float = 100.0) -> Session:
    session = Session(POSE)
    if asks_for_life:
        session.ask_for_life()
    for time_s, landmarks in frames:
        session.step(time_s, landmarks, surroundings=Surroundings(brightness, 50))
    return session


@pytest.mark.parametrize("path", TRACKS, ids=lambda path: path.name.partition(".")[0])
def test_of_no_sample_a_second_is_lost(path: Path) -> None:
    frames = list(load_track(path))
    plain, careful = (judged(frames, asks_for_life=asks) for asks in (False, True))
    assert careful.held_s == plain.held_s
    assert careful.intervals() == plain.intervals()
    assert careful.longest_unbroken_s == plain.longest_unbroken_s


def test_a_photograph_is_credited_nothing_and_asked_to_move_until_the_end() -> None:
    session = judged([], asks_for_life=True)
    cues = []
    for time_s, landmarks in photograph(30.0, 10, 1):
        outcome = session.step(time_s, landmarks)
        cues.append((time_s, outcome.feedback.cue))
        assert not outcome.hold.is_holding
    assert sum(session.held_s.values()) == 0
    assert {each.state for each in session.intervals()} <= {State.NEVER_MOVED, State.MOVING}
    asked_s = [time_s for time_s, cue in cues if cue == ALIVE]
    assert asked_s[0] == pytest.approx(DOUBT_S, abs=0.3)
    assert asked_s[-1] == cues[-1][0]
    loss = largest_loss(session.intervals(), POSE)
    assert loss is not None
    assert (loss.words, loss.remedy) == ("never seen to move", ALIVE.text)


def test_whoever_held_like_a_picture_and_then_moves_has_held_from_the_start() -> None:
    stiff = photograph(20.0, 10, 1)
    leaving = track(slide(2.0, STRETCH, STANDING), stay(3.0, STANDING), fps=10, start_s=20.0)
    session = judged([*stiff, *leaving], asks_for_life=True)
    plain = judged([*stiff, *leaving], asks_for_life=False)
    assert session.held_s == plain.held_s
    assert session.held_s["right"] + session.held_s["left"] > 19
    assert session.intervals() == plain.intervals()


shots = st.lists(
    st.tuples(
        st.sampled_from([IN_FORM, IN_FORM, IN_FORM, OUT, UNSEEN, NOBODY]),
        st.integers(1, 25),
        st.sampled_from(["left", "right"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@given(shots, st.integers(0, 100))
def test_a_hold_that_was_doubted_at_first_becomes_what_it_would_have_been(
    parts: list[tuple[FormVerdict, int, Side, bool]], known_after: int
) -> None:
    plain, doubted = Hold(HoldRules()), Hold(HoldRules())
    number = 0
    for verdict, count, leg, is_calm in parts:
        for _ in range(count):
            time_s, calm_s = number / 10, 0.0 if is_calm else None
            is_doubted = number < known_after
            if number == known_after:
                doubted.vouch(0.0)
            plain.step(time_s, verdict, leg, calm_s)
            state = doubted.step(time_s, verdict, leg, calm_s, is_doubted=is_doubted)
            number += 1
            if is_doubted:
                assert not any(state.held_s.values())
                assert not any(each.state is State.HELD for each in doubted.intervals())
    if number > known_after:
        assert doubted.held_s == pytest.approx(plain.held_s)
        assert doubted.intervals() == plain.intervals()
        assert doubted.longest_unbroken_s == pytest.approx(plain.longest_unbroken_s)
        assert doubted.known_until_s == plain.known_until_s
