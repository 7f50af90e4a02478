"""Cameras at random, before somebody who stands.

No constant of what is learnt of a camera is fitted to them but the size of the error that it tells.
They stand anywhere in the picture and face anywhere, or come walking, turn and stand. Bodies,
rooms, light, fields of view, heights and rolls are drawn by a numbered seed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import atan2, cos, degrees, radians, tan
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.placements.grid import BODIES
from benchmarks.placements.judging import camera_errors
from formcheck.body.camera.pose import CameraPose
from formcheck.body.camera.way_in import WayIn
from formcheck.body.view import see
from formcheck.io.recording.track import Track
from samples.render.camera import Camera
from samples.render.clip import Clip
from samples.render.script import Light, Phase, Room, Script
from samples.render.skeleton import Build, Side

FILE: Final = Path(__file__).parent / "standing.npz"

NUMBERS: Final = range(100, 150)
_FPS: Final = 8.0


@dataclass(frozen=True)
class Standing:
    """One clip, as `benchmarks.placements.remake` paints it."""

    script: Script
    barrel: float = 0.0

    @property
    def name(self) -> str:
        """A name of its own."""
        return self.script.name

    @property
    def camera(self) -> Camera:
        """The camera as it is."""
        return self.script.camera

    @property
    def size(self) -> tuple[int, int]:
        """The picture's width and height."""
        return self.camera.size

    def clip(self) -> Clip:
        """Return what is to be painted."""
        return Clip(self.script)


def standing(number: int) -> Standing:
    """Return the clip of this number."""
    draw = np.random.default_rng(1000 + number)

    def between(low: float, high: float) -> float:
        return float(draw.uniform(low, high))

    size = (640, 480) if draw.random() < 0.7 else (640, 360)
    build, look = BODIES[list(BODIES)[number % 4]]
    if number % 2:
        build = Build(
            between(1.55, 1.92),
            girth=between(0.9, 1.25),
            legs=between(0.95, 1.05),
            shoulders=between(0.93, 1.1),
        )
    fov, height = between(42, 75), between(0.1, 1.6)
    roll = between(-9, 9) if draw.random() < 0.6 else 0.0
    facing: Side = "right" if draw.random() < 0.5 else "left"
    # The whole body in the picture, and some room around it.
    distance = build.stature / tan(radians(fov / 2)) / 2 * 1.45 * between(1.05, 1.5)
    aimed = degrees(atan2(height - 0.5 * build.stature, distance))
    pitch = aimed + between(-1, 1) * fov * 0.12
    yaw = between(-45, 45)
    if number % 4 == 3:
        came = between(30, 80) * (1 if draw.random() < 0.6 else -1)
        far = between(0.7, 1.3)
        round_deg = (came - yaw) * (1 if facing == "right" else -1)
        phases: tuple[Phase, ...] = (
            Phase("stand", for_s=0.2),
            Phase("walk", over_s=1.4, by=far),
            Phase("turn", over_s=1.0, by=round_deg),
            Phase("stand", for_s=0.8),
        )
        yaw, aim = came, far * cos(radians(came)) * 0.5
    else:
        if draw.random() < 0.2:
            yaw = between(50, 130) * (1 if draw.random() < 0.7 else -1)
        phases, aim = (Phase("stand", for_s=0.9),), between(-0.5, 0.5)
    room = Room(seed=int(draw.integers(50)), cluttered=bool(draw.random() < 0.4))
    return Standing(
        Script(
            f"standing {number}",
            "somebody stands",
            facing,
            "right",
            phases,
            fps=_FPS,
            detail=0.6,
            camera=Camera(size, yaw, pitch, height, distance, fov, aim, roll),
            build=build,
            look=look,
            room=room,
            light=Light(exposure=between(0.6, 1.1)),
        )
    )


def learnt_errors(tracks: Mapping[str, Track]) -> list[tuple[tuple[float, float], ...]]:
    """Return of each clip there are landmarks of what is learnt of its camera; `camera_errors`."""
    return [
        camera_errors(
            _learnt(tracks[each.name]), each.camera.pitch, each.camera.roll, each.camera.height
        )
        for each in map(standing, NUMBERS)
        if each.name in tracks
    ]


def _learnt(track: Track) -> CameraPose | None:
    way_in = WayIn()
    for time_s, landmarks in track:
        way_in.step(time_s, landmarks, see(landmarks) if landmarks is not None else None)
    return way_in.camera
