"""The panel: one ring and one number, both sides below it, and the small print."""

from functools import partial
from typing import Final

import cv2
import numpy as np

from formcheck.ui.colours import GOOD, INK, MEND, PAPER, QUIET, TRACK, WAIT, Colour
from formcheck.ui.glance import Glance, Mood
from formcheck.ui.layout import Layout, PanelPlace, Rect
from formcheck.ui.shapes import dot, fill
from formcheck.ui.sprite import Pixels, coloured, painted, rounded, tint
from formcheck.ui.text import fitting, write

MOOD_COLOURS: Final[dict[Mood, Colour]] = {Mood.GOOD: GOOD, Mood.WAIT: WAIT, Mood.MEND: MEND}

OVER_PICTURE: Final = 0.88
"""How opaque the panel is over a picture: the room shows, but never through a digit."""

RING_STEPS: Final = 360
"""The ring grows in so many steps: each is a redraw of the panel, and finer ones are not seen."""


class Panel:
    """Draws the panel when something in it changed, and stamps it on the canvas otherwise."""

    def __init__(self, layout: Layout, pose_title: str) -> None:
        """Draw once what never changes."""
        self._layout = layout
        self._parts = layout.parts
        self._title = pose_title
        self._ring = _Ring(self._parts.ring_radius, max(3, round(20 * self._parts.unit)))
        self._shown: tuple[object, ...] | None = None
        width, height = layout.panel.width, layout.panel.height
        self._base = painted((width, height), self._paint_base)
        self._sprite = self._base

    def stamp(self, canvas: Pixels, glance: Glance) -> None:
        """Put the panel on the canvas as it should be now."""
        steps = round(glance.progress * RING_STEPS)
        now = (steps, glance.mood, glance.side, glance.seconds, glance.label, glance.held_s)
        if (*now, glance.is_paused) != self._shown:
            self._shown = (*now, glance.is_paused)
            panel = self._layout.panel
            self._sprite = painted(
                (panel.width, panel.height), partial(self._paint, glance=glance, steps=steps)
            )
        panel = self._layout.panel
        if self._layout.place is PanelPlace.OVER:
            self._sprite.stamp(canvas, panel.x, panel.y)
        else:
            canvas[panel.pixels] = self._sprite.add

    def _size(self, design_px: float) -> int:
        return max(6, round(design_px * self._parts.unit))

    def _paint_base(self, canvas: Pixels) -> None:
        opacity = OVER_PICTURE if self._layout.place is PanelPlace.OVER else 1.0
        cv2.convertScaleAbs(canvas, dst=canvas, alpha=1 - opacity)
        cv2.add(canvas, np.array([*(part * opacity for part in INK), 0.0]), dst=canvas)
        self._ring.paint_track(canvas, self._parts.ring_centre)
        for bar in self._parts.bars:
            tint(canvas, rounded(bar.width, bar.height, bar.height), TRACK, bar.x, bar.y)
        width = round(292 * self._parts.unit)
        size = fitting(self._title, self._size(21), width)
        write(
            canvas,
            self._title,
            self._parts.small_print[0],
            size=size,
            colour=QUIET,
            anchor="centre",
        )

    def _paint(self, canvas: Pixels, *, glance: Glance, steps: int) -> None:
        self._base.stamp(canvas, 0, 0)
        colour = MOOD_COLOURS[glance.mood]
        self._paint_title(canvas, glance)
        self._ring.paint_arc(canvas, self._parts.ring_centre, steps / RING_STEPS, colour)
        self._paint_number(canvas, glance, colour)
        for side, held, bar in zip(("left", "right"), glance.held_s, self._parts.bars, strict=True):
            self._paint_side(canvas, side, held, bar, glance)
        keys = "space  go on    q  end" if glance.is_paused else "space  pause    q  end"
        write(
            canvas,
            keys,
            self._parts.small_print[1],
            size=self._size(19),
            colour=QUIET,
            anchor="centre",
        )

    def _paint_title(self, canvas: Pixels, glance: Glance) -> None:
        name = f"{glance.side} side".capitalize() if glance.side else "Either side"
        colour = PAPER if glance.side else QUIET
        write(canvas, name, self._parts.title, size=self._size(42), colour=colour, anchor="centre")

    def _paint_number(self, canvas: Pixels, glance: Glance, colour: Colour) -> None:
        x, y = self._parts.ring_centre
        number = str(glance.seconds)
        size = fitting(number, self._size(140), self._size(222))
        write(canvas, number, (x, y + self._size(36)), size=size, colour=PAPER, anchor="centre")
        is_plain = glance.label.startswith("of")
        label_colour = WAIT if is_plain else colour
        write(
            canvas,
            glance.label,
            (x, y + self._size(86)),
            size=self._size(30),
            colour=label_colour,
            anchor="centre",
        )

    def _paint_side(self, canvas: Pixels, side: str, held: int, bar: Rect, glance: Glance) -> None:
        is_current = side == glance.side
        colour = PAPER if is_current else QUIET
        baseline, size = bar.y - self._size(17), self._size(31)
        name_x = bar.x
        if is_current:
            cap = self._size(23)
            tip = (bar.x + cap * 0.8, baseline - cap / 2)
            fill(canvas, [(bar.x, baseline - cap), tip, (bar.x, baseline)], colour)
            name_x += round(cap * 1.2)
        write(canvas, side.capitalize(), (name_x, baseline), size=size, colour=colour)
        write(canvas, f"{held} s", (bar.right, baseline), size=size, colour=colour, anchor="right")
        done = min(1.0, held / glance.target_s)
        if done > 0:
            length = max(bar.height, round(bar.width * done))
            filled = MOOD_COLOURS[glance.mood] if is_current else GOOD
            tint(canvas, rounded(length, bar.height, bar.height), filled, bar.x, bar.y)


class _Ring:
    """A ring that fills clockwise from the top."""

    def __init__(self, radius: int, thickness: int) -> None:
        self._radius, self._thickness = radius, thickness
        across = np.arange(2 * radius + 1) - radius
        x, y = np.meshgrid(across, across)
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
