"""The stage for a whole program: a screen, a webcam, a network camera, a person who holds.

Tests and benchmarks alike start them here. Several may stand side by side: each screen has a number
of its own, which the server itself picks, each webcam its own pipe, each network camera its port.
"""

import multiprocessing
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

CHECKOUT: Final = Path(__file__).resolve().parents[2]
SHARED: Final = Path(os.environ.get("FORMCHECK_SHARED", CHECKOUT.parent / "shared"))
FAKECAM: Final = SHARED / "tools" / "fakecam" / "fakecam"
"""A program that runs another one before a Video4Linux webcam whose faults are told to it."""

HAS_SCREEN: Final = shutil.which("Xvfb") is not None

_SAMPLE: Final = CHECKOUT / "samples" / "starts-in-pose.mp4"
_HELD: Final = (2, 70)
"""First and last frame of the sample between which the person rests in the stretch."""
_FPS: Final = 10

Image = npt.NDArray[np.uint8]


@contextmanager
def virtual_screen(width: int = 1280, height: int = 800) -> Iterator[dict[str, str]]:
    """Start a screen so large, in pixels; give the environment that shows on it.

    Raises:
        OSError: There is no Xvfb, or it did not start.
    """
    size = f"{width}x{height}x24"
    reader, writer = os.pipe()
    with os.fdopen(reader) as number:
        try:
            server = subprocess.Popen(
                # Not made anew when its last client leaves: setxkbmap's layout would go with it.
                [
                    "Xvfb",
                    "-displayfd",
                    str(writer),
                    "-noreset",
                    "-screen",
                    "0",
                    size,
                ],
                pass_fds=[writer],
                stderr=subprocess.DEVNULL,
            )
        finally:
            os.close(writer)  # so that a server that ends at once is not waited for
        display = number.readline().strip()
    try:
        if not display:
            raise OSError("Xvfb did not start.")
        yield {**os.environ, "DISPLAY": f":{display}"}
    finally:
        server.terminate()
        server.wait()


def end_all(program: subprocess.Popen[Any]) -> None:
    """End a program that was started with a session of its own, and all that it started.

    A webcam that nobody opens waits for somebody for ever, deaf to being asked to end.
    """
    with suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)
    program.wait()


def before_webcam(
    clip: Path,
    *,
    fakecam: Path = FAKECAM,
    once: bool = False,
    fps: int | None = None,
    size: str | None = None,
    faults: Sequence[tuple[float, str]] = (),
) -> list[str]:
    """Return what a command is to begin with to have a webcam that shows this clip.

    Args:
        clip: What the webcam shows.
        fakecam: The program that stands for the webcam.
        once: Whether it shows nothing more after the end, instead of the beginning again.
        fps: Frames a second; the webcam's own choice where None.
        size: As "640x480"; the webcam's own choice where None.
        faults: Seconds from the start, and the webcam's state from then on.
    """
    options = ["--once"] if once else []
    options += [] if fps is None else ["--fps", str(fps)]
    options += [] if size is None else ["--size", size]
    if faults:
        options += ["--faults", ",".join(f"{at_s}:{state}" for at_s, state in faults)]
    return [str(fakecam), *options, str(clip), "--"]


def holding() -> list[Image]:
    """Return pictures of somebody who holds: played over and over, they do not jump."""
    capture = cv2.VideoCapture(str(_SAMPLE))
    frames = [np.asarray(capture.read()[1], dtype=np.uint8) for _ in range(_HELD[1] + 1)]
    there = frames[_HELD[0] :]
    return [*there, *there[-2:0:-1]]


def holding_clip(folder: Path) -> Path:
    """Write these pictures as a clip, ten a second, to be played in a loop."""
    path = folder / "holding.mp4"
    frames = holding()
    height, width = frames[0].shape[:2]
    writer = cv2.VideoWriter(
        str(path), cv2.VideoWriter.fourcc(*"mp4v"), _FPS, (width, height), isColor=True
    )
    assert writer.isOpened()
    for frame in frames:
        writer.write(frame)
    writer.release()
    return path


@contextmanager
def network_camera(scale_at: Callable[[float], float]) -> Iterator[str]:
    """Serve somebody who holds as a stream of JPEG pictures on this machine; give its address.

    It is a process of its own, as a camera is another machine: whatever else this one does, the
    pictures come evenly.

    Args:
        scale_at: How large the pictures are so many seconds after somebody first looked: 1 as they
            are, 0 for a camera that cannot be reached. To be pickled.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    camera = context.Process(target=_serve, args=(scale_at, theirs), daemon=True)
    camera.start()
    theirs.close()  # so that a camera that could not start is noticed, not waited for
    try:
        yield f"http://127.0.0.1:{ours.recv()}/video"
    finally:
        camera.terminate()
        camera.join()


def _serve(scale_at: Callable[[float], float], port: "Connection") -> None:
    """Serve until the process is ended; tell through which port."""
    frames = holding()
    looks: list[float] = []

    class Stream(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            looks.append(time.monotonic())
            started = looks[0]  # on a busy machine the program takes its time to come
            if not scale_at(time.monotonic() - started):
                self.send_error(503)
                return
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            self.end_headers()
            try:
                while scale := scale_at(time.monotonic() - started):
                    number = int((time.monotonic() - started) * _FPS)
                    shown = cv2.resize(frames[number % len(frames)], None, fx=scale, fy=scale)
                    encoded = cv2.imencode(".jpg", shown)[1].tobytes()
                    self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
                    self.wfile.write(f"Content-Length: {len(encoded)}\r\n\r\n".encode())
                    self.wfile.write(encoded + b"\r\n")
                    time.sleep(1 / _FPS)
            except OSError:
                pass  # whoever looked has gone

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Stream)
    server.daemon_threads = True
    port.send(server.server_port)
    server.serve_forever()
