"""The panel: the side, one ring with what matters now in it, and both sides below it."""

from dataclasses import replace
from typing import Final

import numpy as np

from formcheck.figure import Figure
from formcheck.landmarks import Side
from formcheck.ledger import SIDES
from formcheck.ui.colours import GOOD, INK, MEND, PAPER, QUIET, TRACK, WAIT, Colour
from formcheck.ui.farewell import Rows
from formcheck.ui.glance import REST, Glance, Inner, Mood
from formcheck.ui.layout import Layout, Rect
from formcheck.ui.pictogram import draw_pictogram, draw_stop
from formcheck.ui.ring import Ring
from formcheck.ui.shapes import Shape, draw_shape, fill
from formcheck.ui.sprite import Pixels, coloured, rounded, tint
from formcheck.ui.target import draw_figure, extent
from formcheck.ui.text import CAP_HEIGHT, fitting, fitting_cut, write

MOOD_COLOURS: Final[dict[Mood, Colour]] = {Mood.GOOD: GOOD, Mood.WAIT: WAIT, Mood.MEND: MEND}

RING_STEPS: Final = 360
"""The ring grows in so many steps: each is a redraw of the panel, and finer ones are not seen."""
SIGN_STEPS: Final = 20

LARGEST_TITLE: Final = 115
LARGEST_NUMBER: Final = 156
"""Font sizes, in the panel's units."""

KEYS: Final = "space pause    q end    f full screen"
KEYS_PAUSED: Final = "space go on    q end"
"""Also in a rest, which that key ends."""


