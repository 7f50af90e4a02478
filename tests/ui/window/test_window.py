"""The real window on a virtual screen: pressed with real keys, closed as a person would."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.running.stage import virtual_screen
from formcheck.ui.screen import has_screen
from formcheck.ui.window.window import LARGEST, SMALLEST, bounded
from tests.shared import needs_screen

ROOT = Path(__file__).parents[3]
PROGRAM = """
import cv2
import numpy as np
from formcheck.pose.definition import load_pose
from formcheck.ui.display import Key, Status
from formcheck.ui.screen import has_screen
from formcheck.ui.window.window_display import WindowDisplay

display = WindowDisplay(load_pose("lunge-stretch"), (640, 480))
image = np.full((480, 640, 3), 90, np.uint8)
shown = 0
print("open", flush=True)
while not display.is_closed:
    display.show(image, None, Status.GETTING_READY)
    for key in display.keys():
        print(key.value, flush=True)
        if key is Key.QUIT:
            display.close()
display.close()
print("closed", flush=True)
"""

NOBODY_TO_ASK = """
from formcheck.ui.window.desk.desk import Desk
Desk.find = classmethod(lambda cls, title: None)
"""
"""As on a Mac or on Windows."""


@pytest.fixture
def screen() -> Iterator[str]:
    with virtual_screen(1400, 900) as environment:
        yield environment["DISPLAY"]


@needs_screen
@pytest.mark.screen
def test_keys_pressed_in_the_real_window_are_told_and_q_closes_it(screen: str) -> None:
    # A Wayland desktop sets the platform so; the window must open all the same.
    environment = {**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "wayland"}
    assert has_screen(environment)
    with program_running(PROGRAM, environment) as program:
        for key in ("space", "x", "f", "space", "q"):
            press(key, environment)
        assert ended(program) == ["pause", "pause", "quit", "closed"]


@needs_screen
@pytest.mark.screen
def test_a_window_that_goes_away_by_itself_says_so(screen: str) -> None:
    going = "    shown += 1\n    if shown == 9:\n        cv2.destroyAllWindows()\n"
    gone = PROGRAM.replace("    display.show", f"{going}    display.show")
    with program_running(gone, {**os.environ, "DISPLAY": screen}) as program:
        assert ended(program) == ["closed"]


@needs_screen
@pytest.mark.screen
@pytest.mark.parametrize("asks", ["", NOBODY_TO_ASK], ids=["told by the server", "found out"])
def test_a_window_that_grows_is_filled_wherever_it_stands(screen: str, asks: str) -> None:
    environment = {**os.environ, "DISPLAY": screen}
    told_size = asks + PROGRAM.replace(
        "    for key in", "    print(*display._window.size, flush=True)\n    for key in"
    )
    with program_running(told_size, environment) as program:
        search = ["xdotool", "search", "--sync", "--name", "^formcheck"]
        for size in (("1200", "700"), ("500", "400"), ("900", "600")):
            subprocess.run(
                [*search, "windowmove", "50", "40", "windowsize", *size],
                env=environment, check=True, timeout=20, stdout=subprocess.DEVNULL,
            )  # fmt: skip
            wait_for(program, " ".join(size))
        press("q", environment)


WINDOWS = """
import time
import numpy as np
from formcheck.ui.window.desk.x11 import XServer
from formcheck.ui.window.window import Window

canvas = np.full((480, 640, 3), (10, 20, 30), np.uint8)
server = XServer.connect()
print("open", flush=True)
for number in range(6):
    window = Window(f"formcheck {number}", (640, 480))
    ends_s = time.monotonic() + 1
    while time.monotonic() < ends_s:
        window.show(canvas)
        window.work()
        time.sleep(0.01)
    print(hex(server.pixel_of(server.window(f"formcheck {number}"), 5, 5)), flush=True)
    window.close()
"""


@needs_screen
@pytest.mark.screen
def test_without_a_window_manager_every_window_is_painted(screen: str) -> None:
    with program_running(WINDOWS, {**os.environ, "DISPLAY": screen}) as program:
        assert ended(program) == ["0x1e140a"] * 6


def wait_for(program: "subprocess.Popen[str]", line: str) -> None:
    """Read what the program prints until it is this."""
    assert program.stdout is not None
    assert any(program.stdout.readline() == f"{line}\n" for _ in range(5000))


@contextmanager
def program_running(text: str, environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """Run a program until its window is open, and end it whatever happens."""
    with subprocess.Popen(
        [sys.executable, "-c", text], env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as program:
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == "open\n"
            yield program
        finally:
            program.kill()


def ended(program: "subprocess.Popen[str]") -> list[str]:
    """Wait for the program to end well, and return the words it printed."""
    told, _ = program.communicate(timeout=20)
    assert program.returncode == 0
    return told.split()


def press(key: str, environment: dict[str, str]) -> None:
    """Press a key in the window, and leave it a moment."""
    search = ["xdotool", "search", "--sync", "--name", "^formcheck"]
    subprocess.run(
        [*search, "windowfocus", "--sync", "key", key],
        env=environment,
        check=True,
        timeout=20,
        stdout=subprocess.DEVNULL,
    )
    time.sleep(0.3)


@pytest.mark.parametrize("size", [(1280, 720), (3840, 2160), (100, 50), (1, 4000), (5120, 1440)])
def test_a_canvas_follows_the_window_within_bounds(size: tuple[int, int]) -> None:
    width, height = bounded(size)
    assert width <= LARGEST[0]
    assert height <= LARGEST[1]
    assert width >= min(SMALLEST) // 3 or size[0] < size[1] / 2
    if size == (1280, 720):
        assert (width, height) == size
