"""Measures light, contrast and sharpness of the picture now and then, and counts the people."""

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.picture.frame import Frame
from formcheck.picture.surroundings import Surroundings

LOOK_EVERY_S: Final = 0.25
"""Light and lenses change slowly; a look takes about three milliseconds."""

COUNT_EVERY_S: Final = 2.0
"""Counting people takes as long as one or two frames' landmarks."""

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

    def __init__(self, count_people: Callable[[Frame], int] | None = None) -> None:
        """Count people with `count_people`, or not at all."""
        self._count_people = count_people
        self._light: tuple[float, float, float | None] | None = None
        self._looked_s = 0.0
        self._people: int | None = None
        self._counted_s: float | None = None

    def look(self, frame: Frame, *, may_count: bool = True) -> Surroundings:
        """Return the surroundings as they were seen last, at most `LOOK_EVERY_S` ago.

        Args:
            frame: The next frame; times grow.
            may_count: False while somebody holds: then no time is taken for counting people, and
                how many there are is not known.
        """
        if self._light is None or frame.time_s - self._looked_s >= LOOK_EVERY_S:
            self._light, self._looked_s = measure_light(frame.image), frame.time_s
        if not may_count or self._count_people is None:
            self._people = self._counted_s = None
        elif self._counted_s is None or frame.time_s - self._counted_s >= COUNT_EVERY_S:
            self._people, self._counted_s = self._count_people(frame), frame.time_s
        return Surroundings(*self._light, self._people)


def measure_light(image: npt.NDArray[np.uint8]) -> tuple[float, float, float | None]:
    """Return brightness, contrast and sharpness of a picture, as `Surroundings` defines them.

    Args:
        image: Shape (height, width, 3), channels blue, green, red.
    """
    height, width = image.shape[:2]
    size = (_COPY_WIDTH, max(1, round(_COPY_WIDTH * height / width)))
    # Thinned before it is shrunk, so that a large picture takes no longer than a small one.
    step = max(1, width // (2 * _COPY_WIDTH))
    small = cv2.resize(
        np.ascontiguousarray(image[::step, ::step]), size, interpolation=cv2.INTER_AREA
    )
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).astype(np.float32)
    brightness, contrast = float(grey.mean()), float(grey.std())
    soft = cv2.GaussianBlur(grey, (0, 0), _NOISE_SIGMA)
    low, high = np.percentile(soft[::2, ::2], _TONES)
    if high - low < _FEWEST_TONES:
        return brightness, contrast, None
    right = cv2.Sobel(soft, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(soft, cv2.CV_32F, 0, 1, scale=1 / 8)
    steepest = float(np.percentile(cv2.magnitude(right, down), _SHARPEST))
    return brightness, contrast, steepest / float(high - low)
