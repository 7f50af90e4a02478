"""From figures to the pixels of one frame."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from samples.render.camera import Camera
from samples.render.image.body import Pose, head_of, materials_of, solids_of
from samples.render.image.collect import PARTS
from samples.render.image.room import Box, paint
from samples.render.image.tracer import TILE, shade_room, smooth_edges, trace
from samples.render.script import Light, Look, Room
from samples.render.skeleton import Array

Indices = npt.NDArray[np.int64]
Image = npt.NDArray[np.uint8]

_LAMP = np.array([-0.45, 0.75, 0.60]) / np.linalg.norm([-0.45, 0.75, 0.60])
_COARSE = 3
"""Pixels between the places where the room's shadows are computed."""


@dataclass(frozen=True)
class Person:
    """Somebody in the picture."""

    pose: Pose
    look: Look


class Painter:
    """Paints the frames of one clip; the empty room is painted once."""

    def __init__(
        self,
        camera: Camera,
        ahead: float,
        room: Room,
        light: Light,
        *,
        pads: tuple[Box, ...] = (),
        detail: float = 1.0,
    ) -> None:
        """Set up camera, room and light.

        Args:
            ahead: 1 where the person faces right, -1 where left.
            detail: Share of the picture's size at which it is painted before it is enlarged.
        """
        self._size = camera.size
        width, height = camera.size
        camera = replace(camera, size=(round(width * detail), round(height * detail)))
        self._camera, self._ahead, self._light = camera, ahead, light
        self._room, self._places = paint(camera, ahead, room, pads)
        self._noise = np.random.default_rng(room.seed)
        self._lens = np.zeros((5, 5))
        self._lens[:3, :3] = camera.axes
        self._lens[3, :3] = camera.position(ahead)
        self._lens[4, :3] = camera.focal_px, camera.size[0] / 2, camera.size[1] / 2

    def paint(self, people: list[Person]) -> Image:
        """Return the picture (h, w, 3) of these people, as RGB."""
        if not people:
            return self._develop(self._room.copy())
        each = [solids_of(p.pose, p.look, number) for number, p in enumerate(people)]
        solids = np.concatenate(each)
        solids = np.ascontiguousarray(solids[np.argsort(solids[:, 1], kind="stable")])
        materials = np.concatenate([materials_of(p.look) for p in people])
        heads = np.stack([head_of(p.pose) for p in people])
        parts = _bounds(solids)
        light = np.zeros((1 + len(people), 4))
        light[0, :3] = _LAMP
        for number in range(len(people)):
            mine = solids[solids[:, 1] // PARTS == number]
            light[1 + number] = _sphere(mine)
        lens, tiles = self._lens.copy(), self._tiles(solids)
        depth = (lens[3, :3] - solids[:, 4:7]) @ self._camera.axes[:, 2]
        lens[4, 3:] = max(0.3, depth.min() - 0.6), depth.max() + 0.6

        shape = self._room.shape[:2]
        behind = self._room * self._shadows(solids, parts, light)[..., None]
        image, hit, far = behind.copy(), np.full(shape, -1.0), np.full(shape, 99.0)
        common = (lens, light, materials, heads)
        squares, counts, lists, tile_of = tiles
        trace(solids, parts, squares, counts, lists, *common, image, hit, far)
        points = _edges(image, hit, far)
        if len(points):
            smooth_edges(solids, parts, points, tile_of, counts, lists, *common, behind, image)
        return self._develop(image)

    def _tiles(self, solids: Array) -> tuple[Indices, Indices, Indices, Indices]:
        """Find which solids may show in which squares of the picture."""
        camera = self._camera
        width, height = camera.size
        seen = (solids[:, 4:7] - camera.position(self._ahead)) @ camera.axes
        depth = np.maximum(-seen[:, 2], 0.05)
        x = width / 2 + camera.focal_px * seen[:, 0] / depth
        y = height / 2 - camera.focal_px * seen[:, 1] / depth
        radius = 1.03 * camera.focal_px * (solids[:, 7] + 0.035)
        radius = radius / np.maximum(depth - solids[:, 7], 0.05)
        left, top = np.meshgrid(np.arange(0, width, TILE), np.arange(0, height, TILE))
        squares = np.stack([left.ravel(), top.ravel()], 1).astype(np.int64)
        middle = squares + TILE / 2
        away_x = np.maximum(np.abs(middle[:, :1] - x) - TILE / 2, 0)
        away_y = np.maximum(np.abs(middle[:, 1:] - y) - TILE / 2, 0)
        inside = away_x**2 + away_y**2 < radius**2
        order = np.random.default_rng(0).permutation(len(squares))  # even work for each thread
        tile_of = np.empty(len(order), np.int64)
        tile_of[order] = np.arange(len(order))
        lists = np.argsort(~inside, axis=1, kind="stable").astype(np.int64)
        return (
            squares[order],
            inside.sum(1)[order],
            np.ascontiguousarray(lists[order]),
            tile_of,
        )

    def _shadows(self, solids: Array, parts: Array, light: Array) -> Array:
        height, width = self._room.shape[:2]
        places = np.ascontiguousarray(self._places[::_COARSE, ::_COARSE])
        coarse = np.empty(places.shape[:2])
        shade_room(solids, parts, places, light, coarse)
        blurred = cv2.GaussianBlur(coarse, (0, 0), 0.6)
        return np.asarray(cv2.resize(blurred, (width, height), interpolation=cv2.INTER_LINEAR))

    def _develop(self, image: Array) -> Image:
        """Expose as a camera does: soft highlights, gamma, a little blur and noise."""
        bright = 1.12 * image * self._light.exposure
        bright = bright * (1 + bright / 4.0) / (1 + bright)
        seen = np.clip(bright * 1.25, 0, 1) ** (1 / 2.2)
        if seen.shape[1::-1] != self._size:
            seen = np.asarray(cv2.resize(seen, self._size, interpolation=cv2.INTER_CUBIC), float)
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), 0.5), float)
        if self._light.noise > 0:
            seen = seen + self._noise.normal(0, self._light.noise, seen.shape)
        return np.asarray(np.clip(seen, 0, 1) * 255 + 0.5).astype(np.uint8)


