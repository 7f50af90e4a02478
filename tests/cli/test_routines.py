"""A routine goes from one stretch to the next by itself."""

import json
from pathlib import Path

import cv2
import pytest

from formcheck.cli.main import ExitStatus, run
from tests.shared import CHECKOUT

SAMPLE = CHECKOUT / "samples" / "changes-sides.mp4"


def played_twice(folder: Path) -> Path:
    """Write the sample twice over: both sides of the kneeling stretch, and then again."""
    path = folder / "twice.mp4"
    frames = []
    sample = cv2.VideoCapture(str(SAMPLE))
    while (read := sample.read())[0]:
        frames.append(read[1])
    sample.release()
    height, width = frames[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 10, (width, height))
    for frame in (*frames, *frames):
        writer.write(frame)
    writer.release()
    return path


@pytest.mark.mediapipe
def test_the_rest_and_the_next_stretch_are_announced_when_the_first_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    transcript = tmp_path / "said.jsonl"
    clip = str(played_twice(tmp_path))
    wishes = ["--hold", "4", "--terminal", "--mute", "--transcript", str(transcript)]

    assert run(["hip-flexors", clip, *wishes]) == ExitStatus.DONE

    lines = [json.loads(line) for line in transcript.read_text().splitlines()]
    said = [(line["kind"], line["words"]) for line in lines]
    first_done = said.index(("summary", "Left 4 seconds, right 4 seconds. Well done"))
    assert said[first_done + 1 :] == [
        ("rest", "Rest for 20 seconds"),
        ("rest", "Next: Kneeling stretch with side bend, 2 of 2. Turn to face the camera"),
    ]
    times = [line["time_s"] for line in lines]
    assert times == sorted(times)
    assert times[first_done + 2] - times[first_done + 1] == pytest.approx(20 / 3, abs=0.2)
    told = capsys.readouterr().out
    assert "resting" in told
    assert told.count("of 4 s") == 2  # nothing was counted in the rest


def test_a_routine_that_is_listed_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["poses", "hip-flexors"]) == ExitStatus.DONE
    said = " ".join(capsys.readouterr().out.split())
    assert "1. Kneeling hip-flexor stretch, 60 s a side: formcheck poses lunge-stretch" in said
    assert "2. 20 s rest, then Kneeling stretch with side bend" in said


def test_the_help_of_a_routine_tells_its_stretches_and_why(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["hip-flexors", "--help"]) == ExitStatus.DONE
    said = capsys.readouterr().out
    assert "1. Kneeling hip-flexor stretch" in said
    assert "2. Kneeling stretch with side bend" in said
    assert "sore" in said
    assert run(["--help"]) == ExitStatus.DONE
    assert "Routines:\n  hip-flexors" in capsys.readouterr().out
