"""What is true of a figure: its measurements by formcheck's names, and its joints in the picture.

Nothing here reads a picture or uses formcheck's own measuring. Angles are of the person's sagittal
plane, as a camera exactly side-on and far away would see them.
"""

from typing import Final

import numpy as np

from formcheck.body.measurements import MEASUREMENTS
from formcheck.body.view import ViewKind
from samples.render.clip import Clip
from samples.render.skeleton import SIGN, Array, Figure, Flags

JOINTS: Final = tuple(
    f"{side}_{joint}"
    for joint in ("shoulder", "hip", "knee", "ankle", "heel", "foot_index")
    for side in ("left", "right")
)
"""The joints whose pixels are written."""
NEEDED: Final = JOINTS[:8]
"""Those that have to be in the picture and in sight."""
Roles = tuple[str, ...]
"""Joints by the leg they belong to, e.g. "front_ankle"; "mid_ankle" is both."""
_LEVEL_TRUNKS: Final = 0.25
"""Trunk lengths by which the knees of someone lying may differ and still do the same."""
_STEEPEST_FLOOR: Final = 0.4
"""Trunk lengths by which a rear ankle may be above the front one and still be on the floor."""
_LYING_SLOPE: Final = 2.0
"""From the toes up to the ankle ahead of them: a steeper rear foot stands on its toes."""
_FLAT_SLOPE: Final = 1.0
"""The same of an ankle behind the toes."""
_TIE_M: Final = 5e-4
"""Knees nearer to one another than that are level: the right leg counts as the front one."""


def left_is_front(figure: Figure, kind: ViewKind = "side") -> Flags:
    """Return (T,) whether the left knee is the one ahead; from the front and lying, the higher one.

    The knees of someone who lies may be level: then the leg away from the camera counts as front.
    """
    left, right = figure.joints["left_knee"], figure.joints["right_knee"]
    if kind == "side":
        return np.asarray(left[:, 0] - right[:, 0] > _TIE_M)
    if kind == "front":
        return np.asarray(left[:, 1] - right[:, 1] > _TIE_M)
    left_is_far = figure.world(left)[:, 2] < figure.world(right)[:, 2]
    rise = left[:, 1] - right[:, 1]
    return np.where(np.abs(rise) < _LEVEL_TRUNKS * figure.build.trunk, left_is_far, rise > 0)


def turn_of(figure: Figure) -> Array:
    """Return (T,) how far the person is turned from side-on, 0 to 90 degrees."""
    sine = np.abs(np.sin(np.deg2rad(figure.posture.heading)))
    return np.asarray(np.rad2deg(np.arcsin(np.clip(sine, 0.0, 1.0))))


def measure(figure: Figure, kind: ViewKind = "side", pad: float = 0.0) -> dict[str, Array]:
    """Return (T,) of each of formcheck's measurements of this view, in its unit and with its sign.

    A rear knee that rests on a pad, so many metres high, is on its floor.
    `shoulder_width` is what an infinitely far camera sees of the shoulders at the true turn.
    """
    build, left_front = figure.build, left_is_front(figure, kind)
    points = _by_role(figure, kind, left_front)

    trunk = np.linalg.norm(points["mid_shoulder"] - points["mid_hip"], axis=1)  # as it is seen

    pad_lengths = pad / trunk

    def rise(role: str, above: str) -> Array:
        return np.asarray((points[role][:, 1] - points[above][:, 1]) / trunk)

    trunk_lean = lean(points["mid_hip"], points["mid_shoulder"])
    thigh_tilt = lean(points["rear_knee"], points["rear_hip"])
    front_leg = (points["front_hip"], points["front_knee"], points["front_ankle"])
    rear_leg = (points["rear_hip"], points["rear_knee"], points["rear_ankle"])
    stance = points["front_ankle"][:, 0] - points["rear_ankle"][:, 0]
    width = 2 * build.shoulder_half / build.trunk
    every = {
        "trunk_lean": trunk_lean,
        "rear_thigh_tilt": thigh_tilt,
        "rear_hip_extension": _wrapped(thigh_tilt - trunk_lean),
        "front_hip_flexion": _wrapped(trunk_lean - lean(front_leg[1], front_leg[0])),
        "front_knee_flexion": flexion(*front_leg),
        "rear_knee_flexion": flexion(*rear_leg),
        "front_shank_lean": lean(front_leg[2], front_leg[1]),
        "rear_shank_rise": _wrapped(90.0 + lean(rear_leg[1], rear_leg[2])),
        "rear_knee_clearance": _clearance(points, trunk) - pad_lengths,
        "rear_knee_rise": rise("rear_knee", "front_ankle") - pad_lengths,
        "front_knee_rise": rise("front_knee", "rear_knee"),
        "stance_length": np.asarray(stance / trunk),
        "rear_wrist_rise": rise("rear_wrist", "nose"),
        "raised_arm_lean": _raised_arm_lean(points),
        "trunk_lateral_tilt": trunk_lean,  # in the frame of this view
        "pelvic_obliquity": _slope(points["front_hip"], points["rear_hip"]),
        "shoulder_obliquity": _slope(points["front_shoulder"], points["rear_shoulder"]),
        "front_shank_lateral_tilt": -lean(front_leg[2], front_leg[1]),
        "shoulder_width": width * np.abs(np.sin(np.deg2rad(turn_of(figure)))),
    }
    return {name: value for name, value in every.items() if kind in MEASUREMENTS[name].views}


