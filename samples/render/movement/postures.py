"""The postures a person takes, as values, and the ways from one to the next."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from samples.render.movement.paths import (
    ARMS,
    BEND,
    FOOT,
    HEAD,
    KNEE_IN,
    LEAN,
    PELVIS_X,
    PELVIS_Y,
    ROLL,
    SIDE,
    WIDTH,
    fade,
)
from samples.render.script import Phase
from samples.render.skeleton import (
    ARM_MODES,
    SIGN,
    TOE,
    Arms,
    Array,
    Build,
    Side,
    foot_offset,
    lowest_of_foot,
)

_TUCKED, _RELAXED = -105.0, -140.0
"""Pitch of the rear foot: on its toes, or resting on its back."""
_MIXED: Final = (
    *("extension", "lean", "bend", "rear_knee", "front_hip", "side_bend", "hip_drop", "knee_in"),
    *("rear_knee_up", "front_heel", "feet_near"),
)
_STEP_STOPS: Final = (0.0, 0.08, 0.24, 0.42, 0.60)
"""When, of the way down, the rear heel rises, the foot swings, lands, and the knee is low."""

Way = tuple[list[float], list[Array]]
"""When, of a way of length 1, each posture on it is reached."""


@dataclass(frozen=True)
class Kneel:
    """A kneeling posture with its contacts on the floor."""

    rear: Side
    knee_x: float
    """Of the rear knee."""
    foot_x: float
    """Of the front ankle."""
    phase: Phase
    """Its angles."""


def other(side: Side) -> Side:
    """Return the side across."""
    return "right" if side == "left" else "left"


def put_aside(values: Array, rear: Side, phase: Phase) -> None:
    """Write what a phase bends sideways into (T, WIDTH) values."""
    away = SIGN[other(rear)]
    values[:, SIDE], values[:, ROLL] = away * phase.side_bend, away * phase.hip_drop
    values[:, KNEE_IN] = phase.knee_in


def mixed(start: Phase, end: Phase, u: float) -> Phase:
    """Return the phase whose angles are `u` of the way; what is no number is the nearer one's."""

    def mix(name: str) -> float:
        a, b = getattr(start, name), getattr(end, name)
        return float(a + (b - a) * u)

    angles: dict[str, Any] = {name: mix(name) for name in _MIXED}
    return replace(end if u >= 0.5 else start, **angles)


