"""Every command lets go of each model it loaded: MediaPipe's threads end nothing by themselves."""

import subprocess
import sys
from pathlib import Path

import cv2
import pytest

from formcheck.cli.main import ExitStatus, run
from formcheck.io.detector import unclosed
from formcheck.io.files.clip import Clip
from formcheck.session import Session
from tests.shared import CHECKOUT

pytestmark = pytest.mark.mediapipe

SAMPLE = CHECKOUT / "samples" / "starts-in-pose.mp4"
FORMCHECK = Path(sys.executable).parent / "formcheck"

COMMANDS = {
    "live": ("lunge-stretch", "CLIP", "--terminal", "--mute"),
    "calibrate": ("calibrate", "lunge-stretch", "CLIP", "--terminal", "--mute"),
    "a routine": ("hip-flexors", "CLIP", "--terminal", "--mute"),
    "score": ("score", "CLIP", "--pose", "lunge-stretch", "--jobs", "1"),
    "score a photo": ("score", "PHOTO", "--pose", "lunge-stretch", "--jobs", "1"),
    "learn": ("learn", "mine", "CLIP"),
    "learn from a photo": ("learn", "mine", "PHOTO"),
    "doctor": ("doctor", "CLIP"),
    "doctor without a camera": ("doctor", "/dev/video97"),
}


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A short clip that is held, and a photo of it, in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    capture = cv2.VideoCapture(str(SAMPLE))
    frames = [capture.read()[1] for _ in range(24)]
    capture.release()
    height, width = frames[0].shape[:2]
    writer = cv2.VideoWriter(
        "clip.mp4", cv2.VideoWriter.fourcc(*"mp4v"), 10, (width, height), isColor=True
    )
    for frame in frames:
        writer.write(frame)
    writer.release()
    cv2.imwrite("photo.png", frames[-1])
    return {"CLIP": "clip.mp4", "PHOTO": "photo.png"}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_lets_go_of_every_model(name: str, inputs: dict[str, str]) -> None:
    run([inputs.get(word, word) for word in COMMANDS[name]])

    assert unclosed() == 0


@pytest.mark.parametrize("name", ["live", "score", "learn"])
def test_a_mistake_of_our_own_in_between_lets_go_of_them_too(
    name: str, inputs: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("in between")

    owner, method = (Clip, "read") if name == "learn" else (Session, "step")
    monkeypatch.setattr(owner, method, mistaken)
    with pytest.raises(ZeroDivisionError):
        run([inputs.get(word, word) for word in COMMANDS[name]])

    assert unclosed() == 0


@pytest.mark.long
def test_processes_that_score_end(inputs: dict[str, str]) -> None:
    done = subprocess.run(
        [FORMCHECK, "score", *[inputs["CLIP"]] * 3, "--pose", "lunge-stretch", "--jobs", "2"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == ExitStatus.DONE, done.stderr
