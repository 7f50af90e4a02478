"""Learns how the camera stands while the person comes, stands and goes."""

from collections import deque
from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.body.camera.pose import CameraPose, Sighting, camera_pose, sighted
from formcheck.body.landmarks import INDEX, PoseLandmarks
from formcheck.body.view import View

_STILL_TRUNKS: Final = 0.1
"""Trunk lengths that shoulders or ankles may move within `_STILL_S`: who walks has one knee bent,
one foot off the floor, and leans. People who stand sway by a fifth of that."""
_STILL_S: Final = 0.2

_EVERY_S: Final = 0.1
_AT_LEAST: Final = 4
"""Sightings before anything is told: somebody who passes through a straight stance is not one who
stands."""
_REMEMBERED_S: Final = 6.0
"""A camera that is tilted while somebody stands is another one so long after."""
_APART_S: Final = 2.0
"""Who stands again after so long may have moved the camera."""

_SHOULDERS_AND_ANKLES: Final = [
    INDEX[f"{side}_{joint}"] for joint in ("shoulder", "ankle") for side in ("left", "right")
]


class WayIn:
    """Gathers pictures of somebody who stands still and straight, whole in the picture.

    A camera that was moved is learnt anew the next time that somebody stands.
    """

    def __init__(self) -> None:
        """Start without a past."""
        self._sightings: deque[tuple[float, Sighting]] = deque()
        self._recent: deque[tuple[float, npt.NDArray[np.float64]]] = deque()
        self._found: CameraPose | None = None

    def step(
        self, time_s: float, landmarks: PoseLandmarks | None, view: View | None
    ) -> CameraPose | None:
        """Take in one picture.

        Args:
            time_s: Seconds, growing.
            landmarks: None where nobody was seen; that tells nothing.
            view: Of these landmarks, not as of somebody lying; None where they tell none.

        Returns:
            How the camera stands, as the last that stood before it told; None until one did.
        """
        if landmarks is None or view is None or not self._is_still(time_s, landmarks, view):
            return self._found
        is_soon = bool(self._sightings) and time_s - self._sightings[-1][0] < _EVERY_S
        if is_soon or view.outside:
            return self._found
        seen = sighted(landmarks)
        if seen is None or not seen.is_straight:
            return self._found
        if self._sightings and time_s - self._sightings[-1][0] > _APART_S:
            self._sightings.clear()
        self._sightings.append((time_s, seen))
        while time_s - self._sightings[0][0] > _REMEMBERED_S:
            self._sightings.popleft()
        if len(self._sightings) >= _AT_LEAST:
            self._found = camera_pose([each for _, each in self._sightings])
        return self._found

    def _is_still(self, time_s: float, landmarks: PoseLandmarks, view: View) -> bool:
        """Tell whether feet and shoulders are where they were a moment ago."""
        points = landmarks.image_xy[_SHOULDERS_AND_ANKLES]
        self._recent.append((time_s, points))
        while len(self._recent) > 1 and time_s - self._recent[1][0] >= _STILL_S:
            self._recent.popleft()
        then_s, then = self._recent[0]
        moved = float(np.abs(points - then).max()) / view.trunk_length_px
        return _STILL_S - 1e-6 <= time_s - then_s <= 2 * _STILL_S and moved <= _STILL_TRUNKS