class Postures:
    """The postures of a body of this build."""

    def __init__(self, build: Build) -> None:
        """Take the measures of a body."""
        self.build = build

    def standing(self, x: float = 0.0, arms: Arms = "down") -> Array:
        """Return standing upright with the ankles at `x`."""
        build = self.build
        values = np.zeros(WIDTH)
        values[ARMS + ARM_MODES.index(arms)] = 1.0
        height = (build.thigh + build.shank) * 0.9985 + build.ankle_height
        values[[PELVIS_X, PELVIS_Y, LEAN, HEAD]] = x + 0.012, height, 1.0, 3.0
        for foot in FOOT.values():
            values[foot] = x + TOE[0] * build.scale
        return values

    def squatting(self) -> Array:
        """Return a deep squat on flat feet, hands on the knees."""
        values, scale = self.standing(), self.build.scale
        values[[PELVIS_X, PELVIS_Y, LEAN, BEND, HEAD]] = -0.27 * scale, 0.50 * scale, 42, 10, 12
        values[ARMS:] = 0.0
        values[ARMS + ARM_MODES.index("knee")] = 1.0
        return values

    def kneeling(self, kneel: Kneel, t: Array | None = None) -> Array:
        """Return (T, WIDTH) for times since the hold began, or (1, WIDTH) for the still posture."""
        build, phase = self.build, kneel.phase
        time = np.zeros(1) if t is None else t
        sway = fade(time, phase.for_s) if t is not None else np.zeros(1)
        bounce = sway * phase.bounce * np.sin(2 * np.pi * phase.bounce_hz * time)
        tilt = phase.extension + phase.lean + bounce
        tilt = tilt + sway * phase.sway * 0.7 * np.sin(2 * np.pi * 0.23 * time)
        lean = phase.lean + sway * phase.sway * 0.6 * np.sin(2 * np.pi * 0.31 * time)
        knee_y = self._knee_y(phase)
        values = np.zeros((len(time), WIDTH))
        values[:, PELVIS_X] = kneel.knee_x + build.thigh * np.sin(np.deg2rad(tilt))
        values[:, PELVIS_Y] = knee_y + build.thigh * np.cos(np.deg2rad(tilt))
        values[:, LEAN], values[:, BEND] = lean, phase.bend
        values[:, HEAD] = 3.0 + 0.35 * lean

        pitch, shin = self._rear_foot(phase, knee_y)
        ankle = np.array(
            [kneel.knee_x - build.shank * np.cos(shin), knee_y + build.shank * np.sin(shin)]
        )
        rear = FOOT[kneel.rear]
        values[:, rear : rear + 2] = ankle + foot_offset(TOE, np.array([pitch]))[0] * build.scale
        values[:, rear + 2] = pitch
        front = FOOT[other(kneel.rear)]
        toe = foot_offset(TOE, np.array([-phase.front_heel]))[0] * build.scale
        values[:, front] = kneel.foot_x + toe[0]
        values[:, front + 2] = -phase.front_heel
        values[:, ARMS + ARM_MODES.index(phase.arms or "hips")] = 1.0
        put_aside(values, kneel.rear, phase)
        return values

    def place(self, rear: Side, phase: Phase, before: Kneel | None) -> Kneel:
        """Find where knee and foot are.

        From standing, the front foot stays and the knee follows from the angles. From another
        kneel the knee stays, and the foot too unless the phase asks for a bend of the front knee.
        """
        if before is None:
            return Kneel(rear, -self._stride(phase), 0.0, phase)
        foot_x = before.foot_x
        if phase.front_knee is not None:
            foot_x = before.knee_x + self._stride(phase)
        return Kneel(rear, before.knee_x, foot_x, phase)

    def between(self, start: Kneel, end: Kneel, u: float) -> Kneel:
        """Return the kneel that is `u` of the way, by its angles, with the knee on the floor."""

        def mix(a: float, b: float) -> float:
            return a + (b - a) * u

        first, last = start.phase, end.phase
        pitch_1, shin_1 = self._rear_foot(first, self._knee_y(first))
        pitch_2, shin_2 = self._rear_foot(last, self._knee_y(last))
        phase = replace(
            mixed(first, last, u),
            rear_shin=float(np.rad2deg(mix(shin_1, shin_2))),
            rear_pitch=mix(pitch_1, pitch_2),
        )
        return Kneel(end.rear, mix(start.knee_x, end.knee_x), mix(start.foot_x, end.foot_x), phase)

    def way_across(self, start: Kneel, end: Kneel) -> Way:
        """Return the way from one kneel to another; a front foot that moves is lifted a little."""
        parts = [float(u) for u in np.linspace(0.0, 1.0, 7)]
        keys = [self.kneeling(self.between(start, end, u))[0] for u in parts]
        lift = min(0.05, 0.4 * abs(end.foot_x - start.foot_x))
        first, last = keys[0][ARMS:].copy(), keys[-1][ARMS:].copy()
        for u, key in zip(parts, keys, strict=True):
            key[FOOT[other(end.rear)] + 1] += lift * 4 * u * (1 - u)
            key[ARMS:] = (1 - u) * first + u * last
        return parts, keys

    def way_down(self, start: Array, kneel: Kneel) -> Way:
        """Return the way from standing: step back, lower the knee, then slide forward."""
        rear, scale = FOOT[kneel.rear], self.build.scale
        upright = replace(
            kneel.phase,
            extension=4.0,
            lean=2.0,
            rear_foot="tucked",
            rear_shin=None,
            bend=0.0,
            rear_knee_up=min(kneel.phase.rear_knee_up, 0.08),
            front_heel=0.0,
            side_bend=0.0,
            hip_drop=0.0,
            knee_in=0.0,
        )
        on_knee = replace(kneel, phase=upright)
        down = self.kneeling(on_knee)[0]
        lift, swing, planted, low = (start.copy() for _ in range(4))
        lift[[PELVIS_X, PELVIS_Y, LEAN]] += [-0.02, -0.015, 3.0]
        lift[rear + 2] = -25.0
        swing[[PELVIS_X, PELVIS_Y, LEAN]] += [-0.10 * scale, -0.05, 6.0]
        swing[rear : rear + 3] = 0.5 * (start[rear] + down[rear]), 0.06, -45.0
        planted[PELVIS_X] += 0.70 * (down[PELVIS_X] - start[PELVIS_X])
        planted[PELVIS_Y] = self._hip_height(planted[PELVIS_X], down[rear], -62.0)
        planted[LEAN] = 8.0
        planted[rear : rear + 3] = down[rear], 0.0, -62.0
        low[PELVIS_X] += 0.92 * (down[PELVIS_X] - start[PELVIS_X])
        low[PELVIS_Y] = down[PELVIS_Y] + 0.16 * (start[PELVIS_Y] - down[PELVIS_Y])
        low[LEAN] = 6.0
        low[rear : rear + 3] = down[rear], 0.0, -92.0
        for weight, key in ((0.0, lift), (0.1, swing), (0.4, planted), (0.9, low)):
            key[ARMS:] = (1 - weight) * start[ARMS:] + weight * down[ARMS:]
        slide = [
            self.kneeling(self.between(on_knee, kneel, float(u)))[0]
            for u in np.linspace(0.0, 1.0, 5)
        ]
        stops = [*_STEP_STOPS, *(float(stop) for stop in np.linspace(0.72, 1.0, 5))]
        return stops, [start, lift, swing, planted, low, *slide]

    def way_up(self, kneel: Kneel, current: Array) -> Way:
        """Return the way from a kneel to standing over the front foot: the way down, backwards."""
        stops, keys = self.way_down(self.standing(kneel.foot_x), kneel)
        keys[-1] = current
        return [1.0 - stop for stop in reversed(stops)], list(reversed(keys))

    def on_both_knees(self, rear: Side, phase: Phase) -> Array:
        """Return kneeling on both knees, thighs and trunk at the phase's angles."""
        kneel = replace(self._upright(rear, phase), phase=replace(phase, rear_foot="tucked"))
        values: Array = self.kneeling(kneel)[0]
        back, front = FOOT[rear], FOOT[other(rear)]
        values[front : front + 3] = values[back : back + 3]
        return values

    def way_to_both_knees(self, start: Array, rear: Side, phase: Phase) -> Way:
        """Return the way from standing to kneeling on both knees: one after the other."""
        kneel = self._upright(rear, phase)
        stops, keys = self.way_down(start, kneel)
        passing, front = keys[-1].copy(), FOOT[other(rear)]
        passing[LEAN] = 8.0
        passing[front : front + 3] = kneel.knee_x - 0.05, 0.10, -70.0
        both = self.on_both_knees(rear, phase)
        return [*(0.7 * stop for stop in stops), 0.86, 1.0], [*keys, passing, both]

    def _upright(self, rear: Side, phase: Phase) -> Kneel:
        upright = replace(phase, extension=2.0, lean=2.0, front_knee=95.0, rear_foot="tucked")
        return self.place(rear, upright, None)

    def _stride(self, phase: Phase) -> float:
        """Return how far the front ankle is ahead of the rear knee."""
        build = self.build
        tilt = np.deg2rad(phase.extension + phase.lean)
        bend = np.deg2rad(phase.front_knee if phase.front_knee is not None else 111.0)
        far_2 = build.thigh**2 + build.shank**2 + 2 * build.thigh * build.shank * np.cos(bend)
        raised = foot_offset(TOE, np.array([-phase.front_heel]))[0, 1] * build.scale
        drop = self._knee_y(phase) + build.thigh * np.cos(tilt) + raised
        return float(build.thigh * np.sin(tilt) + np.sqrt(max(far_2 - drop**2, 0.0)))

    def _knee_y(self, phase: Phase) -> float:
        return self.build.knee_radius + phase.rear_knee_up

    def _rear_foot(self, phase: Phase, knee_y: float) -> tuple[float, float]:
        """Return the rear foot's pitch in degrees and how far the shin rises, in radians."""
        pitch = _TUCKED if phase.rear_foot == "tucked" else _RELAXED
        pitch = pitch if phase.rear_pitch is None else phase.rear_pitch
        if phase.rear_shin is not None:
            return pitch, float(np.deg2rad(phase.rear_shin))
        height = -lowest_of_foot(np.array([pitch]))[0] * self.build.scale
        return pitch, float(np.arcsin(np.clip((height - knee_y) / self.build.shank, -0.9, 0.9)))

    def _hip_height(self, hip_x: float, toe_x: float, pitch: float) -> float:
        """Return how high the hips are over a rear leg that is nearly straight."""
        build = self.build
        ankle = np.array([toe_x, 0.0]) - foot_offset(TOE, np.array([pitch]))[0] * build.scale
        reach = 0.97 * (build.thigh + build.shank)
        return float(ankle[1] + np.sqrt(max(reach**2 - (hip_x - ankle[0]) ** 2, 0.01)))
