"""The panel: the side, one ring with what matters now in it, and both sides below it."""

from dataclasses import replace
from typing import Final

import numpy as np

from formcheck.body.landmarks import SIDES, Side
from formcheck.figure.side_view import Figure
from formcheck.ui.drawing.colours import GOOD, INK, MEND, PAPER, QUIET, TRACK, WAIT, Colour
from formcheck.ui.drawing.layout import Layout, Rect
from formcheck.ui.drawing.pictogram import draw_pictogram, draw_stop
from formcheck.ui.drawing.ring import Ring
from formcheck.ui.drawing.shapes import Shape, draw_shape, fill
from formcheck.ui.drawing.sprite import Pixels, coloured, rounded, tint
from formcheck.ui.drawing.text import CAP_HEIGHT, fitting, fitting_cut, write
from formcheck.ui.person.target import draw_figure, extent
from formcheck.ui.readout import REST, Inner, Mood, Readout
from formcheck.ui.window.farewell import Rows

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

    def stamp(self, canvas: Pixels, readout: Readout, *, faces_right: bool) -> None:
        """Put the panel on the canvas as it should be now."""
        if readout.inner is Inner.FIGURE and self._figure is None:
            readout = replace(readout, inner=Inner.NUMBER)
        inner = readout.inner
        shown = (
            round(readout.progress * RING_STEPS),
            readout.mood,
            readout.title,
            readout.held_s,
            readout.sides_done,
            inner,
            (readout.seconds, readout.label) if inner is Inner.NUMBER else None,
            faces_right if inner is Inner.FIGURE else None,
            (readout.step, readout.turn_deg) if inner is Inner.STEP else None,
            round(readout.sign * SIGN_STEPS) if inner is Inner.SIGN else None,
            self._small_print(readout),
        )
        panel = self._layout.panel
        if shown != self._shown:
            self._shown = shown
            self._pixels = self._base.copy()
            self._paint(self._pixels, readout, faces_right=faces_right)
        canvas[panel.pixels] = self._pixels

    def _size(self, design_px: float) -> int:
        return max(6, round(design_px * self._parts.unit))

    @staticmethod
    def _small_print(readout: Readout) -> str:
        """Tell the set while seconds count, else the keys; what slows the program before both."""
        if readout.note:
            return readout.note
        if readout.is_counting and readout.sets > 1:
            return f"set {readout.set_number} of {readout.sets}"
        return KEYS_PAUSED if readout.is_paused or readout.phase == REST else KEYS

    def _paint_base(self, canvas: Pixels) -> None:
        canvas[:] = INK
        for bar in self._parts.bars[: len(self._rows)]:
            tint(canvas, rounded(bar.width, bar.height, bar.height), TRACK, bar.x, bar.y)

    def _paint(self, canvas: Pixels, readout: Readout, *, faces_right: bool) -> None:
        colour = MOOD_COLOURS[readout.mood]
        size, cut = fitting_cut(readout.title, self._size(LARGEST_TITLE), self._parts.title_width)
        write(
            canvas,
            readout.title,
            self._parts.title,
            size=size,
            colour=PAPER,
            anchor="centre",
            cut=cut,
        )
        self._paint_ring(canvas, readout, colour, faces_right=faces_right)
        for (name, side), bar in zip(self._rows, self._parts.bars, strict=False):
            self._paint_side(canvas, name, side, bar, readout)
        words = self._small_print(readout)
        write(
            canvas,
            words,
            self._parts.small_print,
            size=fitting(words, self._size(23), self._parts.title_width),
            colour=QUIET,
            anchor="centre",
        )

    def _paint_ring(
        self, canvas: Pixels, readout: Readout, colour: Colour, *, faces_right: bool
    ) -> None:
        centre, reach = self._parts.ring_centre, self._parts.ring_radius
        if readout.inner in (Inner.NUMBER, Inner.CHECK):
            self._ring.paint_track(canvas, centre)
            self._ring.paint_arc(
                canvas, centre, round(readout.progress * RING_STEPS) / RING_STEPS, colour
            )
        match readout.inner:
            case Inner.NUMBER:
                self._paint_number(canvas, readout, colour)
            case Inner.FIGURE:
                if self._figure is not None:
                    self._paint_figure(canvas, self._figure, faces_right=faces_right)
            case Inner.CHECK:
                draw_shape(canvas, Shape.CHECK, centre, reach * 1.3)
            case Inner.STEP:
                if readout.step is not None:
                    draw_pictogram(
                        canvas, readout.step, centre, 2 * reach, degrees=readout.turn_deg
                    )
            case Inner.SIGN:
                share = round(readout.sign * SIGN_STEPS) / SIGN_STEPS
                draw_stop(canvas, centre, reach * 1.5, share)

    def _paint_figure(self, canvas: Pixels, figure: Figure, *, faces_right: bool) -> None:
        width, height = extent(figure)
        reach = 2 * self._parts.ring_radius
        trunk = min(reach * 1.08 / width, reach / height)
        drawn = draw_figure(figure, trunk, faces_right=faces_right)
        x, y = self._parts.ring_centre
        corner = x - drawn.mask.shape[1] // 2, y - drawn.mask.shape[0] // 2
        coloured(drawn.mask, PAPER).stamp(canvas, *corner)

    def _paint_number(self, canvas: Pixels, readout: Readout, colour: Colour) -> None:
        x, y = self._parts.ring_centre
        number = str(readout.seconds)
        size, cut = fitting_cut(number, self._size(LARGEST_NUMBER), self._size(200))
        middle = y - self._size(10)
        baseline = middle + round(size * CAP_HEIGHT / 2)
        write(canvas, number, (x, baseline), size=size, colour=PAPER, anchor="centre", cut=cut)
        is_plain = readout.label.startswith("of")
        label = readout.label
        write(
            canvas,
            label,
            (x, y + self._size(90)),
            size=fitting(label, self._size(35), self._size(170)),
            colour=WAIT if is_plain else colour,
            anchor="centre",
        )

    def _paint_side(
        self, canvas: Pixels, name: str, side: Side, bar: Rect, readout: Readout
    ) -> None:
        held = readout.held_s[SIDES.index(side)]
        is_current = side == readout.side
        colour = PAPER if is_current else QUIET
        baseline, size = bar.y - self._size(14), self._size(35)
        cap = round(size * CAP_HEIGHT)
        name_x = bar.x + round(cap * 1.45)
        if side in readout.sides_done:
            draw_shape(canvas, Shape.CHECK, (bar.x + cap * 0.55, baseline - cap * 0.5), cap * 1.1)
        elif is_current:
            tip = (bar.x + cap * 0.8, baseline - cap / 2)
            fill(canvas, [(bar.x, baseline - cap), tip, (bar.x, baseline)], colour)
        write(canvas, name, (name_x, baseline), size=size, colour=colour)
        write(canvas, f"{held} s", (bar.right, baseline), size=size, colour=colour, anchor="right")
        done = min(1.0, held / (readout.target_s * readout.sets))
        if done > 0:
            length = max(bar.height, round(bar.width * done))
            filled = MOOD_COLOURS[readout.mood] if is_current else GOOD
            tint(canvas, rounded(length, bar.height, bar.height), filled, bar.x, bar.y)
