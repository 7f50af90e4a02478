"""Stances beside the kneel: a split stance, a bridge, and hanging a leg over the end of a bed."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from samples.render.movement.paths import (
    ARMS,
    BEND,
    FOOT,
    HEAD,
    LEAN,
    PELVIS_X,
    PELVIS_Y,
    WIDTH,
    fade,
)
from samples.render.movement.postures import Way, mixed, other, put_aside
from samples.render.script import Do, Phase
from samples.render.skeleton import (
    ARM_MODES,
    TOE,
    Arms,
    Array,
    Build,
    Side,
    foot_offset,
    lowest_of_foot,
)

BED_TOP: Final = 0.55
"""Height of the bed that one lies on, in metres."""
_LIES: Final = 0.105
"""How far the hips and shoulders of someone who lies are above what they lie on."""
_ARMS: Final[dict[Do, Arms]] = {"lunge": "hips", "bridge": "floor", "hang": "hug"}
_FRONT_KNEE: Final[dict[Do, float]] = {"lunge": 30.0, "bridge": 90.0, "hang": 125.0}
"""Its bend where the script does not say; that of a bridge follows from its hips."""
_FOOT_GIVES: Final = 28.0
"""Degrees by which the ankle of a rear leg bends before the heel comes up."""
_HANGS: Final = 25.0
"""Degrees by which a foot that nothing holds points down."""


@dataclass(frozen=True)
class Stances:
    """The stances of a body of this build. x counts from the front ankle, or from the shoulders
    of a bridge, or from the hips of someone on a bed, who lie with their head at the back."""

    build: Build

    def values(self, do: Do, rear: Side, phase: Phase, t: Array | None = None) -> Array:
        """Return (T, WIDTH) for times since the hold began, or (1, WIDTH) for stillness."""
        time = np.zeros(1) if t is None else t
        sway = phase.sway * fade(time, phase.for_s) if t is not None else np.zeros(1)
        thigh = phase.extension + sway * 0.7 * np.sin(2 * np.pi * 0.23 * time)
        lean = phase.lean + sway * 0.6 * np.sin(2 * np.pi * 0.31 * time)
        values = np.zeros((len(time), WIDTH))
        values[:, BEND] = phase.bend
        values[:, ARMS + ARM_MODES.index(phase.arms or _ARMS[do])] = 1.0
        put_aside(values, rear, phase)
        rule = {"lunge": self._lunge, "bridge": self._bridge, "hang": self._hang}[do]
        rule(values, rear, phase, thigh, lean)
        return values

    def way_in(self, start: Array, do: Do, rear: Side, phase: Phase) -> Way:
        """Return the way from standing: step back, then sink. Whoever lies, lies there at once."""
        goal = self.values(do, rear, phase)[0]
        if do != "lunge":
            return [0.0, 1.0], [goal, goal]
        shallow = replace(
            phase,
            extension=0.6 * phase.extension,
            lean=4.0,
            front_knee=0.5 * front_knee_of(do, phase) + 5.0,
            rear_knee=min(phase.rear_knee, 20.0),
            side_bend=0.0,
        )
        landed, foot = self.values(do, rear, shallow)[0], FOOT[rear]
        lift, swing = start.copy(), 0.5 * (start + landed)
        lift[foot + 2] = -25.0
        lift[[PELVIS_X, PELVIS_Y]] += [-0.01, -0.015]
        swing[foot : foot + 3] = 0.5 * (start[foot] + landed[foot]), 0.08, -40.0
        slide = [
            self.values(do, rear, mixed_stance(do, shallow, phase, float(u)))[0]
            for u in np.linspace(0.0, 1.0, 6)
        ]
        for u, key in zip(np.linspace(0.0, 1.0, 6), slide, strict=True):
            key[ARMS:] = (1 - u) * landed[ARMS:] + u * goal[ARMS:]
            key[foot + 1] += 0.02 * 4 * u * (1 - u)
        stops = [0.0, 0.10, 0.26, *(float(stop) for stop in np.linspace(0.46, 1.0, 6))]
        return stops, [start, lift, swing, *slide]

    def way_across(self, do: Do, rear: Side, start: Phase, end: Phase) -> Way:
        """Return the way from one stance to another of the same kind."""
        parts = [float(u) for u in np.linspace(0.0, 1.0, 7)]
        keys = [self.values(do, rear, mixed_stance(do, start, end, u))[0] for u in parts]
        first, last = keys[0][ARMS:].copy(), keys[-1][ARMS:].copy()
        for u, key in zip(parts, keys, strict=True):
            key[ARMS:] = (1 - u) * first + u * last
        return parts, keys

    def way_out(self, standing: Array, do: Do, rear: Side, phase: Phase, current: Array) -> Way:
        """Return the way to standing over the front foot: the way in, backwards."""
        stops, keys = self.way_in(standing, do, rear, phase)
        keys[-1] = current
        return [1.0 - stop for stop in reversed(stops)], list(reversed(keys))

    def _lunge(self, values: Array, rear: Side, phase: Phase, thigh: Array, lean: Array) -> None:
        """Write a split stance: the front foot flat, the rear one on its ball."""
        build = self.build
        tilt = thigh + lean
        shin = tilt + phase.rear_knee  # of the rear leg from the vertical
        foot = -np.maximum(0.0, shin - _FOOT_GIVES)
        ankle_y = -lowest_of_foot(foot) * build.scale
        up, along = np.cos(np.deg2rad(tilt)), np.sin(np.deg2rad(tilt))
        shin_up, shin_along = np.cos(np.deg2rad(shin)), np.sin(np.deg2rad(shin))
        hip_y = ankle_y + build.shank * shin_up + build.thigh * up
        bend = np.deg2rad(front_knee_of("lunge", phase))
        far_2 = build.thigh**2 + build.shank**2 + 2 * build.thigh * build.shank * np.cos(bend)
        hip_x = -np.sqrt(np.maximum(far_2 - (hip_y - build.ankle_height) ** 2, 0.0))
        ankle_x = hip_x - build.thigh * along - build.shank * shin_along
        values[:, PELVIS_X], values[:, PELVIS_Y], values[:, LEAN] = hip_x, hip_y, lean
        values[:, HEAD] = 3.0 + 0.35 * lean
        self._put_foot(values, rear, ankle_x, ankle_y, foot)
        flat = np.zeros_like(foot)
        self._put_foot(values, other(rear), flat, flat + build.ankle_height, flat)

    def _bridge(self, values: Array, rear: Side, phase: Phase, thigh: Array, lean: Array) -> None:
        """Write lying on the back with both feet flat; the bend of the knees follows."""
        build = self.build
        hip = self._lie(values, lean, _LIES * build.scale)
        knee = hip + build.thigh * _towards_feet(thigh + lean)
        drop = np.clip((knee[:, 1] - build.ankle_height) / build.shank, -1.0, 1.0)
        beyond = 1.0 - 2.0 * phase.feet_near  # the knees
        ankle_x = knee[:, 0] + beyond * build.shank * np.sqrt(1.0 - drop**2)
        flat = np.zeros_like(lean)
        for side in (rear, other(rear)):
            self._put_foot(values, side, ankle_x, flat + build.ankle_height, flat)

    def _hang(self, values: Array, rear: Side, phase: Phase, thigh: Array, lean: Array) -> None:
        """Write lying on a bed's end: one leg hangs, the other knee is drawn to the chest."""
        build = self.build
        hip = self._lie(values, lean, BED_TOP + _LIES * build.scale)
        values[:, PELVIS_X] -= hip[:, 0]
        hip[:, 0] = 0.0
        for side, tilt, bend in (
            (rear, thigh + lean, phase.rear_knee),
            (other(rear), lean - phase.front_hip, front_knee_of("hang", phase)),
        ):
            knee = hip + build.thigh * _towards_feet(tilt)
            ankle = knee + build.shank * _towards_feet(tilt + bend)
            foot = 90.0 - tilt - bend - _HANGS
            self._put_foot(values, side, ankle[:, 0], ankle[:, 1], foot)

    def _lie(self, values: Array, lean: Array, height: float) -> Array:
        """Write a trunk that lies with its shoulders at this height; return (T, 2) the hips."""
        hip: Array = self.build.trunk * _towards_feet(lean) + np.array([0.0, height])
        hip[:, 1] = np.maximum(hip[:, 1], height)
        values[:, [PELVIS_X, PELVIS_Y]], values[:, LEAN] = hip, lean - 90.0
        values[:, HEAD] = -90.0 + 0.4 * np.maximum(lean, 0.0)
        return hip

    def _put_foot(self, values: Array, side: Side, x: Array, y: Array, pitch: Array) -> None:
        tip = foot_offset(TOE, pitch) * self.build.scale
        foot = FOOT[side]
        values[:, foot], values[:, foot + 1] = x + tip[:, 0], y + tip[:, 1]
        values[:, foot + 2] = pitch


def front_knee_of(do: Do, phase: Phase) -> float:
    """Return the bend of the front knee."""
    return _FRONT_KNEE[do] if phase.front_knee is None else phase.front_knee


def mixed_stance(do: Do, start: Phase, end: Phase, u: float) -> Phase:
    """Return the stance `u` of the way, its front knee too."""
    first, last = front_knee_of(do, start), front_knee_of(do, end)
    return replace(mixed(start, end, u), front_knee=first + (last - first) * u)


def _towards_feet(lean: Array) -> Array:
    """Return (T, 2): the direction to the feet of someone who lies, 0 level, positive down."""
    angle = np.deg2rad(lean)
    return np.stack([np.cos(angle), -np.sin(angle)], -1)
