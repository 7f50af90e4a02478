"""Every command in any terminal: narrow, without letters beyond ASCII, or a dumb one."""

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import cv2
import pytest

from formcheck.cli.main import cli
from formcheck.pose.definition import pose_names
from formcheck.pose.routine import routine_names
from formcheck.store import Store
from formcheck.store.history import insert
from tests.shared import CHECKOUT
from tests.store.sessions import RECORD
from tests.terminals import Terminal, shown, terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such terminals there")

FORMCHECK = Path(sys.executable).parent / "formcheck"

COMMANDS: dict[str, tuple[str, ...]] = {
    "--help": (),
    "lunge-stretch": ("short.mp4", "--terminal", "--mute"),
    "hip-flexors": ("short.mp4", "--terminal", "--mute"),
    "calibrate": ("lunge-stretch", "short.mp4", "--terminal", "--mute"),
    "doctor": ("short.mp4",),
    "score": ("short.mp4", "größe.png", "nothing.mp4"),
    "learn": ("mine", "short.mp4"),
    "poses": ("lunge-stretch",),
    "history": (),
    "remind": (),
    "report": (),
    "export": (),
    "forget": ("--yes",),
}


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a short clip and a photo."""
    folder = tmp_path_factory.mktemp("clips")
    capture = cv2.VideoCapture(str(CHECKOUT / "samples" / "starts-in-pose.mp4"))
    frames = [capture.read()[1] for _ in range(25)]
    height, width = frames[0].shape[:2]
    fourcc = cv2.VideoWriter.fourcc(*"mp4v")
    writer = cv2.VideoWriter(str(folder / "short.mp4"), fourcc, 10, (width, height), isColor=True)
    for frame in frames:
        writer.write(frame)
    writer.release()
    cv2.imwrite(str(folder / "größe.png"), frames[0])
    return folder


@pytest.fixture
def home(tmp_path: Path, clips: Path) -> Path:
    """Give a home with the clips, and a history with a name that is not ASCII."""
    for path in clips.iterdir():
        shutil.copy(path, tmp_path)
    store = Store(tmp_path / ".local" / "share" / "formcheck")
    with store.database.transaction() as connection:
        insert(connection, RECORD)
        insert(connection, replace(RECORD, source="größe–左.mp4", is_live=False))
    return tmp_path


def test_no_command_is_left_out() -> None:
    there = {*cli.list_commands(click.Context(cli))} - {*pose_names(), *routine_names()}
    assert there <= set(COMMANDS)


@pytest.mark.mediapipe
@pytest.mark.parametrize(
    "columns", [20, *(pytest.param(wider, marks=pytest.mark.long) for wider in (40, 80))]
)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_works_in_a_narrow_terminal_of_ascii(
    command: str, columns: int, home: Path
) -> None:
    program = terminal(
        [FORMCHECK, command, *COMMANDS[command]],
        columns=columns,
        home=home,
        PYTHONIOENCODING="ascii",
    )
    program.read(120)
    # 1: a file that is not there, and a clip too short to learn from, which is said.
    assert program.close() in ((1,) if command in ("score", "learn", "calibrate") else (0,))
    said = shown(program.written, "ascii")
    assert said.strip()
    assert "Traceback" not in said
    assert "\N{REPLACEMENT CHARACTER}" not in said


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("ascii", "grosse-?.mp4"),
        pytest.param("latin-1", "größe-?.mp4", marks=pytest.mark.long),
        pytest.param("cp437", "größe-?.mp4", marks=pytest.mark.long),
        pytest.param("cp1252", "größe–?.mp4", marks=pytest.mark.long),
        ("utf-8", "größe–左.mp4"),
    ],
)
def test_a_letter_that_a_terminal_does_not_have_is_replaced_by_the_nearest(
    encoding: str, name: str, home: Path
) -> None:
    for command in ("history", "report", "export"):
        program = terminal([FORMCHECK, command], columns=200, home=home, PYTHONIOENCODING=encoding)
        program.read(20)
        assert program.close() == 0
        said = shown(program.written, encoding)
        assert "Traceback" not in said
        if command == "export":
            assert name in said


@pytest.mark.parametrize("columns", [20, 24, 40, 60, 80, 200])
def test_history_and_poses_show_whole_words_first_at_any_width(columns: int, home: Path) -> None:
    told = {}
    for command in ("history", "poses"):
        program = terminal([FORMCHECK, command], columns=columns, home=home)
        program.read(20)
        assert program.close() == 0
        told[command] = re.sub(r"\x1b\[[0-9;]*m", "", shown(program.written, "utf-8"))
        lines = told[command].split("\n")
        assert max(len(line.rstrip()) for line in lines) <= columns
    for seconds in ("60 s", "34 s"):
        assert seconds in told["history"]
    assert re.search(r"2026-03-04 \d\d:30", told["history"])
    for name in pose_names():
        assert name in told["poses"]


def test_a_dumb_terminal_is_sent_no_codes(home: Path) -> None:
    for command in ("history", "poses lunge-stretch", "doctor --help"):
        words: list[str | Path] = [FORMCHECK, *command.split()]
        program = terminal(words, columns=80, home=home, TERM="dumb")
        program.read(20)
        assert program.close() == 0
        assert b"\x1b" not in program.written


@pytest.mark.mediapipe
def test_a_dumb_terminal_gets_a_session_in_lines(home: Path) -> None:
    command: list[str | Path] = [FORMCHECK, "lunge-stretch", "short.mp4", "--terminal", "--mute"]
    program = terminal(command, columns=80, home=home, TERM="dumb")
    program.read(60)
    assert program.close() == 0
    assert b"\x1b" not in program.written
    assert "lunge" not in shown(program.written, "utf-8").split("\n")[0]
    assert re.search(r"\d\.\d s  ", shown(program.written, "utf-8"))


@pytest.mark.mediapipe
def test_after_ctrl_z_and_fg_the_cursor_and_the_live_view_are_as_they_were(home: Path) -> None:
    shutil.copy(CHECKOUT / "samples" / "lunge-stretch-good.mp4", home / "long.mp4")
    shell = terminal(["bash", "--norc", "-i"], columns=80, home=home, PS1="ready> ")
    shell.read(20, until=b"ready> ")
    shell.type(f"{FORMCHECK} lunge-stretch long.mp4 --terminal --mute\n".encode())
    assert b"Ctrl-C ends" in _after(shell, b"\x1b[?25l", b"Ctrl-C ends")
    shell.type(b"\x1a")
    stopped = shell.read(20, until=b"ready> ")
    assert b"\x1b[?25h" in stopped
    assert b"Stopped" in stopped
    assert b"\x1b[?25l" not in stopped.split(b"\x1b[?25h")[-1]
    shell.type(b"fg\n")
    gone_on = _after(shell, b"\x1b[?25l", b"Ctrl-C ends")
    assert b"Ctrl-C ends" in gone_on
    shell.type(b"\x03")
    ended = shell.read(20, until=b"ready> ")
    assert b"\x1b[?25h" in ended
    assert b"Longest" in ended
    shell.type(b"exit\n")
    shell.read(20)
    shell.close()


def _after(shell: Terminal, first: bytes, then: bytes) -> bytes:
    """Read on until the one has come and then the other."""
    return shell.read(60, until=first) + shell.read(60, until=then)


@pytest.mark.long
def test_output_that_nobody_takes_and_input_that_is_closed_end_in_no_traceback(home: Path) -> None:
    for redirection in (">&-", "2>&-", "<&-", "<&- >&- 2>&-"):
        done = subprocess.run(
            ["sh", "-c", f"{FORMCHECK} history {redirection}"],
            check=False, capture_output=True, text=True, cwd=home,
            env={"PATH": "/usr/bin:/bin", "HOME": str(home)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
