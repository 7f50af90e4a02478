"""One contract for every source of frames, and what each of them promises besides."""

import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from benchmarks.containers import ORIENTATIONS, orient
from formcheck.errors import FormcheckError
from formcheck.io.cameras.camera import Camera
from formcheck.io.files.clip import Clip, PacedClip
from formcheck.io.files.photo import is_photo, read_photo
from formcheck.io.source import open_source
from formcheck.picture.frame import Frame, FrameSource
from tests.io.clips import HEIGHT, WIDTH, write_clip, write_pictures


class ScriptedCapture:
    """Stands where `cv2.VideoCapture` does; its cable can be pulled."""

    def __init__(self) -> None:
        self.is_plugged = True
        self.grabbed = 0
        self.is_released = False

    def isOpened(self) -> bool:  # noqa: N802
        return self.is_plugged

    def grab(self) -> bool:
        time.sleep(0.002)
        self.grabbed += self.is_plugged
        return self.is_plugged

    def retrieve(self) -> tuple[bool, cv2.typing.MatLike]:
        return True, np.full((HEIGHT, WIDTH, 3), self.grabbed % 256, dtype=np.uint8)

    def release(self) -> None:
        self.is_released = True


class _MotionJpeg(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        try:
            for number in range(500):
                picture = np.full((HEIGHT, WIDTH, 3), 8 * (number % 32), dtype=np.uint8)
                encoded = cv2.imencode(".jpg", picture)[1].tobytes()
                self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
                self.wfile.write(f"Content-Length: {len(encoded)}\r\n\r\n".encode())
                self.wfile.write(encoded + b"\r\n")
                time.sleep(0.01)
        except OSError:
            pass  # the camera was closed

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def phone() -> Iterator[str]:
    """Serve a phone's picture stream on this machine; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _MotionJpeg)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/video"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["clip", "paced clip", "camera", "phone"])
def source(request: pytest.FixtureRequest, tmp_path: Path, phone: str) -> Iterator[FrameSource]:
    made: dict[str, Callable[[], FrameSource]] = {
        "clip": lambda: Clip(write_clip(tmp_path / "clip.mp4")),
        "paced clip": lambda: PacedClip(Clip(write_clip(tmp_path / "clip.mp4", rate=100))),
        "camera": lambda: Camera(0, open_capture=lambda _: ScriptedCapture()),
        "phone": lambda: open_source(phone),
    }
    opened = made[request.param]()
    yield opened
    opened.close()


def frames_of(source: FrameSource, most: int) -> list[Frame]:
    frames: list[Frame] = []
    for _ in range(200):
        frame = source.read(0.5)
        if frame is not None:
            frames.append(frame)
        if source.ended or len(frames) == most:
            break
    return frames


def test_every_source_hands_on_colour_frames_whose_times_and_numbers_grow(
    source: FrameSource,
) -> None:
    frames = frames_of(source, most=10)
    assert len(frames) == 10
    assert all(f.image.shape == (HEIGHT, WIDTH, 3) and f.image.dtype == np.uint8 for f in frames)
    assert all(a.time_s < b.time_s and a.index < b.index for a, b in pairwise(frames))
    assert frames[0].time_s >= 0


def test_every_source_may_be_closed_twice_and_is_over_then(source: FrameSource) -> None:
    source.read(0.5)
    source.close()
    source.close()
    assert source.ended
    assert source.read(0.05) is None


def test_a_clip_hands_on_every_frame_with_its_own_time(tmp_path: Path) -> None:
    clip = Clip(write_clip(tmp_path / "clip.mp4", frames=25, rate=10))
    frames = frames_of(clip, most=1000)
    assert [f.time_s for f in frames] == pytest.approx([n / 10 for n in range(25)], abs=1e-3)
    brightness = [float(f.image.mean()) for f in frames]
    assert brightness == pytest.approx([8 * n for n in range(25)], abs=4)
    assert clip.problem is None


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg makes the uneven clip")
def test_a_clip_of_variable_frame_rate_keeps_its_times(tmp_path: Path) -> None:
    even, uneven = write_clip(tmp_path / "even.mp4", frames=30, rate=10), tmp_path / "uneven.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", even, "-vf", "select='not(mod(n,3))+not(mod(n,7))'",
         "-vsync", "vfr", uneven],
        check=True,
    )  # fmt: skip
    kept = [n for n in range(30) if n % 3 == 0 or n % 7 == 0]
    times = [f.time_s for f in frames_of(Clip(uneven), most=1000)]
    assert times == pytest.approx([n / 10 for n in kept], abs=1e-3)


def test_a_clip_that_a_phone_held_upright_comes_upright(tmp_path: Path) -> None:
    lying = np.zeros((HEIGHT, WIDTH, 3), dtype=np.uint8)
    lying[:, : WIDTH // 4] = 255
    path = write_pictures(tmp_path / "clip.mp4", [lying])
    orient(path, ORIENTATIONS[6])
    frame = Clip(path).read()
    assert frame is not None
    assert frame.image.shape == (WIDTH, HEIGHT, 3)
    assert frame.image[: WIDTH // 4].mean() > 240
    assert frame.image[WIDTH // 4 + 8 :].mean() < 15


def test_a_clip_that_was_trimmed_is_not_called_broken(tmp_path: Path) -> None:
    # A phone leaves the frames in front of the cut in the file, since the others need them.
    whole, trimmed = tmp_path / "whole.mp4", tmp_path / "trimmed.mp4"
    pictures = [np.full((HEIGHT, WIDTH, 3), 8 * n, dtype=np.uint8) for n in range(30)]
    write_pictures(whole, pictures)
    with av.open(str(whole)) as source, av.open(str(trimmed), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.pts is not None and packet.dts is not None and packet.time_base is not None:
                earlier = round(1 / packet.time_base)
                packet.pts, packet.dts = packet.pts - earlier, packet.dts - earlier
                packet.stream = stream
                target.mux(packet)
    clip = Clip(trimmed)
    frames = frames_of(clip, most=1000)
    assert [f.time_s for f in frames] == pytest.approx([n / 10 for n in range(20)], abs=1e-3)
    assert float(frames[0].image.mean()) == pytest.approx(80, abs=4)
    assert clip.problem is None


def test_damaged_frames_are_left_out_and_told_and_the_others_keep_their_times(
    tmp_path: Path,
) -> None:
    path = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (WIDTH, HEIGHT))
    for number in range(30):
        writer.write(np.full((HEIGHT, WIDTH, 3), 8 * number, dtype=np.uint8))
    writer.release()
    head, body = path.read_bytes().split(b"movi", 1)
    pictures = body.split(b"00dc")[1:]  # each stands behind this mark, with its length before it
    for number in range(10, 20):
        pictures[number] = pictures[number][:4] + bytes(len(pictures[number]) - 4)
    path.write_bytes(head + b"movi" + b"".join(b"00dc" + picture for picture in pictures))
    clip = Clip(path)
    times = [f.time_s for f in frames_of(clip, most=1000)]
    assert times == pytest.approx([n / 10 for n in range(30) if not 10 <= n < 20])
    assert (clip.problem or "").startswith(f"10 frames of {path} are damaged")


def test_a_clip_broken_half_way_is_read_up_to_there_and_says_so(tmp_path: Path) -> None:
    avi = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(avi), cv2.VideoWriter.fourcc(*"MJPG"), 10, (640, 480))
    noise = np.random.default_rng(1)
    for _ in range(60):
        writer.write(noise.integers(0, 255, (480, 640, 3), dtype=np.uint8))
    writer.release()
    whole = avi.read_bytes()
    avi.write_bytes(whole[: len(whole) // 2])
    clip = Clip(avi)
    frames = frames_of(clip, most=1000)
    assert 10 < len(frames) < 50
    assert clip.problem is not None
    assert "breaks off" in clip.problem


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("none.mp4", None, "There is no file"),
        ("text.mp4", b"this is a shopping list", "is not a video"),
        ("empty.mp4", b"", "is not a video"),
    ],
)
def test_what_is_no_clip_is_told_in_a_sentence(
    tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(FormcheckError, match=says):
        Clip(tmp_path / name)


def test_a_video_without_frames_is_told(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.avi", frames=0)
    with pytest.raises(FormcheckError, match=r"no frame that can be read|is not a video"):
        Clip(path)


def test_a_paced_clip_waits_until_a_frame_is_due_and_drops_none(tmp_path: Path) -> None:
    now = 100.0

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    clip = PacedClip(Clip(write_clip(tmp_path / "c.mp4", frames=20)), now=lambda: now, sleep=sleep)
    shown = [(now, frame.time_s) for frame in iter(lambda: clip.read(1.0), None)]
    assert len(shown) == 20
    assert [at - 100.0 for at, _ in shown] == pytest.approx([time_s for _, time_s in shown])


def test_a_camera_hands_on_its_newest_frame_alone() -> None:
    capture = ScriptedCapture()
    camera = Camera(0, open_capture=lambda _: capture)
    first = camera.read(1.0)
    time.sleep(0.1)
    second = camera.read(1.0)
    camera.close()
    assert first is not None
    assert second is not None
    assert second.index > first.index + 5
    assert capture.is_released


def test_a_camera_that_is_unplugged_comes_back_by_itself() -> None:
    captures = [ScriptedCapture(), ScriptedCapture()]
    opened = iter(captures)
    camera = Camera(0, open_capture=lambda _: next(opened))
    before = camera.read(1.0)
    captures[0].is_plugged = False
    after = None
    for _ in range(40):
        after = camera.read(0.1) or after
    camera.close()
    assert before is not None
    assert after is not None
    assert after.time_s > before.time_s
    assert captures[1].grabbed > 0


@pytest.mark.parametrize("where", ["7", "/dev/video77", "http://127.0.0.1:9/none"])
def test_a_camera_that_is_not_there_is_told_in_a_sentence(where: str) -> None:
    with pytest.raises(FormcheckError, match=r"not there|does not open|No picture comes"):
        open_source(where)


def test_a_photo_is_known_by_its_content_and_read(tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    cv2.imwrite(str(photo), np.full((HEIGHT, WIDTH, 3), 7, dtype=np.uint8))
    assert is_photo(photo)
    assert not is_photo(write_clip(tmp_path / "clip.mp4"))
    assert read_photo(photo).shape == (HEIGHT, WIDTH, 3)
    with pytest.raises(FormcheckError, match="formcheck score"):
        open_source(str(photo))
