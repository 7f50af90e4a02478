"""One clip put together: who stands where at each time, and when the frames are taken."""

from pathlib import Path

import numpy as np

from samples.render.camera import world_turn
from samples.render.image.room import Box
from samples.render.movement.arms import solve
from samples.render.movement.choreography import Choreography
from samples.render.script import Phase, Script, read_script
from samples.render.skeleton import Array, Build, Figure, Flags

FOLDER = Path(__file__).parent.parent
"""Where the scripts, clips and truth files are."""


class Clip:
    """A script and everything that follows from it without painting."""

    def __init__(self, script: Script) -> None:
        """Lay out the choreography."""
        self.script = script
        self.choreography = Choreography(script.build, script.stretched, script.phases)
        self.ahead = 1.0 if script.facing == "right" else -1.0
        self._passer: Choreography | None = None
        if (passer := script.passer) is not None:
            far = abs(passer.to_x - passer.from_x)
            walk = Phase("walk", over_s=passer.over_s, by=far, says="walking")
            self._passer = Choreography(Build(passer.stature), "right", (walk,))

    @property
    def duration_s(self) -> float:
        """From the start to when the last phase ends."""
        return self.choreography.duration_s

    def times(self) -> Array:
        """Return when each frame is taken, in whole milliseconds unless the rate is even."""
        script = self.script
        count = int(np.floor(self.duration_s * script.fps + 1e-6))
        even = np.arange(count, dtype=np.float64) / script.fps
        if script.uneven == 0:
            return even
        stray = np.random.default_rng(script.room.seed).uniform(-1, 1, count) * script.uneven
        stray[0] = 0.0
        return np.asarray(np.round(even + stray / script.fps, 3), np.float64)

    def figure(self, times: Array) -> Figure:
        """Return the person at these times."""
        turn = world_turn(self.script.facing, self.script.camera.yaw)
        return solve(self.script.build, self.choreography.posture(times, turn))

    def passer(self, times: Array) -> tuple[Figure, Flags] | None:
        """Return who walks through, and (T,) whether they are there; None where nobody does."""
        passer = self.script.passer
        if passer is None or self._passer is None:
            return None
        since = np.clip(times - passer.start_s, 0.0, passer.over_s - 1e-6)
        turn = 0.0 if passer.to_x > passer.from_x else 180.0
        posture = self._passer.posture(since, turn)
        posture.origin[:, 0] += passer.from_x
        posture.origin[:, 1] += passer.z
        here = (times >= passer.start_s) & (times < passer.start_s + passer.over_s)
        return solve(Build(passer.stature), posture), here

    def pads(self) -> tuple[Box, ...]:
        """Return what the person rests on: the pad under the rear knee, and the furniture."""
        script = self.script
        furniture = tuple(
            Box(
                (min(self.ahead * x for x in piece.x), 0.0, piece.z[0]),
                (max(self.ahead * x for x in piece.x), piece.top, piece.z[1]),
                piece.colour,
            )
            for piece in script.furniture
        )
        height, figure = script.pad, self.figure(np.array([self.duration_s / 2]))
        if height == 0:
            return furniture
        x, _, z = figure.world(figure.joints[f"{self.script.stretched}_knee"])[0]
        return (
            *furniture,
            Box((x - 0.20, 0.0, z - 0.17), (x + 0.20, height, z + 0.17), (0.30, 0.20, 0.38)),
        )


def open_clip(name: str) -> Clip:
    """Return the clip of this name."""
    return Clip(read_script(FOLDER / f"{name}.toml"))


def clip_names() -> list[str]:
    """Return the names of all clips, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))
