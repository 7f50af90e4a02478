"""The README's pictures: what the window shows of the samples today, in a film that is small."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from PIL import Image

from formcheck.body.landmarks import PoseLandmarks
from formcheck.io.recording.track import SUFFIX, load_track
from formcheck.picture.frame import Frame
from samples.film import FILM, FOLDER, STILL_SIZE, STILLS, Scene, durations_ms, play

LARGEST = 2_000_000
STEP = 12
"""One of so many pictures is looked at, about one a second."""
COPY = (208, 117)
"""A quarter of the film's size each way: compression and half a pixel do not show."""
MOST_MEAN, MOST_99TH = 4.0, 30.0
"""How far a picture may be off, in levels of 0 to 255: everywhere, and all but nowhere. Compression
makes it 2.1 and 13 at most; a count that is a second off is 37 by the second, another typeface 11
and 229."""


class Recorded:
    """Finds in each frame of a sample what was saved of it."""

    def __init__(self, sample: str) -> None:
        self._found = dict(load_track(FOLDER / f"{sample}{SUFFIX}"))

    def detect(self, frame: Frame) -> PoseLandmarks | None:
        return self._found[frame.time_s]


@contextmanager
def film() -> Iterator[Image.Image]:
    with Image.open(FOLDER / "session.webp") as image:
        yield image


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """Return the mean and the 99th percentile of the difference, 0 to 255."""
    copies = [
        np.asarray(each.convert("RGB").resize(COPY, Image.Resampling.BOX), float)
        for each in (one, other)
    ]
    off = np.abs(copies[0] - copies[1]).max(axis=2)
    return float(off.mean()), float(np.percentile(off, 99))


def is_alike(drawn: Image.Image, committed: Image.Image) -> bool:
    mean, high = difference(drawn, committed)
    return mean <= MOST_MEAN and high <= MOST_99TH


def test_the_film_moves_starts_over_by_itself_and_is_small() -> None:
    assert (FOLDER / "session.webp").stat().st_size < LARGEST
    with film() as image:
        assert image.format == "WEBP"
        assert image.size == FILM.size
        assert image.info["loop"] == 0
        shown_ms = []
        for number in range(image.n_frames):  # type: ignore[attr-defined]
            image.seek(number)
            image.load()
            shown_ms.append(image.info["duration"])

    assert len(shown_ms) > 100
    assert sum(shown_ms) == round(FILM.length_s * 1000)
    assert 8.0 <= FILM.length_s <= 12.0


def test_the_film_shows_the_window_as_it_is_from_its_first_picture_to_its_last() -> None:
    drawn = list(play(FILM, Recorded(FILM.sample)))

    assert drawn[0][0] == pytest.approx(FILM.spans[0][0], abs=0.1)
    with film() as image:
        assert image.n_frames == len(drawn)  # type: ignore[attr-defined]
        for number in range(0, len(drawn), STEP):
            image.seek(number)
            assert is_alike(drawn[number][1], image), number


@pytest.mark.parametrize("name", STILLS)
def test_the_stills_show_the_window_as_it_is(name: str) -> None:
    sample, at_s = STILLS[name]
    _, drawn = next(play(Scene(sample, STILL_SIZE, ((at_s, at_s + 1.0),)), Recorded(sample)))

    with Image.open(FOLDER / name) as image:
        assert image.size == STILL_SIZE
        assert is_alike(drawn, image)


def test_a_picture_is_shown_until_the_next_one_also_over_a_cut() -> None:
    scene = Scene("any", (640, 360), ((1.0, 1.2), (3.0, 3.3)))

    assert durations_ms(scene, [1.0, 1.1, 3.05, 3.15, 3.25]) == [100, 150, 100, 100, 50]
