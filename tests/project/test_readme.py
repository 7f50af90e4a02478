"""The README is true: what it tells people to type works."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import pytest

from tests.shared import CHECKOUT

README = (CHECKOUT / "README.md").read_text("utf-8")
ACCURACY = (CHECKOUT / "docs" / "accuracy.md").read_text("utf-8")
BIN = Path(sys.executable).parent
NO_SCREEN = {
    **{name: value for name, value in os.environ.items() if "DISPLAY" not in name},
    "PATH": f"{BIN}:{os.environ['PATH']}",
}

COMMANDS = [
    line.strip().split("#")[0].strip()
    for line in (README + ACCURACY).splitlines()
    if line.startswith("    ") and re.match(r"\s+(formcheck|make|\.venv/bin/)", line)
]
IN_FRONT_OF_A_CAMERA = {
    command
    for command in COMMANDS
    if re.fullmatch(
        r"(\.venv/bin/)?formcheck (lunge-stretch|hip-flexors|calibrate)( \d+| --[a-z]+ \w+)*",
        command,
    )
}


def test_the_readme_tells_the_commands_that_these_tests_try() -> None:
    assert {"make demo", "make test", ".venv/bin/formcheck lunge-stretch"} <= set(COMMANDS)
    assert len(COMMANDS) >= 12


def tried(command: str) -> Any:
    """Return the command as a parameter; what judges every sample takes minutes,
    and a session its own time.

    One clip that is scored in one way stands for the others.
    """
    is_long = "benchmarks." in command or re.search(
        "score .*--(pose|jobs)|lunge-stretch .*--hold", command
    )
    marks = pytest.mark.long if is_long else ()
    return pytest.param(command, marks=marks)


@pytest.mark.parametrize("command", [tried(each) for each in sorted(set(COMMANDS))])
def test_every_command_of_the_readme_works(command: str, tmp_path: Path) -> None:
    if command.startswith("make "):
        recipe = subprocess.run(
            ["make", "-n", *shlex.split(command)[1:]], cwd=CHECKOUT, check=True, text=True,
            capture_output=True,
        )  # fmt: skip
        assert recipe.stdout  # what they do is run by .ci/run
        return
    words = [
        str(named(word, tmp_path)) for word in shlex.split(command.replace(".venv/bin/", f"{BIN}/"))
    ]
    done = subprocess.run(
        words,
        check=False,
        cwd=CHECKOUT,
        env=NO_SCREEN,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,  # nobody answers
    )
    has_camera = Path("/dev/video0").exists()
    if "doctor" in words and not has_camera:
        assert done.returncode == 1
        assert "No camera is plugged in." in done.stdout
    elif command in IN_FRONT_OF_A_CAMERA and not has_camera:
        # There is none on this machine; tests/whole/test_live.py has one.
        assert done.returncode == 1
        assert re.fullmatch(r"formcheck: Camera \d is not there\. .*\n", done.stderr)
    else:
        assert done.returncode == 0, done.stderr
        assert done.stdout or "--out" in words


def named(word: str, folder: Path) -> str | Path:
    """Return what a word of a command stands for, where it is the reader's own."""
    if word == "FOLDER":
        place = folder / "clips"
        place.mkdir()
        for name in ("starts-in-pose.mp4", "starts-in-pose.truth.json"):
            shutil.copy(CHECKOUT / "samples" / name, place)
        _, picture = cv2.VideoCapture(str(place / "starts-in-pose.mp4")).read()
        cv2.imwrite(str(place / "kneeling.jpg"), picture)
        (place / "labels.csv").write_text("file,pose,label\nkneeling.jpg,lunge-stretch,yes\n")
        return place
    return folder / word if word == "results.jsonl" else word


def test_every_file_the_readme_shows_is_there() -> None:
    for name in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (CHECKOUT / name).exists(), name
