"""Looking less often during a calm hold: at what, and at what cost to the seconds."""

from collections.abc import Iterable
from concurrent.futures import Future
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from benchmarks.counting.track import SUFFIX, load_track
from formcheck.attention import CALM_LOOK_S, Attention, box_of
from formcheck.body.landmarks import PoseLandmarks
from formcheck.io.files.clip import Clip
from formcheck.picture.brightness_grid import BrightnessGrid, brightness_grid
from formcheck.picture.frame import Frame
from formcheck.pose.definition import load_pose
from formcheck.pose.plan import Plan
from formcheck.run import Detector, watch
from formcheck.session import Session
from tests.factories import FOLDED, STRETCH, Body, Track, slide, stay, track
from tests.shared import CHECKOUT

LUNGE = load_pose("lunge-stretch")
SAMPLES = sorted((CHECKOUT / "samples").glob(f"*{SUFFIX}"))
PICTURE = (480, 640, 3)
BOX = (100, 50, 400, 450)


def looked_at(
    frames: Iterable[tuple[float, PoseLandmarks | None]], target_s: float = 60.0
) -> tuple[Session, list[float]]:
    """Judge the frames that attention asks for; return the session and their times."""
    session, attention = Session(LUNGE, Plan.of(LUNGE, hold_s=target_s)), Attention(LUNGE)
    times = []
    for time_s, landmarks in frames:
        if attention.is_due(time_s):
            attention.learn(session.step(time_s, landmarks))
            times.append(time_s)
    return session, times


class SampleAsCamera:
    """A sample's pictures as if a camera gave them, with the landmarks that were saved of them."""

    name, is_live, problem = "camera", True, None

    def __init__(self, saved: Path) -> None:
        self._clip = Clip(saved.with_name(saved.name.replace(SUFFIX, ".mp4")))
        self._landmarks = {round(time_s, 4): found for time_s, found in load_track(saved)}

    @property
    def ended(self) -> bool:
        return self._clip.ended

    def read(self, timeout_s: float = 0.5) -> Frame | None:
        return self._clip.read(timeout_s)

    def detect(self, frame: Frame) -> PoseLandmarks | None:
        return self._landmarks[round(frame.time_s, 4)]

    def close(self) -> None:
        self._clip.close()


def held_s(frames: Track) -> float:
    session = Session(LUNGE)
    for time_s, landmarks in frames:
        session.step(time_s, landmarks)
    return sum(session.held_s.values())


def looks_a_second(times: list[float], start_s: float, end_s: float) -> float:
    return sum(start_s < time_s <= end_s for time_s in times) / (end_s - start_s)


def test_every_frame_is_looked_at_until_a_hold_has_been_calm_and_then_six_a_second() -> None:
    _, times = looked_at(track(stay(10.0, STRETCH)))

    assert looks_a_second(times, 0.0, 1.0) == pytest.approx(30, abs=1)
    assert looks_a_second(times, 3.0, 9.0) == pytest.approx(6, abs=0.5)


@pytest.mark.parametrize("fps", [10.0, 15.0, 24.0, 30.0, 60.0])
def test_no_gap_between_two_looks_comes_near_the_longest_that_counts(fps: float) -> None:
    _, times = looked_at(track(stay(10.0, STRETCH), fps=fps))

    gaps = [after - before for before, after in pairwise(times)]
    assert max(gaps) <= CALM_LOOK_S
    assert max(gaps) < LUNGE.hold.longest_gap_s / 2


def test_a_pose_with_a_shorter_longest_gap_is_looked_at_more_often() -> None:
    strict = LUNGE.model_copy(update={"hold": LUNGE.hold.model_copy(update={"longest_gap_s": 0.2})})
    session, attention = Session(strict), Attention(strict)
    times = []
    for time_s, landmarks in track(stay(10.0, STRETCH), fps=60.0):
        if attention.is_due(time_s):
            attention.learn(session.step(time_s, landmarks))
            times.append(time_s)

    assert max(after - before for before, after in pairwise(times)) <= 0.1 + 1e-6
    assert sum(session.held_s.values()) == pytest.approx(10.0, abs=0.1)


@pytest.mark.parametrize("pause_s", [0.35, 0.4, 0.45])
def test_pauses_of_a_camera_that_are_short_enough_cost_a_calm_hold_nothing(pause_s: float) -> None:
    steady = [
        frame
        for frame in track(stay(20.0, STRETCH))
        if frame[0] < 4.0 or (frame[0] - 4.0) % (0.3 + pause_s) <= 0.3
    ]
    session, times = looked_at(steady)

    # The first pause comes unawares.
    assert sum(session.held_s.values()) >= held_s(steady) - 2 * pause_s
    assert len(times) < len(steady) * 0.8