class Panel:
    """Draws the panel when something in it changed, and copies it to the canvas otherwise."""

    def __init__(self, layout: Layout, figure: Figure | None, rows: Rows) -> None:
        """Draw once what never changes; a row below the ring for each side that is asked."""
        self._layout = layout
        self._rows = rows
        self._parts = layout.parts
        self._figure = figure
        self._ring = Ring(self._parts.ring_radius, max(3, round(20 * self._parts.unit)))
        self._shown: tuple[object, ...] | None = None
        width, height = layout.panel.width, layout.panel.height
        self._base: Pixels = np.empty((height, width, 3), np.uint8)
        self._paint_base(self._base)
        self._pixels = self._base

    def stamp(self, canvas: Pixels, glance: Glance, *, faces_right: bool) -> None:
        """Put the panel on the canvas as it should be now."""
        if glance.inner is Inner.FIGURE and self._figure is None:
            glance = replace(glance, inner=Inner.NUMBER)
        inner = glance.inner
        shown = (
            round(glance.progress * RING_STEPS),
            glance.mood,
            glance.title,
            glance.held_s,
            glance.sides_done,
            inner,
            (glance.seconds, glance.label) if inner is Inner.NUMBER else None,
            faces_right if inner is Inner.FIGURE else None,
            (glance.step, glance.turn_deg) if inner is Inner.STEP else None,
            round(glance.sign * SIGN_STEPS) if inner is Inner.SIGN else None,
            self._small_print(glance),
        )
        panel = self._layout.panel
        if shown != self._shown:
            self._shown = shown
            self._pixels = self._base.copy()
            self._paint(self._pixels, glance, faces_right=faces_right)
        canvas[panel.pixels] = self._pixels

    def _size(self, design_px: float) -> int:
        return max(6, round(design_px * self._parts.unit))

    @staticmethod
    def _small_print(glance: Glance) -> str:
        """Tell the set while seconds count, else the keys; what slows the program before both."""
        if glance.note:
            return glance.note
        if glance.is_counting and glance.sets > 1:
            return f"set {glance.set_number} of {glance.sets}"
        return KEYS_PAUSED if glance.is_paused or glance.phase == REST else KEYS

    def _paint_base(self, canvas: Pixels) -> None:
        canvas[:] = INK
        for bar in self._parts.bars[: len(self._rows)]:
            tint(canvas, rounded(bar.width, bar.height, bar.height), TRACK, bar.x, bar.y)

    def _paint(self, canvas: Pixels, glance: Glance, *, faces_right: bool) -> None:
        colour = MOOD_COLOURS[glance.mood]
        size, cut = fitting_cut(glance.title, self._size(LARGEST_TITLE), self._parts.title_width)
        write(
            canvas,
            glance.title,
            self._parts.title,
            size=size,
            colour=PAPER,
            anchor="centre",
            cut=cut,
        )
        self._paint_ring(canvas, glance, colour, faces_right=faces_right)
        for (name, side), bar in zip(self._rows, self._parts.bars, strict=False):
            self._paint_side(canvas, name, side, bar, glance)
        words = self._small_print(glance)
        write(
            canvas,
            words,
            self._parts.small_print,
            size=fitting(words, self._size(23), self._parts.title_width),
            colour=QUIET,
            anchor="centre",
        )

    def _paint_ring(
        self, canvas: Pixels, glance: Glance, colour: Colour, *, faces_right: bool
    ) -> None:
        centre, reach = self._parts.ring_centre, self._parts.ring_radius
        if glance.inner in (Inner.NUMBER, Inner.CHECK):
            self._ring.paint_track(canvas, centre)
            self._ring.paint_arc(
                canvas, centre, round(glance.progress * RING_STEPS) / RING_STEPS, colour
            )
        match glance.inner:
            case Inner.NUMBER:
                self._paint_number(canvas, glance, colour)
            case Inner.FIGURE:
                if self._figure is not None:
                    self._paint_figure(canvas, self._figure, faces_right=faces_right)
            case Inner.CHECK:
                draw_shape(canvas, Shape.CHECK, centre, reach * 1.3)
            case Inner.STEP:
                if glance.step is not None:
                    draw_pictogram(canvas, glance.step, centre, 2 * reach, degrees=glance.turn_deg)
            case Inner.SIGN:
                share = round(glance.sign * SIGN_STEPS) / SIGN_STEPS
                draw_stop(canvas, centre, reach * 1.5, share)

    def _paint_figure(self, canvas: Pixels, figure: Figure, *, faces_right: bool) -> None:
        width, height = extent(figure)
        reach = 2 * self._parts.ring_radius
        trunk = min(reach * 1.08 / width, reach / height)
        drawn = draw_figure(figure, trunk, faces_right=faces_right)
        x, y = self._parts.ring_centre
        corner = x - drawn.mask.shape[1] // 2, y - drawn.mask.shape[0] // 2
        coloured(drawn.mask, PAPER).stamp(canvas, *corner)

    def _paint_number(self, canvas: Pixels, glance: Glance, colour: Colour) -> None:
        x, y = self._parts.ring_centre
        number = str(glance.seconds)
        size, cut = fitting_cut(number, self._size(LARGEST_NUMBER), self._size(200))
        middle = y - self._size(10)
        baseline = middle + round(size * CAP_HEIGHT / 2)
        write(canvas, number, (x, baseline), size=size, colour=PAPER, anchor="centre", cut=cut)
        is_plain = glance.label.startswith("of")
        label = glance.label
        write(
            canvas,
            label,
            (x, y + self._size(90)),
            size=fitting(label, self._size(35), self._size(170)),
            colour=WAIT if is_plain else colour,
            anchor="centre",
        )

    def _paint_side(self, canvas: Pixels, name: str, side: Side, bar: Rect, glance: Glance) -> None:
        held = glance.held_s[SIDES.index(side)]
        is_current = side == glance.side
        colour = PAPER if is_current else QUIET
        baseline, size = bar.y - self._size(14), self._size(35)
        cap = round(size * CAP_HEIGHT)
        name_x = bar.x + round(cap * 1.45)
        if side in glance.sides_done:
            draw_shape(canvas, Shape.CHECK, (bar.x + cap * 0.55, baseline - cap * 0.5), cap * 1.1)
        elif is_current:
            tip = (bar.x + cap * 0.8, baseline - cap / 2)
            fill(canvas, [(bar.x, baseline - cap), tip, (bar.x, baseline)], colour)
        write(canvas, name, (name_x, baseline), size=size, colour=colour)
        write(canvas, f"{held} s", (bar.right, baseline), size=size, colour=colour, anchor="right")
        done = min(1.0, held / (glance.target_s * glance.sets))
        if done > 0:
            length = max(bar.height, round(bar.width * done))
            filled = MOOD_COLOURS[glance.mood] if is_current else GOOD
            tint(canvas, rounded(length, bar.height, bar.height), filled, bar.x, bar.y)
