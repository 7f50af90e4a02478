"""The sphere tracer: colours the pixels in which a ray meets a solid, and shades the room."""

# ruff: noqa: PLR0912, PLR0915, PLR0917
# Numba compiles the loops below; splitting them further would cost calls in the innermost loop.

import math
from typing import Any

import numpy as np
from numba import njit, prange

from samples.render.image.solids import distance, everything, fast, lit, noise, noise3, surface

TILE = 8
"""Pixels of a square in which the same solids are tried."""

_parallel = njit(cache=True, fastmath=True, parallel=True)


@fast
def _paint_face(head: Any, px: float, py: float, pz: float, c: Any, hair: Any) -> None:
    """Brows, eye sockets and cheeks, in the head's frame (three axes and the centre)."""
    ax, ay, az = px - head[3, 0], py - head[3, 1], pz - head[3, 2]
    x = (head[0, 0] * ax + head[1, 0] * ay + head[2, 0] * az) / head[3, 3]
    y = (head[0, 1] * ax + head[1, 1] * ay + head[2, 1] * az) / head[3, 3]
    z = abs(head[0, 2] * ax + head[1, 2] * ay + head[2, 2] * az) / head[3, 3]
    if x <= 0.03:
        return
    if ((y - 0.040 + (z - 0.030) ** 2 * 6) / 0.0055) ** 2 + ((z - 0.034) / 0.022) ** 2 < 1.0:
        c[0], c[1], c[2] = hair[0], hair[1], hair[2]
    socket = ((y - 0.015) / 0.016) ** 2 + ((z - 0.032) / 0.024) ** 2
    if socket < 1.4:
        for k in range(3):
            c[k] *= 0.62 + 0.27 * socket
    cheek = ((y + 0.030) / 0.022) ** 2 + ((z - 0.040) / 0.022) ** 2
    if cheek < 1.0:
        c[1] *= 1 - 0.12 * (1 - cheek)
        c[2] *= 1 - 0.12 * (1 - cheek)
    if x > 0.08 and ((y + 0.033) / 0.004) ** 2 + ((z - 0.009) / 0.005) ** 2 < 1.0:
        for k in range(3):
            c[k] *= 0.42


@fast
def _shade(
    solids: Any,
    parts: Any,
    listed: Any,
    n: int,
    at_x: float,
    at_y: float,
    lens: Any,
    light: Any,
    materials: Any,
    heads: Any,
    colour: Any,
) -> tuple[float, float]:
    """Write the colour of the ray through a pixel; return the solid hit (-1 for none) and how far.

    lens: three rows of axes, then position, then focal length, half width, half height, near, far.
    """
    u, v = (at_x - lens[4, 1]) / lens[4, 0], -(at_y - lens[4, 2]) / lens[4, 0]
    il = 1.0 / math.sqrt(u * u + v * v + 1.0)
    dx = (lens[0, 0] * u + lens[0, 1] * v - lens[0, 2]) * il
    dy = (lens[1, 0] * u + lens[1, 1] * v - lens[1, 2]) * il
    dz = (lens[2, 0] * u + lens[2, 1] * v - lens[2, 2]) * il
    t, hit = lens[4, 3], False
    px = py = pz = 0.0
    for _ in range(90):
        px, py, pz = lens[3, 0] + dx * t, lens[3, 1] + dy * t, lens[3, 2] + dz * t
        d = surface(solids, listed, n, px, py, pz)
        if d < 0.0008:
            hit = True
            break
        t += d * 0.92
        if t > lens[4, 4]:
            break
    if not hit:
        return -1.0, 1e9
    e = 0.0012
    a1 = surface(solids, listed, n, px + e, py - e, pz - e)
    a2 = surface(solids, listed, n, px - e, py - e, pz + e)
    a3 = surface(solids, listed, n, px - e, py + e, pz - e)
    a4 = surface(solids, listed, n, px + e, py + e, pz + e)
    nx, ny, nz = a1 - a2 - a3 + a4, -a1 - a2 + a3 + a4, -a1 + a2 - a3 + a4
    il = 1.0 / math.sqrt(nx * nx + ny * ny + nz * nz + 1e-18)
    nx, ny, nz = nx * il, ny * il, nz * il

    nearest, best = -1, 1e9
    for q in range(n):
        d = distance(solids[listed[q]], px, py, pz)
        if d < best:
            best, nearest = d, listed[q]
    r = solids[nearest]
    material = int(r[2])
    kind, person = material % 9, material // 9
    for k in range(3):
        colour[k] = materials[material, k]
    x0, y0, z0 = px - r[17], py - r[18], pz - r[19]
    ux = r[8] * x0 + r[9] * y0 + r[10] * z0
    uy = r[11] * x0 + r[12] * y0 + r[13] * z0
    uz = r[14] * x0 + r[15] * y0 + r[16] * z0
    tone = 1.0
    if kind == 0:
        tone = 0.94 + 0.12 * noise3(ux * 40, uy * 40, uz * 40)
        if r[35] == 1.0:
            _paint_face(heads[person], px, py, pz, colour, materials[person * 9 + 4])
    elif kind == 5:
        q = (uy * uy + uz * uz) / 0.0065**2
        if q < 1.0 or uy > 0.0042:
            colour[0], colour[1], colour[2] = 0.06, 0.04, 0.02
    elif kind in (1, 2):  # folds of cloth: the normal trembles
        scale = materials[material, 6]
        sx, sy, sz, h = px * scale, py * scale * 0.55, pz * scale, 0.01 * scale
        n0 = noise3(sx, sy, sz)
        folds = materials[material, 4]
        nx += folds * (noise3(sx + h, sy, sz) - n0)
        ny += folds * (noise3(sx, sy + h * 0.55, sz) - n0)
        nz += folds * (noise3(sx, sy, sz + h) - n0)
        il = 1.0 / math.sqrt(nx * nx + ny * ny + nz * nz)
        nx, ny, nz = nx * il, ny * il, nz * il
        tone = 0.92 + 0.16 * n0
    elif kind == 4:
        tone = 0.6 + 0.8 * noise(uz * 260, uy * 40 + ux * 25)

    lx, ly, lz = light[0, 0], light[0, 1], light[0, 2]
    diffuse, reached = nx * lx + ny * ly + nz * lz, 0.0
    if diffuse > 0:
        reached = lit(
            solids, parts, px + nx * 0.006, py + ny * 0.006, pz + nz * 0.006, light, 10.0, 1.6
        )
    else:
        diffuse = 0.0
    closed, weight = 0.0, 1.0
    for i in range(1, 4):
        h = 0.015 + 0.04 * i
        d = everything(solids, parts, px + nx * h, py + ny * h, pz + nz * h, 0.14)
        d = max(min(d, py + ny * h), 0.0)
        closed += (h - d) * weight
        weight *= 0.70
    open_ = min(max(1.0 - 2.5 * closed, 0.12), 1.0)
    sky = 0.5 + 0.5 * ny
    fill = max(0.0, nx * 0.705 + ny * 0.252 + nz * 0.655)
    ambient = (0.22 + 0.26 * sky) * open_
    direct = diffuse * reached
    rim = (1 - max(0.0, -(nx * dx + ny * dy + nz * dz))) ** 4 * 0.06 * open_
    for k in range(3):
        warm = 1.0 - 0.05 * k
        total = (
            ambient * (1.0 + 0.03 * k)
            + 0.98 * warm * direct
            + 0.30 * fill * open_
            + (0.10 - 0.018 * k) * (1 - sky) * open_
        )
        if kind == 0 and k == 0:  # light under the skin warms the edge of the shade
            total += 0.06 * max(0.0, 1 - abs(nx * lx + ny * ly + nz * lz) * 3)
        colour[k] = colour[k] * tone * total + rim * (colour[k] + 0.3)
    hx, hy, hz = lx - dx, ly - dy, lz - dz
    il = 1.0 / math.sqrt(hx * hx + hy * hy + hz * hz)
    shine = (
        materials[material, 3]
        * max(0.0, (nx * hx + ny * hy + nz * hz) * il) ** (materials[material, 5])
    )
    for k in range(3):
        colour[k] += shine * reached
    return float(nearest), t