@pytest.mark.parametrize(
    "body",
    [
        None,
        FOLDED,
        replace(STRETCH, trunk_lean=22.0),  # outside its band, inside that of a hold under way
        replace(STRETCH, visibility=0.55),
        replace(STRETCH, hips_at=(1400.0, 330.0)),
    ],
)
def test_whoever_is_not_surely_held_is_looked_at_in_every_frame(body: Body | None) -> None:
    _, times = looked_at(track(stay(3.0, STRETCH), slide(0.5, STRETCH, body or STRETCH),
                               stay(3.0, body)))  # fmt: skip

    assert looks_a_second(times, 4.5, 6.5) == pytest.approx(30, abs=1)


def test_a_message_that_is_due_is_not_kept_waiting() -> None:
    session, attention = Session(LUNGE, Plan.of(LUNGE, hold_s=20.0)), Attention(LUNGE)
    told_at = None
    for time_s, landmarks in track(stay(22.0, STRETCH)):
        if attention.is_due(time_s):
            outcome = session.step(time_s, landmarks)
            attention.learn(outcome)
            if outcome.feedback.seconds >= 10.0 and told_at is None:
                told_at = time_s, outcome.feedback.seconds

    assert told_at is not None
    assert told_at[1] < 10.0 + 1.5 / 30  # in the very frame


def test_the_picture_alone_brings_attention_back_at_once() -> None:
    session, attention = Session(LUNGE), Attention(LUNGE)
    noise = np.random.default_rng(1)
    still = noise.integers(0, 255, PICTURE, dtype=np.uint8)
    for time_s, landmarks in track(stay(4.0, STRETCH)):
        if attention.is_due(time_s, brightness_grid(still, BOX)):
            attention.learn(session.step(time_s, landmarks))
            attention.remember(brightness_grid(still, BOX))
            last_s = time_s
    assert attention.is_calm
    assert not attention.is_due(last_s + 0.03, brightness_grid(still, BOX))

    moved = np.roll(still, 8, axis=1)
    assert attention.is_due(last_s + 0.03, brightness_grid(moved, BOX))
    assert not attention.is_calm


def scene(shift: int = 0, light: int = 0, noise: float = 0.0) -> BrightnessGrid:
    """Return a dark bar of the width of a limb on a bright wall, moved by so many pixels."""
    image = np.full(PICTURE, 150.0)
    image[100:400, 200 + shift : 260 + shift] = 60.0
    image += light + np.random.default_rng(7).normal(0.0, noise or 1e-9, PICTURE)
    seen = brightness_grid(image.clip(0, 255).astype(np.uint8), BOX)
    assert seen is not None
    return seen


def test_a_limb_that_moves_by_a_few_pixels_stirs_the_picture_and_noise_and_light_do_not() -> None:
    assert scene().differs(scene(shift=3))
    assert scene().differs(scene(shift=-3))
    assert not scene().differs(scene(noise=8.0))
    assert not scene().differs(scene(light=40))


def test_the_box_holds_the_body_and_lies_inside_the_picture() -> None:
    landmarks = STRETCH.landmarks()
    box = box_of(landmarks)

    assert box is not None
    left, top, right, bottom = box
    assert 0 <= left < landmarks.image_xy[:, 0].min()
    assert landmarks.image_xy[:, 1].max() < bottom <= landmarks.image_size[1]
    assert top >= 0
    assert right <= landmarks.image_size[0]
    lost = replace(landmarks, image_xy=np.full((33, 2), np.nan))
    assert box_of(lost) is None


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name.removesuffix(SUFFIX))
def test_a_sample_counts_the_same_seconds_when_looked_at_less_often(path: Path) -> None:
    frames, session = list(load_track(path)), Session(LUNGE)
    detector: Future[Detector] = Future()

    with closing(SampleAsCamera(path)) as camera:
        detector.set_result(camera)
        looks = sum(each.outcome is not None for each in watch(camera, detector, session))

    assert sum(session.held_s.values()) == pytest.approx(held_s(frames), abs=0.15)
    assert looks <= len(frames)


def test_half_the_looks_and_more_are_spared_in_a_hold_of_the_samples() -> None:
    frames = list(load_track(CHECKOUT / "samples" / f"portrait-30fps{SUFFIX}"))
    session, times = looked_at(frames)
    (hold,) = (each for each in session.intervals() if each.state.value == "held")

    seen = sum(hold.start_s <= time_s <= hold.end_s for time_s in times)
    there = sum(hold.start_s <= time_s <= hold.end_s for time_s, _ in frames)
    assert seen < 0.5 * there
