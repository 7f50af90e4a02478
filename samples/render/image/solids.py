"""Smooth solids and the distance to them: ellipsoids, and limbs with five radii.

A solid is a row of numbers (`samples.render.image.collect`). Distances are to the
blended surface, so neighbours of one part melt into one another like flesh and cloth.
"""

# ruff: noqa: PLR0917, PLW3301, RUF046
# Compiled by numba, which takes plain numbers and knows no `min` of three of unlike kinds.

import math
from typing import Any

from numba import njit

_JOIN = 0.018
"""Metres over which two parts of the body blend."""

fast = njit(cache=True, fastmath=True)
_inline = njit(cache=True, fastmath=True, inline="always")


@_inline
def distance(r: Any, px: float, py: float, pz: float) -> float:
    """Distance to one solid, negative inside."""
    x0, y0, z0 = px - r[17], py - r[18], pz - r[19]
    x = r[8] * x0 + r[9] * y0 + r[10] * z0
    y = r[11] * x0 + r[12] * y0 + r[13] * z0
    z = r[14] * x0 + r[15] * y0 + r[16] * z0
    if r[0] == 0.0:
        a, b, c = x / r[20], y / r[21], z / r[22]
        k0 = math.sqrt(a * a + b * b + c * c)
        a, b, c = a / r[20], b / r[21], c / r[22]
        k1 = math.sqrt(a * a + b * b + c * c)
        d = k0 * (k0 - 1.0) / k1 if k1 > 1e-6 else -min(r[20], min(r[21], r[22]))
        if r[34] > 0.5:
            cut = r[30] * x + r[31] * y + r[32] * z + r[33]
            h = max(0.01 - abs(d - cut), 0.0)
            d = max(d, cut) + h * h * 25.0
        return d
    t = min(max(y / r[20], 0.0), 1.0)
    i = min(int(t * 4.0), 3)
    f = t * 4.0 - i
    f = f * f * (3 - 2 * f) * 0.5 + f * 0.5
    radius = r[21 + i] * (1 - f) + r[22 + i] * f
    xs, zs, ys = x / r[26], z / r[27], y - t * r[20]
    d = math.sqrt(xs * xs + zs * zs + ys * ys) - radius
    return float(d * min(r[26], min(r[27], 1.0)))


@_inline
def _blend(a: float, b: float, k: float) -> float:
    h = max(k - abs(a - b), 0.0)
    return min(a, b) - h * h * 0.25 / k


@fast
def surface(solids: Any, listed: Any, n: int, px: float, py: float, pz: float) -> float:
    """Distance to the first `n` of the listed solids, which are in the order of their parts."""
    total, current, part = 1e9, 1e9, -1.0
    for q in range(n):
        r = solids[listed[q]]
        if r[1] != part:
            total = _blend(total, current, _JOIN)
            current, part = 1e9, r[1]
        bx, by, bz = px - r[4], py - r[5], pz - r[6]
        d = math.sqrt(bx * bx + by * by + bz * bz) - r[7]
        if d <= 0.12:
            d = distance(r, px, py, pz)
        current = _blend(current, d, r[3])
    return _blend(total, current, _JOIN)


@fast
def everything(solids: Any, parts: Any, px: float, py: float, pz: float, far: float) -> float:
    """Distance to all solids, exact within `far`. Parts: centre, radius, first, end."""
    total = 1e9
    for g in range(parts.shape[0]):
        bx, by, bz = px - parts[g, 0], py - parts[g, 1], pz - parts[g, 2]
        around = math.sqrt(bx * bx + by * by + bz * bz) - parts[g, 3]
        if around > far:
            total = min(total, around)
            continue
        current = 1e9
        for q in range(int(parts[g, 4]), int(parts[g, 5])):
            r = solids[q]
            bx, by, bz = px - r[4], py - r[5], pz - r[6]
            d = math.sqrt(bx * bx + by * by + bz * bz) - r[7]
            if d < far:
                d = distance(r, px, py, pz)
            current = _blend(current, d, r[3])
        total = _blend(total, current, _JOIN)
    return total


@_inline
def _hash(ix: int, iy: int) -> float:
    n = (ix * 374761393 + iy * 668265263) & 0xFFFFFFFF
    n = ((n ^ (n >> 13)) * 1274126177) & 0xFFFFFFFF
    return ((n ^ (n >> 16)) & 0xFFFF) / 65535.0


@fast
def noise(x: float, y: float) -> float:
    """Smooth noise of 0 to 1 over a plane."""
    ix, iy = int(math.floor(x)), int(math.floor(y))
    fx, fy = x - ix, y - iy
    fx, fy = fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy)
    low = _hash(ix, iy) * (1 - fx) + _hash(ix + 1, iy) * fx
    high = _hash(ix, iy + 1) * (1 - fx) + _hash(ix + 1, iy + 1) * fx
    return low * (1 - fy) + high * fy


@fast
def noise3(x: float, y: float, z: float) -> float:
    """Smooth noise of 0 to 1 in space."""
    return (
        noise(x + 3.1 * z, y - 1.7 * z)
        + noise(y + 11.3 + 2.3 * z, z * 1.9 - x * 0.3)
        + noise(z + 5.7, x * 1.1 + 3.16 * y)
    ) / 3.0


@fast
def lit(
    solids: Any, parts: Any, x: float, y: float, z: float, light: Any, soft: float, far: float
) -> float:
    """How much of the lamp reaches a point, 0 to 1, with soft edges."""
    result = 1.0
    for p in range(light.shape[0] - 1):  # one sphere around each person
        ex, ey, ez = light[p + 1, 0] - x, light[p + 1, 1] - y, light[p + 1, 2] - z
        b = ex * light[0, 0] + ey * light[0, 1] + ez * light[0, 2]
        c2 = ex * ex + ey * ey + ez * ez - b * b
        radius = light[p + 1, 3] + 0.12
        if c2 > radius * radius or b < -radius:
            continue
        half = math.sqrt(radius * radius - c2)
        t = max(b - half, 0.025)
        for _ in range(32):
            d = everything(
                solids, parts, x + light[0, 0] * t, y + light[0, 1] * t, z + light[0, 2] * t, 0.14
            )
            result = min(result, soft * d / t)
            if result < 0.005:
                return 0.0
            t += max(d, 0.015)
            if t > far or t > b + half:
                break
    return result * result * (3 - 2 * result)
