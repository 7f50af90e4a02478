"""Learns how the camera stands while the person comes, stands and goes."""

from collections import deque
from dataclasses import replace
from math import inf
from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.body.camera.pose import CameraPose, Sighting, camera_pose, sighted
from formcheck.body.landmarks import INDEX, PoseLandmarks
from formcheck.body.view import View

_STILL_TRUNKS: Final = 0.1
"""Trunk lengths that shoulders or ankles may move within `_STILL_S`: who walks has one knee bent,
one foot off the floor, and leans. People who stand sway by a fifth of that."""
_STILL_S: Final = 0.19
"""Two pictures of a camera that gives ten a second."""
_LONGEST_S: Final = 1.0
"""Nothing is known of a longer time between two pictures."""

_EVERY_S: Final = 0.1
_AT_LEAST: Final = 4
"""Sightings before anything is told: somebody who passes through a straight stance is not one who
stands."""
_REMEMBERED_S: Final = 6.0
"""A camera that is tilted while somebody stands is another one so long after."""
_APART_S: Final = 2.0
"""Who stands again after so long, or was out of the picture or too near for it, may have moved the
camera."""
_HIPS: Final = frozenset(("left_hip", "right_hip"))

_SHOULDERS_AND_ANKLES: Final = [
    INDEX[f"{side}_{joint}"] for joint in ("shoulder", "ankle") for side in ("left", "right")
]


class WayIn:
    """Gathers pictures of somebody who stands still and straight, whole in the picture.

    A camera that may have been moved has no roll, and is learnt anew the next time that somebody
    stands.
    """

    def __init__(self) -> None:
        """Start without a past."""
        self.camera: CameraPose | None = None
        """How the camera stands, as the last that stood before it told; None until one did."""
        self._is_certain = False
        """Whether it stands so still: nobody was away who may have moved it."""
        self._near_s: float | None = None
        self._sightings: deque[tuple[float, Sighting]] = deque()
        self._recent: deque[tuple[float, npt.NDArray[np.float64]]] = deque()

    def step(
        self, time_s: float, landmarks: PoseLandmarks | None, view: View | None
    ) -> View | None:
        """Take in one picture, and return its view as of a camera that is level.

        Args:
            time_s: Seconds, growing.
            landmarks: None where nobody was seen; that tells nothing.
            view: Of these landmarks; None where they tell none.

        Returns:
            The view, which knows the camera's roll where that is known surely.
        """
        if landmarks is None or view is None or not _HIPS.isdisjoint(view.outside):
            self._near_s = time_s if self._near_s is None else self._near_s
            if time_s - self._near_s >= _APART_S:
                self._is_certain = False
        else:
            self._near_s = None
            self._learn(time_s, landmarks, view)
        camera = self.certain
        if view is None or camera is None or not camera.is_surely_rolled:
            return view
        return replace(view, roll_deg=camera.roll_deg)

    @property
    def certain(self) -> CameraPose | None:
        """How the camera stands now; None where it is not known, or may have been moved since."""
        return self.camera if self._is_certain else None

    def _learn(self, time_s: float, landmarks: PoseLandmarks, view: View) -> None:
        is_still = self._is_still(time_s, landmarks, view)
        passed_s = time_s - self._sightings[-1][0] if self._sightings else inf
        if not is_still or view.outside or passed_s < _EVERY_S:
            return
        seen = sighted(landmarks)
        if seen is None or not seen.is_straight:
            return
        if passed_s > _APART_S:
            self._sightings.clear()
        self._sightings.append((time_s, seen))
        while time_s - self._sightings[0][0] > _REMEMBERED_S:
            self._sightings.popleft()
        if len(self._sightings) >= _AT_LEAST:
            self.camera = camera_pose([each for _, each in self._sightings])
            self._is_certain = True

    def _is_still(self, time_s: float, landmarks: PoseLandmarks, view: View) -> bool:
        """Tell whether feet and shoulders are where they were a moment ago."""
        points = landmarks.image_xy[_SHOULDERS_AND_ANKLES]
        self._recent.append((time_s, points))
        while len(self._recent) > 1 and time_s - self._recent[1][0] >= _STILL_S:
            self._recent.popleft()
        then_s, then = self._recent[0]
        moved = float(np.abs(points - then).max()) / view.trunk_length_px
        return _STILL_S <= time_s - then_s <= _LONGEST_S and moved <= _STILL_TRUNKS
