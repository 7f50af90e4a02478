"""The rest between two stretches: announced, shown, and ended by who has had enough."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from benchmarks.counting.track import load_track
from formcheck.body.landmarks import PoseLandmarks
from formcheck.cli.live.resting import rest_until_over
from formcheck.cli.live.sound_output import SoundOutput
from formcheck.coach.cue import Tone
from formcheck.io.recording.transcript import Transcript
from formcheck.picture.frame import Frame
from formcheck.pose.definition import load_pose
from formcheck.pose.plan import Plan
from formcheck.pose.routine import load_routine, poses_of
from formcheck.session import Outcome
from formcheck.speech.announcer import Announcer
from formcheck.speech.rest import GET_READY, NEXT, RESTING, Rest, rest_before
from formcheck.store import End
from formcheck.ui.display import USUAL, Key, Looking, Resting, Status
from tests.factories import STANDING, Track, stay, track
from tests.shared import CHECKOUT

ROUTINE = load_routine("hip-flexors")
REST = rest_before(ROUTINE, 1, poses_of(ROUTINE))
PICTURE = np.random.default_rng(1).integers(0, 255, (480, 640, 3), np.uint8)
POSE = load_pose("low-lunge-side-bend")


class Room:
    """A camera before which a track is shown, and the display and loudspeaker in front of it."""

    name, problem, is_closed = "a room", None, False
    is_live = True

    def __init__(self, frames: Track, folder: Path, *, missing_s: tuple[float, float] = (0, 0)):
        """No picture comes between these two times."""
        self._frames = list(frames)
        self.missing_s = missing_s
        self._next = 0
        self.clock_s = 0.0
        self.shown: list[Status | Resting] = []
        self.pressed: list[Key] = []
        self._said = folder / "said.jsonl"
        self.sound = SoundOutput(Announcer(POSE, Plan.of(POSE)), None, Transcript(self._said))

    @property
    def ended(self) -> bool:
        return self._next >= len(self._frames)

    def read(self, timeout_s: float = 0.5) -> Frame | None:
        first_s, last_s = self.missing_s
        if first_s <= self.clock_s < last_s:
            self.clock_s += timeout_s
            return None
        while self._frames[self._next][0] < self.clock_s:
            self._next += 1
        self.clock_s, _ = self._frames[self._next]
        self._next += 1
        return Frame(PICTURE, self.clock_s, self._next - 1)

    def find(self, frame: Frame) -> PoseLandmarks | None:
        return self._frames[frame.index][1]

    def sum_up(self, ending: object) -> None:
        pass

    def take_up(self, pose: object, plan: object) -> None:
        pass

    def show(
        self,
        image: npt.NDArray[np.uint8] | None,
        outcome: Outcome | None,
        status: Status | Resting = Status.LIVE,
        looking: Looking = USUAL,
    ) -> None:
        self.shown.append(status)

    def keys(self) -> list[Key]:
        return self.pressed

    def close(self) -> None:
        pass

    def rest(self, rest: Rest = REST) -> End | None:
        return rest_until_over(rest, self, self.find, self, self.sound)

    def said(self) -> str:
        return self._said.read_text()

    @property
    def rests(self) -> list[Resting]:
        return [status for status in self.shown if isinstance(status, Resting)]


def test_it_goes_on_after_its_time_and_shows_how_long_and_what_comes(tmp_path: Path) -> None:
    room = Room(track(stay(30.0, STANDING), fps=10), tmp_path)

    assert room.rest() is None

    left = [resting.left_s for resting in room.rests]
    assert left[0] == 20.0
    assert left[-1] == 0.0
    assert left == sorted(left, reverse=True)
    assert list(dict.fromkeys(resting.cue for resting in room.rests)) == [
        RESTING,
        NEXT["front"],
        GET_READY,
    ]
    assert all(resting.cue.tone is Tone.WAIT for resting in room.rests)


def test_forearms_crossed_before_the_chest_end_the_routine_in_the_rest_too(
    tmp_path: Path,
) -> None:
    signs = load_track(CHECKOUT / "samples" / "signs.landmarks.npz")
    room = Room(list(signs), tmp_path)

    assert room.rest(Rest(60.0)) is End.SIGN

    # They are crossed side-on from 6.0 s, where they look like praying hands, and seen from 15.0 s.
    passed_s = 60.0 - room.rests[-1].left_s
    assert 16.0 <= passed_s <= 17.2
    assert "The session is over" in room.said()


@pytest.mark.parametrize(("key", "end"), [(Key.QUIT, End.KEY), (Key.PAUSE, None)])
def test_a_key_ends_the_routine_or_the_rest_alone(
    key: Key, end: End | None, tmp_path: Path
) -> None:
    room = Room(track(stay(30.0, STANDING), fps=10), tmp_path)
    room.pressed = [key]

    assert room.rest() is end
    assert len(room.shown) == 1


def test_a_camera_that_is_gone_in_the_rest_is_told_once_and_so_is_its_return(
    tmp_path: Path,
) -> None:
    room = Room(track(stay(30.0, STANDING), fps=10), tmp_path, missing_s=(8.0, 12.0))

    assert room.rest() is None

    said = room.said()
    assert said.count("No picture. Check the camera") == 1
    assert said.count("The picture is back") == 1
    assert Status.NO_CAMERA in room.shown
    assert "Get ready" in said


def test_a_clip_that_is_over_ends_the_rest(tmp_path: Path) -> None:
    room = Room(track(stay(5.0, STANDING), fps=10), tmp_path)

    assert room.rest() is End.OVER
