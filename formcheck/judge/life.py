"""Whether the body in the picture is alive: a photograph on a wall neither moves nor sways.

Whoever holds a stretch breathes and sways: joint against joint by 0.3 to 1 percent of the trunk's
length, slowly. The landmarks of a photograph wander too, by the sensor's noise, but from one look
to the next as much as from one second to the next. Moving, turning and growing as a whole is taken
off first: so does a picture before a camera that shakes. What cannot be told is a film of somebody.
"""

from collections import deque
from dataclasses import dataclass
from itertools import islice
from math import hypot, log, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.body.landmarks import INDEX, MIN_VISIBILITY, PoseLandmarks

Places = npt.NDArray[np.complex128]
"""(looks, joints): in trunk lengths, x to the right real, y down imaginary."""

_JOINTS: Final = tuple(
    INDEX[name]
    for name in (
        *("nose", "left_shoulder", "right_shoulder", "left_elbow", "right_elbow"),
        *("left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee"),
        *("left_ankle", "right_ankle"),
    )
)
_SHOULDERS: Final = slice(1, 3)
_HIPS: Final = slice(7, 9)
"""Where they are among these."""
_PARTNERS: Final = np.array([0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11])
"""The joint of the other side."""

_EVERY_S: Final = 0.09
"""The body is looked at so often at the most, that jitter be the same at every rate of frames."""

_WINDOW_S: Final = 8.0
"""About two calm breaths."""
_LEAST_SECONDS: Final = 5
"""So many whole seconds, four steps from one to the next, tell slow from quick at the least."""
_LEAST_LOOKS: Final = 3
"""In a second; fewer have no middle."""

_LEAST_JOINTS: Final = 6
_SEEN_SHARE: Final = 0.8
"""A joint is taken that was seen in so many of the looks."""

SWAYS: Final = 4.5
"""So many times the jitter between looks the body goes from second to second: somebody who holds
(footage) 5.5 to 8.8, rendered ones 5.8 and more but where they are seen from the front; photographs
before a noisy, a dark and a shaking camera 3.6 at the most."""

_LEAST_JITTER: Final = 0.0006
"""In trunk lengths: a picture without noise must not seem to sway by a hundredth of a pixel."""

MOVED_TRUNKS: Final = 0.12
_MOVED_JOINTS: Final = 3
"""So many joints so far elsewhere than in another second: somebody has moved. Of photographs they
went 0.02 to 0.04, and 0.08 where the detector hopped between two bodies; of people who take up or
leave a pose 0.29 and more."""

_LEAP: Final = 0.6
"""More of a way than this is not made from one look to the next."""

_LATELY: Final = 9
"""Looks; a second."""

_STEADY_LIGHT: Final = 0.05
"""Brightness may change by so much of itself while a body sways: with more, landmarks follow it."""

_REACH_TRUNKS: Final = 0.4
_SPEED_TRUNKS_S: Final = 1.0
_ELSEWHERE_S: Final = 1.0
_GROWTH: Final = 1.5
"""How far, how fast and how much larger the same body is seen, as by `body.identity`; after an
absence of any length no farther than after a second."""

_RAYLEIGH: Final = sqrt(2 * log(2)) * sqrt(6 / 2)
"""The middle of the lengths of second differences, over the spread of what is differenced."""


@dataclass(frozen=True, slots=True)
class _Sighting:
    """Where a body was seen, in pixels."""

    time_s: float
    hips: tuple[float, float]
    trunk: float
    picture: tuple[int, int]

    def can_become(self, later: "_Sighting") -> bool:
        """Tell whether the body that was here can be the one that is there."""
        if self.picture != later.picture:
            return False
        scale = max(self.trunk, later.trunk)
        away_s = min(_ELSEWHERE_S, later.time_s - self.time_s)
        went = hypot(later.hips[0] - self.hips[0], later.hips[1] - self.hips[1])
        is_near = went <= (_REACH_TRUNKS + _SPEED_TRUNKS_S * away_s) * scale
        return is_near and scale <= _GROWTH * min(self.trunk, later.trunk)


@dataclass(frozen=True, slots=True)
class _Look:
    time_s: float
    joints: npt.NDArray[np.complex128]
    is_seen: npt.NDArray[np.bool_]
    brightness: float | None


