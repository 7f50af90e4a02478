"""Whether a picture shows anything at all, or only what a covered lens or a dark room gives."""

from typing import Final

import numpy as np
import numpy.typing as npt

_ROWS: Final = 12
_COLUMNS: Final = 16
"""Patches over which a picture's noise averages out."""

_SAMPLES: Final = 10
"""Pixels a patch, along each side, that are looked at: a hundred leave a tenth of the noise."""

_LEAST_STEP: Final = 5.0
"""Levels of 0 to 255 between neighbouring patches. Pictures in which MediaPipe still found the
person, darkened and with noise, had steps of 6 and more; a finger on the lens, a black picture
and an even grey one, under noise of up to 20 levels, none above 4.8."""


def is_blank(image: npt.NDArray[np.uint8]) -> bool:
    """Tell whether nothing stands out anywhere: no patch from its neighbour.

    A tracker that has just followed a person may go on seeing one in it for a while.

    Args:
        image: Shape (height, width, 3), channels blue, green, red.
    """
    height, width = image.shape[:2]
    rows, columns = min(_ROWS, height), min(_COLUMNS, width)
    down = max(1, height // (rows * _SAMPLES))
    across = max(1, width // (columns * _SAMPLES))
    # Green is most of the luma; the red glow through a finger is not in it.
    green = image[::down, ::across, 1]
    tall, wide = green.shape[0] // rows, green.shape[1] // columns
    patches = (
        green[: rows * tall, : columns * wide]
        .reshape(rows, tall, columns, wide)
        .mean(axis=(1, 3), dtype=np.float32)
    )
    steps = [np.abs(np.diff(patches, axis=axis)) for axis in (0, 1)]
    return max(float(step.max(initial=0.0)) for step in steps) < _LEAST_STEP
