"""Real people's stretches, and what is none: the labels are met."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from formcheck.cli.main import ExitStatus, run
from tests.shared import CLIPS, PHOTOS, needs_footage

pytestmark = [pytest.mark.long, needs_footage, pytest.mark.mediapipe]

CREDIT_AT_LEAST = 0.97
WRONG_AT_MOST_S = 0.2

Row = dict[str, Any]


def score(files: list[Path], capsys: pytest.CaptureFixture[str]) -> list[Row]:
    assert run(["score", *map(str, files), "--pose", "lunge-stretch", "--json"]) == ExitStatus.DONE
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def shared_s(a: Row, b: Row) -> float:
    return max(0.0, float(min(a["end_s"], b["end_s"]) - max(a["start_s"], b["start_s"])))


@pytest.mark.parametrize("clip", sorted(CLIPS.glob("*.mp4")), ids=lambda clip: clip.stem)
def test_a_clip_is_credited_where_its_label_says_so_and_nowhere_else(
    clip: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    truth = json.loads(clip.with_suffix(".truth.json").read_text())
    (row,) = score([clip], capsys)
    held = [interval for interval in row["intervals"] if interval["state"] == "held"]
    for label in truth["intervals"]:
        if label["held"]:
            mine = [i for i in held if i["side"] == label["stretched_side"]]
            duration = label["end_s"] - label["start_s"]
            assert sum(shared_s(i, label) for i in mine) >= CREDIT_AT_LEAST * duration
    wrong = [label for label in truth["intervals"] if not label["held"]]
    assert sum(shared_s(i, label) for i in held for label in wrong) <= WRONG_AT_MOST_S


def test_no_photo_labelled_no_is_in_form_and_none_labelled_yes_is_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with (PHOTOS / "labels.csv").open(newline="") as file:
        labels = {row["file"]: row["in_lunge_stretch_form"] for row in csv.DictReader(file)}
    rows = score([PHOTOS / name for name in labels], capsys)
    verdicts = {Path(row["file"]).name: row["in_form"] for row in rows}
    assert [name for name, label in labels.items() if label == "no" and verdicts[name]] == []
    assert [name for name, label in labels.items() if label == "yes" and not verdicts[name]] == []


def test_a_pose_learnt_from_a_held_stretch_counts_it_and_nothing_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (example,) = CLIPS.glob("hold_01*.mp4")
    assert run(["learn", "mine", str(example)]) == ExitStatus.DONE
    assert (tmp_path / "mine.png").read_bytes().startswith(b"\x89PNG")
    counted = re.search(r"It counts ([0-9.]+) s of its own clip", capsys.readouterr().out)
    assert counted is not None
    assert float(counted[1]) > 10

    others = [*CLIPS.glob("neg_17*.mp4"), *CLIPS.glob("neg_26*.mp4")]
    files = list(map(str, others))
    assert run(["score", *files, "--pose", "mine.toml", "--json"]) == ExitStatus.DONE
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["held_s"]["total"] for row in rows] == [0.0, 0.0]


def test_the_pose_of_a_photo_is_found_and_what_is_none_stays_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with (PHOTOS / "labels.csv").open(newline="") as file:
        labels = {row["file"]: row["in_lunge_stretch_form"] for row in csv.DictReader(file)}
    assert run(["score", *(str(PHOTOS / name) for name in labels), "--json"]) == ExitStatus.DONE
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    found = {Path(row["file"]).name: row["pose"] for row in rows}
    assert {found[name] for name, label in labels.items() if label == "yes"} == {"lunge-stretch"}
    assert {found[name] for name in labels if name.startswith("other")} == {None}
