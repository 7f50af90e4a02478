"""An exercise is followed to its end, and that is shown for a while."""

from contextlib import closing
from pathlib import Path

import pytest

from formcheck.cli.live.exercise import Exercise, ExerciseUnderWay
from formcheck.cli.live.following import Following
from formcheck.cli.live.perception import Perception
from formcheck.cli.live.sound_output import SoundOutput
from formcheck.cli.wishes.recording import RecordingChoice
from formcheck.io.files.clip import Clip
from formcheck.io.recording.transcript import Transcript
from formcheck.pose.definition import load_pose
from formcheck.pose.plan import Plan
from formcheck.session import Outcome
from formcheck.speech.announcer import Announcer
from formcheck.store import End, Store
from formcheck.ui.display import USUAL, Key, Looking, Resting, Status
from tests.shared import CHECKOUT

POSE = load_pose("lunge-stretch")
PLAN = Plan.of(POSE, hold_s=1.0, sides=("left",))

pytestmark = pytest.mark.mediapipe


class Viewer:
    """Somebody at the keys, who presses one as soon as the end is shown."""

    is_closed = False

    def __init__(self, pressed: list[Key]) -> None:
        self._pressed = pressed
        self.ends_shown = 0

    def sum_up(self, ending: object) -> None:
        pass

    def take_up(self, pose: object, plan: object) -> None:
        pass

    def show(
        self,
        image: object,
        outcome: Outcome | None,
        status: Status | Resting = Status.LIVE,
        looking: Looking = USUAL,
    ) -> None:
        self.ends_shown += outcome is not None and outcome.feedback.is_done

    def keys(self) -> list[Key]:
        return self._pressed if self.ends_shown > 1 else []

    def close(self) -> None:
        pass


@pytest.mark.parametrize(("pressed", "end"), [([Key.QUIT], End.KEY), ([], End.DONE)])
def test_who_quits_while_the_end_is_shown_is_led_to_no_further_stretch(
    pressed: list[Key], end: End, tmp_path: Path
) -> None:
    store = Store(tmp_path)
    under_way = ExerciseUnderWay(
        Exercise(POSE, PLAN), RecordingChoice(None, is_annotated=False, force=False), store
    )
    viewer = Viewer(pressed)
    sound = SoundOutput(Announcer(POSE, PLAN), None, Transcript(tmp_path / "said.jsonl"))
    with (
        closing(Clip(CHECKOUT / "samples" / "starts-in-pose.mp4")) as clip,
        closing(Perception(None)) as perception,
    ):
        under_way.begin(clip)
        assert Following(clip, under_way, viewer, sound).until_it_ends(perception) is end

    assert (viewer.ends_shown == 2) is (end is End.KEY)
    assert [session.ended for session in store.history.sessions()] == [End.DONE]
