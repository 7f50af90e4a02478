"""Where MediaPipe fails: pictures made dark, pale and blurred, with what is measured of them.

    python -m benchmarks.light [FOLDER...]

Takes the middle picture of every clip, and every photo, of the folders (default: samples),
shrunk to 640 pixels; finds the body as it is and after each change. Printed for each change: how
many bodies are lost, how far the joints went (median, in trunk lengths), and the median brightness,
contrast and sharpness as `formcheck.io.surroundings_meter` measures them.
"""

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.table import Table

from formcheck.body.landmarks import INDEX, PoseLandmarks
from formcheck.body.view import BODY_LANDMARKS
from formcheck.io.detector import PoseDetector
from formcheck.io.files.clip import Clip
from formcheck.io.files.photo import is_photo
from formcheck.io.surroundings_meter import measure_light
from formcheck.picture.frame import Frame

Image = npt.NDArray[np.uint8]

LONG_EDGE = 640
NOISE = 3.0
"""Levels, of a webcam in the dark."""


def pictures(folder: Path) -> Iterator[Image]:
    for path in sorted(folder.iterdir()):
        if is_photo(path):
            yield shrunk(np.asarray(cv2.imread(str(path)), np.uint8))
        elif path.suffix == ".mp4":
            frames = []
            clip = Clip(path)
            while not clip.ended:
                frame = clip.read()
                if frame is not None:
                    frames.append(frame.image)
            yield shrunk(frames[len(frames) // 2])


def shrunk(image: Image) -> Image:
    share = LONG_EDGE / max(image.shape[:2])
    size = round(image.shape[1] * share), round(image.shape[0] * share)
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def toned(image: Image, gain: float, middle: float = 0.0, raised_to: float = 0.0) -> Image:
    """Return the picture with its tones drawn together about one that is raised, and noise."""
    noise = np.random.default_rng(1).normal(0, NOISE, image.shape)
    tones = raised_to + (image.astype(np.float64) - middle) * gain
    return np.clip(tones + noise, 0, 255).astype(np.uint8)


def blurred(image: Image, sigma: float) -> Image:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.uint8)


CHANGES: dict[str, Callable[[Image], Image]] = {
    "as it is": lambda image: image,
    **{f"dark, {g}": partial(toned, gain=g) for g in (0.5, 0.25, 0.15, 0.1, 0.07)},
    **{
        f"pale, {g}": partial(toned, gain=g, middle=128.0, raised_to=170.0)
        for g in (0.5, 0.25, 0.15, 0.1)
    },
    **{f"blurred, {s} px": partial(blurred, sigma=s) for s in (2.5, 4, 6, 8, 10)},
}


def went(found: PoseLandmarks, true: PoseLandmarks) -> float:
    """Return how far the body's joints are from where they were, in trunk lengths."""
    names = [INDEX[name] for name in BODY_LANDMARKS]
    middle = [true.image_xy[names[i : i + 2]].mean(axis=0) for i in (0, 2)]
    trunk = float(np.linalg.norm(middle[0] - middle[1]))
    away = np.linalg.norm(found.image_xy[names] - true.image_xy[names], axis=1)
    return float(away.mean() / trunk)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[Path("samples")])
    table = Table(box=None, pad_edge=False)
    for heading in ("change", "lost", "joints off", "brightness", "contrast", "sharpness"):
        table.add_column(heading, justify="left" if heading == "change" else "right")
    with PoseDetector("photo") as detector:

        def find(image: Image) -> PoseLandmarks | None:
            return detector.detect(Frame(image, 0.0, 0))

        folders = parser.parse_args().folders
        images = [image for folder in folders for image in pictures(folder)]
        known = [(image, true) for image in images if (true := find(image)) is not None]
        for name, change in CHANGES.items():
            found = [(find(change(image)), true) for image, true in known]
            off = [went(there, true) for there, true in found if there is not None]
            light = [measure_light(change(image)) for image, _ in known]
            table.add_row(
                name,
                f"{len(found) - len(off)} of {len(found)}",
                f"{np.median(off):.2f}" if off else "",
                f"{np.median([each[0] for each in light]):.0f}",
                f"{np.median([each[1] for each in light]):.0f}",
                f"{np.median([each[2] or np.nan for each in light]):.2f}",
            )
    Console().print(table)


if __name__ == "__main__":
    main()
