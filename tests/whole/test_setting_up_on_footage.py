"""Real people: led into place where they are cut off, left alone where they are well placed."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.body.landmarks import PoseLandmarks
from formcheck.body.view import see
from formcheck.coach.cue import SetupStep
from formcheck.coach.placement import Placement
from formcheck.coach.sign import is_sign
from formcheck.io.detector import PoseDetector
from formcheck.io.files.clip import Clip
from formcheck.picture.frame import Frame
from formcheck.pose.definition import load_pose
from tests.shared import CLIPS, PHOTOS, needs_footage

pytestmark = [pytest.mark.long, needs_footage, pytest.mark.mediapipe]


def seen(name: str, every: int) -> Iterator[tuple[float, PoseLandmarks | None]]:
    """Yield what MediaPipe finds in every so-manieth frame of a clip."""
    (path,) = CLIPS.glob(f"{name}*.mp4")
    clip, index = Clip(path), 0
    with PoseDetector() as detector:
        while not clip.ended:
            frame = clip.read()
            if frame is not None and index % every == 0:
                yield frame.time_s, detector.detect(frame)
            index += frame is not None


def steps(name: str, every: int) -> list[SetupStep | None]:
    placement = Placement(load_pose("lunge-stretch"))
    return [
        placement.step(time_s, landmarks, see(landmarks) if landmarks else None)
        for time_s, landmarks in seen(name, every)
    ]


def test_who_is_well_placed_is_asked_for_nothing() -> None:
    assert set(steps("hold_01", 10)) == {None}


def test_feet_that_are_cut_off_are_brought_into_the_picture() -> None:
    cues = [step.cue.text if step else None for step in steps("reps_14", 3)]

    last_half = cues[len(cues) // 2 :]
    assert set(last_half) <= {"Tilt the camera down", "Move away from the camera"}


def test_no_photo_shows_the_sign_that_ends() -> None:
    with PoseDetector("photo") as detector:
        for path in sorted(Path(PHOTOS).glob("*.jpg")):
            image = np.asarray(cv2.imread(str(path)), np.uint8)
            found = detector.detect(Frame(image, 0.0, 0))
            assert found is None or not is_sign(found), path.name
