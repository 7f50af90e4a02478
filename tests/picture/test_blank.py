"""Pictures that show nothing: no camera, whatever a tracker goes on seeing in them."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from formcheck.body.landmarks import PoseLandmarks
from formcheck.coach.coach import UNCOVER
from formcheck.judge.ledger import State
from formcheck.judge.motion import LAG_S
from formcheck.picture.blank import is_blank
from formcheck.picture.frame import Frame
from formcheck.pose.definition import load_pose
from formcheck.run import Detector, watch
from formcheck.session import Outcome, Session
from tests.factories import STRETCH
from tests.shared import CHECKOUT

Image = npt.NDArray[np.uint8]

SIZE = (480, 640, 3)
ROWS, COLUMNS = np.mgrid[0:480, 0:640]


def noisy(levels: npt.NDArray[np.float64] | float, sigma: float, seed: int = 1) -> Image:
    """Return a picture of these levels under a sensor's noise."""
    noise = np.random.default_rng(seed).normal(0, sigma, SIZE)
    return np.asarray(np.clip(levels + noise, 0, 255), dtype=np.uint8)


def finger() -> npt.NDArray[np.float64]:
    """Return the glow through a finger: dark, red, brighter on one side."""
    glow = 20 + 40 * np.exp(-((COLUMNS - 500) ** 2 + (ROWS - 100) ** 2) / 2e5)
    return np.asarray(glow[..., None] * np.array([0.3, 0.5, 1.2]))


@pytest.fixture(scope="module")
def room() -> Image:
    """Return a picture of a person in a room."""
    capture = cv2.VideoCapture(str(CHECKOUT / "samples" / "lunge-stretch-good.mp4"))
    return np.asarray(capture.read()[1], dtype=np.uint8)


@pytest.mark.parametrize(
    "image",
    [
        np.zeros(SIZE, dtype=np.uint8),
        noisy(0, 3),
        noisy(0, 20),
        noisy(40, 6),
        noisy(255, 3),
        noisy(finger(), 4),
        np.zeros((1, 1, 3), dtype=np.uint8),
        np.zeros((1080, 1920, 3), dtype=np.uint8),
        noisy(10, 8)[:, :200],
    ],
    ids=["black", "dark", "loud", "grey", "white", "finger", "pixel", "large", "narrow"],
)
def test_nothing_stands_out_before_a_covered_lens(image: Image) -> None:
    assert is_blank(image)


@pytest.mark.parametrize("light", [1.0, 0.3, 0.1])
def test_a_room_is_something_also_in_the_evening(room: Image, light: float) -> None:
    assert not is_blank(noisy(np.float64(light) * room, 3))
    assert not is_blank(noisy(np.float64(light) * room, 3)[::4, ::4])


class Show:
    """A source that shows these pictures, ten a second."""

    name = "show"
    is_live = False
    problem = None

    def __init__(self, images: Iterable[Image]) -> None:
        self._frames = [Frame(image, n / 10, n) for n, image in enumerate(images)]

    @property
    def ended(self) -> bool:
        return not self._frames

    def read(self, timeout_s: float = 0.5) -> Frame | None:
        return self._frames.pop(0) if self._frames else None

    def close(self) -> None:
        self._frames.clear()


class Ghost:
    """A tracker that goes on seeing a person in form, come what may."""

    def detect(self, frame: Frame) -> PoseLandmarks | None:
        return STRETCH.landmarks()


def outcomes(images: Iterable[Image], detector: Callable[[], Detector] = Ghost) -> list[Outcome]:
    ready: Future[Detector] = Future()
    ready.set_result(detector())
    session = Session(load_pose("lunge-stretch"))
    return [moment.outcome for moment in watch(Show(images), ready, session) if moment.outcome]


def test_a_covered_lens_is_no_camera_and_holds_nothing_though_a_ghost_is_seen(
    room: Image,
) -> None:
    covered = [noisy(0, 5, seed) for seed in range(20)]
    seen = outcomes([*[room] * 30, *covered, *[room] * 30])

    held = [outcome.hold.state for outcome in seen]
    assert held[25] is State.HELD
    assert set(held[30:50]) == {State.NO_CAMERA}
    assert held[-1] is State.HELD
    assert seen[-1].hold.total_s == pytest.approx(5.8 - LAG_S, abs=0.11)
    assert seen[48].feedback.cue == UNCOVER


def test_a_single_black_picture_counts_nothing_and_breaks_nothing(room: Image) -> None:
    seen = outcomes([*[room] * 20, noisy(0, 2), *[room] * 20])

    assert seen[20].hold.state is State.NO_CAMERA
    assert seen[-1].hold.total_s == pytest.approx(3.8 - LAG_S, abs=0.11)
    assert all(outcome.hold.is_holding for outcome in seen[12:])
