"""Remakes the README's pictures of the window: `python -m samples.film`.

Samples are played through the program's own reader, MediaPipe, session and window, frame by frame
and without a screen, so that what the README shows is what the program shows. Nothing is drawn for
the README alone. `session.webp` leaves out frames of its clip, none of the session: each is judged.
"""

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from PIL import Image

from formcheck.io.files.clip import Clip
from formcheck.io.surroundings_meter import SurroundingsMeter
from formcheck.pose.definition import load_pose
from formcheck.run import Detector, watch
from formcheck.session import Session
from formcheck.ui.drawing.layout import Size
from formcheck.ui.window.overlay import Overlay

FOLDER: Final = Path(__file__).parent
POSE: Final = "lunge-stretch"

QUALITY: Final = 75
"""Of WebP, 0 to 100: no rim is seen round the letters, and the film keeps below 2 MB."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is shown of a sample played from its start."""

    sample: str
    size: Size
    """Width and height of the window in pixels."""
    spans: tuple[tuple[float, float], ...]
    """From when to when in the clip's seconds, the end left out; in order, apart."""

    @property
    def length_s(self) -> float:
        """How long all of it is, in seconds."""
        return sum(end_s - start_s for start_s, end_s in self.spans)


FILM: Final = Scene("laptop-height", (832, 468), ((1.0, 6.2), (8.3, 15.0)))
"""Into the pose, held; then held still, leaning forward, held again. The cut is in the middle of
the hold. Wide as the README's column on GitHub, about 830 pixels, where it is not scaled."""

STILLS: Final[dict[str, tuple[str, float]]] = {
    "window.png": ("lunge-stretch-good", 11.0),
    "window-fault.png": ("hasty-two-faults", 5.0),
}
"""The sample of each still picture, and the second in it."""
STILL_SIZE: Final[Size] = (960, 540)


def play(scene: Scene, detector: Detector) -> Iterator[tuple[float, Image.Image]]:
    """Yield the window's pictures of a scene, each with its frame's time in the clip in seconds.

    Args:
        scene: What to show; what comes before it is played, too.
        detector: Finds the person in the clip's frames, from the first one on.
    """
    pose = load_pose(POSE)
    overlay = Overlay(pose, scene.size)
    ready: Future[Detector] = Future()
    ready.set_result(detector)
    last_s = scene.spans[-1][1]
    with closing(Clip(FOLDER / f"{scene.sample}.mp4")) as clip:
        for moment in watch(clip, ready, Session(pose), surroundings=SurroundingsMeter()):
            if moment.frame is None:
                continue
            time_s = moment.frame.time_s
            if time_s >= last_s:
                return
            # What is shown stays on for a while, so the frames left out are drawn as well.
            canvas = overlay.draw(moment.frame.image, moment.shown)
            if any(start_s <= time_s < end_s for start_s, end_s in scene.spans):
                yield time_s, Image.fromarray(canvas[:, :, ::-1].copy())


def durations_ms(scene: Scene, times_s: Sequence[float]) -> list[int]:
    """Return how long each picture is shown, in milliseconds: in all as long as the scene.

    Args:
        scene: What is shown.
        times_s: When in the clip each of its pictures was taken.
    """
    shown_at: list[float] = []
    for time_s in times_s:
        before_s = sum(min(end, time_s) - start for start, end in scene.spans if start <= time_s)
        shown_at.append(before_s)
    # Of the rounded times, so that the roundings do not add up.
    edges = [0, *(round(at_s * 1000) for at_s in shown_at[1:]), round(scene.length_s * 1000)]
    return [after - before for before, after in pairwise(edges)]


def write_film(scene: Scene, detector: Detector, path: Path) -> None:
    """Write a scene as an animated WebP that starts over at its end."""
    times_s, pictures = zip(*play(scene, detector), strict=True)
    pictures[0].save(
        path,
        save_all=True,
        append_images=pictures[1:],
        duration=durations_ms(scene, times_s),
        loop=0,
        quality=QUALITY,
        method=6,
    )


def write_still(name: str, detector: Detector, folder: Path) -> None:
    """Write one of `STILLS` into a folder."""
    sample, at_s = STILLS[name]
    _, picture = next(play(Scene(sample, STILL_SIZE, ((at_s, at_s + 1.0),)), detector))
    picture.save(folder / name, optimize=True)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    from formcheck.io.detector import PoseDetector  # slow to load, and the tests need it not

    parser = argparse.ArgumentParser(prog="python -m samples.film", description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER, help="the folder to put them into")
    out: Path = parser.parse_args(arguments).out
    # Each from a detector of its own: it remembers whom it saw.
    with PoseDetector() as detector:
        write_film(FILM, detector, out / "session.webp")
    for name in STILLS:
        with PoseDetector() as detector:
            write_still(name, detector, out)
    for name in ("session.webp", *STILLS):
        print(f"{name}: {(out / name).stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
