"""What is true of a figure: its measurements by formcheck's names, and its joints in the picture.

Nothing here reads a picture or uses formcheck's own measuring. Angles are of the person's sagittal
plane, as a camera exactly side-on and far away would see them.
"""

from typing import Final

import numpy as np

from samples.render.clip import Clip
from samples.render.skeleton import Array, Figure, Flags

JOINTS: Final = tuple(
    f"{side}_{joint}"
    for joint in ("shoulder", "hip", "knee", "ankle", "heel", "foot_index")
    for side in ("left", "right")
)
"""The joints whose pixels are written."""
NEEDED: Final = JOINTS[:8]
"""Those that have to be in the picture and in sight."""
_TIE_M: Final = 5e-4
"""Knees nearer to one another than that are level: the right leg counts as the front one."""


def left_is_front(figure: Figure) -> Flags:
    """Return (T,) whether the left knee is the one ahead."""
    ahead = figure.joints["left_knee"][:, 0] - figure.joints["right_knee"][:, 0]
    return np.asarray(ahead > _TIE_M)


def turn_of(figure: Figure) -> Array:
    """Return (T,) how far the person is turned from side-on, 0 to 90 degrees."""
    sine = np.abs(np.sin(np.deg2rad(figure.posture.heading)))
    return np.asarray(np.rad2deg(np.arcsin(np.clip(sine, 0.0, 1.0))))


def measure(figure: Figure) -> dict[str, Array]:
    """Return (T,) of each of formcheck's measurements, in its unit and with its sign.

    `shoulder_width` is what an infinitely far camera sees of the shoulders at the true turn.
    """
    joints, left_front = figure.joints, left_is_front(figure)[:, None]

    def leg(joint: str) -> tuple[Array, Array]:
        left, right = joints[f"left_{joint}"], joints[f"right_{joint}"]
        front, rear = np.where(left_front, left, right), np.where(left_front, right, left)
        return front[:, :2], rear[:, :2]

    hip, shoulder = joints["mid_hip"][:, :2], joints["mid_shoulder"][:, :2]
    (front_hip, rear_hip), (front_knee, rear_knee) = leg("hip"), leg("knee")
    front_ankle, rear_ankle = leg("ankle")
    trunk_lean, thigh_tilt = lean(hip, shoulder), lean(rear_knee, rear_hip)
    width = 2 * figure.build.shoulder_half / figure.build.trunk
    return {
        "trunk_lean": trunk_lean,
        "rear_thigh_tilt": thigh_tilt,
        "rear_hip_extension": _wrapped(thigh_tilt - trunk_lean),
        "front_hip_flexion": _wrapped(trunk_lean - lean(front_knee, front_hip)),
        "front_knee_flexion": flexion(front_hip, front_knee, front_ankle),
        "rear_knee_flexion": flexion(rear_hip, rear_knee, rear_ankle),
        "front_shank_lean": lean(front_ankle, front_knee),
        "rear_knee_drop": (front_ankle[:, 1] - rear_knee[:, 1]) / figure.build.trunk,
        "shoulder_width": width * np.abs(np.sin(np.deg2rad(turn_of(figure)))),
    }


def lean(lower: Array, upper: Array) -> Array:
    """Return (T,) degrees of the line between (T, 2) points from the vertical, forward positive."""
    return np.asarray(np.rad2deg(np.arctan2(upper[:, 0] - lower[:, 0], upper[:, 1] - lower[:, 1])))


def flexion(root: Array, joint: Array, tip: Array) -> Array:
    """Return (T,) degrees by which a joint of (T, 2) points is bent: 0 straight, 180 folded."""
    u, v = root - joint, tip - joint
    lengths = np.linalg.norm(u, axis=1) * np.linalg.norm(v, axis=1)
    return np.asarray(180.0 - np.rad2deg(np.arccos(np.clip((u * v).sum(1) / lengths, -1.0, 1.0))))


def pixels(clip: Clip, figure: Figure) -> dict[str, Array]:
    """Return (T, 2) of each of `JOINTS` in the picture, x to the right and y down."""
    camera = clip.script.camera
    return {name: camera.project(figure.world(figure.joints[name]), clip.ahead) for name in JOINTS}


def in_picture(clip: Clip, seen: dict[str, Array]) -> Flags:
    """Return (T,) whether every joint that is needed lies inside the picture."""
    size = np.array(clip.script.camera.size)
    points = np.stack([seen[name] for name in NEEDED])
    return np.asarray(((points >= 0) & (points < size)).all(axis=(0, 2)))


def _wrapped(angle: Array) -> Array:
    return np.asarray(np.mod(angle + 180.0, 360.0) - 180.0)
