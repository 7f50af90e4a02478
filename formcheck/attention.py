"""How often to look: at every frame, or less often while someone calmly holds still.

Finding a body in a picture is nearly all that formcheck costs. In a calm hold the next frame shows
what the last one showed, so most of them need no look; the first sign of a change, in what was
seen or in the picture itself, brings every frame back.
"""

from collections import deque
from itertools import pairwise
from math import ceil, floor
from typing import Final

import numpy as np

from formcheck.body.landmarks import MIN_VISIBILITY, PoseLandmarks
from formcheck.body.measurements import DEGREES, MEASUREMENTS
from formcheck.judge.form import Form
from formcheck.judge.ledger import State
from formcheck.picture.brightness_grid import LEAST_BOX_PX, Box, BrightnessGrid
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.parts import Gate
from formcheck.session import Outcome
from formcheck.speech.countdown import marks

CALM_LOOK_S: Final = 0.18
"""From one look to the next in a calm hold, at most: every fifth frame of thirty a second, every
one of ten. What ends the hold is seen so much later at most, within the fifth of a second to which
holds are exact."""

CALM_SHOW_S: Final = 0.08
"""From one picture shown to the next in a calm hold: with those that are looked at, two of five.
To show a picture costs a quarter of a look, and a still person's pictures are all alike."""

_GAPS_SPARED: Final = 2
"""Two looks must fit into the longest gap that still counts, lest a dropped frame end a hold."""

_CALM_FOR_S: Final = 1.0
"""Calm for so long before looking less often: someone has just come to rest many times before."""

_FRAMES_REMEMBERED: Final = 8

_GAP_MEMORY_S: Final = 10.0
"""A camera that has paused for a moment may pause again for as long within this."""

_SLOW: Final = 0.5
"""The share of a hold's fastest calm speed above which every frame is looked at."""

_MARGIN_TRUNKS: Final = 0.05
"""How near to its edge a measurement in trunk lengths is close: a hand's breadth."""

_SURE_VISIBILITY: Final = MIN_VISIBILITY + 0.1
"""Below it a landmark may soon count as not seen."""

_REACH: Final = 0.1
"""How far the box goes beyond the outermost landmarks, as a share of its size."""

_SOON_S: Final = 0.3
"""A message due within this is not to come late."""


class Attention:
    """Decides for each frame whether it is to be judged. It knows no clock but the frames'."""

    def __init__(self, pose: PoseDefinition) -> None:
        """Begin at full attention, for this pose."""
        self._pose = pose
        self._every_s = min(CALM_LOOK_S, pose.hold.longest_gap_s / _GAPS_SPARED)
        self._gates = tuple((gate, self._margin(gate)) for gate in pose.gates)
        self._last: Outcome | None = None
        self._frames: deque[float] = deque(maxlen=_FRAMES_REMEMBERED)
        """The times of the newest frames, looked at or not."""
        self._pause_s = 0.0
        """The longest time from one frame to the next lately."""
        self._paused_at_s = 0.0
        self._reference: BrightnessGrid | None = None
        self._target_s: float | None = None
        self._marks: tuple[float, ...] = ()
        self.is_calm = False
        """Whether it looks less often now."""

    def learn(self, outcome: Outcome) -> None:
        """Take in the outcome of a frame that was judged."""
        self._last = outcome
        self._reference = None
        self.is_calm = self._allows_rest(outcome)

    def remember(self, grid: BrightnessGrid | None) -> None:
        """Hold the next pictures against the person's part of the one just judged, if any."""
        self._reference = grid

    def is_due(self, time_s: float, grid: BrightnessGrid | None = None) -> bool:
        """Tell whether the frame of this time, in seconds, is to be judged.

        Args:
            grid: The same part of this frame as `remember` was given, where it was given one.
        """
        self._note_pause(time_s)
        self._frames.append(time_s)
        if not self.is_calm or self._last is None or len(self._frames) < 2:
            return True
        # When the next one may be expected: a frame that was dropped says nothing about that.
        next_s = time_s + min(later - before for before, later in pairwise(self._frames))
        if next_s - self._last.time_s > self._every_s:
            return True
        if time_s + self._pause_s - self._last.time_s > self._pose.hold.longest_gap_s:
            return True  # else a pause that alone is short enough would not be, seen from the look
        if self._reference is not None and grid is not None and self._reference.differs(grid):
            self.is_calm = False
            return True
        return False

    def _note_pause(self, time_s: float) -> None:
        pause_s = time_s - self._frames[-1] if self._frames else 0.0
        if pause_s >= self._pause_s or time_s - self._paused_at_s > _GAP_MEMORY_S:
            self._pause_s, self._paused_at_s = pause_s, time_s

    def _allows_rest(self, outcome: Outcome) -> bool:
        hold, motion, view = outcome.hold, outcome.motion, outcome.view
        is_held = hold.state is State.HELD and outcome.verdict.form is Form.IN_FORM
        if not is_held or outcome.sign > 0:
            return False
        if motion.speed_deg_s is None or motion.calm_since_s is None or view is None:
            return False
        if motion.is_swinging:
            return False
        return (
            motion.speed_deg_s <= _SLOW * self._pose.hold.calm_deg_s
            and outcome.time_s - motion.calm_since_s >= _CALM_FOR_S
            and not self._pose.view.is_turned(view, is_held=False)
            and all(self._is_well_inside(outcome, gate, margin) for gate, margin in self._gates)
            and not self._is_message_due(outcome)
        )

    def _is_well_inside(self, outcome: Outcome, gate: Gate, margin: float) -> bool:
        """Tell whether a gate is surely seen, and further from being left than a calm body goes."""
        measured = outcome.measurements[gate.measurement]
        slack = self._pose.hysteresis(gate)
        low, high = gate.accept
        return (
            measured.confidence >= _SURE_VISIBILITY
            and low - slack + margin <= measured.value <= high + slack - margin
        )

    def _margin(self, gate: Gate) -> float:
        """Return how far a calm body's measurement can go between two looks, in its unit."""
        if MEASUREMENTS[gate.measurement].unit == DEGREES:
            return self._pose.hold.calm_deg_s * self._every_s
        return _MARGIN_TRUNKS

    def _is_message_due(self, outcome: Outcome) -> bool:
        feedback = outcome.feedback
        if feedback.target_s != self._target_s:
            self._target_s = feedback.target_s
            self._marks = (*(mark.at_s for mark in marks(feedback.target_s)), feedback.target_s)
        return any(0 < at_s - feedback.seconds <= _SOON_S for at_s in self._marks)


def box_of(landmarks: PoseLandmarks) -> Box | None:
    """Return what the person takes up of the picture, with some space around.

    None where too little of the body is inside the picture to tell a change in it.
    """
    width, height = landmarks.image_size
    xy = landmarks.image_xy
    finite = xy[np.isfinite(xy).all(axis=1)]
    if not len(finite):
        return None
    (left, top), (right, bottom) = finite.min(axis=0).tolist(), finite.max(axis=0).tolist()
    beyond_x, beyond_y = _REACH * (right - left), _REACH * (bottom - top)
    box = (
        max(0, floor(left - beyond_x)),
        max(0, floor(top - beyond_y)),
        min(width, ceil(right + beyond_x)),
        min(height, ceil(bottom + beyond_y)),
    )
    return box if min(box[2] - box[0], box[3] - box[1]) >= LEAST_BOX_PX else None
