"""When pictures stop coming, what was undecided is decided as a late picture would decide it."""

from concurrent.futures import Future

import numpy as np
import pytest

from formcheck.body.landmarks import PoseLandmarks
from formcheck.picture.frame import Frame
from formcheck.pose.definition import load_pose
from formcheck.pose.plan import Plan
from formcheck.run import Detector, watch
from formcheck.session import Session
from tests.factories import STRETCH, stay, track

HELD = track(stay(6.0, STRETCH), fps=30)
POSE = load_pose("lunge-stretch")


@pytest.mark.parametrize("seconds", [0.5, 1.2, 3.0, 4.05, 5.5])
def test_to_settle_shows_what_is_held_and_changes_nothing_of_what_comes(seconds: float) -> None:
    settled, waiting = Session(POSE), Session(POSE)
    for time_s, landmarks in HELD:
        if time_s > seconds:
            break
        for session in (settled, waiting):
            session.step(time_s, landmarks)
    outcome = settled.settle()
    assert outcome is not None
    assert outcome.hold.held_s == settled.held_s == waiting.held_s
    assert settled.settle() is not None
    for time_s, landmarks in HELD:
        for session in (settled, waiting):
            session.step(20.0 + time_s, landmarks)
    assert settled.intervals() == waiting.intervals()


def test_nothing_is_settled_before_a_picture() -> None:
    assert Session(POSE).settle() is None


class _Silent:
    """A camera that shows these frames and then none any more."""

    name, is_live, problem = "camera 0", True, None

    def __init__(self, seconds: float) -> None:
        self._bodies = [(at_s, body) for at_s, body in HELD if at_s <= seconds]
        self._now: PoseLandmarks | None = None
        self._silences = 40

    @property
    def ended(self) -> bool:
        return self._silences == 0

    def read(self, _timeout_s: float = 0.5) -> Frame | None:
        if not self._bodies:
            self._silences -= 1
            return None
        time_s, self._now = self._bodies.pop(0)
        noise = np.random.default_rng(1).integers(0, 255, (480, 640, 3), dtype=np.uint8)
        return Frame(noise, time_s, 0)

    def detect(self, _frame: Frame) -> PoseLandmarks | None:
        return self._now

    def close(self) -> None:
        pass


def test_a_side_whose_last_second_was_undecided_is_done_when_the_pictures_stop() -> None:
    camera = _Silent(4.1)
    found: Future[Detector] = Future()
    found.set_result(camera)
    session = Session(POSE, Plan.of(POSE, hold_s=4.0, sides=("left", "right")))
    moments = watch(camera, found, session)
    shown = [moment for moment in moments if moment.outcome or moment.settled]
    settled = [moment for moment in shown if moment.settled is not None]
    assert len(settled) == 1
    last, now = shown[-2].outcome, settled[0].settled
    assert last is not None
    assert now is not None
    before, after = max(last.hold.held_s.values()), max(now.hold.held_s.values())
    assert before < 4.0 <= after
    assert 0.5 < settled[0].silent_s <= 0.71
