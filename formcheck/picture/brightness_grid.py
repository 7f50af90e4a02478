"""Whether anything stirs where the person is, told from the picture alone and for next to nothing.

A body that begins to move shows in the very next frame, before anybody has looked for joints in
it: the brightness of small cells of the picture changes along its edges.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom not included."""

CELLS: Final = 48
"""Along each side of the box: a cell is a few centimetres of the person."""

_STRIDE: Final = 2
"""Every second pixel each way is enough for a mean."""

LEAST_BOX_PX: Final = CELLS * _STRIDE
"""A box that is smaller, either way, does not fill all cells."""

_CHANGE: Final = 10.0
"""How much a cell's brightness (0 to 255) has to change to say anything. A cell is the mean of
dozens of pixels, so a webcam's noise of 5 a pixel moves it by 1."""

_CHANGED_CELLS: Final = 0.01
"""The share of cells that have to change: an arm's edge has more, a twinkle less."""


@dataclass(frozen=True, eq=False, slots=True)
class BrightnessGrid:
    """The brightness of a part of one picture, cell by cell."""

    box: Box
    cells: npt.NDArray[np.float32]
    """Shape (CELLS, CELLS), 0 to 255."""

    def differs(self, other: "BrightnessGrid") -> bool:
        """Tell whether something has moved between this picture and another, in the same box.

        A change of all cells alike is the light, or the camera's exposure, and no movement.
        """
        if self.box != other.box:
            return True
        change = other.cells - self.cells
        change -= np.median(change)
        return bool((np.abs(change) > _CHANGE).mean() > _CHANGED_CELLS)


def brightness_grid(image: npt.NDArray[np.uint8], box: Box) -> BrightnessGrid | None:
    """Return how bright a box of a picture, (height, width, 3), is; None where it is not inside."""
    left, top, right, bottom = box
    if right > image.shape[1] or bottom > image.shape[0]:
        return None
    part = image[top:bottom:_STRIDE, left:right:_STRIDE, 1].astype(np.float32)  # green
    tall, wide = part.shape[0] // CELLS, part.shape[1] // CELLS
    part = part[: tall * CELLS, : wide * CELLS]
    rows = np.add.reduceat(part, np.arange(0, tall * CELLS, tall), axis=0)
    sums = np.add.reduceat(rows, np.arange(0, wide * CELLS, wide), axis=1)
    return BrightnessGrid(box, (sums / (tall * wide)).astype(np.float32))
