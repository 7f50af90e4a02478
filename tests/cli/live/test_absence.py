"""A session does not wait for ever: for whoever has gone, nor for a camera that has."""

from concurrent.futures import Future
from pathlib import Path
from typing import cast

import pytest

from formcheck.body.landmarks import PoseLandmarks
from formcheck.cli.live.absence import LEFT_AFTER_S
from formcheck.cli.live.exercise import Exercise, ExerciseUnderWay
from formcheck.cli.live.following import Following
from formcheck.cli.live.perception import Perception
from formcheck.cli.wishes.recording import RecordingChoice
from formcheck.picture.brightness_grid import Box
from formcheck.picture.frame import Frame
from formcheck.picture.surroundings import Surroundings
from formcheck.pose.definition import load_pose
from formcheck.pose.plan import Plan
from formcheck.speech.rest import Rest
from formcheck.store import End, Store
from tests.cli.live.test_resting import Room
from tests.factories import STANDING, STRETCH, Body, slide, stay, track

LUNGE = load_pose("lunge-stretch")
COMES_S, HELD_S = 4.0, 8.0
GONE_S = COMES_S + HELD_S


class Onlooker:
    """Sees what the room's track has."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.detector: Future[Onlooker] = Future()
        self.detector.set_result(self)

    def detect(self, frame: Frame) -> PoseLandmarks | None:
        return self._room.find(frame)

    def look(self, frame: Frame, *, person: Box | None, may_count: bool) -> Surroundings:
        return Surroundings(brightness=120, contrast=50)


def followed(room: Room, folder: Path) -> tuple[End, float]:
    """Return how a session in this room ended, and after how many seconds."""
    exercise = Exercise(LUNGE, Plan.of(LUNGE))
    choice = RecordingChoice(None, is_annotated=False, force=False)
    under_way = ExerciseUnderWay(exercise, choice, Store(folder))
    under_way.begin(room)
    following = Following(room, under_way, room, room.sound)
    end = following.until_it_ends(cast(Perception, Onlooker(room)))
    under_way.end(end)
    return end, room.clock_s


def in_a_room(folder: Path, *then: tuple[float, Body | None, Body | None]) -> Room:
    return Room(
        track(slide(COMES_S, STANDING, STRETCH), stay(HELD_S, STRETCH), *then, fps=4), folder
    )


def test_with_nobody_there_for_five_minutes_it_ends_and_keeps_what_was_held(
    tmp_path: Path,
) -> None:
    room = in_a_room(tmp_path, stay(LEFT_AFTER_S + 20, None))
    end, after_s = followed(room, tmp_path)
    assert end is End.LEFT
    assert after_s == pytest.approx(GONE_S + LEFT_AFTER_S, abs=1)
    (kept,) = Store(tmp_path).history.sessions()
    assert kept.ended is End.LEFT
    assert sum(kept.held_s.values()) == pytest.approx(HELD_S, abs=0.5)
    assert room.said().count("seconds. Well done") == 1


def test_a_picture_of_somebody_is_nobody(tmp_path: Path) -> None:
    room = Room(track(stay(LEFT_AFTER_S + 20, STRETCH), fps=4), tmp_path)
    end, after_s = followed(room, tmp_path)
    assert end is End.LEFT
    assert after_s == pytest.approx(LEFT_AFTER_S, abs=1)


def test_whoever_comes_back_in_time_goes_on(tmp_path: Path) -> None:
    away = stay(LEFT_AFTER_S - 5, None)
    room = in_a_room(tmp_path, away, stay(5, STANDING), away, stay(HELD_S, STRETCH))
    end, _ = followed(room, tmp_path)
    assert end is End.OVER
    (kept,) = Store(tmp_path).history.sessions()
    assert sum(kept.held_s.values()) == pytest.approx(2 * HELD_S, abs=1)


def test_without_a_picture_for_five_minutes_it_ends(tmp_path: Path) -> None:
    room = in_a_room(tmp_path, stay(2 * LEFT_AFTER_S, STRETCH))
    room.missing_s = (GONE_S, 2 * LEFT_AFTER_S)
    end, after_s = followed(room, tmp_path)
    assert end is End.LEFT
    assert after_s == pytest.approx(GONE_S + LEFT_AFTER_S, abs=1)


def test_no_picture_and_then_nobody_are_one_absence(tmp_path: Path) -> None:
    room = in_a_room(tmp_path, stay(LEFT_AFTER_S + 20, None))
    room.missing_s = (GONE_S, GONE_S + LEFT_AFTER_S / 2)
    end, after_s = followed(room, tmp_path)
    assert end is End.LEFT
    assert after_s == pytest.approx(GONE_S + LEFT_AFTER_S, abs=1)


def test_a_clip_is_followed_to_its_end_whoever_is_in_it(tmp_path: Path) -> None:
    room = in_a_room(tmp_path, stay(LEFT_AFTER_S + 20, None))
    room.is_live = False
    end, _ = followed(room, tmp_path)
    assert end is End.OVER


def test_a_rest_waits_no_longer_for_a_picture(tmp_path: Path) -> None:
    room = Room(track(stay(30.0, STANDING), fps=10), tmp_path)
    room.missing_s = (8.0, 2 * LEFT_AFTER_S)
    assert room.rest(Rest(20.0)) is End.LEFT
    assert room.clock_s == pytest.approx(8.0 + LEFT_AFTER_S, abs=1)
    assert "The session is over" in room.said()
