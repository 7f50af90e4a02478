"""How a file says that its pictures are to be shown: cropped, stretched, turned and mirrored."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]
"""(height, width, 3) in blue, green, red."""

UPRIGHT: Final = 1
"""The orientation of a picture that is shown as it is stored."""

_MIRRORED, _UPSIDE_DOWN, _TURNED_ROUND = 1, 0, -1
"""What cv2.flip does: left for right, top for bottom, both."""

_HOW: Final[dict[int, tuple[bool, int | None]]] = {
    1: (False, None),
    2: (False, _MIRRORED),
    3: (False, _TURNED_ROUND),
    4: (False, _UPSIDE_DOWN),
    5: (True, None),
    6: (True, _MIRRORED),
    7: (True, _TURNED_ROUND),
    8: (True, _UPSIDE_DOWN),
}
"""By the numbers that EXIF (tag 0x0112) gives the eight orientations: whether rows and columns are
exchanged, and which flip comes after that."""

_MATRICES: Final = {
    1: (1, 0, 0, 1),
    2: (-1, 0, 0, 1),
    3: (-1, 0, 0, -1),
    4: (1, 0, 0, -1),
    5: (0, 1, 1, 0),
    6: (0, 1, -1, 0),
    7: (0, -1, -1, 0),
    8: (0, -1, 1, 0),
}
"""The same as (a, b, c, d) of a display matrix (ISO/IEC 14496-12, 8.3.2): the stored picture's way
to the right goes to (a, b) as it is shown, its way down to (c, d), both right and down."""

_MATRIX_BYTES: Final = 9 * 4

_WIDEST_PIXEL: Final = 4.0
"""Pixels are stored up to 2.2 times as wide as high (PAL video CD, widescreen), or as high as wide;
a file that says more than this is wrong about itself."""


@dataclass(frozen=True, slots=True)
class Presentation:
    """From a stored picture to the one that is shown: these three in the order of their fields."""

    crop: tuple[int, int, int, int] = (0, 0, 0, 0)
    """How many pixels are not shown at the left, right, top and bottom."""
    pixel_aspect: float = 1.0
    """The width of a stored pixel over its height, the sample aspect ratio."""
    orientation: int = UPRIGHT
    """1 to 8, as EXIF numbers them."""

    def apply(self, image: Image) -> Image:
        """Return the picture as it is to be shown, with square pixels."""
        return _oriented(_with_square_pixels(_cropped(image, self.crop), self.pixel_aspect),
                         self.orientation)  # fmt: skip


def orientation_of(matrix: bytes) -> int:
    """Return which of the eight orientations comes nearest to a display matrix.

    Args:
        matrix: Nine 32-bit integers in the machine's order, as FFmpeg hands them over. One that
            turns nothing anywhere, or is too short, counts for upright.
    """
    if len(matrix) < _MATRIX_BYTES:
        return UPRIGHT
    numbers = np.frombuffer(matrix[:_MATRIX_BYTES], dtype=np.int32).astype(float)
    right, down = numbers[0:2], numbers[3:5]
    lengths = np.hypot(*right), np.hypot(*down)
    if min(lengths) == 0:
        return UPRIGHT
    shown = np.concatenate((right / lengths[0], down / lengths[1]))
    return max(_MATRICES, key=lambda orientation: float(shown @ _MATRICES[orientation]))


def _cropped(image: Image, crop: tuple[int, int, int, int]) -> Image:
    """Leave the borders out; where nothing would be left, the rectangle is wrong."""
    left, right, top, bottom = crop
    height, width = image.shape[:2]
    if min(crop) < 0 or left + right >= width or top + bottom >= height:
        return image
    return image[top : height - bottom, left : width - right]


def _with_square_pixels(image: Image, pixel_aspect: float) -> Image:
    """Make the picture wider or higher, whichever loses no pixel."""
    if pixel_aspect == 1 or not 1 / _WIDEST_PIXEL <= pixel_aspect <= _WIDEST_PIXEL:
        return image
    height, width = image.shape[:2]
    size = round(width * max(pixel_aspect, 1)), round(height * max(1 / pixel_aspect, 1))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _oriented(image: Image, orientation: int) -> Image:
    is_transposed, flip = _HOW[orientation]
    if is_transposed:
        image = np.asarray(cv2.transpose(image), dtype=np.uint8)
    if flip is not None:
        image = np.asarray(cv2.flip(image, flip), dtype=np.uint8)
    return np.ascontiguousarray(image)
