"""What is typed where a camera or a file is wanted, and the sentence that helps."""

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.cli.main import ExitStatus, run
from formcheck.errors import FormcheckError
from formcheck.io.source import open_source
from tests.io.clips import ffmpeg, write_clip

SAMPLE = Path(__file__).parents[2] / "samples" / "lunge-stretch-good.mp4"


class _Files(BaseHTTPRequestHandler):
    """Whatever is asked for, by the address."""

    contents: dict[str, bytes]

    def do_GET(self) -> None:
        content = self.contents[self.path.partition("?")[0]]
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def network(tmp_path: Path) -> Iterator[str]:
    """Serve a snapshot and a stream with pixels that are not square; give the address."""
    picture = np.random.default_rng(1).integers(0, 255, (48, 64, 3), dtype=np.uint8)
    jpeg = cv2.imencode(".jpg", picture)[1].tobytes()
    stream = tmp_path / "stream.ts"
    if shutil.which("ffmpeg"):
        ffmpeg("-i", SAMPLE, "-t", "2", "-vf", "scale=150:160,setsar=64/45", stream)
    _Files.contents = {
        "/shot.jpg": jpeg,
        "/cgi-bin/snapshot": jpeg,
        "/live": stream.read_bytes() if stream.exists() else b"",
    }
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Files)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "typed",
    [
        "192.168.1.50:8080/video",
        "192.168.1.50",
        "10.0.0.7/live/main",
        "camera.local/video",
        "phone:8080",
        "[fe80::1]:8080/video",
    ],
)
@pytest.mark.parametrize("command", ["lunge-stretch", "score"])
def test_an_address_without_its_beginning_is_told_which_to_write(
    command: str, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, typed]) == ExitStatus.FAILED
    said = capsys.readouterr().err
    assert f"http://{typed}" in said
    assert "rtsp://" in said


@pytest.mark.parametrize("command", ["lunge-stretch", "score", "learn"])
def test_a_files_address_is_told_as_a_path(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_clip(tmp_path / "my clip.mp4")
    words = [command, *(["mine"] if command == "learn" else []), path.as_uri()]
    assert run(words) == ExitStatus.FAILED
    assert str(path) in capsys.readouterr().err.replace("\n", "")


@pytest.mark.parametrize("typed", ["http://10.0.0.7/video", "rtsp://10.0.0.7/live"])
def test_an_address_where_a_file_is_wanted_is_told_where_it_goes(
    typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["score", typed]) == ExitStatus.FAILED
    said = capsys.readouterr().err
    assert "A file is needed here" in said
    assert "10.0.0.7" not in said


@pytest.mark.parametrize("typed", ["ftp://10.0.0.7/a.mp4", "onvif://10.0.0.7"])
def test_a_way_to_a_camera_that_is_none_is_told(typed: str) -> None:
    with pytest.raises(FormcheckError, match="http, https or rtsp"):
        open_source(typed)


@pytest.mark.parametrize(
    "typed", ["anna:geheim@10.0.0.7:80/video?token=geheim", "file://anna:geheim@nas/a.mp4?geheim"]
)
@pytest.mark.parametrize("command", ["lunge-stretch", "score"])
def test_no_secret_in_an_address_is_repeated(
    command: str, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, typed]) == ExitStatus.FAILED
    assert "geheim" not in capsys.readouterr().err


@pytest.mark.parametrize("typed", ["clip.mp4", "no/such/clip.mp4", r"C:\clips\me.mp4", "C:/me.mp4"])
def test_a_name_of_a_file_is_taken_for_no_address(typed: str) -> None:
    with pytest.raises(FormcheckError, match="There is no file"):
        open_source(typed)


def test_a_file_may_have_the_name_of_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_clip(tmp_path / "clip.mp4").rename(tmp_path / "phone:8080")
    source = open_source("phone:8080")
    assert source.read() is not None
    source.close()


@pytest.mark.parametrize("address", ["/shot.jpg", "/cgi-bin/snapshot?user=anna"])
def test_a_snapshot_says_that_it_takes_a_stream(network: str, address: str) -> None:
    with pytest.raises(FormcheckError, match=r"one picture and ends.*rtsp://"):
        open_source(network + address)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg makes the stream")
def test_a_network_cameras_pixels_are_shown_square(network: str) -> None:
    camera = open_source(network + "/live")
    frame = next(frame for frame in iter(lambda: camera.read(1.0), "never") if frame is not None)
    camera.close()
    assert frame.image.shape == (160, 213, 3)
