"""The camera's picture on the canvas: mirrored, as people know themselves, and its frame."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.ui.drawing.colours import EMPTY, INK
from formcheck.ui.drawing.layout import Layout, Rect
from formcheck.ui.drawing.sprite import Pixels
from formcheck.ui.readout import Mood
from formcheck.ui.window.panel import MOOD_COLOURS

DIMMED: Final = 0.3
"""How bright a picture stays that is not live, or paused: words on a white wall stay readable."""


def draw_picture(
    picture: Pixels, image: npt.NDArray[np.uint8] | None, *, is_bright: bool = True
) -> None:
    """Fill `picture` with the mirrored image; with what stands for none where there is none."""
    if image is None:
        picture[:] = EMPTY
        return
    height, width = picture.shape[:2]
    if image.shape[:2] == (height, width):
        cv2.flip(image, 1, dst=picture)
    elif image.shape[1] < width:
        # Whichever step comes first should handle fewer pixels.
        cv2.resize(cv2.flip(image, 1), (width, height), dst=picture)
    else:
        small = cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR)
        cv2.flip(small, 1, dst=picture)
    if not is_bright:
        cv2.convertScaleAbs(picture, dst=picture, alpha=DIMMED)


class Border:
    """The frame around the picture in the colour and the shape of each mood.

    Unbroken where it counts, dashed where something is to be mended, thin while waiting: the
    corner of an eye tells them apart without their colour.
    """

    def __init__(self, layout: Layout) -> None:
        """Draw it once for every mood."""
        self._strips = {mood: _strips(layout, mood) for mood in Mood}

    def stamp(self, canvas: Pixels, mood: Mood) -> None:
        """Put it on the canvas."""
        for area, pixels in self._strips[mood]:
            canvas[area.pixels] = pixels


def _strips(layout: Layout, mood: Mood) -> list[tuple[Rect, Pixels]]:
    picture, thick = layout.picture, layout.border
    whole: Pixels = np.empty((picture.height, picture.width, 3), np.uint8)
    whole[:] = MOOD_COLOURS[mood]
    if mood is Mood.MEND:
        _dash(whole, thick)
    elif mood is Mood.WAIT:
        thick = max(2, thick // 3)
    strips = [
        Rect(0, 0, picture.width, thick),
        Rect(0, picture.height - thick, picture.width, thick),
        Rect(0, 0, thick, picture.height),
        Rect(picture.width - thick, 0, thick, picture.height),
    ]
    return [
        (
            Rect(picture.x + strip.x, picture.y + strip.y, strip.width, strip.height),
            whole[strip.pixels].copy(),
        )
        for strip in strips
    ]


def _dash(whole: Pixels, thick: int) -> None:
    """Cut gaps into the four edges; the corners stay whole, so that the frame stays a frame."""
    upright = whole.swapaxes(0, 1)
    for lengthwise in (upright, whole):
        length = lengthwise.shape[0]
        count = max(3, round(length / (thick * 6))) | 1
        for number in range(1, count, 2):
            gap = slice(round(length * number / count), round(length * (number + 1) / count))
            lengthwise[gap, :thick] = INK
            lengthwise[gap, -thick:] = INK
