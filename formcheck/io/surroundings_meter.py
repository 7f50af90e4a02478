"""Measures light, contrast and sharpness of the picture now and then, and counts the people."""

from collections import deque
from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.picture.brightness_grid import Box
from formcheck.picture.frame import Frame
from formcheck.picture.surroundings import Surroundings

LOOK_EVERY_S: Final = 0.25
"""Light and lenses change slowly; a look takes about three milliseconds."""

COUNT_EVERY_S: Final = 2.0
"""Counting people takes as long as one or two frames' landmarks."""

_STIR_LEVELS: Final = 10.0
"""How much a pixel of the copy, softened, has to change (0 to 255) to say anything: a webcam's
noise of 6 a pixel moves it by 1."""
_STIR_SHARE: Final = 0.002
"""The share of the copy's pixels that have to change: the edges of a body that sways."""
_STIR_BEYOND: Final = 0.25
"""How far round the person a change may be their own shadow, as a share of their size. While they
move, what hangs on them may be as much further off as they went since the last look."""

_STIRS: Final = 3
_LATELY: Final = 8
"""So many of the last so many looks (two seconds) have to stir: whoever comes takes longer than
three looks. A caption that goes, a lamp, a knock against the camera are one or two."""

_COPY_WIDTH: Final = 320
_NOISE_SIGMA: Final = 1.0
"""Pixels of the copy: softens a dim camera's noise, which would pass for sharp edges."""
_SHARPEST: Final = 99.0
"""Percentile of the slopes that are the picture's sharpest edges."""
_TONES: Final = (2.0, 98.0)
"""Percentiles between which the picture's tones lie, its few brightest lamps left out."""
_FEWEST_TONES: Final = 4.0
"""With less between them an even grey would be called blurred or sharp by chance."""


class SurroundingsMeter:
    """Looks at the surroundings a few times a second, by the frames' own times."""

    def __init__(
        self,
        count_people: Callable[[Frame], int | None] | None = None,
        *,
        only_after_a_stir: bool = False,
    ) -> None:
        """Count people with `count_people`, or not at all.

        Args:
            count_people: None is what it does not know yet.
            only_after_a_stir: Ask it only once something has stirred beside the person: for
                whoever is alone in a quiet room it need not be loaded.
        """
        self._count_people = count_people
        self._light: tuple[float, float, float | None] | None = None
        self._looked_s = 0.0
        self._before: tuple[Copy, _Place] | None = None
        """The copy in which the person was seen before, and where."""
        self._stirs: deque[bool] = deque(maxlen=_LATELY)
        self._may_be_two = not only_after_a_stir
        self._people: int | None = None
        self._counted_s: float | None = None

    def look(
        self, frame: Frame, *, person: Box | None = None, may_count: bool = True
    ) -> Surroundings:
        """Return the surroundings as they were seen last, at most `LOOK_EVERY_S` ago.

        Args:
            frame: The next frame; times grow.
            person: What the person takes up of it; None for nobody, beside whom nobody is counted.
            may_count: False while somebody holds: then no time is taken for counting people, and
                how many there are is not known.
        """
        if self._light is None or frame.time_s - self._looked_s >= LOOK_EVERY_S:
            copy = _small_copy(frame.image)
            self._light, self._looked_s = _light_of(copy), frame.time_s
            self._look_for_a_stir(copy, person, frame.image.shape[1] / copy.shape[1])
        if not may_count or self._count_people is None or not self._may_be_two:
            self._people = self._counted_s = None
        elif self._counted_s is None or frame.time_s - self._counted_s >= COUNT_EVERY_S:
            self._people = self._count_people(frame)
            self._counted_s = None if self._people is None else frame.time_s
        return Surroundings(*self._light, self._people)

    def _look_for_a_stir(self, copy: "Copy", person: Box | None, scale: float) -> None:
        """Look for a change beside the person, wherever they were before or are now."""
        if self._may_be_two or person is None:
            return
        here = np.array(person) / scale
        soft = cv2.GaussianBlur(copy, (0, 0), _NOISE_SIGMA)
        if self._before is not None and self._before[0].shape == soft.shape:
            before, there = self._before
            change = np.abs(soft - before - np.median(soft - before))  # light changes everywhere
            way = float(np.abs(here - there).max())
            for place in (here, there):
                change[_around(place, way)] = 0
            self._stirs.append(bool((change > _STIR_LEVELS).mean() > _STIR_SHARE))
            self._may_be_two = sum(self._stirs) >= _STIRS
        self._before = np.asarray(soft, np.float32), here


Copy = npt.NDArray[np.float32]
"""A small grey picture: shape (height, `_COPY_WIDTH`), 0 to 255."""

_Place = npt.NDArray[np.float64]
"""Left, top, right and bottom edge of the person, in pixels of the copy."""


def _around(place: _Place, way: float) -> tuple[slice, slice]:
    """Return the rows and columns that the person's own movement may change."""
    left, top, right, bottom = place
    beyond = _STIR_BEYOND * max(right - left, bottom - top) + way
    return (
        slice(max(0, round(top - beyond)), max(0, round(bottom + beyond))),
        slice(max(0, round(left - beyond)), max(0, round(right + beyond))),
    )


def measure_light(image: npt.NDArray[np.uint8]) -> tuple[float, float, float | None]:
    """Return brightness, contrast and sharpness of a picture, as `Surroundings` defines them.

    Args:
        image: Shape (height, width, 3), channels blue, green, red.
    """
    return _light_of(_small_copy(image))


def _small_copy(image: npt.NDArray[np.uint8]) -> Copy:
    height, width = image.shape[:2]
    size = (_COPY_WIDTH, max(1, round(_COPY_WIDTH * height / width)))
    # Thinned before it is shrunk, so that a large picture takes no longer than a small one.
    step = max(1, width // (2 * _COPY_WIDTH))
    small = cv2.resize(
        np.ascontiguousarray(image[::step, ::step]), size, interpolation=cv2.INTER_AREA
    )
    return cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).astype(np.float32)


def _light_of(grey: Copy) -> tuple[float, float, float | None]:
    brightness, contrast = float(grey.mean()), float(grey.std())
    soft = cv2.GaussianBlur(grey, (0, 0), _NOISE_SIGMA)
    low, high = np.percentile(soft[::2, ::2], _TONES)
    if high - low < _FEWEST_TONES:
        return brightness, contrast, None
    right = cv2.Sobel(soft, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(soft, cv2.CV_32F, 0, 1, scale=1 / 8)
    steepest = float(np.percentile(cv2.magnitude(right, down), _SHARPEST))
    return brightness, contrast, steepest / float(high - low)
