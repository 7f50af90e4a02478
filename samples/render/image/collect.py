"""The solids of a body, collected as rows of numbers for the tracer."""

# ruff: noqa: PLR0917
# A solid reads as one line: part, material, blend, place, size.

from dataclasses import dataclass, field

import numpy as np

from samples.render.skeleton import Array

SKIN, TOP, TROUSERS, SHOE, HAIR, EYE, LIP, SOLE, SOCK = range(9)
"""Materials; those of the next person follow."""
MATERIALS = 9
ELLIPSOID, LIMB = 0.0, 1.0
ROW = 36
"""0 kind, 1 part, 2 material, 3 blend; 4-6 centre and 7 radius of a sphere around it; 8-16 world
to local; 17-19 origin; 20-22 radii of an ellipsoid, or 20 length, 21-25 radii, 26 and 27 widths of
a limb; 30-33 plane beyond which an ellipsoid is cut, 34 whether; 35 where 1, a painted face."""
PARTS = 8
"""Parts of a body, in which solids melt together; those of the next person follow."""


@dataclass
class Solids:
    """Collects rows for the tracer. Sizes are those of a 1.72 m body; `scale` fits them."""

    person: int
    scale: float
    rows: list[Array] = field(default_factory=list)

    def _row(
        self, kind: float, part: int, material: int, blend: float, axes: Array, at: Array
    ) -> Array:
        row = np.zeros(ROW)
        row[0:4] = kind, self.person * PARTS + part, self.person * MATERIALS + material, blend
        row[8:17] = axes.T.ravel()
        row[17:20] = at
        self.rows.append(row)
        return row

    def ellipsoid(
        self,
        part: int,
        material: int,
        blend: float,
        axes: Array,
        at: Array,
        radii: tuple[float, float, float],
        grow: float = 1.0,
        cut: tuple[float, float, float, float] | None = None,
        is_face: bool = False,
    ) -> None:
        """Add an ellipsoid; what lies where x, y, z times `cut` is positive is cut off."""
        row = self._row(ELLIPSOID, part, material, blend, axes, at)
        row[20:23] = np.array(radii) * grow * self.scale
        row[4:7], row[7] = at, row[20:23].max()
        if cut is not None:
            row[30:33], row[33], row[34] = cut[:3], cut[3] * self.scale, 1.0
        row[35] = float(is_face)

    def limb(
        self,
        part: int,
        material: int,
        blend: float,
        start: Array,
        end: Array,
        radii: tuple[float, ...],
        grow: float = 1.0,
        forward: Array | None = None,
        depth: float = 1.0,
        is_face: bool = False,
    ) -> None:
        """Add a limb with its radii from start to end; `depth` widens it across `forward`."""
        length = float(np.linalg.norm(end - start))
        y = (end - start) / length
        x = np.array([1.0, 0.0, 0.0]) if forward is None else forward
        x = x - y * (x @ y)
        if np.linalg.norm(x) < 1e-3:
            x = np.array([0.0, 1.0, 0.0]) - y * y[1]
        x = x / np.linalg.norm(x)
        row = self._row(LIMB, part, material, blend, np.stack([x, y, np.cross(x, y)], 1), start)
        five = np.interp(np.linspace(0, 1, 5), np.linspace(0, 1, len(radii)), radii)
        row[20], row[21:26] = length, five * grow * self.scale
        row[26], row[27] = 1.0, depth
        row[4:7], row[7] = (start + end) / 2, length / 2 + row[21:26].max() * max(1.0, depth)