def _by_role(figure: Figure, kind: ViewKind, left_front: Flags) -> dict[str, Array]:
    """Return (T, 2) of each point in the plane of the view, front and rear by leg.

    Side-on, x is ahead and y up; from the front, x is to the front leg's side; lying, x is up to
    the ceiling and y towards the head.
    """

    def flat(point: Array) -> Array:
        if kind == "front":
            out = np.where(left_front, SIGN["left"], SIGN["right"]) * point[:, 2]
            return np.stack([out, point[:, 1]], -1)
        if kind == "lying":
            return np.stack([point[:, 1], -point[:, 0]], -1)
        return point[:, :2]

    points = {name: flat(figure.joints[name]) for name in ("mid_hip", "mid_shoulder", "nose")}
    for joint in ("shoulder", "hip", "knee", "ankle", "foot_index", "elbow", "wrist"):
        left, right = (flat(figure.joints[f"{side}_{joint}"]) for side in ("left", "right"))
        points[f"front_{joint}"] = np.where(left_front[:, None], left, right)
        points[f"rear_{joint}"] = np.where(left_front[:, None], right, left)
    return points


def _raised_arm_lean(points: dict[str, Array]) -> Array:
    """Return (T,) degrees of the raised arm that leans back least; 0 unless both are raised."""
    arms = [(points[f"{role}_shoulder"], points[f"{role}_elbow"]) for role in ("front", "rear")]
    are_raised = np.all([elbow[:, 1] > shoulder[:, 1] for shoulder, elbow in arms], axis=0)
    return np.where(are_raised, np.maximum(*(lean(*arm) for arm in arms)), 0.0)


def _clearance(points: dict[str, Array], trunk: Array) -> Array:
    """Return (T,) trunk lengths of the rear knee above the line between the feet.

    It runs from ankle to ankle, and at the rear one lower by what standing on the toes lifts it.
    Behind and ahead of them the floor is at the height of the nearer foot.
    """
    knee, rear, front = points["rear_knee"], points["rear_ankle"], points["front_ankle"]
    apart = rear[:, 0] - front[:, 0]
    share = np.divide(knee[:, 0] - front[:, 0], apart, out=np.zeros_like(apart), where=apart != 0)
    foot = rear - points["rear_foot_index"]
    slope = np.where(foot[:, 0] > 0, _LYING_SLOPE, _FLAT_SLOPE)
    lift = np.maximum(0.0, foot[:, 1] - slope * np.abs(foot[:, 0]))
    climb = np.minimum(rear[:, 1] - front[:, 1], _STEEPEST_FLOOR * trunk) - lift
    floor = front[:, 1] + np.clip(share, 0.0, 1.0) * climb
    return np.asarray((knee[:, 1] - floor) / trunk)


def _slope(front: Array, rear: Array) -> Array:
    """Return (T,) degrees by which a pair of points slopes down to the front leg's side."""
    return np.asarray(np.rad2deg(np.arctan2(rear[:, 1] - front[:, 1], np.abs(front - rear)[:, 0])))


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


def in_picture(clip: Clip, seen: dict[str, Array], left_front: Flags, roles: Roles) -> Flags:
    """Return (T,) whether every joint that is needed lies inside the picture."""
    size = np.array(clip.script.camera.size)
    inside = np.ones(len(left_front), bool)
    for role in roles:
        place, joint = role.split("_")
        for side in SIGN:
            points = seen[f"{side}_{joint}"]
            is_needed = np.full(len(inside), True)
            if place != "mid":
                is_needed = left_front == ((place == "front") == (side == "left"))
            inside &= ~is_needed | ((points >= 0) & (points < size)).all(axis=1)
    return inside


def _wrapped(angle: Array) -> Array:
    return np.asarray(np.mod(angle + 180.0, 360.0) - 180.0)
