"""How a session ends: by itself, or by Ctrl-C in an orderly way, with what was held so far."""

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Any

import cv2
import pytest

from benchmarks.running.stage import holding_clip
from formcheck.cli.main import ExitStatus
from formcheck.store import End, SessionRecord, Store
from tests.shared import CHECKOUT

FORMCHECK = Path(sys.executable).parent / "formcheck"
SAMPLE = CHECKOUT / "samples" / "lunge-stretch-good.mp4"
IN_POSE = CHECKOUT / "samples" / "starts-in-pose.mp4"
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


@pytest.mark.long
def test_ctrl_c_ends_scoring_with_what_was_scored_so_far() -> None:
    program = subprocess.Popen(
        [FORMCHECK, "score", IN_POSE, *[SAMPLE] * 50, "--pose", "lunge-stretch", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    rows = [program.stdout.readline()]
    time.sleep(1.5)  # the next clip is under way, on a busy machine too
    program.send_signal(signal.SIGINT)
    rest, errors = program.communicate(timeout=20)
    rows += rest.splitlines()
    assert program.returncode == ExitStatus.INTERRUPTED
    frames = [json.loads(row)["frames"] for row in rows]
    assert len(frames) > 1
    assert frames[-1] < cv2.VideoCapture(str(SAMPLE)).get(cv2.CAP_PROP_FRAME_COUNT)
    assert "Interrupted at" in errors
    assert "Traceback" not in errors


def begun(home: Path, *options: str, clip: Path = IN_POSE, **streams: Any) -> subprocess.Popen[str]:
    """Start a session that plays a clip, with a data folder of its own."""
    return subprocess.Popen(
        [FORMCHECK, "lunge-stretch", clip, *options],
        env={**NO_SCREEN, "XDG_DATA_HOME": str(home)},
        text=True,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams},
    )


def read_until(words: str, program: subprocess.Popen[str]) -> None:
    assert program.stdout is not None
    for line in program.stdout:
        if words in line:
            return
    raise AssertionError(f"never said {words!r}")


def kept(home: Path) -> list[SessionRecord]:
    return Store(home / "formcheck").history.sessions()


def test_a_shutdown_ends_a_session_with_its_summary(tmp_path: Path) -> None:
    program = begun(tmp_path)
    read_until("Hold it there", program)
    program.send_signal(signal.SIGTERM)
    rest, errors = program.communicate(timeout=60)
    assert program.returncode == ExitStatus.TERMINATED
    assert "s of 60 s" in rest
    assert errors.strip() == ""
    assert [session.ended for session in kept(tmp_path)] == [End.INTERRUPTED]


def take_the_terminal() -> None:
    """Make its input the terminal of this process, whose end it hears of under nohup, too."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals there")
def test_a_closed_terminal_ends_a_session_that_is_kept(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    # A clip long enough not to be over first, on a busy machine either.
    program = begun(
        tmp_path, clip=holding_clip(tmp_path), stdin=theirs, stdout=theirs, stderr=theirs,
        start_new_session=True, preexec_fn=take_the_terminal,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    while b"Hold it there" not in said:
        said += os.read(ours, 4096)
    os.close(ours)
    assert program.wait(timeout=60) == ExitStatus.HANGUP
    (session,) = kept(tmp_path)
    assert session.ended is End.INTERRUPTED
    assert sum(session.held_s.values()) > 0


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_after_kill_9_the_next_start_tells_what_was_kept(tmp_path: Path) -> None:
    program = begun(tmp_path)
    read_until("Hold it there", program)
    time.sleep(2.0)
    program.kill()
    program.communicate(timeout=60)
    again = begun(tmp_path)
    assert again.stdout is not None
    first = again.stdout.readline()
    again.kill()
    again.communicate(timeout=60)
    assert re.fullmatch(
        r"Last time ended early: left [1-9] s, right 0 s of lunge-stretch were kept.\n", first
    )


def test_a_second_ctrl_c_ends_at_once(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", _TAKES_LONG_TO_CLOSE], stdout=subprocess.PIPE, text=True
    )
    read_until("under way", program)
    program.send_signal(signal.SIGINT)
    read_until("closing", program)
    program.send_signal(signal.SIGINT)
    assert program.wait(timeout=60) == -signal.SIGINT


_TAKES_LONG_TO_CLOSE = """
import time
from formcheck.cli import interrupts
interrupts.heed()
try:
    print("under way", flush=True)
    time.sleep(60)
finally:
    print("closing", flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def both_sides(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Play a session over both sides to its end; return what it printed, and its folder."""
    folder = tmp_path_factory.mktemp("both")
    clip = CHECKOUT / "samples" / "changes-sides.mp4"  # each side is held for more than four
    done = subprocess.run(
        [FORMCHECK, "lunge-stretch", clip, "--hold", "2", "--mute",
         "--transcript", folder / "said.jsonl"],
        env={**NO_SCREEN, "XDG_DATA_HOME": str(folder)},
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return done.stdout, folder


@pytest.mark.long
def test_a_session_ends_by_itself_when_both_sides_are_done(both_sides: tuple[str, Path]) -> None:
    printed, _ = both_sides
    assert "Well done, switch sides" in printed
    assert "All done, well done" in printed
    assert len(re.findall(r"of 2 s +done", printed)) == 2


def test_whoever_holds_on_after_the_end_is_told_the_same_everywhere(
    both_sides: tuple[str, Path],
) -> None:
    printed_there, folder = both_sides
    (session,) = kept(folder)
    last = json.loads((folder / "said.jsonl").read_text().splitlines()[-1])
    spoken = re.findall(r"(left|right) (\d+) seconds", last["words"].lower())
    printed = re.findall(r"^(Left|Right) +([\d.]+) s of", printed_there, re.MULTILINE)
    assert last["kind"] == "summary"
    assert session.ended is End.DONE
    assert {side: int(seconds) for side, seconds in session.held_s.items()} == {
        side: int(seconds) for side, seconds in spoken
    }
    assert {side.lower(): float(seconds) for side, seconds in printed} == {
        side: round(seconds, 1) for side, seconds in session.held_s.items()
    }
    assert min(session.held_s.values()) < 2.5


@pytest.mark.long
def test_forearms_crossed_before_the_chest_end_a_session_without_a_key(tmp_path: Path) -> None:
    signs = CHECKOUT / "samples" / "signs.mp4"
    done = subprocess.run(
        [FORMCHECK, "lunge-stretch", signs, "--mute"],
        env={**NO_SCREEN, "XDG_DATA_HOME": str(tmp_path)},
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    (session,) = Store(tmp_path / "formcheck").history.sessions()
    assert "Keep that to end" in done.stdout
    assert session.ended is End.SIGN
    assert session.duration_s < 20  # of the clip's 26: after the sign nothing more is taken in
