"""Pictures that do not stand upright: named wherever somebody looks, and mended by --rotate."""

import json
from pathlib import Path

import pytest

from formcheck.cli.live.rotation import rotation_of
from formcheck.cli.main import ExitStatus, run
from formcheck.store import Store
from tests.shared import CHECKOUT

SAMPLE = CHECKOUT / "samples" / "starts-in-pose.mp4"
STANDS_FIRST = CHECKOUT / "samples" / "yaw-plus-10.mp4"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_wished_of_a_camera_is_remembered_for_that_camera_until_0() -> None:
    store = Store()

    assert rotation_of("rtsp://me:secret@kitchen/cam", None, store) == 0
    assert rotation_of("rtsp://me:secret@kitchen/cam", 270, store) == 270
    assert rotation_of("rtsp://me:other@kitchen/cam", None, store) == 270
    assert rotation_of("rtsp://hall/cam", None, store) == 0
    assert rotation_of("rtsp://me:secret@kitchen/cam", 0, store) == 0
    assert rotation_of("rtsp://me:secret@kitchen/cam", None, Store()) == 0


def test_of_a_clip_nothing_is_remembered() -> None:
    assert rotation_of("a.mp4", 90, Store()) == 90
    assert rotation_of("a.mp4", None, Store()) == 0


def test_no_secret_of_a_camera_is_kept_with_its_turn(home: Path) -> None:
    rotation_of("rtsp://me:hunter2@kitchen/cam?token=abcdef", 90, Store())

    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"kitchen" in kept
    assert b"hunter2" not in kept
    assert b"abcdef" not in kept


@pytest.mark.parametrize("wrong", ["45", "-90", "x"])
def test_only_quarter_turns_are_taken(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", "a.mp4", "--rotate", wrong]) == ExitStatus.WRONG_USAGE
    assert "'0', '90', '180', '270'" in capsys.readouterr().err


@pytest.mark.mediapipe
def test_a_turned_clip_is_named_with_the_turn_that_mends_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Turned by --rotate itself, so that 0 is what would be right."""
    for clip, wrong in ((STANDS_FIRST, "90"), (SAMPLE, "180")):
        assert run(["score", str(clip), "--rotate", wrong, "--json"]) == ExitStatus.DONE
        row = json.loads(capsys.readouterr().out)
        assert row["pose"] is None
        assert row["rotate_deg"] == 0
    assert run(["score", str(SAMPLE), "--pose", "lunge-stretch", "--rotate", "180"]) == 0
    assert "--rotate 0" in capsys.readouterr().out
    assert run(["score", str(SAMPLE), "--json"]) == ExitStatus.DONE
    assert "rotate_deg" not in json.loads(capsys.readouterr().out)


@pytest.mark.mediapipe
def test_a_session_says_at_its_end_how_the_picture_would_stand_upright(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["lunge-stretch", str(SAMPLE), "--terminal", "--mute", "--rotate", "180"]
    assert run(arguments) == ExitStatus.DONE
    told = capsys.readouterr().out
    assert "The picture is upside down" in told
    assert "Next time: --rotate 0" in told


@pytest.mark.mediapipe
def test_doctor_names_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    run(["doctor", str(SAMPLE), "--rotate", "90", "--json"])
    checks = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert checks["you"]["mark"] == "poor"
    assert checks["you"]["remedy"].endswith("--rotate 0.")


@pytest.mark.mediapipe
def test_nothing_is_learnt_from_a_clip_that_stands_on_its_head(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["learn", "mine", str(SAMPLE), "--rotate", "180"]) == ExitStatus.FAILED
    assert "is upside down. Add: --rotate 0" in capsys.readouterr().err
    assert not list(home.glob("mine.*"))
