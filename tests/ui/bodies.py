"""Hand-made kneeling bodies, and what a real session makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np

from formcheck.body.landmarks import INDEX, LANDMARK_NAMES, PoseLandmarks
from formcheck.pose.definition import PoseDefinition, load_pose
from formcheck.pose.plan import Plan
from formcheck.session import Outcome, Session

POSE: PoseDefinition = load_pose("lunge-stretch")
FRAME_S = 1 / 30


@dataclass(frozen=True)
class Kneeling:
    """Someone who kneels side-on in good form and faces the right edge of the picture."""

    lean_deg: float = 0.0
    """Of the trunk, forward positive."""
    hips_forward: float = 0.45
    """How far the hips are ahead of the rear knee, in trunk lengths."""
    trunk_px: float = 180.0
    middle: tuple[float, float] = (320.0, 250.0)
    """Of the hips, in pixels."""
    size: tuple[int, int] = (640, 480)
    faces_left: bool = False

    def landmarks(self) -> PoseLandmarks:
        """Return the landmarks; the left leg kneels."""
        trunk, (hip_x, hip_y) = self.trunk_px, self.middle
        lean = radians(self.lean_deg)
        shoulder = hip_x + trunk * sin(lean), hip_y - trunk * cos(lean)
        floor = hip_y + 0.75 * trunk
        rear_knee = hip_x - self.hips_forward * trunk, floor
        front_knee = hip_x + 0.75 * trunk, hip_y + 0.05 * trunk
        places = {
            "shoulder": (shoulder, shoulder),
            "hip": ((hip_x, hip_y), (hip_x, hip_y)),
            "knee": (rear_knee, front_knee),
            "ankle": (
                (rear_knee[0] - 0.7 * trunk, floor - 0.05 * trunk),
                (hip_x + 0.7 * trunk, floor),
            ),
        }
        ahead = -1.0 if self.faces_left else 1.0
        head = shoulder[0] + 0.1 * trunk, shoulder[1] - 0.35 * trunk
        xy = np.tile(np.array(head), (len(LANDMARK_NAMES), 1))
        for joint, (rear, front) in places.items():
            xy[INDEX[f"left_{joint}"]] = rear
            xy[INDEX[f"right_{joint}"]] = front
        for side in ("left", "right"):
            ankle = xy[INDEX[f"{side}_ankle"]]
            xy[INDEX[f"{side}_heel"]] = ankle - np.array([0.08 * trunk, 0])
            xy[INDEX[f"{side}_foot_index"]] = ankle + np.array([0.2 * trunk, 0])
            for joint in ("elbow", "wrist", "pinky", "index", "thumb"):
                xy[INDEX[f"{side}_{joint}"]] = hip_x, hip_y - 0.3 * trunk
        xy[:, 0] = hip_x + ahead * (xy[:, 0] - hip_x)
        return made_of(xy, self.size)


def made_of(
    xy: np.ndarray[tuple[int, ...], np.dtype[np.float64]], size: tuple[int, int] = (640, 480)
) -> PoseLandmarks:
    """Return landmarks at these places, all of them seen, in space as flat as in the picture."""
    flat = np.zeros((len(LANDMARK_NAMES), 1))
    return PoseLandmarks(
        xy.astype(np.float64),
        np.concatenate([xy / 300.0, flat], axis=1),
        np.ones(len(LANDMARK_NAMES)),
        size,
    )


def outcomes(
    bodies: Sequence[PoseLandmarks | None], *, target_s: float | None = None, paused: bool = False
) -> list[Outcome]:
    """Return what a real session makes of these bodies, a thirtieth of a second apart."""
    session = Session(POSE, Plan.of(POSE, hold_s=target_s))
    return [
        session.step(number * FRAME_S, body, is_paused=paused) for number, body in enumerate(bodies)
    ]


def after(seconds: float, body: PoseLandmarks | None, *, target_s: float | None = None) -> Outcome:
    """Return the outcome once this body has been there for so long."""
    return outcomes([body] * (round(seconds / FRAME_S) + 1), target_s=target_s)[-1]
