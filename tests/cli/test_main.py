"""What a person types, and the sentence and status that they get."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from formcheck.cli.main import ExitStatus, run
from formcheck.figure.any_view import figure_for
from formcheck.pose.definition import load_pose, pose_names
from formcheck.pose.names import poses_folder
from formcheck.ui import pose_drawing
from formcheck.ui.drawing import text
from formcheck.ui.drawing.sprite import Pixels
from tests.io.clips import write_clip


def sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was said on the error stream, which must be no traceback."""
    said = capsys.readouterr().err
    assert said.startswith("formcheck: ")
    assert "Traceback" not in said
    return said


def test_help_lists_the_stretches(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == ExitStatus.DONE
    said = capsys.readouterr().out
    assert "lunge-stretch" in said
    assert "Stretches" in said


def test_the_help_of_a_stretch_tells_the_way_in_and_the_safety_notes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["lunge-stretch", "--help"]) == ExitStatus.DONE
    said = capsys.readouterr().out
    assert "Slide your hips forward" in said
    assert "no medical device" in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["lunge-strech"], "did you mean 'lunge-stretch'?"),
        (["lunge"], "did you mean 'lunge-stretch'?"),
        (["clips/me.mp4"], "Name the stretch first: formcheck lunge-stretch clips/me.mp4"),
        (["calibrate", "1"], "stretch first: formcheck calibrate lunge-stretch 1"),
        (["0"], "Name the stretch first: formcheck lunge-stretch 0"),
        (["poses", "hip-flexors", "--picture", "x.png"], "hip-flexors is a routine"),
        (["score", "a.mp4", "--pose", "lung-stretch"], "did you mean 'lunge-stretch'?"),
        (["lunge-stretch", "no-such-clip.mp4"], "There is no file no-such-clip.mp4"),
        (["lunge-stretch", "97"], "amera 97"),
        (["score", "no-such-clip.mp4", "--pose", "lunge-stretch"], "There is no file"),
        (["poses", "--check", "no-such.toml"], "Cannot read the pose file no-such.toml"),
    ],
)
def test_what_cannot_be_done_is_said_with_status_1(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == ExitStatus.FAILED
    assert says in sentence(capsys)


@pytest.mark.parametrize("arguments", [["score"], ["score", "--pose", "crescent"], ["--wrong"]])
def test_wrong_usage_has_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == ExitStatus.WRONG_USAGE
    assert "Usage" in capsys.readouterr().err


def test_a_model_that_is_none_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip, model = write_clip(tmp_path / "clip.mp4"), tmp_path / "model.task"
    score = ["score", str(clip), "--pose", "lunge-stretch", "--model", str(model)]
    assert run(score) == ExitStatus.FAILED
    assert "cannot be read" in sentence(capsys)
    model.write_bytes(b"no model")
    assert run(score) == ExitStatus.FAILED
    assert "not a MediaPipe pose bundle" in sentence(capsys)
    shutil.make_archive(str(tmp_path / "empty"), "zip", tmp_path, "clip.mp4")
    shutil.move(tmp_path / "empty.zip", model)
    assert run(score) == ExitStatus.FAILED
    assert "cannot use the model" in sentence(capsys)


def test_one_broken_file_does_not_lose_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, broken = write_clip(tmp_path / "good.mp4"), tmp_path / "broken.mp4"
    broken.write_bytes(b"nothing")
    files = [str(broken), str(good)]
    assert run(["score", *files, "--pose", "lunge-stretch", "--json"]) == ExitStatus.FAILED
    captured = capsys.readouterr()
    (row,) = [json.loads(line) for line in captured.out.splitlines()]
    assert row["file"] == str(good)
    assert "broken.mp4 is not a video" in captured.err


def test_a_clip_with_nobody_in_it_scores_nothing_in_the_shape_of_the_design(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = str(write_clip(tmp_path / "clip.mp4", frames=20, has_a_room=True))
    assert run(["score", clip, "--pose", "lunge-stretch", "--json"]) == ExitStatus.DONE
    row = json.loads(capsys.readouterr().out)
    assert row == {
        "file": clip,
        "pose": "lunge-stretch",
        "frames": 20,
        "duration_s": 1.9,
        "held_s": {"left": 0.0, "right": 0.0, "total": 0.0},
        "full_band_s": 0,
        "longest_unbroken_s": 0.0,
        "intervals": [
            {"start_s": 0.0, "end_s": 1.9, "state": "no_person", "faults": [], "side": None}
        ],
        "measurements": {},
    }


def test_a_clip_whose_pose_is_not_told_is_searched_for_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = str(write_clip(tmp_path / "clip.mp4", frames=20))
    assert run(["score", clip, "--json"]) == ExitStatus.DONE
    assert json.loads(capsys.readouterr().out) == {
        "file": clip,
        "pose": None,
        "recognised": {"sureness": None, "fits": [], "nearest": None},
        "frames": 20,
        "duration_s": 1.9,
    }
    assert run(["score", clip]) == ExitStatus.DONE
    assert "none" in capsys.readouterr().out


def test_a_broken_pose_file_is_told_with_every_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('title = "Mine"\ncolour = "blue"\n')
    assert run(["poses", "--check", str(file)]) == ExitStatus.FAILED
    said = sentence(capsys)
    assert "colour" in said
    assert "gates" in said


def test_poses_and_routines_can_be_checked(capsys: pytest.CaptureFixture[str]) -> None:
    for file in ("crescent.toml", "routines/hip-flexors.toml"):
        assert run(["poses", "--check", str(poses_folder() / file)]) == ExitStatus.DONE
    said = capsys.readouterr().out
    assert "is a valid pose: Crescent" in said
    assert "is a valid routine: Hip flexors" in said


def test_a_pose_is_drawn_as_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "pose.png"
    assert run(["poses", "thomas-stretch", "--picture", str(picture)]) == ExitStatus.DONE
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "Experimental" in capsys.readouterr().out

    assert run(["poses", "bridge", "--picture", "pose.jpg"]) == ExitStatus.FAILED
    assert "has to end in .png" in sentence(capsys)
    assert run(["poses", "bridge", "--picture", str(tmp_path)]) == ExitStatus.FAILED
    assert run(["poses", "bridge", "--picture", str(tmp_path / "no" / "a.png")]) == 1
    assert "Cannot write" in capsys.readouterr().err


def test_whoever_lists_the_stretches_is_told_how_to_go_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["poses"]) == ExitStatus.DONE
    said = capsys.readouterr().out
    assert all(name in said for name in pose_names())
    assert said.splitlines()[-1].startswith("formcheck poses NAME explains one")


def test_the_help_of_calibrate_tells_what_it_looks_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["calibrate", "--help"]) == ExitStatus.DONE
    assert "SOURCE a camera number" in capsys.readouterr().out


