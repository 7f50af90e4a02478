"""The skeleton: from a posture to exact joint centres, for a whole clip at once.

Every array has the frames (T of them) on its first axis. The legs and arms are solved from where
the feet and hands are (inverse kinematics), so a planted foot stays where it is and every bone
keeps its length.
"""

from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Side = Literal["left", "right"]

SIGN: Final[dict[Side, float]] = {"left": -1.0, "right": 1.0}
"""Each side with the sign of its z."""

Arms = Literal[
    "down", "hips", "knee", "crossed", "raised", "overhead", "up", "back", "chair", "floor", "hug"
]
ARM_MODES: Final[tuple[Arms, ...]] = get_args(Arms)
"""Where the hands are (`samples.render.movement.arms`)."""

TOE: Final = (0.17, -0.085)
"""Tip of the sole from the ankle, in the foot's frame (x to the toes, y up): a heel's pivot."""

_CONTACTS: Final = np.array([TOE, (-0.075, -0.085), (0.17, -0.045), (0.05, 0.02)])
"""Where a foot can touch the floor: toes, heel, top of the toes, instep."""

_TOE_OUT_DEG: Final = 8.0

FACE: Final = {
    "nose": (0.118, -0.022, 0.0),
    "left_eye": (0.082, 0.017, -0.033),
    "right_eye": (0.082, 0.017, 0.033),
    "left_ear": (-0.008, -0.005, -0.078),
    "right_ear": (-0.008, -0.005, 0.078),
}
"""From the head's centre, in the head's frame."""


@dataclass(frozen=True)
class Build:
    """The size and proportions of a body."""

    stature: float = 1.72
    """Metres, barefoot."""
    girth: float = 1.0
    """Thickness of trunk and limbs against a slim adult."""
    legs: float = 1.0
    """Length of the legs against the trunk's; 1 is average."""
    shoulders: float = 1.0
    """Width of the shoulders; 1 is average."""

    @property
    def scale(self) -> float:
        """Size against the skeleton that the lengths below are given for."""
        return self.stature / 1.72

    @property
    def thigh(self) -> float:
        """From hip to knee."""
        return 0.425 * self.scale * self.legs

    @property
    def shank(self) -> float:
        """From knee to ankle."""
        return 0.415 * self.scale * self.legs

    @property
    def trunk(self) -> float:
        """From the middle of the hips to the middle of the shoulders."""
        return 0.50 * self.scale

    @property
    def upper_arm(self) -> float:
        """From shoulder to elbow."""
        return 0.295 * self.scale

    @property
    def forearm(self) -> float:
        """From elbow to wrist."""
        return 0.255 * self.scale

    @property
    def hip_half(self) -> float:
        """Half the distance between the hips."""
        return 0.095 * self.scale

    @property
    def shoulder_half(self) -> float:
        """Half the distance between the shoulders."""
        return 0.175 * self.scale * self.shoulders

    @property
    def ankle_height(self) -> float:
        """Of a flat foot's ankle above the floor."""
        return -TOE[1] * self.scale

    @property
    def knee_radius(self) -> float:
        """Of a resting knee's centre above the floor."""
        return 0.060 * self.scale


@dataclass(frozen=True)
class Posture:
    """What sets every joint, frame by frame; the lengths are along the body's own axes."""

    pelvis: Array
    """(T, 2): middle of the hips, x forward and y up."""
    lean: Array
    """(T,): trunk from the vertical, forward positive."""
    bend: Array
    """(T,): rounding of the back, forward positive; it moves no joint, only the flesh."""
    head: Array
    """(T,): head from the vertical, nose down positive."""
    toes: dict[Side, Array]
    """(T, 2) for each side: the tip of the sole."""
    feet: dict[Side, Array]
    """(T,) for each side: pitch of the foot, toes up positive, 0 flat."""
    side: Array
    """(T,): trunk bent sideways, to the right positive."""
    roll: Array
    """(T,): pelvis tilted sideways, lower on the right positive."""
    knee_in: Array
    """(T,): how far the front knee stands inward of its plane, as a share of how far ahead."""
    arms: Array
    """(T, n): weights of `ARM_MODES`, adding up to 1."""
    front: Side
    """The leg whose knee the hands go to."""
    origin: Array
    """(T, 2): where the body's frame stands in the world, x and z."""
    heading: Array
    """(T,): how far the body is turned about the vertical, anticlockwise from above."""


