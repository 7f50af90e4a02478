"""The camera: where it stands, and where a point of the world falls in its picture."""

from dataclasses import dataclass

import numpy as np

from samples.render.skeleton import Array


@dataclass(frozen=True)
class Camera:
    """A pinhole camera on the world's z axis side, looking towards negative z."""

    size: tuple[int, int] = (640, 480)
    """Width and height of the picture in pixels."""
    yaw: float = 0.0
    """How far the person is turned towards the camera (negative: away from it), 0 side-on."""
    pitch: float = 2.0
    """How far it looks down."""
    height: float = 0.95
    """Of the lens above the floor."""
    distance: float = 3.2
    """From the person, level."""
    fov: float = 44.0
    """Angle that the picture's height covers."""
    aim: float = 0.0
    """Where along the person's forward axis, in metres, the middle of the picture is."""
    roll: float = 0.0
    """How far it is turned clockwise, seen from behind it: its right edge is lower."""

    @property
    def focal_px(self) -> float:
        """Focal length in pixels."""
        return float(0.5 * self.size[1] / np.tan(np.deg2rad(self.fov) / 2))

    @property
    def axes(self) -> Array:
        """(3, 3): the camera's right, up and backward directions as columns."""
        angle = np.deg2rad(self.pitch)
        back = np.array([0.0, np.sin(angle), np.cos(angle)])
        right = np.array([1.0, 0.0, 0.0])
        up = np.cross(back, right)
        roll = np.deg2rad(self.roll)
        rolled = np.cos(roll) * right - np.sin(roll) * up
        return np.stack([rolled, np.cross(back, rolled), back], 1)

    def position(self, ahead: float) -> Array:
        """Return where the lens is; `ahead` is 1 where the person faces right, -1 facing left."""
        return np.array([self.aim * ahead, self.height, self.distance])

    def project(self, points: Array, ahead: float) -> Array:
        """Return (..., 2) pixels, x to the right and y down, of (..., 3) points of the world."""
        seen = (points - self.position(ahead)) @ self.axes
        focal, (width, height) = self.focal_px, self.size
        return np.stack(
            [
                width / 2 - focal * seen[..., 0] / seen[..., 2],
                height / 2 + focal * seen[..., 1] / seen[..., 2],
            ],
            -1,
        )


def world_turn(facing: str, yaw: float) -> float:
    """Return the turn of the body in the world, anticlockwise from above."""
    return -yaw if facing == "right" else 180.0 + yaw
