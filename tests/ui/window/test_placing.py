"""All of the window is on one screen: small ones, scaled ones, and another it is moved to."""

import os
import re
import shutil
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.running.stage import virtual_screen
from formcheck.ui.drawing.layout import Rect
from formcheck.ui.window.desk.placing import fitted, free_part, screen_of
from formcheck.ui.window.desk.x11 import Frame, XServer
from tests.shared import needs_screen
from tests.ui.window.test_window import PROGRAM, ended, press, program_running

Environment = dict[str, str]

rects = st.builds(
    Rect, st.integers(-900, 4000), st.integers(-900, 3000), st.integers(1, 4000),
    st.integers(1, 3000),
)  # fmt: skip
frames = st.builds(Frame, *[st.integers(0, 60)] * 4)


@given(rects, frames, rects)
def test_a_window_that_is_fitted_lies_in_its_room_with_its_frame(
    window: Rect, frame: Frame, room: Rect
) -> None:
    place = fitted(window, frame, room)
    if room.width > frame.left + frame.right and room.height > frame.top + frame.bottom:
        around = Rect(
            place.x - frame.left, place.y - frame.top,
            place.width + frame.left + frame.right, place.height + frame.top + frame.bottom,
        )  # fmt: skip
        assert around.overlap(room) == around.area
        assert fitted(place, frame, room) == place
    assert place.width <= window.width
    assert place.height <= window.height


@given(st.lists(rects, min_size=1, max_size=4), rects, rects)
def test_what_is_free_of_a_screen_is_a_part_of_it(
    screens: list[Rect], window: Rect, free: Rect
) -> None:
    screen = screen_of(window, screens)
    assert screen in screens
    part = free_part(screen, free)
    assert 0 < part.area == part.overlap(screen)


PATIENCE_S = 30.0

WHOLE = PROGRAM.replace(', (640, 480))\nimage', ')\nimage').replace(
    "display.close()\nprint", "cv2.imwrite(__import__('os').environ['DRAWN'], "
    "display._overlay.draw(image, None, Status.GETTING_READY))\ndisplay.close()\nprint"
)  # fmt: skip
"""A window of the usual size; what was drawn in it last is written to a file."""


@needs_screen
@pytest.mark.screen
@pytest.mark.parametrize("decorated", [False, True])
@pytest.mark.parametrize(
    ("size", "scale"),
    [
        ((1024, 600), 1),
        pytest.param((1280, 720), 1, marks=pytest.mark.long),
        pytest.param((640, 480), 1, marks=pytest.mark.long),
        pytest.param((1600, 900), 1.5, marks=pytest.mark.long),
        ((1600, 900), 2),
    ],
)
def test_all_that_is_drawn_is_on_the_screen(
    size: tuple[int, int], scale: float, decorated: bool, tmp_path: Path
) -> None:
    with desktop(size, decorated=decorated) as environment:
        environment |= {"QT_SCALE_FACTOR": str(scale), "DRAWN": str(tmp_path / "drawn.png")}
        with program_running(WHOLE, environment) as program:
            whole = Rect(0, 0, *size)
            place = resting_place(environment, within=whole)
            assert place.overlap(whole) == place.area
            assert min(place.width / size[0], place.height / size[1]) >= (0.9 if decorated else 1)
            shown = painted(environment, size, place, tmp_path)
            press("q", environment)
            assert ended(program) == ["quit", "closed"]
    drawn = cv2.imread(environment["DRAWN"])
    assert drawn is not None
    as_large = cv2.resize(drawn, (place.width, place.height)).astype(int)
    # Scaling softens edges by a way of its own; anything cut off or moved differs far more.
    assert np.abs(as_large - shown).mean() < 3
    assert (np.abs(as_large - shown).max(axis=2) > 128).mean() < 0.005


@needs_screen
@pytest.mark.screen
@pytest.mark.parametrize("decorated", [False, True])
def test_a_window_that_is_moved_to_a_smaller_screen_fits_that_too(decorated: bool) -> None:
    large, small = Rect(0, 0, 1600, 900), Rect(1600, 0, 1024, 600)
    with desktop((2624, 900), decorated=decorated) as environment:
        for number, screen in enumerate((large, small)):
            make_screen(environment, screen, number)
        with program_running(PROGRAM.replace("(640, 480))\nimage", "(1280, 720))\nimage"),
                             environment) as program:  # fmt: skip
            assert (place := resting_place(environment, large)).overlap(large) == place.area
            assert (place.width, place.height) == (1280, 720)
            move(environment, 800, 100)
            assert resting_place(environment).x > 750  # most of it is still on the large one
            move(environment, 1900, 100)
            assert (place := resting_place(environment, small)).overlap(small) == place.area
            assert place.height > 0.9 * small.height
            press("q", environment)
            assert ended(program) == ["quit", "closed"]


