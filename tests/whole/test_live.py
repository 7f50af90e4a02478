"""The whole program in front of a webcam, on a screen, with a key pressed by a hand."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from benchmarks.running.stage import before_webcam, end_all, virtual_screen
from tests.shared import CHECKOUT, CLIPS, needs_fakecam, needs_footage, needs_screen

FORMCHECK = Path(sys.executable).parent / "formcheck"
SAMPLE = CHECKOUT / "samples" / "lunge-stretch-good.mp4"
HELD_CLIP = "hold_01*.mp4"
CLIP_S = 19.4
GOOD_BGR = (0xB0, 0xC2, 0x35)

pytestmark = [pytest.mark.screen, pytest.mark.mediapipe]


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    with virtual_screen() as environment:
        yield environment


def screenshot(environment: dict[str, str], folder: Path) -> npt.NDArray[np.uint8]:
    path = folder / "screen.png"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "x11grab", "-video_size", "1280x800",
         "-i", environment["DISPLAY"], "-frames:v", "1", path],
        check=True,
    )  # fmt: skip
    return np.asarray(cv2.imread(str(path)), dtype=np.uint8)


def seconds(summary: str, side: str) -> float:
    found = re.search(rf"^{side}\s+([\d.]+) s", summary, re.MULTILINE)
    assert found, summary
    return float(found.group(1))


@pytest.mark.long
@needs_footage
@needs_fakecam
@needs_screen
def test_a_stretch_before_the_webcam_is_shown_counted_and_ended_by_a_key(
    screen: dict[str, str], tmp_path: Path
) -> None:
    (clip,) = CLIPS.glob(HELD_CLIP)
    scored = subprocess.run(
        [FORMCHECK, "score", clip, "--pose", "lunge-stretch"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    expected = float(re.findall(r"\d+\.\d", scored.stdout)[1])
    program = subprocess.Popen(
        [*before_webcam(clip, once=True), FORMCHECK, "lunge-stretch"],
        env=screen, stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        time.sleep(CLIP_S - 2)
        picture = screenshot(screen, tmp_path)
        time.sleep(6)
        subprocess.run(["xdotool", "key", "q"], env=screen, check=True)
        said, _ = program.communicate(timeout=20)
    finally:
        end_all(program)
    assert program.returncode == 0
    assert seconds(said, "Left") == pytest.approx(expected, abs=0.5)
    (ribbon,) = re.findall(r"^Left .*[█#]+.* ([\d.]+) s$", said, re.MULTILINE)
    assert float(ribbon) == seconds(said, "Left")
    assert "This week: " in said
    is_good = (np.abs(picture.astype(int) - GOOD_BGR) <= 6).all(axis=2)
    assert is_good.sum() > 5000  # the frame around the picture, the ring and the joints


@pytest.mark.long
@needs_screen
def test_a_clip_plays_in_the_window_and_ends_by_itself(screen: dict[str, str]) -> None:
    done = subprocess.run(
        [FORMCHECK, "lunge-stretch", SAMPLE],
        check=False,
        env=screen,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0
    assert done.stderr == ""
    assert seconds(done.stdout, "Left") + seconds(done.stdout, "Right") > 5