class Life:
    """Follows the body in the picture, and tells whether it is known to be alive."""

    def __init__(self) -> None:
        """Begin with nobody known."""
        self._known: _Sighting | None = None
        """Where the one who is alive was seen last."""
        self._doubted: _Sighting | None = None
        """Where one was seen last of whom it is not known."""
        self._since_s = 0.0
        """Since when that one has been seen."""
        self._looks: deque[_Look] = deque()

    def step(
        self, time_s: float, landmarks: PoseLandmarks | None, brightness: float | None = None
    ) -> float | None:
        """Take in one frame.

        Args:
            time_s: In seconds; grows.
            landmarks: None for nobody.
            brightness: Of the picture, as last measured; None where it is not.

        Returns:
            Since when the body in this frame is known to be alive, in seconds: this frame, or the
            first one in which it was seen where that has just become known. None where it is not
            known. Where nobody is seen, or no shoulder or hip, what was known stays.
        """
        now = None if landmarks is None else _sighting(time_s, landmarks)
        if landmarks is None or now is None:
            return time_s if self._known is not None and self._doubted is None else None
        if self._known is not None and self._known.can_become(now):
            self._known, self._doubted = now, None
            self._looks.clear()
            return time_s
        if self._doubted is None or not self._doubted.can_become(now):
            self._looks.clear()
            self._since_s = time_s
        self._doubted = now
        if self._looks and time_s - self._looks[-1].time_s < _EVERY_S:
            return None
        self._looks.append(_look(time_s, landmarks, brightness, self._lately()))
        while time_s - self._looks[0].time_s > _WINDOW_S:
            self._looks.popleft()
        if not self._is_alive():
            return None
        self._known, self._doubted = now, None
        self._looks.clear()
        return self._since_s

    def _is_alive(self) -> bool:
        """Tell whether the body of the last looks moves or sways."""
        times = np.array([look.time_s for look in self._looks])
        seen = np.array([look.is_seen for look in self._looks]).mean(axis=0) >= _SEEN_SHARE
        if times[-1] - times[0] < 1 or seen.sum() < _LEAST_JOINTS:
            return False
        joints = _alone(np.array([look.joints for look in self._looks]))[:, seen]
        seconds = _seconds(times, joints)
        if _moved(seconds, joints) >= MOVED_TRUNKS:
            return True
        is_long = len(seconds) >= _LEAST_SECONDS
        return is_long and self._has_steady_light() and _sway(seconds, joints) >= SWAYS

    def _lately(self) -> npt.NDArray[np.complex128] | None:
        """Return the middle places of the last looks; None before the first."""
        lately = [look.joints for look in islice(reversed(self._looks), _LATELY)]
        return _middle(np.array(lately)) if lately else None

    def _has_steady_light(self) -> bool:
        told = [look.brightness for look in self._looks if look.brightness is not None]
        return not told or max(told) - min(told) <= _STEADY_LIGHT * max(told)


def _sighting(time_s: float, landmarks: PoseLandmarks) -> _Sighting | None:
    joints = landmarks.image_xy[list(_JOINTS)]
    hips, shoulders = joints[_HIPS].mean(axis=0), joints[_SHOULDERS].mean(axis=0)
    trunk = float(np.hypot(*(hips - shoulders)))
    if not np.isfinite(trunk) or trunk <= 0:
        return None
    return _Sighting(time_s, (float(hips[0]), float(hips[1])), trunk, landmarks.image_size)


def _look(
    time_s: float,
    landmarks: PoseLandmarks,
    brightness: float | None,
    before: npt.NDArray[np.complex128] | None,
) -> _Look:
    """Take a look; limbs that the detector takes for each other, by where they were, go back."""
    xy = landmarks.image_xy[list(_JOINTS)]
    is_there = np.isfinite(xy).all(axis=1)
    is_seen = is_there & (landmarks.visibility[list(_JOINTS)] >= MIN_VISIBILITY)
    joints = np.where(is_there, xy @ np.array([1, 1j]), 0)
    if before is not None:
        went, crossed = abs(joints - before), abs(joints[_PARTNERS] - before)
        is_swapped = crossed + crossed[_PARTNERS] < went + went[_PARTNERS]
        joints = np.where(is_swapped, joints[_PARTNERS], joints)
        is_seen = np.where(is_swapped, is_seen[_PARTNERS], is_seen)
    return _Look(time_s, joints, is_seen, brightness)


def _alone(joints: Places) -> Places:
    """Return the places against each other: laid on the middle body, its trunk 1 long."""
    trunks = joints[:, _SHOULDERS].mean(axis=1) - joints[:, _HIPS].mean(axis=1)
    joints = joints / np.median(abs(trunks))
    joints = joints - joints.mean(axis=1, keepdims=True)
    middle = _middle(joints)
    turn = (joints.conj() * middle).sum(axis=1) / (abs(joints) ** 2).sum(axis=1)
    return np.asarray(joints * turn[:, None])


def _seconds(times: npt.NDArray[np.float64], joints: Places) -> Places:
    """Return the middle of each whole second."""
    second = (times - times[0]).astype(int)
    parts = [joints[second == number] for number in range(int(times[-1] - times[0]))]
    middles = [_middle(part) for part in parts if len(part) >= _LEAST_LOOKS]
    return np.array(middles).reshape(len(middles), joints.shape[1])


def _middle(joints: Places) -> npt.NDArray[np.complex128]:
    """Return the middle place of each joint."""
    return np.asarray(np.median(joints.real, axis=0) + 1j * np.median(joints.imag, axis=0))


def _moved(seconds: Places, joints: Places) -> float:
    """Return how far joints have moved between the two seconds in which they were farthest apart.

    The least of the `_MOVED_JOINTS` that went farthest. A limb moves on a way; one that is
    elsewhere from one look to the next was mistaken, and has not moved.
    """
    if len(joints) < _LEAST_LOOKS or len(seconds) < 2:
        return 0.0
    threes = np.array([joints[:-2], joints[1:-1], joints[2:]])
    without_glitches = np.median(threes.real, axis=0) + 1j * np.median(threes.imag, axis=0)
    leap = abs(np.diff(without_glitches, axis=0)).max(axis=0)
    apart = abs(seconds[:, None, :] - seconds[None, :, :])
    went = np.where(leap <= _LEAP * apart, apart, 0)
    return float(np.sort(went, axis=2)[:, :, -_MOVED_JOINTS].max())


def _sway(seconds: Places, joints: Places) -> float:
    """Return how far the body goes from second to second, over its jitter from look to look."""
    jitter = np.median(abs(np.diff(joints, n=2, axis=0)), axis=0) / _RAYLEIGH
    steps = abs(np.diff(seconds, axis=0)) / np.maximum(jitter, _LEAST_JITTER)
    return float(np.median(np.sqrt((steps**2).mean(axis=1))))
