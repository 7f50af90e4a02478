"""The sign that ends a session: seen where it is made, and nowhere else.

    python -m benchmarks.signs [FOLDER...] [--render]

Counts the frames that show the sign in every clip and photo of the folders (default: samples), from
saved landmarks where there are any. `--render` paints a person who makes the sign, and other
things with the arms, turned by 0 (side-on) to 110 degrees, in three looks and before three
cameras, and counts in how many pictures it is seen (needs numba; about three minutes).
"""

import argparse
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.accuracy import clip_track
from benchmarks.counting.track import SUFFIX, load_track
from formcheck.body.landmarks import PoseLandmarks, Side
from formcheck.coach.sign import SignReader, is_sign
from formcheck.io.detector import PoseDetector
from formcheck.io.files.photo import is_photo
from formcheck.picture.frame import Frame
from samples.render.script import Do
from samples.render.skeleton import Arms

YAWS = (0, 50, 70, 90, 110)
ARMS: tuple[Arms, ...] = ("crossed", "raised", "overhead", "hips")
CAMERAS = ((0.95, 2.0, 3.6), (1.2, 11.0, 3.2), (0.8, 0.0, 4.5))
"""Height of the lens in metres, how far it looks down, and how far away the person is."""
LOOKS: tuple[dict[str, Any], ...] = (
    {},
    {"top": (0.55, 0.5, 0.45), "trousers": (0.3, 0.24, 0.16), "loose": 0.7, "sleeve": 1.0},
    {"top": (0.05, 0.05, 0.06), "trousers": (0.05, 0.05, 0.06), "skin": (0.2, 0.11, 0.08)},
)


def tracks(folder: Path) -> Iterator[tuple[str, list[tuple[float, PoseLandmarks | None]]]]:
    for path in sorted(folder.glob("*.mp4")):
        saved = path.with_suffix(SUFFIX)
        yield path.name, list(load_track(saved)) if saved.exists() else clip_track(path)
    with PoseDetector("photo") as detector:
        for path in sorted(filter(is_photo, folder.iterdir())):
            image = np.asarray(cv2.imread(str(path)), np.uint8)
            yield path.name, [(0.0, detector.detect(Frame(image, 0.0, 0)))]


def look_through(console: Console, folders: list[Path]) -> None:
    files = frames = 0
    for folder in folders:
        for name, track in tracks(folder):
            reader = SignReader()
            shown = max(reader.step(time_s, found) for time_s, found in track)
            signs = sum(found is not None and is_sign(found) for _, found in track)
            files, frames = files + 1, frames + len(track)
            if signs:
                console.print(f"{name}: {signs} of {len(track)} frames, filled to {shown:.2f}")
    console.print(f"{files} files, {frames} frames looked through")


def stills(arms: Arms, yaw: float, *, is_kneeling: bool) -> Iterator[PoseLandmarks | None]:
    """Yield what MediaPipe finds of someone rendered like this, one for each look and camera."""
    from samples.render.camera import Camera
    from samples.render.clip import Clip
    from samples.render.image.body import pose_at
    from samples.render.image.picture import Painter, Person
    from samples.render.script import Look, Phase, Script

    do: Do = "kneel" if is_kneeling else "stand"
    phases = (Phase("stand", for_s=0.5), Phase(do, over_s=3.0, for_s=2.0, arms=arms))
    with PoseDetector("photo") as detector:
        for number, (height, pitch, distance) in enumerate(CAMERAS):
            camera = Camera(yaw=yaw, height=height, pitch=pitch, distance=distance)
            look = Look(**LOOKS[number])
            facing: Side = "left" if number % 2 else "right"
            script = Script(
                "still", "", facing, "right", phases, camera=camera, look=look, detail=0.7
            )
            clip = Clip(script)
            figure = clip.figure(np.array([4.5]))
            painter = Painter(camera, clip.ahead, script.room, script.light, detail=script.detail)
            image = painter.paint([Person(pose_at(figure, 0), look)])[:, :, ::-1]
            yield detector.detect(Frame(np.ascontiguousarray(image), 0.0, 0))


def paint(console: Console) -> None:
    table = Table(*("arms", "posture", *(f"{yaw} deg" for yaw in YAWS)), box=None, pad_edge=False)
    for arms, is_kneeling in product(ARMS, (False, True)):
        cells = []
        for yaw in YAWS:
            found = list(stills(arms, yaw, is_kneeling=is_kneeling))
            signs = sum(each is not None and is_sign(each) for each in found)
            cells.append(f"{signs} of {len(found)}")
        table.add_row(arms, "kneeling" if is_kneeling else "standing", *cells)
    console.print(table)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[Path("samples")])
    parser.add_argument("--render", action="store_true", help="paint people who make the sign")
    options = parser.parse_args()
    console = Console()
    look_through(console, options.folders)
    if options.render:
        paint(console)


if __name__ == "__main__":
    main()
