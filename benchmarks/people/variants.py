"""Whether verdicts on people's photos stand when the same picture is taken a little otherwise.

    python -m benchmarks.people.variants [FOLDER]

Each photo (default: of the footage beside the checkout) is judged in 23 ways: mirrored, smaller and
larger, with more room around it, moved within the frame, brighter and darker, compressed, blurred,
noisy, turned by 2 degrees. For each pose: how many of the good ones' pictures are in form; how far
the good one nearest to each edge of a band is from it, in standard deviations of the same photo's
measurements; and each photo whose verdict changes against its label. Takes some minutes.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from statistics import median, pstdev
from typing import Final

import cv2
import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.people.judging import JudgedPhoto, Said, judge_photo, may_credit
from benchmarks.people.labels import LABELS, LabelledPhoto, labelled_photos
from benchmarks.running.stage import SHARED
from formcheck.io.detector import PoseDetector
from formcheck.io.files.photo import read_photo
from formcheck.io.files.presentation import Image
from formcheck.picture.frame import Frame
from formcheck.pose.definition import PoseDefinition, every_pose

_FEW: Final = 8
"""Fewer values of one photo give no spread."""


def _scaled(image: Image, share: float) -> Image:
    how = cv2.INTER_AREA if share < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, None, fx=share, fy=share, interpolation=how), np.uint8)


def _shifted(image: Image, right: float, down: float) -> Image:
    """Return the picture with a share of its size added at an edge, its border drawn out."""
    height, width = image.shape[:2]
    x, y = round(right * width), round(down * height)
    room = (max(y, 0), max(-y, 0), max(x, 0), max(-x, 0))
    return np.asarray(cv2.copyMakeBorder(image, *room, cv2.BORDER_REPLICATE), np.uint8)


def _with_room(image: Image, share: float, how: int = cv2.BORDER_REPLICATE) -> Image:
    room = round(share * max(image.shape))
    return np.asarray(cv2.copyMakeBorder(image, room, room, room, room, how), np.uint8)


def _brightened(image: Image, exponent: float) -> Image:
    return np.asarray(255 * (image / 255.0) ** exponent, np.uint8)


def _compressed(image: Image, quality: int) -> Image:
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def _blurred(image: Image) -> Image:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), max(image.shape) / 400), np.uint8)


def _noisy(image: Image) -> Image:
    noise = np.random.default_rng(0).normal(0.0, 12.0, image.shape)
    return np.asarray(np.clip(image + noise, 0, 255), np.uint8)


def _turned(image: Image, degrees: float) -> Image:
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    how = cv2.BORDER_REPLICATE
    return np.asarray(cv2.warpAffine(image, turn, (width, height), borderMode=how), np.uint8)


def _mirrored(image: Image) -> Image:
    return np.ascontiguousarray(image[:, ::-1])


VARIANTS: Final[Mapping[str, Callable[[Image], Image]]] = {
    "as it is": lambda image: image,
    "mirrored": _mirrored,
    "0.7 of its size": lambda image: _scaled(image, 0.7),
    "half its size": lambda image: _scaled(image, 0.5),
    "1.15 times": lambda image: _scaled(image, 1.15),
    "1.3 times": lambda image: _scaled(image, 1.3),
    "a tenth more around": lambda image: _with_room(image, 0.1),
    "a quarter more around": lambda image: _with_room(image, 0.25),
    "black around": lambda image: _with_room(image, 0.15, cv2.BORDER_CONSTANT),
    "further right": lambda image: _shifted(image, 0.12, 0.0),
    "further left": lambda image: _shifted(image, -0.12, 0.0),
    "further down": lambda image: _shifted(image, 0.0, 0.12),
    "further up": lambda image: _shifted(image, 0.0, -0.12),
    "brighter": lambda image: _brightened(image, 0.65),
    "darker": lambda image: _brightened(image, 1.6),
    "JPEG 30": lambda image: _compressed(image, 30),
    "JPEG 15": lambda image: _compressed(image, 15),
    "blurred": _blurred,
    "noisy": _noisy,
    "mirrored, darker": lambda image: _brightened(_mirrored(image), 1.5),
    "mirrored, smaller": lambda image: _scaled(_mirrored(image), 0.7),
    "turned left": lambda image: _turned(image, 2.0),
    "turned right": lambda image: _turned(image, -2.0),
}


@dataclass(frozen=True, slots=True)
class VariedPhoto:
    """One photo by one pose, in every variant."""

    photo: LabelledPhoto
    pose: PoseDefinition
    judged: Mapping[str, JudgedPhoto]
    """By variant."""

    @property
    def in_form(self) -> int:
        """In how many variants it is in form."""
        return sum(each.said is Said.IN_FORM for each in self.judged.values())

    @property
    def is_good(self) -> bool:
        """Labelled as a good one of this very pose."""
        return self.photo.pose == self.pose.name and self.photo.label == "yes"

    def values(self, measurement: str) -> list[float]:
        """Return what this measures in each variant that shows it."""
        every = (each.measured.get(measurement) for each in self.judged.values())
        return [value for value in every if value is not None]


def vary(photos: Iterable[LabelledPhoto]) -> Iterator[VariedPhoto]:
    """Judge every photo in every variant by every pose, with MediaPipe."""
    poses = every_pose()
    with PoseDetector("photo") as detector:
        for photo in photos:
            image = read_photo(photo.file)
            found: dict[str, dict[str, JudgedPhoto]] = defaultdict(dict)
            for name, variant in VARIANTS.items():
                landmarks = detector.detect(Frame(variant(image), 0.0, 0))
                for judged in judge_photo(photo, landmarks, poses):
                    found[judged.pose][name] = judged
            yield from (VariedPhoto(photo, pose, found[pose.name]) for pose in poses)


def nearest_edges(good: list[VariedPhoto]) -> Iterator[tuple[str, str, float, float]]:
    """Yield gate, photo, the edge it is nearest to, and by how many standard deviations.

    For each edge the good photo whose median is nearest; the spread is that of the median photo.
    """
    for gate in good[0].pose.gates:
        values = {each.photo.file.name: each.values(gate.measurement) for each in good}
        seen = {name: found for name, found in values.items() if len(found) >= _FEW}
        spread = median(pstdev(found) for found in seen.values()) if seen else 0.0
        if not spread:
            continue
        for edge, way in zip(gate.accept, (1.0, -1.0), strict=True):
            if isfinite(edge):
                room, name = min((way * (median(v) - edge), name) for name, v in seen.items())
                yield gate.measurement, name, edge, room / spread


def print_varied(console: Console, varied: list[VariedPhoto]) -> None:
    """Print the tables and each photo that is judged against its label."""
    by_pose: dict[str, list[VariedPhoto]] = defaultdict(list)
    for each in varied:
        if each.is_good:
            by_pose[each.pose.name].append(each)
    for name, good in by_pose.items():
        right, count = sum(each.in_form for each in good), len(good) * len(VARIANTS)
        share = f"{right} of {count} pictures of good ones in form, {100 * right / count:.1f} %"
        table = Table("gate", "good one nearest", title=f"{name}: {share}", box=None)
        table.add_column("edge", justify="right")
        table.add_column("deviations off", justify="right")
        for measurement, photo, edge, deviations in nearest_edges(good):
            table.add_row(measurement, photo, f"{edge:g}", f"{deviations:.1f}")
        console.print(table)
    for each in varied:
        if each.is_good and each.in_form < len(VARIANTS):
            reasons = Counter(found.why for found in each.judged.values() if found.why)
            told = "; ".join(reason for reason, _ in reasons.most_common())
            console.print(f"{each.pose.name} refuses {each.photo.file.name}: {told}")
        if may_credit(each.photo, each.pose) is False and each.in_form:
            which = [name for name, found in each.judged.items() if found.said is Said.IN_FORM]
            console.print(f"{each.pose.name} credits {each.photo.file.name}: {', '.join(which)}")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "footage")
    folder = parser.parse_args().folder
    photos = labelled_photos(folder)
    if not photos:
        parser.error(f"{folder} holds no {LABELS}. Write one.")
    print_varied(Console(width=150, soft_wrap=True), list(vary(photos)))


if __name__ == "__main__":
    main()
