"""A camera that misbehaves: what it hands on, where it is found again, how it is let go."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.io.cameras import devices
from formcheck.io.cameras.camera import Camera
from formcheck.io.files.clip import Clip
from formcheck.picture.frame import Frame
from tests.io.clips import HEIGHT, WIDTH, write_pictures


class Plug:
    """A machine's cameras, by number; each films a new picture every few milliseconds."""

    def __init__(self, *numbers: int) -> None:
        self.state = dict.fromkeys(numbers, "ok")
        self.opened: list[int | str] = []
        self.released = 0
        self.go_on = threading.Event()

    def open(self, where: int | str) -> devices.Capture:
        self.opened.append(where)
        return _Capture(self, where)

    def move(self, old: int, new: int) -> None:
        """Pull the plug; the machine knows the camera under a new number from then on."""
        del self.state[old]
        self.state[new] = "ok"


class _Capture:
    def __init__(self, plug: Plug, where: int | str) -> None:
        self._plug = plug
        self._where = where
        self._count = 0

    @property
    def _state(self) -> str | None:
        return self._plug.state.get(self._where) if isinstance(self._where, int) else None

    def isOpened(self) -> bool:  # noqa: N802
        return self._state is not None

    def grab(self) -> bool:
        time.sleep(0.002)
        if self._state == "hang":
            self._plug.go_on.wait(30)
        if self._state != "freeze":
            self._count += 1
        return self._state not in (None, "no picture")

    def retrieve(self) -> tuple[bool, cv2.typing.MatLike]:
        if self._state == "damaged":
            raise cv2.error("a picture that does not decode")
        if self._state == "empty":
            return True, np.empty((0, 0, 3), dtype=np.uint8)
        return True, np.full((HEIGHT, WIDTH, 3), self._count % 251, dtype=np.uint8)

    def release(self) -> None:
        self._plug.released += 1


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formcheck.io.cameras.camera._RETRY_S", 0.01)


@pytest.fixture
def plug() -> Iterator[Plug]:
    plug = Plug(0)
    yield plug
    plug.go_on.set()


@pytest.fixture
def camera(plug: Plug) -> Iterator[Camera]:
    camera = Camera(0, open_capture=plug.open, others=lambda _number, _name: range(1, 4))
    yield camera
    plug.go_on.set()
    camera.close()


def until(happens: Callable[[], bool]) -> None:
    for _ in range(2000):
        if happens():
            return
        time.sleep(0.005)
    pytest.fail("it never happened")


def drained(camera: Camera) -> None:
    """Read until no frame is left over from before."""
    while camera.read(0.05) is not None:
        pass


def next_frame(camera: Camera) -> Frame:
    frame = camera.read(10)
    assert frame is not None
    return frame


def test_a_camera_that_comes_back_under_another_number_is_found(plug: Plug, camera: Camera) -> None:
    before = next_frame(camera)
    plug.move(0, 2)
    until(lambda: 2 in plug.opened)
    drained_s = next_frame(camera).time_s
    assert drained_s > before.time_s
    plug.move(2, 0)
    until(lambda: plug.opened[-1] == 0)
    assert next_frame(camera).time_s > drained_s


def test_a_device_that_opens_but_gives_no_picture_hides_no_camera_behind_it(
    plug: Plug, camera: Camera
) -> None:
    next_frame(camera)
    plug.state[1] = "no picture"
    plug.move(0, 3)
    until(lambda: plug.opened[-1] == 3)
    next_frame(camera)


def test_another_camera_is_not_taken_for_the_one_that_was_unplugged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = {0: "Desk camera", 1: "Lid camera", 3: "Desk camera"}
    monkeypatch.setattr(devices, "device_name", names.get)
    monkeypatch.setattr(sys, "platform", "linux")
    looked_at = devices.other_numbers(0, "Desk camera")
    assert 3 in looked_at
    assert 1 not in looked_at


def test_a_frozen_picture_is_handed_on_once(plug: Plug, camera: Camera) -> None:
    next_frame(camera)
    plug.state[0] = "freeze"
    drained(camera)
    assert camera.read(0.2) is None
    plug.state[0] = "ok"
    next_frame(camera)


@pytest.mark.parametrize("trouble", ["damaged", "empty"])
def test_pictures_that_cannot_be_read_are_none_and_end_nothing(
    plug: Plug, camera: Camera, trouble: str
) -> None:
    next_frame(camera)
    plug.state[0] = trouble
    drained(camera)
    assert camera.read(0.1) is None
    plug.state[0] = "ok"
    next_frame(camera)


def test_a_camera_that_hangs_holds_up_neither_the_reader_nor_the_end(
    plug: Plug, camera: Camera
) -> None:
    next_frame(camera)
    plug.state[0] = "hang"
    drained(camera)
    assert camera.read(0.01) is None
    camera.close()
    assert camera.ended
    assert not plug.released  # it still hangs
    plug.go_on.set()
    until(lambda: plug.released == 1)


def frames_of(clip: Clip) -> list[Frame]:
    return list(iter(clip.read, None))


def frozen_clip(path: Path, numbers: list[int]) -> Clip:
    """Write a clip of grey pictures at 10 frames a second, without loss."""
    writer = cv2.VideoWriter(
        str(path), cv2.VideoWriter.fourcc(*"FFV1"), 10, (WIDTH, HEIGHT), isColor=True
    )
    assert writer.isOpened()
    for number in numbers:
        writer.write(np.full((HEIGHT, WIDTH, 3), number, dtype=np.uint8))
    writer.release()
    return Clip(path)


def test_a_picture_that_stands_still_in_a_clip_is_no_news(tmp_path: Path) -> None:
    clip = frozen_clip(tmp_path / "clip.avi", [1, 2, *[3] * 20, 4, 5])
    assert [round(frame.time_s, 3) for frame in frames_of(clip)] == [0, 0.1, 0.2, 2.2, 2.3]
    assert clip.problem is None


def test_a_clip_of_one_picture_still_takes_its_time(tmp_path: Path) -> None:
    frames = frames_of(frozen_clip(tmp_path / "clip.avi", [7] * 80))
    times = [frame.time_s for frame in frames]
    assert times[0] == 0
    assert times[-1] == pytest.approx(7.9)
    assert min(np.diff(times[:-1])) > 2  # no pose bridges so long a gap


def test_a_clip_played_at_twice_its_rate_loses_nothing(tmp_path: Path) -> None:
    doubled = frozen_clip(tmp_path / "double.avi", [n for n in range(20) for _ in range(2)])
    shown = [int(frame.image[0, 0, 0]) for frame in frames_of(doubled)]
    assert sorted(set(shown)) == list(range(20))


def test_a_clip_that_changes_its_size_on_the_way_is_read_through(tmp_path: Path) -> None:
    sizes = [(48, 64)] * 12 + [(80, 60)] * 9 + [(48, 64)] * 7
    pictures = [np.full((*size, 3), 8 * n, dtype=np.uint8) for n, size in enumerate(sizes)]
    clip = Clip(write_pictures(tmp_path / "turned.ts", pictures))
    frames = frames_of(clip)
    assert [frame.image.shape[:2] for frame in frames] == sizes
    assert [frame.image.mean() for frame in frames] == pytest.approx(range(0, 8 * 28, 8), abs=4)
    assert [frame.time_s for frame in frames] == pytest.approx([n / 10 for n in range(28)])
    assert clip.problem is None
