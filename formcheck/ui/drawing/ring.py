"""The ring that fills as the seconds of a side do."""

import numpy as np

from formcheck.ui.drawing.colours import TRACK, Colour
from formcheck.ui.drawing.shapes import dot
from formcheck.ui.drawing.sprite import Pixels, coloured, tint


class Ring:
    """A ring that fills clockwise from the top."""

    def __init__(self, radius: int, thickness: int) -> None:
        """Compute once what never changes; `radius` is to the outer edge, both are in pixels."""
        self._radius, self._thickness = radius, thickness
        # Single precision, a row against a column: the ring is the largest of the drawings.
        x = np.arange(-radius, radius + 1, dtype=np.float32)
        y = x[:, np.newaxis]
        distance = np.hypot(x, y)
        middle = radius - thickness / 2
        # Soft edges: one pixel from covered to not.
        self._band = np.clip(thickness / 2 + 0.5 - np.abs(distance - middle), 0, 1)
        self._turn = (np.arctan2(x, -y) / (2 * np.pi)) % 1.0
        self._around = 2 * np.pi * middle
        self._track = coloured((self._band * 255).astype(np.uint8), TRACK)

    def paint_track(self, canvas: Pixels, centre: tuple[int, int]) -> None:
        """Draw what is still to fill."""
        self._track.stamp(canvas, centre[0] - self._radius, centre[1] - self._radius)

    def paint_arc(
        self, canvas: Pixels, centre: tuple[int, int], progress: float, colour: Colour
    ) -> None:
        """Draw what is filled, `progress` from 0 to 1, with round ends."""
        if progress <= 0:
            return
        corner = centre[0] - self._radius, centre[1] - self._radius
        if progress >= 1:
            tint(canvas, (self._band * 255).astype(np.uint8), colour, *corner)
            return
        within = np.clip((progress - self._turn) * self._around + 0.5, 0, 1)
        tint(canvas, (self._band * within * 255).astype(np.uint8), colour, *corner)
        middle = self._radius - self._thickness / 2
        for angle in (0.0, 2 * np.pi * progress):
            end = centre[0] + middle * np.sin(angle), centre[1] - middle * np.cos(angle)
            dot(canvas, end, self._thickness / 2 - 0.25, colour)
