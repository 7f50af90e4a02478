"""What the window shows before what judges and coaches has loaded."""

import numpy as np

from formcheck.ui.display import READY_SOON
from formcheck.ui.drawing.colours import EMPTY, INK
from formcheck.ui.drawing.layout import DEFAULT_SIZE, USUAL_IMAGE, Size, arrange
from formcheck.ui.drawing.shapes import Shape
from formcheck.ui.drawing.sprite import Pixels
from formcheck.ui.window.band import band
from formcheck.ui.window.window import Window


def curtain(size: Size = DEFAULT_SIZE) -> Pixels:
    """Return a canvas of (height, width, 3) with the first words where they will stay."""
    layout = arrange(size, USUAL_IMAGE)
    canvas: Pixels = np.empty((size[1], size[0], 3), np.uint8)
    canvas[:] = INK
    canvas[layout.picture.pixels] = EMPTY
    canvas[layout.band.area.pixels] = band(READY_SOON.text, Shape.DOTS, layout.band)
    return canvas


def window_with_curtain() -> Window:
    """Open the window, with this on the screen."""
    window = Window("formcheck")
    window.show(curtain())
    window.work()
    return window
