"""A photograph of the stretch before a camera, seen by MediaPipe, and somebody who is still."""

from concurrent.futures import Future

import cv2
import numpy as np
import pytest

from benchmarks.running.stage import Image, holding
from formcheck.io.detector import PoseDetector
from formcheck.io.surroundings_meter import SurroundingsMeter
from formcheck.pose.definition import load_pose
from formcheck.run import Detector, watch
from formcheck.session import Session
from tests.shared import CLIPS, needs_footage
from tests.whole.test_size_change import Show

LUNGE = load_pose("lunge-stretch")

pytestmark = pytest.mark.mediapipe


def before_a_camera(images: list[Image]) -> float:
    """Return the seconds that are held in these pictures, ten a second."""
    session = Session(LUNGE)
    session.ask_for_life()
    ready: Future[Detector] = Future()
    with PoseDetector() as detector:
        ready.set_result(detector)
        for _ in watch(Show(images), ready, session, surroundings=SurroundingsMeter(None)):
            pass
    return sum(session.held_s.values())


def photographed(
    image: Image, count: int, *, light: float = 0.0, noise: float = 4.0
) -> list[Image]:
    """Return a photograph as a camera sees it: shaken by a pixel, noisy, in changing light."""
    rng = np.random.default_rng(1)
    seen = []
    for number in range(count):
        right, down = rng.normal(0, 0.7, 2)
        shift = np.array([[1, 0, right], [0, 1, down]], np.float32)
        size = image.shape[1], image.shape[0]
        moved = cv2.warpAffine(image, shift, size, borderMode=cv2.BORDER_REPLICATE)
        lit = moved * (1 + light * np.sin(number / 10))
        noisy = np.clip(lit + rng.normal(0, noise, image.shape), 0, 255)
        seen.append(np.asarray(noisy, dtype=np.uint8))
    return seen


@pytest.mark.long
@pytest.mark.parametrize(("light", "noise"), [(0.0, 4.0), (0.2, 4.0), (0.0, 12.0)])
def test_a_photograph_of_the_stretch_is_credited_nothing(light: float, noise: float) -> None:
    shown = photographed(holding()[30], 120, light=light, noise=noise)
    assert before_a_camera(shown) == 0


def test_somebody_who_is_in_the_pose_from_the_first_picture_on_is_credited_all() -> None:
    shown = holding()[:100]
    assert before_a_camera(shown) == pytest.approx(len(shown) / 10, abs=0.3)


@needs_footage
def test_a_real_one_who_is_in_the_pose_from_the_first_picture_on_is_credited_all() -> None:
    (path,) = CLIPS.glob("hold_01*.mp4")
    clip = cv2.VideoCapture(str(path))
    fps = clip.get(cv2.CAP_PROP_FPS)
    clip.set(cv2.CAP_PROP_POS_FRAMES, round(9.0 * fps))
    shown = []
    while (read := clip.read())[0]:
        shown.append(np.asarray(read[1], dtype=np.uint8))
    shown = shown[:: round(fps / 10)]
    assert before_a_camera(shown) == pytest.approx(len(shown) / 10, abs=0.5)
