"""formcheck opens no connection: every command works where there is no network, and tries none."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import cv2
import pytest

from formcheck.cli.main import cli
from formcheck.pose.definition import pose_names
from tests.shared import CHECKOUT

FORMCHECK = Path(sys.executable).parent / "formcheck"
SAMPLE = CHECKOUT / "samples" / "starts-in-pose.mp4"

WATCHED = ("strace", "-f", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg,sendmmsg,bind")
NO_NETWORK = ("unshare", "--user", "--map-root-user", "--net")
"""A network namespace of its own, with no interface in it."""


def can(*command: str) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


pytestmark = [
    pytest.mark.skipif(not can(*NO_NETWORK, "true"), reason="no network namespace may be made"),
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace watches the system calls"),
]


def families(commands: list[list[str | Path]], home: Path) -> set[str]:
    """Run the commands without a network; return the kinds of addresses that they spoke to."""
    seen: set[str] = set()
    for command in commands:
        trace = home / "trace"
        done = subprocess.run(
            [*NO_NETWORK, *WATCHED, "-o", trace, *command],
            check=False,
            capture_output=True,
            text=True,
            cwd=home,
            env={"PATH": "/usr/bin:/bin", "HOME": str(home)},
        )
        # 1: the short clip holds too little to learn from, which is said.
        assert done.returncode in (0, 1), (command, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        text = trace.read_text()
        assert f"exited with {done.returncode}" in text
        seen |= set(re.findall(r"sa_family=(\w+)", text))
    return seen


def test_whoever_opens_a_connection_is_seen(tmp_path: Path) -> None:
    tries = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    assert families([[sys.executable, "-c", tries]], tmp_path) == {"AF_INET"}


def test_no_command_is_left_out() -> None:
    there = set(cli.list_commands(click.Context(cli)))
    assert {"score", "lunge-stretch"} < there
    assert there - set(pose_names()) <= {command[0] for command in COMMANDS}


COMMANDS: list[tuple[str, ...]] = [
    ("lunge-stretch", "short.mp4", "--terminal", "--transcript", "said.jsonl"),
    ("score", "short.mp4", "photo.png"),
    ("learn", "mine", "held.mp4"),
    ("calibrate", "lunge-stretch", "short.mp4", "--terminal"),
    ("hip-flexors", "short.mp4", "--terminal"),
    ("doctor", "short.mp4"),
    ("poses", "lunge-stretch"),
    ("history",),
    ("report",),
    ("remind", "--days", "mon,wed,fri", "--at", "18:30"),
    ("export", "all.json"),
    ("forget", "--yes"),
]


@pytest.mark.long
@pytest.mark.mediapipe
def test_every_command_works_without_a_network_and_tries_none(tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / "held.mp4")
    capture = cv2.VideoCapture(str(SAMPLE))
    frames = [capture.read()[1] for _ in range(25)]
    height, width = frames[0].shape[:2]
    writer = cv2.VideoWriter(
        str(tmp_path / "short.mp4"),
        cv2.VideoWriter.fourcc(*"mp4v"),
        10,
        (width, height),
        isColor=True,
    )
    for frame in frames:
        writer.write(frame)
    writer.release()
    cv2.imwrite(str(tmp_path / "photo.png"), frames[0])

    assert families([[FORMCHECK, *command] for command in COMMANDS], tmp_path) <= {"AF_UNIX"}