@_parallel
def trace(
    solids: Any,
    parts: Any,
    tiles: Any,
    counts: Any,
    lists: Any,
    lens: Any,
    light: Any,
    materials: Any,
    heads: Any,
    image: Any,
    hit: Any,
    depth: Any,
) -> None:
    """Colour every pixel that shows a solid; the others of `image` stay as they are."""
    for i in prange(tiles.shape[0]):
        if counts[i] == 0:
            continue
        colour = np.zeros(3)
        for y in range(tiles[i, 1], min(tiles[i, 1] + TILE, image.shape[0])):
            for x in range(tiles[i, 0], min(tiles[i, 0] + TILE, image.shape[1])):
                which, far = _shade(
                    solids,
                    parts,
                    lists[i],
                    counts[i],
                    x + 0.5,
                    y + 0.5,
                    lens,
                    light,
                    materials,
                    heads,
                    colour,
                )
                if which >= 0:
                    image[y, x, 0], image[y, x, 1], image[y, x, 2] = colour[0], colour[1], colour[2]
                    hit[y, x], depth[y, x] = which, far


@_parallel
def smooth_edges(
    solids: Any,
    parts: Any,
    points: Any,
    tile_of: Any,
    counts: Any,
    lists: Any,
    lens: Any,
    light: Any,
    materials: Any,
    heads: Any,
    behind: Any,
    image: Any,
) -> None:
    """Trace the listed pixels (y, x) again with two samples each beside the first."""
    across = (image.shape[1] + TILE - 1) // TILE
    for i in prange(points.shape[0]):
        y, x = points[i, 0], points[i, 1]
        tile = tile_of[(y // TILE) * across + x // TILE]
        colour, total = np.zeros(3), np.zeros(3)
        for k in range(3):
            ox, oy = (0.17, 0.5, 0.83)[k], (0.5, 0.83, 0.17)[k]
            which, _ = _shade(
                solids,
                parts,
                lists[tile],
                counts[tile],
                x + ox,
                y + oy,
                lens,
                light,
                materials,
                heads,
                colour,
            )
            for c in range(3):
                total[c] += colour[c] if which >= 0 else behind[y, x, c]
        for c in range(3):
            image[y, x, c] = total[c] / 3


@_parallel
def shade_room(solids: Any, parts: Any, places: Any, light: Any, out: Any) -> None:
    """Write how bright the room is at (h, w, 4) places: x, y, z and whether it is the floor."""
    for y in prange(out.shape[0]):
        for x in range(out.shape[1]):
            q = places[y, x]
            reached = lit(solids, parts, q[0], q[1], q[2], light, 9.0, 3.0)
            closed = 1.0
            if q[3] > 0.5:
                low = everything(solids, parts, q[0], q[1] + 0.05, q[2], 0.06)
                high = everything(solids, parts, q[0], q[1] + 0.15, q[2], 0.16)
                closed -= 0.55 * max(0.0, 1 - low / 0.05) + 0.35 * max(0.0, 1 - high / 0.15)
            out[y, x] = (0.5 + 0.5 * reached) * max(closed, 0.15)
