"""The one loop: what is judged, what is shown, and what neither loses."""

from collections.abc import Iterable
from concurrent.futures import Future
from itertools import pairwise

import numpy as np

from formcheck.body.landmarks import PoseLandmarks
from formcheck.picture.frame import Frame
from formcheck.pose.definition import load_pose
from formcheck.run import Detector, Moment, watch
from formcheck.session import Session
from tests.factories import FOLDED, STRETCH, Track, slide, stay, track

LUNGE = load_pose("lunge-stretch")
SIZE = (720, 1280, 3)


class Film:
    """Plays a track as frames; the picture is a wall that moves where the body does."""

    name, problem = "a film", None

    def __init__(self, frames: Track, *, is_live: bool) -> None:
        self.is_live = is_live
        self._frames = list(frames)
        self._next = 0
        self._wall = np.random.default_rng(3).integers(40, 200, SIZE, dtype=np.uint8)
        self.looked_at: list[int] = []

    @property
    def ended(self) -> bool:
        return self._next >= len(self._frames)

    def read(self, timeout_s: float = 0.5) -> Frame | None:
        number = self._next
        self._next += 1
        time_s, landmarks = self._frames[number]
        neck = 0 if landmarks is None else round(float(landmarks.image_xy[11, 0]))
        return Frame(np.roll(self._wall, neck, axis=1), time_s, number)

    def close(self) -> None:
        pass

    def detect(self, frame: Frame) -> PoseLandmarks | None:
        self.looked_at.append(frame.index)
        return self._frames[frame.index][1]


def watched(
    frames: Iterable[tuple[float, PoseLandmarks | None]], *, is_live: bool
) -> tuple[list[Moment], Film, Session]:
    film, session = Film(list(frames), is_live=is_live), Session(LUNGE)
    ready: Future[Detector] = Future()
    ready.set_result(film)
    return list(watch(film, ready, session)), film, session


HOLD_AND_LEAVE = track(stay(8.0, STRETCH), slide(0.6, STRETCH, FOLDED), stay(1.4, FOLDED))


def test_every_frame_of_a_clip_is_judged_and_shown() -> None:
    moments, film, _ = watched(HOLD_AND_LEAVE, is_live=False)

    assert film.looked_at == list(range(len(HOLD_AND_LEAVE)))
    assert not any(moment.is_spared or moment.is_calm for moment in moments)


def test_every_frame_of_a_camera_is_handed_on_and_in_a_calm_hold_few_are_looked_at_or_shown() -> (
    None
):
    moments, _film, _ = watched(HOLD_AND_LEAVE, is_live=True)

    assert [moment.frame.index for moment in moments if moment.frame] == list(
        range(len(HOLD_AND_LEAVE))
    )
    calm = [moment for moment in moments if moment.is_calm and 4 < _time_s(moment) < 7.5]
    judged = sum(moment.outcome is not None for moment in calm)
    shown = sum(not moment.is_spared for moment in calm)
    assert judged <= 0.25 * len(calm)
    assert judged < shown <= 0.5 * len(calm)
    assert all(moment.shown is not None for moment in calm)
    assert not any(moment.is_spared for moment in moments if moment.outcome is not None)
    times = [_time_s(moment) for moment in moments if not moment.is_spared]
    assert max(after - before for before, after in pairwise(times)) < 0.15


def test_what_stirs_is_looked_at_in_its_first_frames_and_the_seconds_are_the_same() -> None:
    moments, _film, calm = watched(HOLD_AND_LEAVE, is_live=True)
    _, _, full = watched(HOLD_AND_LEAVE, is_live=False)

    leaving = [_time_s(moment) for moment in moments if moment.outcome and _time_s(moment) > 8.0]
    assert leaving[0] <= 8.0 + 3.5 / 30
    assert max(after - before for before, after in pairwise(leaving)) < 1.5 / 30
    assert abs(sum(calm.held_s.values()) - sum(full.held_s.values())) <= 0.15


def test_a_clip_waits_for_the_model_and_loses_no_frame() -> None:
    film, session = Film(track(stay(0.5, STRETCH)), is_live=False), Session(LUNGE)
    loading: Future[Detector] = Future()
    moments = watch(film, loading, session)
    first = [next(moments) for _ in range(3)]
    assert all(moment.outcome is None for moment in first)
    loading.set_result(film)

    judged = [moment for moment in moments if moment.outcome is not None]
    assert len(judged) == 16


def _time_s(moment: Moment) -> float:
    assert moment.frame is not None
    return moment.frame.time_s
