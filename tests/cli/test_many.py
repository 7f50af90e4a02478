"""A folder of clips: results as they come, gone on with after any end, none lost, none twice."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from formcheck.cli.main import ExitStatus, run
from tests.io.clips import write_clip
from tests.shared import CHECKOUT

FORMCHECK = Path(sys.executable).parent / "formcheck"
SHORT = CHECKOUT / "samples" / "starts-in-pose.mp4"

pytestmark = pytest.mark.mediapipe


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two clips in it, one of them deeper, a photo's bare name and notes."""
    deeper = tmp_path / "clips" / "deeper"
    deeper.mkdir(parents=True)
    write_clip(deeper.parent / "a.mp4", frames=5)
    write_clip(deeper / "b.mp4", frames=6)
    (deeper / "broken.png").write_bytes(b"no picture")
    (deeper / "notes.txt").write_text("not a clip")
    return deeper.parent


def rows(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def score(folder: Path, out: Path, *options: str) -> int:
    return run(["score", str(folder), "--out", str(out), "--pose", "lunge-stretch", *options])


def test_a_folder_is_scored_into_a_file_and_gone_on_with(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "results.jsonl"

    assert score(folder, out) == ExitStatus.FAILED
    said = capsys.readouterr()
    assert said.out == ""
    assert "3 of 3 scored, 1 failed" in said.err
    assert "1 of 3 files could not be scored" in said.err
    by_name = {Path(row["file"]).name: row for row in rows(out)}
    assert set(by_name) == {"a.mp4", "b.mp4", "broken.png"}
    assert by_name["a.mp4"]["frames"] == 5
    assert "broken.png" in by_name["broken.png"]["error"]

    write_clip(folder / "a.mp4", frames=9)
    write_clip(folder / "c.mp4", frames=4)
    assert score(folder, out, "--resume") == ExitStatus.DONE
    assert "2 of 2 scored, 0 failed, 2 were done before" in capsys.readouterr().err
    assert sorted(row.get("frames", 0) for row in rows(out)) == [0, 4, 6, 9]

    assert score(folder, out) == ExitStatus.FAILED
    assert "Add --resume" in capsys.readouterr().err
    assert score(folder, out, "--resume", "--quiet") == ExitStatus.DONE
    assert capsys.readouterr().err == ""


def test_a_folder_without_a_file_is_told_and_scores_stand_in_the_order_of_names(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    places = [str(tmp_path / "empty"), str(folder)]
    assert run(["score", *places, "--pose", "lunge-stretch", "--json"]) == ExitStatus.FAILED
    said = capsys.readouterr()
    assert [json.loads(line)["frames"] for line in said.out.splitlines()] == [5, 6]
    assert "there is no clip and no photo" in said.err
    assert "broken.png" in said.err


@pytest.mark.parametrize(
    "options", [("--resume",), ("--send",), ("--every", "0"), ("--every", "0.3")]
)
def test_what_makes_no_sense_is_wrong_usage(
    options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["score", str(SHORT), *options]) == ExitStatus.WRONG_USAGE
    assert "Usage" in capsys.readouterr().err


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
def test_the_whole_program_killed_in_the_middle_is_gone_on_with(tmp_path: Path) -> None:
    clips, out = tmp_path / "clips", tmp_path / "results.jsonl"
    clips.mkdir()
    for number in range(8):
        os.link(shutil.copy(SHORT, tmp_path / "one.mp4"), clips / f"{number}.mp4")
    command = [str(FORMCHECK), "score", str(clips), "--out", str(out)]
    command += ["--pose", "lunge-stretch", "--jobs", "2"]

    program = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    ends_at = time.monotonic() + 120
    while not (out.exists() and out.read_bytes().count(b"\n") >= 2):
        assert time.monotonic() < ends_at
        time.sleep(0.05)
    program.send_signal(signal.SIGKILL)
    program.wait()
    before = rows(out)
    assert 2 <= len(before) < 8

    done = subprocess.run([*command, "--resume"], capture_output=True, text=True, check=True)
    after = rows(out)
    assert after[: len(before)] == before
    assert sorted(row["file"] for row in after) == sorted(str(each) for each in clips.iterdir())
    assert f"{8 - len(before)} of {8 - len(before)} scored" in done.stderr
    assert len({json.dumps(row["intervals"]) for row in after}) == 1


@pytest.mark.long
def test_a_lower_rate_looks_at_fewer_pictures_and_counts_about_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = {}
    for options in ((), ("--every", "0.2")):
        command = ["score", str(SHORT), "--pose", "lunge-stretch", "--json", *options]
        assert run(command) == ExitStatus.DONE
        told[options] = json.loads(capsys.readouterr().out)
    whole, quick = told.values()
    assert whole["frames"] == 100
    assert quick["frames"] in (50, 51)  # the last one is always looked at
    assert quick["duration_s"] == whole["duration_s"]
    assert abs(quick["held_s"]["left"] - whole["held_s"]["left"]) < 0.5
