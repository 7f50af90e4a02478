"""The room: a floor of planks, a wall, a mat, and furniture where it is cluttered."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from samples.render.camera import Camera
from samples.render.script import Room
from samples.render.skeleton import Array

WALL_Z: Final = -1.7
"""Where the wall stands, in metres behind the person."""


@dataclass(frozen=True)
class Box:
    """A piece of furniture."""

    low: tuple[float, float, float]
    high: tuple[float, float, float]
    colour: tuple[float, float, float]


CLUTTER: Final = (
    Box((-2.3, 0.0, -1.70), (-1.3, 1.9, -1.40), (0.22, 0.12, 0.06)),
    Box((-2.2, 0.35, -1.45), (-1.4, 0.65, -1.38), (0.45, 0.10, 0.08)),
    Box((-2.2, 0.80, -1.45), (-1.7, 1.05, -1.38), (0.10, 0.25, 0.40)),
    Box((-1.6, 0.80, -1.45), (-1.4, 1.12, -1.38), (0.50, 0.45, 0.20)),
    Box((-2.1, 1.25, -1.45), (-1.5, 1.50, -1.38), (0.15, 0.35, 0.18)),
    Box((0.9, 0.0, -1.65), (2.6, 0.42, -0.95), (0.30, 0.32, 0.36)),
    Box((0.9, 0.42, -1.65), (2.6, 0.85, -1.40), (0.26, 0.28, 0.33)),
    Box((1.2, 0.42, -1.40), (1.6, 0.74, -1.25), (0.60, 0.35, 0.10)),
    Box((-0.5, 0.0, -1.65), (0.3, 0.45, -1.25), (0.35, 0.22, 0.12)),
    Box((-0.35, 0.45, -1.55), (0.15, 0.80, -1.45), (0.02, 0.02, 0.025)),
    Box((0.45, 1.00, -1.72), (0.85, 1.60, -1.68), (0.55, 0.20, 0.15)),
)


def paint(camera: Camera, ahead: float, room: Room, pads: tuple[Box, ...]) -> tuple[Array, Array]:
    """Return the empty room's linear colour (h, w, 3) and places (h, w, 4): x, y, z, is floor."""
    fine = replace(camera, size=(camera.size[0] * 2, camera.size[1] * 2))
    colour, _ = _look(fine, ahead, room, pads)
    width, height = camera.size
    colour = colour.reshape(height, 2, width, 2, 3).mean((1, 3))
    return colour, _look(camera, ahead, room, pads)[1]


def _look(camera: Camera, ahead: float, room: Room, pads: tuple[Box, ...]) -> tuple[Array, Array]:
    width, height = camera.size
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    u, v = (x - width / 2) / camera.focal_px, -(y - height / 2) / camera.focal_px
    ray = np.stack([u, v, -np.ones_like(u)], -1) @ camera.axes.T
    ray /= np.linalg.norm(ray, axis=-1, keepdims=True)
    eye = camera.position(ahead)
    down = np.minimum(ray[..., 1], -1e-4)
    to_floor = np.where(ray[..., 1] < -1e-4, -eye[1] / down, 1e9)
    back = np.minimum(ray[..., 2], -1e-4)
    to_wall = np.where(ray[..., 2] < -1e-4, (WALL_Z - eye[2]) / back, 1e9)
    far = np.minimum(to_floor, to_wall)
    place = eye + ray * far[..., None]
    is_floor = to_floor < to_wall
    colour = np.where(is_floor[..., None], _floor(place, room), _wall(place, room))
    for box in (*(CLUTTER if room.cluttered else ()), *pads):
        near, shade = _hit(box, eye, ray)
        seen = near < far
        far = np.where(seen, near, far)
        colour = np.where(seen[..., None], np.array(box.colour) * shade[..., None], colour)
        is_floor &= ~seen
    place = eye + ray * far[..., None]
    fall = np.exp(-((place[..., 0] - 0.3) ** 2 + place[..., 2] ** 2) * 0.045)
    return 0.95 * colour * fall[..., None], np.concatenate([place, is_floor[..., None]], -1)