@contextmanager
def desktop(size: tuple[int, int], *, decorated: bool) -> Iterator[Environment]:
    """Start a screen, with a window manager that puts a title above each window or without."""
    if decorated and shutil.which("openbox") is None:
        pytest.skip("no openbox")
    with virtual_screen(*size) as environment:
        if not decorated:
            yield environment
            return
        manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
        try:
            wait_until_managed(environment)
            yield environment
        finally:
            manager.terminate()
            manager.wait()


def wait_until_managed(environment: Environment) -> None:
    for _ in range(100):
        root = told_by(environment, "xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
        if "#" in root:
            return
        time.sleep(0.1)
    pytest.fail("openbox did not start")


def make_screen(environment: Environment, screen: Rect, number: int) -> None:
    """Divide the server's one screen as several would be: RRSetMonitor of RandR 1.5."""
    server = XServer.connect(environment)
    assert server is not None
    major = server._ask(98, 0, struct.pack("<Hxx", 5) + b"RANDR\0\0\0")[9]
    server._ask(major, 0, struct.pack("<II", 1, 5))
    name = f"screen {number}".encode()
    atom = struct.unpack_from(
        "<I", server._ask(16, 0, struct.pack("<Hxx", len(name)) + name), 8
    )[0]  # fmt: skip
    outputs = resources(server, major) if number == 0 else ()
    place = struct.pack("<hhHHII", screen.x, screen.y, screen.width, screen.height, 300, 200)
    head = struct.pack("<IIBBH", server._root, atom, number == 0, 0, len(outputs))
    server._send(major, 43, head + place + struct.pack(f"<{len(outputs)}I", *outputs))
    assert screen in server.screens()
    server.close()


def resources(server: XServer, major: int) -> tuple[int, ...]:
    answer = server._ask(major, 25, struct.pack("<I", server._root))
    controllers, outputs = struct.unpack_from("<HH", answer, 16)
    return struct.unpack_from(f"<{outputs}I", answer, 32 + 4 * controllers)


def move(environment: Environment, x: int, y: int) -> None:
    told_by(
        environment, "xdotool", "search", "--name", "^formcheck", "windowmove", str(x), str(y)
    )  # fmt: skip


def resting_place(environment: Environment, within: Rect | None = None) -> Rect:
    """Return where the window lies once it has not moved for a while.

    A busy machine may take longer than that to fit it into a place: half a minute is waited.
    """
    place, begun = None, time.monotonic()
    since = begun
    while True:
        told = told_by(environment, "xwininfo", "-root", "-tree")
        found = re.search(r'"formcheck:.* (\d+)x(\d+)\S+ +\+(-?\d+)\+(-?\d+)$', told, re.MULTILINE)
        assert found, told
        width, height, x, y = map(int, found.groups())
        now = time.monotonic()
        if place != Rect(x, y, width, height):
            place, since = Rect(x, y, width, height), now
        assert place is not None
        is_there = within is None or place.overlap(within) == place.area
        if now - since > 0.6 and (is_there or now - begun > PATIENCE_S):
            return place
        time.sleep(0.05)


def painted(
    environment: Environment, size: tuple[int, int], place: Rect, folder: Path
) -> npt.NDArray[np.uint8]:
    """Return what the screen shows of the window, once it shows the same twice and is not black."""
    shown = before = screenshot(environment, size, folder)[place.pixels]
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE_S:
        time.sleep(0.2)
        before, shown = shown, screenshot(environment, size, folder)[place.pixels]
        if shown.any(axis=2).mean() > 0.9 and np.array_equal(before, shown):
            break
    return shown


def screenshot(
    environment: Environment, size: tuple[int, int], folder: Path
) -> npt.NDArray[np.uint8]:
    path = folder / "screen.png"
    told_by(
        environment, "ffmpeg", "-y", "-v", "error", "-f", "x11grab", "-draw_mouse", "0",
        "-video_size", f"{size[0]}x{size[1]}", "-i", environment["DISPLAY"],
        "-frames:v", "1", str(path),
    )  # fmt: skip
    return np.asarray(cv2.imread(str(path)), dtype=np.uint8)


def told_by(environment: Environment, *command: str) -> str:
    return subprocess.run(
        command, env={**os.environ, **environment}, check=True, timeout=20, text=True,
        stdout=subprocess.PIPE,
    ).stdout  # fmt: skip