@dataclass(frozen=True)
class Figure:
    """A posture solved: joints and frames in the body's own frame."""

    build: Build
    joints: dict[str, Array]
    """(T, 3) by name; BlazePose's names, and `mid_hip`, `mid_shoulder`, `neck`, `head`."""
    frames: dict[str, Array]
    """(T, 3, 3) by part (`pelvis`, `chest`, `head`, `left_foot`...): its axes as columns."""
    posture: Posture

    def world(self, points: Array) -> Array:
        """Bring (T, 3) points of the body's frame into the world."""
        turned: Array = np.einsum("tij,tj->ti", turn(self.posture.heading), points)
        turned[:, 0] += self.posture.origin[:, 0]
        turned[:, 2] += self.posture.origin[:, 1]
        return turned


def pitch(degrees: Array) -> Array:
    """Return (T, 3, 3) rotations about z: positive lifts what points forward."""
    angle = np.deg2rad(degrees)
    cos, sin, zero, one = np.cos(angle), np.sin(angle), np.zeros_like(angle), np.ones_like(angle)
    rows = [[cos, -sin, zero], [sin, cos, zero], [zero, zero, one]]
    return np.stack([np.stack(row, -1) for row in rows], -2)


def turn(degrees: Array) -> Array:
    """Return (T, 3, 3) rotations about the vertical, anticlockwise from above."""
    angle = np.deg2rad(degrees)
    cos, sin, zero, one = np.cos(angle), np.sin(angle), np.zeros_like(angle), np.ones_like(angle)
    rows = [[cos, zero, sin], [zero, one, zero], [-sin, zero, cos]]
    return np.stack([np.stack(row, -1) for row in rows], -2)


def roll(degrees: Array) -> Array:
    """Return (T, 3, 3) rotations about x: positive lowers what points to the right."""
    angle = np.deg2rad(degrees)
    cos, sin, zero, one = np.cos(angle), np.sin(angle), np.zeros_like(angle), np.ones_like(angle)
    rows = [[one, zero, zero], [zero, cos, -sin], [zero, sin, cos]]
    return np.stack([np.stack(row, -1) for row in rows], -2)


def foot_offset(point: tuple[float, float], degrees: Array) -> Array:
    """Return (T, 2): a point of the foot, seen from the ankle of a foot pitched by `degrees`."""
    angle = np.deg2rad(degrees)
    x, y = point
    return np.stack(
        [x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)], -1
    )


def lowest_of_foot(degrees: Array) -> Array:
    """Return (T,): how far below its ankle a foot of scale 1 reaches, as a negative number."""
    offsets = [foot_offset((float(x), float(y)), degrees)[:, 1] for x, y in _CONTACTS]
    return np.asarray(np.min(offsets, axis=0))


def solve_body(build: Build, posture: Posture) -> Figure:
    """Find every joint of every frame but those of the arms (`samples.render.movement.arms`)."""
    count = len(posture.lean)
    scale = build.scale
    joints: dict[str, Array] = {}
    frames: dict[str, Array] = {}

    def at(x: float | Array, y: float | Array, z: float | Array) -> Array:
        return np.stack([np.broadcast_to(np.asarray(v, float), count) for v in (x, y, z)], -1)

    def turned(rotation: Array, x: float, y: float, z: float) -> Array:
        return np.asarray(np.einsum("tij,j->ti", rotation, np.array([x, y, z])))

    side, with_trunk = posture.side, _pelvis_follows(posture.lean)
    level = roll(posture.roll)
    frames["pelvis"] = pitch(-(with_trunk * posture.lean - 0.5 * posture.bend)) @ level
    frames["spine"] = pitch(-posture.lean) @ roll(side)
    frames["chest"] = pitch(-(posture.lean + 0.5 * posture.bend)) @ roll(1.2 * side)
    frames["head"] = pitch(-posture.head) @ roll(0.9 * side)
    hip = at(posture.pelvis[:, 0], posture.pelvis[:, 1], 0.0)
    shoulder = hip + turned(frames["spine"], 0.0, build.trunk, 0.0)
    joints["mid_hip"], joints["mid_shoulder"] = hip, shoulder
    for name, sign in SIGN.items():
        joints[f"{name}_hip"] = hip + turned(level, 0.0, 0.0, sign * build.hip_half)
        across = turned(frames["chest"], 0.0, 0.0, sign * build.shoulder_half)
        joints[f"{name}_shoulder"] = shoulder + across
        _solve_leg(build, posture, name, joints, frames)
    _solve_head(scale, joints, frames)
    return Figure(build, joints, frames, posture)


