"""Somebody moved about before the camera, and what is asked of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.counting.track import load_track
from formcheck.body.camera.way_in import WayIn
from formcheck.body.landmarks import INDEX, PoseLandmarks
from formcheck.body.view import see
from formcheck.coach.cue import SetupStep
from formcheck.coach.placement import Placement
from formcheck.picture.surroundings import Surroundings
from formcheck.pose.definition import load_pose

SAMPLES = Path(__file__).parents[2] / "samples"
GOOD_LIGHT = Surroundings(brightness=150.0, contrast=25.0, sharpness=0.2, people=1)
Change = Callable[[PoseLandmarks], PoseLandmarks]


@cache
def frames(sample: str) -> tuple[tuple[float, PoseLandmarks | None], ...]:
    return tuple(load_track(SAMPLES / f"{sample}.landmarks.npz"))


def at(sample: str, time_s: float) -> PoseLandmarks:
    return next(found for t, found in frames(sample) if t >= time_s and found is not None)


KNEELING = at("lunge-stretch-good", 8.0)
"""Facing the right edge of a picture of 640 x 480."""
STANDING = at("lunge-stretch-good", 1.0)


def moved(landmarks: PoseLandmarks, right: float = 0.0, down: float = 0.0) -> PoseLandmarks:
    """Move the body by shares of the picture's width and height."""
    width, height = landmarks.image_size
    return replace(
        landmarks, image_xy=landmarks.image_xy + np.array([right * width, down * height])
    )


def scaled(landmarks: PoseLandmarks, by: float) -> PoseLandmarks:
    """Bring the body nearer (above 1) or take it further away, about the picture's middle."""
    middle = np.array(landmarks.image_size) / 2
    return replace(landmarks, image_xy=(landmarks.image_xy - middle) * by + middle)


def rolled(landmarks: PoseLandmarks, degrees: float) -> PoseLandmarks:
    """Turn the picture clockwise about its middle."""
    turn, middle = np.deg2rad(degrees), np.array(landmarks.image_size) / 2
    cos, sin = np.cos(turn), np.sin(turn)
    xy = (landmarks.image_xy - middle) @ np.array([[cos, sin], [-sin, cos]]) + middle
    return replace(landmarks, image_xy=xy)


def facing_the_camera(landmarks: PoseLandmarks, *, away: bool = False) -> PoseLandmarks:
    """Spread shoulders and hips as of someone who turns the chest, or the back, to the camera."""
    xy = landmarks.image_xy.copy()
    trunk = np.hypot(*(xy[INDEX["left_shoulder"]] - xy[INDEX["left_hip"]]))
    for side in ("left", "right"):
        half = 0.36 * trunk * (1 if (side == "left") is not away else -1)
        for joint, share in (("shoulder", 1.0), ("hip", 0.6), ("knee", 0.6), ("ankle", 0.6)):
            xy[INDEX[f"{side}_{joint}"], 0] = 320 + share * half
    xyz = landmarks.world_xyz.copy()
    xyz[:, 2] *= 0.1  # both shoulders are as far away
    return replace(landmarks, image_xy=xy, world_xyz=xyz)


def steps(
    pictures: Iterable[tuple[float, PoseLandmarks | None]],
    pose: str = "lunge-stretch",
    surroundings: Surroundings | None = None,
) -> Iterator[tuple[float, SetupStep | None]]:
    definition = load_pose(pose)
    placement, way_in = Placement(definition), WayIn()
    for time_s, landmarks in pictures:
        view = see(landmarks, definition.view.kind) if landmarks else None
        view = way_in.step(time_s, landmarks, view)
        step = placement.step(time_s, landmarks, view, surroundings, camera=way_in.certain)
        yield time_s, step


def asked(
    landmarks: PoseLandmarks | None,
    surroundings: Surroundings | None = GOOD_LIGHT,
    pose: str = "lunge-stretch",
) -> SetupStep | None:
    """Return what is asked of someone who stays like this for three seconds."""
    still = [(index / 10, landmarks) for index in range(30)]
    return list(steps(still, pose, surroundings))[-1][1]


def words(step: SetupStep | None) -> str | None:
    return step.cue.text if step else None
