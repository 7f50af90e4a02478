"""A picture that changes its size on the way: the same person goes on holding."""

from concurrent.futures import Future
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.running.stage import Image, holding
from formcheck.io.detector import PoseDetector
from formcheck.io.files.clip import Clip
from formcheck.judge.ledger import State
from formcheck.picture.frame import Frame
from formcheck.pose.definition import load_pose
from formcheck.run import Detector, watch
from formcheck.session import Session
from formcheck.ui.display import Status
from formcheck.ui.window.overlay import Overlay
from tests.io.clips import write_pictures

LUNGE = load_pose("lunge-stretch")


class Show:
    """A camera that shows these pictures, ten a second."""

    name = "show"
    is_live = True
    problem = None

    def __init__(self, images: list[Image]) -> None:
        self._frames = [Frame(image, number / 10, number) for number, image in enumerate(images)]

    @property
    def ended(self) -> bool:
        return not self._frames

    def read(self, timeout_s: float = 0.5) -> Frame | None:
        return self._frames.pop(0) if self._frames else None

    def close(self) -> None:
        self._frames.clear()


def zoomed(image: Image) -> Image:
    """Return the same picture, larger."""
    return np.asarray(cv2.resize(image, None, fx=1.6, fy=1.6), dtype=np.uint8)


def padded(image: Image) -> Image:
    """Return the picture with so much more of a wall at its sides that it lies on its side."""
    wider = cv2.copyMakeBorder(image, 0, 0, 200, 200, cv2.BORDER_REPLICATE)
    return np.asarray(wider, dtype=np.uint8)


@pytest.mark.long
@pytest.mark.mediapipe
@pytest.mark.parametrize("where", ["camera", "clip"])
def test_a_hold_outlives_pictures_of_another_size_and_shape(where: str, tmp_path: Path) -> None:
    images = holding()[:90]
    larger = [zoomed(image) for image in images[30:60]]
    shown = [*images[:30], *larger, *map(padded, images[60:])]
    source = Show(shown) if where == "camera" else Clip(write_pictures(tmp_path / "c.ts", shown))
    session, overlay = Session(LUNGE), Overlay(LUNGE)
    ready: Future[Detector] = Future()
    with PoseDetector() as detector:
        ready.set_result(detector)
        for moment in watch(source, ready, session):
            assert moment.frame is not None
            drawn = overlay.draw(moment.frame.image, moment.outcome, Status.LIVE)
            assert drawn.ndim == 3

    lost = [each for each in session.intervals() if each.state is not State.HELD]
    assert sum(each.duration_s for each in lost) <= 0.2, session.intervals()
    assert session.held_s["left"] >= 8.6
    assert not any(each.is_bridged for each in session.intervals() if each.end_s < 4)
