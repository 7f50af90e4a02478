"""A figure drawn with letters, for the terminal."""

from collections.abc import Iterable
from math import ceil, hypot
from typing import Final

import numpy as np

from formcheck.figure.any_view import Limbs
from formcheck.figure.side_view import HEAD_RADIUS, Figure, Point
from formcheck.ui.drawing.sprite import Mask

_BRAILLE: Final = 0x2800
_DOTS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a letter's eight dots, by row and column."""
_PAD: Final = 0.12
_HALF_LIMB: Final = 0.05
"""Trunk lengths."""


def sketch(figure: Figure, limbs: Limbs, rows: int = 14, *, plain: bool = False) -> list[str]:
    """Return the figure in lines of text, at most `rows` of them.

    Args:
        figure: In trunk lengths.
        limbs: From joint to joint.
        rows: Lines of text.
        plain: With ASCII letters alone, for terminals that know no others.
    """
    across, down = (1, 1) if plain else (2, 4)
    xs, ys = zip(*figure.points.values(), strict=True)
    left, top = min(xs) - _PAD, max(ys) + HEAD_RADIUS + _PAD / 2
    height_dots = rows * down
    scale = height_dots / top
    stretch = 2.0 if plain else 1.0  # a letter is twice as high as wide
    columns = ceil((max(xs) + _PAD - left) * scale * stretch / across)
    mask: Mask = np.zeros((height_dots, columns * across), np.uint8)
    grid_y, grid_x = np.mgrid[0:height_dots, 0 : columns * across]
    x, y = left + (grid_x + 0.5) / (scale * stretch), top - (grid_y + 0.5) / scale
    half = max(_HALF_LIMB, 0.55 / scale)
    for start, end in limbs:
        mask |= _near(x, y, figure.points[start], figure.points[end], half)
    head = figure.points["head"]
    mask |= (np.hypot(x - head[0], y - head[1]) <= HEAD_RADIUS).astype(np.uint8)
    lines = _plain(mask) if plain else _braille(mask)
    return [line.rstrip() for line in lines]


def _near(
    x: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    y: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    start: Point,
    end: Point,
    half: float,
) -> Mask:
    """Return which dots are within `half` of a line."""
    along = end[0] - start[0], end[1] - start[1]
    length = max(1e-9, hypot(*along))
    share = ((x - start[0]) * along[0] + (y - start[1]) * along[1]) / length**2
    share = np.clip(share, 0.0, 1.0)
    off = np.hypot(x - start[0] - share * along[0], y - start[1] - share * along[1])
    return (off <= half).astype(np.uint8)


def _plain(mask: Mask) -> Iterable[str]:
    return ("".join("#" if dot else " " for dot in row) for row in mask.tolist())


def _braille(mask: Mask) -> Iterable[str]:
    for top in range(0, mask.shape[0], 4):
        bits = sum(
            mask[top + row, column::2].astype(int) * _DOTS[row][column]
            for row in range(4)
            for column in range(2)
        )
        yield "".join(chr(_BRAILLE + int(dots)) if dots else " " for dots in np.atleast_1d(bits))
