"""A routine goes from one stretch to the next by itself, and keeps each as what it was."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from formcheck.cli.main import ExitStatus, run
from formcheck.store import End, SessionRecord, Store
from tests.samples.whole_routine import make_whole_routine, true_held_s
from tests.shared import CHECKOUT

FORMCHECK = Path(sys.executable).parent / "formcheck"
SAMPLE = CHECKOUT / "samples" / "changes-sides.mp4"
HOLD_S = 3
HELD_S = 9
"""Each side, in true seconds: not less than in the samples."""
POSES = ["lunge-stretch", "low-lunge-side-bend"]


@dataclass(frozen=True)
class Left:
    """What a routine that has ended left behind."""

    status: int
    printed: str
    errors: str
    folder: Path

    @property
    def kept(self) -> list[SessionRecord]:
        return Store(self.folder / "formcheck").history.sessions()

    @property
    def said(self) -> list[dict[str, Any]]:
        lines = (self.folder / "said.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines]


class Started:
    """A routine that plays a clip, in a terminal without a screen, at a clip's own pace."""

    def __init__(self, clip: Path, folder: Path, *options: str) -> None:
        self._folder = folder
        environment = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
        self.program = subprocess.Popen(
            [FORMCHECK, "hip-flexors", clip, "--hold", str(HOLD_S), "--mute",
             "--transcript", folder / "said.jsonl", *options],
            env={**environment, "XDG_DATA_HOME": str(folder)},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def in_the_second_hold(self) -> None:
        """Wait until the side bend has been held for two seconds."""
        assert self.program.stdout is not None
        is_next = False
        for line in self.program.stdout:
            is_next |= line.startswith("Next:")
            if is_next and " held " in line:
                time.sleep(2.0)
                return
        raise AssertionError("nothing was held after the rest")

    def end(self) -> Left:
        printed, errors = self.program.communicate(timeout=120)
        return Left(self.program.returncode, printed, errors, self._folder)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Left]:
    """Run the whole routine to its end, until Ctrl-C and until kill -9."""
    folders = {name: tmp_path_factory.mktemp(name) for name in ("done", "interrupted", "killed")}
    clip = make_whole_routine(tmp_path_factory.mktemp("clip"), HELD_S, rest_s=24)
    started = {name: Started(clip, folder) for name, folder in folders.items() if name != "done"}
    started["done"] = Started(clip, folders["done"], "--record", str(folders["done"] / "it.mp4"))
    started["killed"].in_the_second_hold()
    started["killed"].program.kill()
    started["interrupted"].in_the_second_hold()
    started["interrupted"].program.send_signal(signal.SIGINT)
    return {name: each.end() for name, each in started.items()}


@pytest.mark.long
@pytest.mark.mediapipe
def test_each_stretch_is_counted_and_nothing_in_the_rest(ended: dict[str, Left]) -> None:
    done = ended["done"]
    assert done.status == ExitStatus.DONE
    assert done.errors == ""
    assert [session.pose for session in done.kept] == POSES
    assert all(session.ended is End.DONE for session in done.kept)
    for session in done.kept:
        first, last = true_held_s(HELD_S)[session.pose]
        assert session.held_s[first] == pytest.approx(HELD_S, abs=0.5)
        # Nothing counts after the end was told.
        assert session.held_s[last] == pytest.approx(HOLD_S, abs=0.3)


@pytest.mark.long
@pytest.mark.mediapipe
def test_the_rest_and_the_next_stretch_are_announced_when_the_first_is_done(
    ended: dict[str, Left],
) -> None:
    said = [line for line in ended["done"].said if line["kind"] in ("rest", "summary")]
    assert [line["words"].split(".")[0] for line in said] == [
        "Left 3 seconds, right 9 seconds",
        "Rest for 20 seconds",
        "Next: Kneeling stretch with side bend, 2 of 2",
        "Get ready",
        "Left 3 seconds, right 9 seconds",
    ]
    times = [line["time_s"] for line in ended["done"].said]
    assert times == sorted(times)
    assert said[3]["time_s"] - said[1]["time_s"] == pytest.approx(15, abs=0.2)
    told = ended["done"].printed
    assert "Well done, rest now" in told
    assert told.count("All done, well done") == 1  # not before the rest


@pytest.mark.long
@pytest.mark.mediapipe
def test_the_recording_of_each_stretch_is_scored_as_that_stretch(
    ended: dict[str, Left], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ended["done"].folder
    for number, session in enumerate(ended["done"].kept, start=1):
        film = folder / f"it-{number}-{session.pose}.mp4"
        truth = json.loads(film.with_suffix(".truth.json").read_text())
        assert (truth["clip"], truth["pose"]) == (film.name, session.pose)
        assert film.with_suffix(".landmarks.npz").exists()

        assert run(["score", str(film), "--pose", session.pose, "--json"]) == ExitStatus.DONE
        scored = json.loads(capsys.readouterr().out)["held_s"]
        # It is found anew in pictures that were compressed once more.
        for side, held_s in session.held_s.items():
            assert scored[side] == pytest.approx(held_s, abs=0.5)


@pytest.mark.long
@pytest.mark.mediapipe
def test_ctrl_c_in_the_second_stretch_keeps_both_under_their_poses(
    ended: dict[str, Left],
) -> None:
    left = ended["interrupted"]
    assert left.status == ExitStatus.INTERRUPTED
    assert left.errors.strip() == ""
    assert [(session.pose, session.ended) for session in left.kept] == [
        (POSES[0], End.DONE),
        (POSES[1], End.INTERRUPTED),
    ]
    assert left.kept[1].held_s["right"] >= 2
    assert left.kept[1].held_s["left"] == 0
    assert left.printed.count(" of 3 s") == 4  # the summary of both


@pytest.mark.long
@pytest.mark.mediapipe
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_after_kill_9_in_the_second_stretch_the_next_start_tells_of_it_by_name(
    ended: dict[str, Left],
) -> None:
    folder = ended["killed"].folder
    news = Store(folder / "formcheck").news()

    assert len(news) == 1
    assert re.fullmatch(
        r"Last time ended early: left 0 s, right [1-9] s of low-lunge-side-bend were kept\.",
        news[0],
    )
    assert [(session.pose, session.ended) for session in ended["killed"].kept] == [
        (POSES[0], End.DONE),
        (POSES[1], End.LOST),
    ]


@pytest.mark.long
@pytest.mark.mediapipe
def test_of_a_clip_that_is_over_before_it_the_summary_tells_what_was_not_done(
    tmp_path: Path,
) -> None:
    short = Started(SAMPLE, tmp_path).end()
    assert short.status == ExitStatus.DONE
    assert short.printed.splitlines()[-2:] == [
        "Kneeling stretch with side bend",
        "Not done: left and right 3 s",
    ]
    assert [session.pose for session in short.kept] == [POSES[0]]


def test_a_number_of_seconds_that_is_none_is_wrong_usage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["hip-flexors", str(SAMPLE), "--hold", "nan"]) == ExitStatus.WRONG_USAGE
    assert "a number of seconds is needed" in capsys.readouterr().err


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
