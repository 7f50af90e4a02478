"""The arms: from where the hands are to shoulders, elbows and wrists."""

import numpy as np

from samples.render.skeleton import (
    ARM_MODES,
    SIGN,
    Arms,
    Array,
    Build,
    Figure,
    Posture,
    Side,
    solve_body,
    two_bones,
)

_BETWEEN = np.array([0.06, 0.0, 0.10])
"""How far hands go round the body on their way from one place to another: ahead and out."""


def solve(build: Build, posture: Posture) -> Figure:
    """Find every joint of every frame."""
    figure = solve_body(build, posture)
    for side in SIGN:
        _solve_arm(figure, side)
    return figure


def _solve_arm(figure: Figure, side: Side) -> None:
    build, posture, joints = figure.build, figure.posture, figure.joints
    places = _places(figure, side)
    weights = posture.arms.T[:, :, None]
    parts = [
        (weight, *places[mode])
        for mode, weight in zip(ARM_MODES, weights, strict=True)
        if weight.any()
    ]
    target = sum(weight * wrist for weight, wrist, _, _ in parts)
    pole = sum(weight * elbow for weight, _, elbow, _ in parts)
    between = 2.0 * (1.0 - (posture.arms**2).sum(1))  # 1 half-way from one place to another
    aside = _BETWEEN * [1.0, 1.0, SIGN[side]]
    target = target + between[:, None] * aside * build.scale
    elbow, wrist = two_bones(
        joints[f"{side}_shoulder"], target, build.upper_arm, build.forearm, pole
    )
    joints[f"{side}_elbow"], joints[f"{side}_wrist"] = elbow, wrist
    along = (wrist - elbow) / build.forearm
    hand = sum(weight * (along if way is None else way) for weight, _, _, way in parts)
    hand = hand / np.linalg.norm(hand, axis=1, keepdims=True)
    figure.frames[f"{side}_hand"] = np.stack([hand, hand, hand], -1)


def _places(figure: Figure, side: Side) -> dict[Arms, tuple[Array, Array, Array | None]]:
    """Return for each place of the hands (T, 3) wrist, side to which the elbow points, and hand.

    Where no direction of the hand is given, it goes on from the forearm.
    """
    build, posture, joints = figure.build, figure.posture, figure.joints
    spine, hip, scale, sign = figure.frames["spine"], joints["mid_hip"], build.scale, SIGN[side]
    front, rear = posture.front, "right" if posture.front == "left" else "left"
    shoulder, knee = joints[f"{side}_shoulder"], joints[f"{front}_knee"]

    def vector(x: float, y: float, z: float) -> Array:
        return np.broadcast_to(np.array([x, y, z * sign]), hip.shape)

    def on_spine(x: float, y: float, z: float) -> Array:
        return np.asarray(np.einsum("tij,j->ti", spine, np.array([x, y, z * sign])))

    swing = np.sin(np.deg2rad(posture.lean))
    zero = np.zeros_like(swing)
    beside = np.stack([0.06 + 0.10 * swing, zero - 0.03, zero + 0.26 * sign], -1) * scale
    down = (hip + beside, vector(-1.0, -0.3, 0.5), None)
    on_hips = (
        hip + on_spine(-0.01, 0.13, 0.205) * scale,
        vector(-0.75, 0.0, 1.0),
        on_spine(0.55, -0.70, -0.45),
    )
    on_knee = (
        knee + vector(-0.07, 0.085, 0.05) * scale,
        vector(-0.4, -0.9, 0.5),
        vector(0.95, -0.25, -0.1),
    )
    over, height = (0.225, -0.05) if side == "right" else (0.175, -0.07)
    chest = joints["mid_shoulder"] + on_spine(over, height, -0.11) * scale
    crossed = (chest, on_spine(0.2, -1.0, 0.35), on_spine(-0.25, 0.6, -0.8))
    up = (shoulder + on_spine(0.06, 0.545, -0.02) * scale, on_spine(-0.2, 0.2, 1.0), None)
    back = (shoulder + on_spine(-0.33, 0.44, -0.02) * scale, on_spine(-0.2, 0.2, 1.0), None)
    beside_knee = (
        knee + vector(-0.02, 0.10, 0.22) * scale,
        vector(-0.9, -0.2, 0.6),
        vector(0.9, -0.4, 0.0),
    )
    flat = shoulder + vector(0.45, 0.0, 0.09) * scale
    flat[:, 1] = 0.045 * scale
    shin = joints[f"{front}_ankle"] - knee
    down_shin = shin / np.linalg.norm(shin, axis=1, keepdims=True)
    before = np.stack([-down_shin[:, 1], down_shin[:, 0], zero], -1)  # away from the calf
    clasped = knee + 0.22 * shin + (0.075 * before + vector(0.0, 0.0, 0.05)) * scale
    return {
        "down": down,
        "hips": on_hips,
        "knee": on_knee,
        "crossed": crossed,
        "raised": up if side == rear else down,
        "overhead": up if side == rear else on_hips,
        "up": up,
        "back": back,
        "chair": beside_knee if side == front else on_hips,
        "floor": (flat, vector(-0.2, 0.3, 1.0), vector(1.0, 0.0, 0.0)),
        "hug": (clasped, vector(0.3, 0.0, 1.0), vector(0.0, -0.4, -1.0)),
    }