def test_the_picture_of_a_pose_tells_in_plain_words_what_is_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[str] = []

    def write(canvas: Pixels, words: str, *where: Any, **how: Any) -> None:
        written.append(words)
        text.write(canvas, words, *where, **how)

    monkeypatch.setattr(pose_drawing, "write", write)
    pose = load_pose("low-lunge-side-bend")
    pose_drawing.pose_drawing(pose, figure_for(pose))
    assert "how far the wrist on the rear leg's side is above the nose" in written
    assert "rear_wrist_rise" in written  # as its file has it


def test_a_pose_file_of_ones_own_is_taken_in_place_of_a_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.toml"
    shutil.copy(poses_folder() / "crescent.toml", own)
    assert run(["poses", str(own)]) == ExitStatus.DONE
    assert "high lunge" in capsys.readouterr().out
    assert run([str(own), "--help"]) == ExitStatus.DONE
    assert "Lift your chest" in capsys.readouterr().out
    assert run([str(tmp_path / "none.toml")]) == ExitStatus.FAILED
    assert "Cannot read the pose file" in sentence(capsys)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["learn", "Bad Name", "a.mp4"], "cannot be called"),
        (["learn", "crescent", "a.mp4"], "a pose called crescent already"),
        (["learn", "mine", "no-such.mp4"], "There is no file"),
        (["learn", "mine", "a.mp4", "--picture", "a.jpg"], "has to end in .png"),
    ],
)
def test_what_cannot_be_learnt_is_said(
    arguments: list[str],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == ExitStatus.FAILED
    assert says in sentence(capsys)
    assert list(tmp_path.iterdir()) == []


def test_a_pose_is_explained_with_its_bands_and_sources(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["poses", "lunge-stretch"]) == ExitStatus.DONE
    said = capsys.readouterr().out
    assert "rear_hip_extension" in said
    assert "Roach" in said
