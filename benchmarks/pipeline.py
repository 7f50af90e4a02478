"""What formcheck costs on top of MediaPipe, on the same frames, side by side in one process.

    python -m benchmarks.pipeline CLIP

For every frame of the clip three things are timed in turn: MediaPipe alone (the frame converted
and handed to its landmarker), formcheck's whole step (the same through its detector, then
measure, judge, hold and cue), and the drawing of the window's picture. Which of the first two
goes first changes from frame to frame, so that neither has the warmer cache. Times are in
milliseconds a frame; the ratios are those of the medians and of the sums.

Then the whole program is held against the loop that people copy from tutorials, live and offline
(`benchmarks.running.duel`), and `score` with two processes against one. `--only step` or
`--only duel` does one of the two.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import mediapipe as mp
import numpy as np
import numpy.typing as npt
from mediapipe.tasks.python import BaseOptions, vision
from rich.console import Console
from rich.table import Table

from benchmarks.running.duel import duel
from benchmarks.running.stage import FAKECAM
from formcheck.io.detector import PoseDetector
from formcheck.io.files.clip import Clip
from formcheck.io.model import read_model
from formcheck.picture.frame import Frame
from formcheck.pose.definition import load_pose
from formcheck.session import Outcome, Session
from formcheck.ui.window.overlay import Overlay

CANVAS = (1280, 720)


class RawMediaPipe:
    """MediaPipe's landmarker as its own guide uses it."""

    def __init__(self) -> None:
        options = vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=read_model()),
            running_mode=vision.RunningMode.VIDEO,
        )
        self._landmarker = vision.PoseLandmarker.create_from_options(options)

    def detect(self, frame: Frame) -> object:
        image = mp.Image(mp.ImageFormat.SRGB, cv2.cvtColor(frame.image, cv2.COLOR_BGR2RGB))
        return self._landmarker.detect_for_video(image, round(frame.time_s * 1000))


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def measure(clip: Path, most_frames: int, size: tuple[int, int] | None) -> None:
    pose = load_pose("lunge-stretch")
    raw, detector, session = RawMediaPipe(), PoseDetector(), Session(pose)
    overlay = Overlay(pose, CANVAS)
    outcomes: list[Outcome] = []
    rows: list[tuple[float, float, float, float]] = []
    source = Clip(clip)
    while not source.ended and len(rows) < most_frames:
        frame = source.read()
        assert frame is not None
        if size is not None:
            frame = Frame(_fitted(frame.image, size), frame.time_s, frame.index)
        current = frame
        landmarks: list[object] = []

        def detect(current: Frame = current, found: list[object] = landmarks) -> None:
            found.append(detector.detect(current))

        def step(current: Frame = current, found: list[object] = landmarks) -> None:
            outcomes.append(session.step(current.time_s, found[-1]))  # type: ignore[arg-type]

        def draw(current: Frame = current) -> None:
            overlay.draw(current.image, outcomes[-1])

        if frame.index % 2:
            raw_ms = milliseconds(lambda current=current: raw.detect(current))  # type: ignore[misc]
            detect_ms = milliseconds(detect)
        else:
            detect_ms = milliseconds(detect)
            raw_ms = milliseconds(lambda current=current: raw.detect(current))  # type: ignore[misc]
        rows.append((raw_ms, detect_ms, milliseconds(step), milliseconds(draw)))
    height, width = current.image.shape[:2]
    warm = np.array(rows[min(10, len(rows) // 2) :])  # the first frames load the model's kernels
    _print(warm, f"{clip.name}, {len(warm)} frames of {width}x{height}")


def _fitted(image: npt.NDArray[np.uint8], size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.resize(image, size), dtype=np.uint8)


def _print(rows: npt.NDArray[np.float64], title: str) -> None:
    raw, detect, step, draw = rows.T
    table = Table(title=title)
    for heading in ("", "median ms", "95 % ms", "ratio of medians", "ratio of sums"):
        table.add_column(heading, justify="left" if not heading else "right")
    for name, times in (
        ("MediaPipe alone", raw),
        ("formcheck's step, not drawn", detect + step),
        ("  of it measure, judge, hold, cue", step),
        (f"formcheck's step, drawn at {CANVAS[0]}x{CANVAS[1]}", detect + step + draw),
        ("  of it drawing", draw),
    ):
        table.add_row(
            name,
            f"{np.median(times):.2f}",
            f"{np.percentile(times, 95):.2f}",
            f"{np.median(times) / np.median(raw):.3f}",
            f"{times.sum() / raw.sum():.3f}",
        )
    Console().print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("clip", type=Path)
    parser.add_argument("--frames", type=int, default=400, help="how many at most")
    parser.add_argument("--size", help="WIDTHxHEIGHT to scale the frames to, e.g. 1280x720")
    parser.add_argument("--only", choices=("step", "duel"))
    parser.add_argument("--fakecam", type=Path, default=FAKECAM)
    parser.add_argument("--seconds", type=float, default=40.0, help="of each live run")
    options = parser.parse_args()
    size = tuple(int(n) for n in options.size.split("x")) if options.size else None
    if options.only != "duel":
        measure(options.clip, options.frames, size)  # type: ignore[arg-type]
    if options.only != "step":
        duel(options.clip, options.fakecam, options.seconds)


if __name__ == "__main__":
    main()
