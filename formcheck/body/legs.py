"""Which leg is which, where a detector takes one for the other."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.body.landmarks import INDEX, PoseLandmarks

Points = npt.NDArray[np.float64]

_LEGS_MEMORY_S: Final = 1.0
"""So long legs that are confused are taken to be where they were seen last: MediaPipe confuses them
for up to 0.9 s at a stretch (rendered people)."""

_CONFUSED_S: Final = 2.0
"""After so long what is seen is believed: the legs may have moved while nobody could tell."""

_STILL_TRUNKS: Final = 0.03
"""Trunk lengths that hips and shoulders may go meanwhile, 1.5 cm: a detector's noise. Whoever moves
the legs on purpose moves the hips by more."""

_CLOSER: Final = 0.05
"""By which share of the distance between two knees, ankles or toes one of them comes nearer to the
other's place in a confused frame: 0.1 and more. Legs at rest jitter by 0.01."""

_LEAP: Final = 3.0
"""And by how many times as much as in the frame before: whoever moves sets out little by little."""

_EXCHANGED: Final = 0.9
"""The same, of knees and ankles, where they are exchanged and nothing else: the legs are where they
are, and no angle asks what they are called; a hold's side is that of most of its time."""

_BETWEEN_TRUNKS: Final = 0.2
"""How far outside the box around both a confused joint may be seen, in trunk lengths."""

_APART_TRUNKS: Final = 0.5
"""Knees and feet nearer to each other than that are not told apart by place."""

_LEFT, _RIGHT = (
    [INDEX[f"{side}_{joint}"] for joint in ("knee", "ankle", "foot_index")]
    for side in ("left", "right")
)
_LEGS: Final = [
    INDEX[f"{side}_{joint}"]
    for side in ("left", "right")
    for joint in ("knee", "ankle", "heel", "foot_index")
]
_JUDGED_BY: Final = [
    *(INDEX[f"{side}_{joint}"] for side in ("left", "right") for joint in ("shoulder", "hip")),
    *_LEFT,
    *_RIGHT,
]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A frame in which the legs were told apart."""

    time_s: float
    landmarks: PoseLandmarks
    hips: Points
    shoulders: Points

    def has_stayed(self, later: "_Seen") -> bool:
        """Tell whether hips and shoulders are where they were."""
        if later.landmarks.image_size != self.landmarks.image_size:
            return False
        most = _STILL_TRUNKS * float(np.hypot(*(self.shoulders - self.hips)))
        went = later.hips - self.hips, later.shoulders - self.shoulders
        return all(bool(np.hypot(*each) <= most) for each in went)


class LegKeeper:
    """Keeps two legs apart where a detector takes one for the other for a moment.

    From behind, low or far away, MediaPipe confuses the legs every few frames, and its smoothing
    then puts both somewhere between the two. Nobody moves so: the feet are on the floor and bones
    keep their length. Below hips that stay where they are, knees and feet do not run towards each
    other from one frame to the next, nor change places, and no knee moves whose foot does not.
    """

    def __init__(self) -> None:
        """Start without having seen anybody."""
        self._clear: _Seen | None = None
        self._are_confused = False
        self._step = 0.0

    def step(self, time_s: float, landmarks: PoseLandmarks) -> PoseLandmarks:
        """Return the landmarks with the legs told apart.

        Where they are confused, they are those seen last, for at most `_LEGS_MEMORY_S`; then they
        are not seen at all.

        Args:
            time_s: Seconds, growing.
            landmarks: Of a body side-on. What has no place is left as it is.
        """
        xy = landmarks.image_xy
        if not np.isfinite(xy[_JUDGED_BY]).all():
            return landmarks
        hips, shoulders = (
            (xy[INDEX[f"left_{joint}"]] + xy[INDEX[f"right_{joint}"]]) / 2
            for joint in ("hip", "shoulder")
        )
        now, before = _Seen(time_s, landmarks, hips, shoulders), self._clear
        went = None
        if before is not None and time_s - before.time_s <= _CONFUSED_S and before.has_stayed(now):
            went = _towards_each_other(before, now)
        self._are_confused = went is not None and self._is_confusion(*went)
        if before is None or not self._are_confused:
            self._step = 0.0 if went is None else float(np.minimum(*went).max())
            self._clear = now
            return landmarks
        if time_s - before.time_s > _LEGS_MEMORY_S:
            visibility = landmarks.visibility.copy()
            visibility[_LEGS] = 0.0
            return replace(landmarks, visibility=visibility)
        image_xy, world_xyz = xy.copy(), landmarks.world_xyz.copy()
        image_xy[_LEGS] = before.landmarks.image_xy[_LEGS] + hips - before.hips
        world_xyz[_LEGS] = before.landmarks.world_xyz[_LEGS]
        return replace(landmarks, image_xy=image_xy, world_xyz=world_xyz)

    def _is_confusion(self, lefts: Points, rights: Points) -> bool:
        both = np.minimum(lefts, rights)
        if (both[:2] > _EXCHANGED).all():
            return False
        if self._are_confused:  # until both are back
            return bool((np.maximum(lefts, rights) > _CLOSER).any())
        # A knee whose hip and foot stay where they are cannot move either: bones keep their length.
        leap = max(_CLOSER, _LEAP * self._step)
        is_alone = any(knee > leap and 2 * abs(ankle) <= leap for knee, ankle, _ in (lefts, rights))
        return is_alone or bool((both > leap).any())


def _towards_each_other(before: _Seen, now: _Seen) -> tuple[Points, Points] | None:
    """Return how far the left knee, ankle and toes have gone to the place of the right ones, and
    these to theirs, as shares of the distance; None where they are too near to tell, or are seen
    elsewhere than between the two places."""
    old, new = before.landmarks.image_xy, now.landmarks.image_xy - (now.hips - before.hips)
    left, right = old[_LEFT], old[_RIGHT]
    apart = right - left
    distance = np.hypot(*apart.T)
    trunk = float(np.hypot(*(before.shoulders - before.hips)))
    if not (trunk > 0 and (distance >= _APART_TRUNKS * trunk).all()):
        return None
    low, high = np.minimum(left, right), np.maximum(left, right)
    margin = _BETWEEN_TRUNKS * trunk
    for joints in (new[_LEFT], new[_RIGHT]):
        if not ((low - margin <= joints) & (joints <= high + margin)).all():
            return None
    along = apart / distance[:, np.newaxis]
    lefts = ((new[_LEFT] - left) * along).sum(axis=1) / distance
    rights = ((right - new[_RIGHT]) * along).sum(axis=1) / distance
    return lefts, rights
