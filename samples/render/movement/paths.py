"""Smooth ways from one posture to the next, and the walk."""

from typing import Final

import numpy as np

from samples.render.skeleton import ARM_MODES, Array, Build, Side

PELVIS_X, PELVIS_Y, LEAN, BEND, HEAD = range(5)
FOOT: Final[dict[Side, int]] = {"left": 5, "right": 8}
"""Where a foot's three values begin: x and y of the tip of the sole, and its pitch."""
SIDE, ROLL, KNEE_IN = 11, 12, 13
ARMS: Final = 14
"""Where the weights of the hands' places begin."""
WIDTH: Final = ARMS + len(ARM_MODES)
"""Values of a posture."""

_FADE_S: Final = 0.7
_STEP: Final = 0.5
"""Metres a step, of a body of average size."""


def ease(u: Array) -> Array:
    """Return the smoothest way from 0 to 1: no speed and no push at either end."""
    u = np.clip(u, 0.0, 1.0)
    return u * u * u * (u * (6 * u - 15) + 10)


def fade(t: Array, seconds: float) -> Array:
    """Return a weight that is 0 at both ends of the time and 1 between."""
    u = np.clip(np.minimum(t, seconds - t) / _FADE_S, 0.0, 1.0)
    return np.asarray(u * u * (3 - 2 * u))


def through(stops: list[float], keys: list[Array], at: Array) -> Array:
    """Return (T, n): a smooth path through (n,) keys that never overshoots one (PCHIP)."""
    x, y = np.array(stops), np.stack(keys)
    gap = np.diff(x)[:, None]
    slope = np.diff(y, axis=0) / gap
    tangent = np.zeros_like(y)
    tangent[0], tangent[-1] = slope[0], slope[-1]
    before, after, first, second = slope[:-1], slope[1:], gap[:-1], gap[1:]
    weight_1, weight_2 = 2 * second + first, second + 2 * first
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (weight_1 + weight_2) / (weight_1 / before + weight_2 / after)
    tangent[1:-1] = np.where(before * after > 0, middle, 0.0)
    i = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
    u = ((at - x[i]) / np.diff(x)[i])[:, None]
    h = gap[i]
    return np.asarray(
        (1 + 2 * u) * (1 - u) ** 2 * y[i]
        + u * (1 - u) ** 2 * h * tangent[i]
        + u**2 * (3 - 2 * u) * y[i + 1]
        + u**2 * (u - 1) * h * tangent[i + 1]
    )


def resting(still: Array, t: Array, seconds: float) -> Array:
    """Return (T, WIDTH) for staying in a posture, with a little sway of the trunk."""
    values = np.repeat(still[None], len(t), axis=0)
    values[:, LEAN] += 0.5 * fade(t, seconds) * np.sin(2 * np.pi * 0.27 * t)
    return values


def stepping(still: Array, t: Array, seconds: float) -> Array:
    """Return (T, WIDTH) for stepping on the spot, as someone does who turns."""
    values = np.repeat(still[None], len(t), axis=0)
    swing = np.sin(4 * np.pi * t / seconds)
    values[:, FOOT["left"] + 1] += 0.03 * np.maximum(0.0, swing)
    values[:, FOOT["right"] + 1] += 0.03 * np.maximum(0.0, -swing)
    return values


def walking(build: Build, still: Array, t: Array, seconds: float, far: float) -> Array:
    """Return (T, WIDTH) for walking `far` metres ahead, each foot planted between its steps."""
    step = far / max(1, round(far / (_STEP * build.scale)))
    done = np.clip(t / seconds, 0.0, 1.0)
    gone = far * done * done * (3 - 2 * done)
    windowed = fade(t, seconds)
    values = np.repeat(still[None], len(t), axis=0)
    values[:, PELVIS_X] += gone
    values[:, PELVIS_Y] -= 0.035 * windowed * build.scale
    values[:, LEAN] += 3.0 * windowed
    for foot, offset in ((FOOT["left"], 0.25), (FOOT["right"], 0.75)):
        cycle = gone / (2 * step) + offset
        count, part = np.floor(cycle), np.mod(cycle, 1.0)
        swing = np.clip((part - 0.5) / 0.5, 0.0, 1.0)
        place = 2 * step * (count - offset + 0.25 + swing * swing * (3 - 2 * swing))
        behind = np.clip((gone - place) / (0.5 * step), 0.0, 1.0)
        values[:, foot] += place
        values[:, foot + 1] += 0.07 * windowed * np.sin(np.pi * swing)
        values[:, foot + 2] -= windowed * 28.0 * behind
    return values
