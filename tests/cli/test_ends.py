"""How a session ends: by itself, or by Ctrl-C in an orderly way, with what was held so far."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from formcheck.cli.main import ExitStatus
from tests.shared import CHECKOUT

FORMCHECK = Path(sys.executable).parent / "formcheck"
SAMPLE = CHECKOUT / "samples" / "lunge-stretch-good.mp4"
NO_SCREEN = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}

pytestmark = pytest.mark.mediapipe


def test_ctrl_c_ends_a_live_session_with_its_summary() -> None:
    program = subprocess.Popen(
        [FORMCHECK, "lunge-stretch", SAMPLE],
        env=NO_SCREEN,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    before = [program.stdout.readline() for _ in range(2)]  # it is running
    program.send_signal(signal.SIGINT)
    rest, errors = program.communicate(timeout=20)
    assert program.returncode == ExitStatus.INTERRUPTED
    assert "getting ready" in before[0]
    assert "s of 60 s" in rest
    assert errors.strip() == ""


def test_ctrl_c_ends_scoring_with_what_was_scored_so_far() -> None:
    program = subprocess.Popen(
        [FORMCHECK, "score", *[SAMPLE] * 50, "--pose", "lunge-stretch", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    rows = [program.stdout.readline()]
    time.sleep(0.5)
    program.send_signal(signal.SIGINT)
    rest, errors = program.communicate(timeout=20)
    rows += rest.splitlines()
    assert program.returncode == ExitStatus.INTERRUPTED
    frames = [json.loads(row)["frames"] for row in rows]
    assert frames[-1] < frames[0]
    assert "Interrupted at" in errors
    assert "Traceback" not in errors


def test_a_session_ends_by_itself_when_both_sides_are_done() -> None:
    clip = CHECKOUT / "samples" / "changes-sides.mp4"
    done = subprocess.run(
        [FORMCHECK, "lunge-stretch", clip, "--hold", "2"],
        check=False,
        env=NO_SCREEN,
        capture_output=True,
        text=True,
    )
    assert done.returncode == ExitStatus.DONE
    assert "Well done, switch sides" in done.stdout
    assert "All done, well done" in done.stdout
    assert len(re.findall(r"of 2 s +done", done.stdout)) == 2