def _pelvis_follows(lean: Array) -> Array:
    """Return the share of the trunk's lean that the pelvis takes: all of it when lying."""
    return np.asarray(0.75 + 0.25 * np.clip((np.abs(lean) - 50.0) / 40.0, 0.0, 1.0))


def _solve_leg(
    build: Build,
    posture: Posture,
    side: Side,
    joints: dict[str, Array],
    frames: dict[str, Array],
) -> None:
    foot, sign = posture.feet[side], SIGN[side]
    ankle_xy = posture.toes[side] - build.scale * foot_offset(TOE, foot)
    height = np.maximum(ankle_xy[:, 1], -build.scale * lowest_of_foot(foot))
    z = np.full_like(height, sign * (build.hip_half + 0.012))
    target = np.stack([ankle_xy[:, 0], height, z], -1)
    hip = joints[f"{side}_hip"]
    reach = target - hip
    outward = np.zeros_like(reach)
    outward[:, 0], outward[:, 1], outward[:, 2] = -reach[:, 1], reach[:, 0], 0.0
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    outward[:, 2] = (0.08 - posture.knee_in * (side == posture.front)) * sign
    knee, ankle = two_bones(hip, target, build.thigh, build.shank, outward)
    joints[f"{side}_knee"], joints[f"{side}_ankle"] = knee, ankle
    frame = turn(np.full_like(foot, -sign * _TOE_OUT_DEG)) @ pitch(foot)
    frames[f"{side}_foot"] = frame
    for name, point in (("heel", (-0.055, -0.060)), ("foot_index", (0.155, -0.065))):
        offset = np.array([*point, 0.0]) * build.scale
        joints[f"{side}_{name}"] = ankle + np.einsum("tij,j->ti", frame, offset)


def _solve_head(scale: float, joints: dict[str, Array], frames: dict[str, Array]) -> None:
    def turned(rotation: Array, x: float, y: float) -> Array:
        return np.asarray(np.einsum("tij,j->ti", rotation, np.array([x, y, 0.0]) * scale))

    chest, head = frames["chest"], frames["head"]
    neck = joints["mid_shoulder"] + turned(chest, -0.015, 0.05)
    joints["neck"] = neck
    joints["head"] = neck + turned(0.5 * (chest + head), 0.03, 0.095) + turned(head, 0.012, 0.06)
    for name, point in FACE.items():
        joints[name] = joints["head"] + np.einsum("tij,j->ti", head, np.array(point) * scale)


def two_bones(
    root: Array, target: Array, upper: float, lower: float, pole: Array
) -> tuple[Array, Array]:
    """Return the middle joint and the end of a limb that reaches from `root` to `target`.

    The middle joint stands off the straight line towards `pole`. A target out of reach is
    approached as far as the bones go.
    """
    reach = target - root
    far = np.linalg.norm(reach, axis=1, keepdims=True)
    along = reach / far
    far = np.minimum(far, (upper + lower) * 0.9995)
    cos = np.clip((upper**2 + far**2 - lower**2) / (2 * upper * far), -1.0, 1.0)
    aside = pole - along * (pole * along).sum(1, keepdims=True)
    aside = aside / np.linalg.norm(aside, axis=1, keepdims=True)
    middle = root + upper * (cos * along + np.sqrt(1.0 - cos**2) * aside)
    return middle, root + along * far
