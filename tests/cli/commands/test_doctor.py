"""`formcheck doctor` says what works and what to do, and its exit status whether a session runs."""

import json
from pathlib import Path
from typing import Any

import pytest

from formcheck.cli.main import ExitStatus, run
from formcheck.ui.audio import sound_check
from tests.io.clips import first_pictures, write_clip, write_pictures
from tests.shared import CHECKOUT

pytestmark = pytest.mark.mediapipe

SAMPLE = CHECKOUT / "samples" / "lunge-stretch-good.mp4"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def examined(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    status = run(["doctor", *arguments, "--json"])
    document = json.loads(capsys.readouterr().out)
    assert document["ready"] is (status == ExitStatus.DONE)
    return status, {check["name"]: check for check in document["checks"]}


def test_before_a_picture_everything_is_looked_at(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    status, checks = examined(capsys, str(SAMPLE))

    assert status == ExitStatus.DONE
    assert list(checks) == [
        "camera", "frame rate", "picture size", "light", "sharpness", "model", "you",
        "camera position", "screen", "sound", "storage",
    ]  # fmt: skip
    assert {checks[name]["mark"] for name in ("camera", "light", "sharpness", "you")} == {"good"}
    assert checks["picture size"]["figures"] == {"width_px": 640, "height_px": 480}
    assert checks["model"]["figures"]["look_ms"] > 0
    assert checks["storage"]["figures"]["folder"].startswith(str(home))
    assert not (home / "data").exists()  # looking keeps nothing


def test_who_stands_still_is_told_how_the_camera_stands(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    again_and_again = first_pictures(SAMPLE, 15) * 10
    stands = write_pictures(tmp_path / "stands.ts", again_and_again, rate=15)

    figures = examined(capsys, str(stands))[1]["camera position"]["figures"]

    assert figures["roll_deg"] == pytest.approx(0.0, abs=2.0)
    assert figures["pitch_deg"] == pytest.approx(2.0, abs=2 * figures["pitch_error_deg"])
    assert figures["height_m"] == pytest.approx(0.85, abs=2 * figures["height_error_m"])


@pytest.mark.parametrize("frames", [1, 4])
def test_a_clip_that_is_over_at_once_is_looked_at_nevertheless(
    frames: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, checks = examined(capsys, str(write_clip(tmp_path / "short.mp4", frames)))
    assert checks["model"]["figures"]["look_ms"] > 0


def test_without_a_camera_it_says_so_and_goes_on_with_the_rest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = run(["doctor", "/dev/video97"])
    printed = capsys.readouterr().out

    assert status == ExitStatus.FAILED
    assert "/dev/video97 is not there." in printed
    assert "No session can run before what is marked x is mended." in printed
    for name in ("model", "screen", "sound", "storage"):
        assert name in printed


def test_where_there_is_neither_sound_nor_voice_that_is_said_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound_check, "players", list)
    monkeypatch.setattr(sound_check, "find_voice", lambda: None)

    _, checks = examined(capsys, "/dev/video97")

    told = f"{checks['sound']['says']}. {checks['sound']['remedy']}"
    assert checks["sound"]["mark"] == "poor"
    assert told.count("heard") == 1
    assert told.count("espeak-ng") == 1
    assert "only tones" not in told


def test_a_pose_that_is_not_there_is_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", str(SAMPLE), "--pose", "lunge-strech"]) == ExitStatus.FAILED
    assert "did you mean 'lunge-stretch'?" in capsys.readouterr().err


def test_a_model_that_is_none_is_bad(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    wrong = home / "wrong.task"
    wrong.write_text("no model")

    status, checks = examined(capsys, str(SAMPLE), "--model", str(wrong))

    assert status == ExitStatus.FAILED
    assert checks["model"]["mark"] == "bad"
    assert "not a MediaPipe pose bundle" in checks["model"]["remedy"]


def test_a_history_that_cannot_be_read_is_worth_mending_and_stops_no_session(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    (home / "data").write_text("a file where the folder should be")

    _, checks = examined(capsys, "/dev/video97")

    assert checks["storage"]["mark"] == "poor"
    assert checks["storage"]["remedy"]