def _sphere(solids: Array) -> Array:
    """Return centre and radius of a sphere around all of them."""
    centre = (solids[:, 4:7].min(0) + solids[:, 4:7].max(0)) / 2
    away = np.linalg.norm(solids[:, 4:7] - centre, axis=1) + solids[:, 7]
    return np.array([*centre, away.max()])


def _bounds(solids: Array) -> Array:
    """Return (parts, 6): a sphere around each part, and its first and last row."""
    rows = []
    for part in np.unique(solids[:, 1]):
        index = np.flatnonzero(solids[:, 1] == part)
        rows.append([*_sphere(solids[index]), index[0], index[-1] + 1])
    return np.array(rows, float)


def _edges(image: Array, hit: Array, far: Array) -> Indices:
    """Return (N, 2) the pixels (y, x) at an edge that would look jagged."""
    tone = np.clip(image.mean(-1), 0, 1) ** 0.45
    edge = np.zeros(tone.shape, bool)
    for low, high in (
        ((slice(None, -1), slice(None)), (slice(1, None), slice(None))),
        ((slice(None), slice(None, -1)), (slice(None), slice(1, None))),
    ):
        body = (hit[low] >= 0) | (hit[high] >= 0)
        jump = (np.abs(tone[low] - tone[high]) > 0.08) & body
        jump |= np.abs(far[low] - far[high]) > 0.04
        edge[low] |= jump
        edge[high] |= jump
    points = np.argwhere(edge)
    return np.asarray(points[np.random.default_rng(0).permutation(len(points))])
