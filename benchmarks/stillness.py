"""Photographs before a camera, and people who hold: what tells them apart (`judge.life`).

    python -m benchmarks.stillness [--seconds 20] [PICTURE ...]

Each picture, by default a moment of three samples, is shown as a photograph on a wall is seen: with
a sensor's noise, in the dark, in changing light, shaken, small with all of it, and coded as a film
(libx264, as FFmpeg's libraries have it). Of each is printed after how many seconds it passed for
alive ("-" for never) and the most that it swayed, in multiples of its jitter; below, the same of
everybody who holds in the samples' saved landmarks, from the first moment of each hold on.
"""

import argparse
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
import cv2
import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.counting.track import load_track
from benchmarks.running.stage import CHECKOUT, Image
from formcheck.body.landmarks import PoseLandmarks
from formcheck.io.detector import PoseDetector
from formcheck.io.surroundings_meter import measure_light
from formcheck.judge import life
from formcheck.picture.frame import Frame

FPS: Final = 10
CANVAS: Final = (640, 480)
MOMENTS: Final = {"lunge-stretch-good": 11.0, "starts-in-pose": 3.0, "far-leg-left": 6.0}
SAMPLES: Final = CHECKOUT / "samples"


@dataclass(frozen=True)
class View:
    """How a photograph is seen."""

    noise: float = 4.0
    """Standard deviation, of 255."""
    light: float = 0.0
    """Share by which it goes up and down in 7 s; with it a third of it goes out halfway."""
    shake_px: float = 0.0
    scale: float = 1.0
    """Of the picture's height that it takes."""
    is_coded: bool = False
    """As H.264, whose noise stays from picture to picture."""


VIEWS: Final = {
    "bright": View(),
    "dark": View(noise=12.0),
    "light that changes": View(light=0.2),
    "shaken": View(shake_px=1.5),
    "coded": View(noise=8.0, is_coded=True),
    "small, all of it": View(noise=8.0, light=0.2, shake_px=2.0, scale=0.5),
}

Sighting = tuple[float, PoseLandmarks | None, float | None]


def photographed(picture: Image, view: View, seconds: float) -> Iterator[Image]:
    """Yield what a camera sees of a photograph on a wall."""
    rng = np.random.default_rng(1)
    width, height = CANVAS
    fit = view.scale * min(width / picture.shape[1], height / picture.shape[0])
    small = cv2.resize(picture, None, fx=fit, fy=fit, interpolation=cv2.INTER_AREA)
    wall = np.full((height, width, 3), 160, np.uint8)
    top, left = (height - small.shape[0]) // 2, (width - small.shape[1]) // 2
    wall[top : top + small.shape[0], left : left + small.shape[1]] = small
    at = np.zeros(2)
    for number in range(round(seconds * FPS)):
        at = np.clip(
            0.8 * at + rng.normal(0, 0.6, 2) * view.shake_px, -view.shake_px, view.shake_px
        )
        shift = np.array([[1, 0, at[0]], [0, 1, at[1]]], np.float32)
        seen = cv2.warpAffine(wall, shift, CANVAS, borderMode=cv2.BORDER_REPLICATE).astype(float)
        seen *= 1 + view.light * np.sin(2 * np.pi * number / FPS / 7)
        if view.light and number > seconds * FPS / 2:
            seen *= 0.7
        seen += rng.normal(0, view.noise, seen.shape)
        yield np.clip(seen, 0, 255).astype(np.uint8)


def coded(images: Iterator[Image]) -> Iterator[Image]:
    """Yield pictures as they come out of a film."""
    film = io.BytesIO()
    with av.open(film, "w", format="matroska") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"crf": "26"})
        stream.width, stream.height, stream.pix_fmt = *CANVAS, "yuv420p"
        for image in images:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, "bgr24")))
        container.mux(stream.encode())
    film.seek(0)
    with av.open(film, "r") as coded_film:
        for frame in coded_film.decode(video=0):
            yield np.asarray(frame.to_ndarray(format="bgr24"), dtype=np.uint8)


def watched(images: Iterator[Image]) -> Iterator[Sighting]:
    """Yield what MediaPipe sees in pictures."""
    with PoseDetector() as detector:
        for number, image in enumerate(images):
            landmarks = detector.detect(Frame(image, number / FPS, number))
            yield number / FPS, landmarks, measure_light(image)[0]


def judged(sightings: Iterator[Sighting]) -> tuple[float | None, float]:
    """Return when somebody was known to be alive, and the most that the body swayed until then."""
    swayed, swaying, known = [0.0], life.sway, life.Life()

    def noted(steps: life.Places) -> float:
        swayed.append(swaying(steps))
        return swayed[-1]

    life.sway = noted
    try:
        first_s: float | None = None
        for time_s, landmarks, brightness in sightings:
            first_s = time_s if first_s is None else first_s
            if known.step(time_s, landmarks, brightness) is not None:
                return time_s - first_s, max(swayed)
    finally:
        life.sway = swaying
    return None, max(swayed)


def moment_of(clip: Path, at_s: float) -> Image:
    capture = cv2.VideoCapture(str(clip))
    capture.set(cv2.CAP_PROP_POS_MSEC, at_s * 1000)
    return np.asarray(capture.read()[1], dtype=np.uint8)


def holds() -> Iterator[tuple[str, float, Iterator[Sighting]]]:
    """Yield the name, the length and the landmarks of each long hold of the samples."""
    for path in sorted(SAMPLES.glob("*.landmarks.npz")):
        name = path.name.partition(".")[0]
        truth = json.loads((SAMPLES / f"{name}.truth.json").read_text())
        track = list(load_track(path))
        for span in truth["intervals"]:
            if span["held"] and span["end_s"] - span["start_s"] >= 5:
                start_s, end_s = span["start_s"], span["end_s"]
                seen = ((t, each, None) for t, each in track if start_s <= t <= end_s)
                yield name, end_s - start_s, seen


def told(known_s: float | None, swayed: float) -> tuple[str, str]:
    return "-" if known_s is None else f"{known_s:.1f} s", f"{swayed:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Photographs before a camera, and people.")
    parser.add_argument("pictures", nargs="*", type=Path, metavar="PICTURE")
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    pictures = {path.stem: np.asarray(cv2.imread(str(path)), np.uint8) for path in options.pictures}
    if not pictures:
        pictures = {
            name: moment_of(SAMPLES / f"{name}.mp4", at_s) for name, at_s in MOMENTS.items()
        }
    console = Console()
    table = Table("photograph", "seen", "alive after", "swayed")
    for name, picture in pictures.items():
        for seen, view in VIEWS.items():
            images = photographed(picture, view, options.seconds)
            result = judged(watched(coded(images) if view.is_coded else images))
            table.add_row(name, seen, *told(*result))
    console.print(table)
    table = Table("held in", "for", "alive after", "swayed")
    for name, length_s, sightings in holds():
        table.add_row(name, f"{length_s:.1f} s", *told(*judged(sightings)))
    console.print(table)


if __name__ == "__main__":
    main()