def _hit(box: Box, eye: Array, ray: Array) -> tuple[Array, Array]:
    """Return how far a box is along each ray (1e9 where it is missed), and its shade there."""
    safe = np.where(np.abs(ray) < 1e-9, 1e-9, ray)
    first, second = (np.array(box.low) - eye) / safe, (np.array(box.high) - eye) / safe
    enters, leaves = np.minimum(first, second), np.maximum(first, second).min(-1)
    near, face = enters.max(-1), enters.argmax(-1)
    shade = np.array([0.70, 1.10, 0.90])[face]
    return np.where((near < leaves) & (near > 0), near, 1e9), shade


def _cloud(x: Array, y: Array, seed: int) -> Array:
    """Return smooth noise of 0 to 1, the same for the same seed."""
    table = np.random.default_rng(seed).random((5, 64, 64))
    total = np.zeros(x.shape)
    for octave in range(5):
        u, v = np.mod(x * 2**octave, 63), np.mod(y * 2**octave, 63)
        i, j = np.floor(u).astype(int), np.floor(v).astype(int)
        f, g = u - i, v - j
        t = table[octave]
        low = t[j, i] * (1 - f) + t[j, i + 1] * f
        high = t[j + 1, i] * (1 - f) + t[j + 1, i + 1] * f
        total += (low * (1 - g) + high * g) / 2**octave
    return np.asarray(total / 1.94)


def _floor(p: Array, room: Room) -> Array:
    x, z = p[..., 0], p[..., 2]
    plank = np.floor(z / 0.12)
    shift = np.mod(np.sin(plank * 12.9898) * 43758.5453, 1.0)
    board = np.floor((x + shift * 1.2) / 1.2)
    tone = 0.80 + 0.35 * np.mod(np.sin(plank * 78.2 + board * 37.7) * 43758.5, 1.0)
    grain = _cloud(x * 1.5 + 30, z * 40 + 30, room.seed) * 0.45 + 0.78
    gap = np.abs(np.mod(z / 0.12, 1.0) - 0.5) > 0.475
    gap |= np.abs(np.mod((x + shift * 1.2) / 1.2, 1.0) - 0.5) > 0.497
    colour = np.array(room.floor) * (tone * grain * np.where(gap, 0.55, 1.0))[..., None]
    if room.mat is not None:
        on_mat = (np.abs(x) < 1.15) & (np.abs(z) < 0.40)
        weave = 0.9 + 0.2 * _cloud(x * 20 + 60, z * 20 + 60, room.seed + 1)
        colour = np.where(on_mat[..., None], np.array(room.mat) * weave[..., None], colour)
    return np.asarray(colour)


def _wall(p: Array, room: Room) -> Array:
    x, y = p[..., 0], p[..., 1]
    plaster = 0.92 + 0.16 * _cloud(x * 2 + 20, y * 2 + 20, room.seed + 2)
    shade = 0.72 + 0.11 * np.clip(y, 0, 2) + 0.10 * np.cos(x * 0.9 - 0.4)
    colour = np.array(room.wall) * (plaster * shade)[..., None]
    colour = np.where((y < 0.10)[..., None], np.array([0.60, 0.59, 0.56]), colour)
    colour = np.where((np.abs(y - 0.10) < 0.005)[..., None], 0.25, colour)
    frame = (np.abs(x + 1.25) < 0.30) & (np.abs(y - 1.45) < 0.22)
    inside = (np.abs(x + 1.25) < 0.27) & (np.abs(y - 1.45) < 0.19)
    paints = [0.3 + 0.4 * _cloud(x * 6 + 9, y * 6 + 9, 5 + i) for i in range(3)]
    picture = np.stack(paints, -1) * np.array([0.6, 0.8, 0.9])
    colour = np.where(frame[..., None], 0.06, colour)
    return np.where(inside[..., None], picture, colour)
