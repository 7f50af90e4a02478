"""Since when what a cue says has been true of a body that keeps still."""

from collections import deque
from typing import Final

from formcheck.body.measurements import DEGREES, MEASUREMENTS
from formcheck.coach.coach import Phase
from formcheck.coach.cue import Cue
from formcheck.judge.form import Form
from formcheck.pose.definition import PoseDefinition
from formcheck.session import Outcome

WINDOW_S: Final = 0.4
"""A speed is that over so long, so that it is the body's and not the landmarks' jitter."""

MOVING_S: Final = 0.35
"""In trunk lengths a second, for what is no angle; a thigh moves its end so far at 22 degrees a
second."""


class CueOnset:
    """Tells for how long a cue has been true.

    A cue stays on the screen until it can be read, though what it says may be over. And whoever
    is moving, into the pose or out of it, passes through faults that are none.
    """

    def __init__(self, pose: PoseDefinition) -> None:
        """Watch the cues of this pose."""
        self._pose = pose
        self._cue: Cue | None = None
        self._about: tuple[Phase, Form] | None = None
        """With what the cue came: it is about that."""
        self._since_s = 0.0
        self._past: deque[tuple[float, float]] = deque()
        """Times and values of what the cue's fault is measured by."""

    def step(self, outcome: Outcome) -> float:
        """Return for how many seconds the cue has been true without a break."""
        feedback, verdict = outcome.feedback, outcome.verdict
        about = (feedback.phase, verdict.form)
        if feedback.cue != self._cue:
            self._cue, self._about, self._since_s = feedback.cue, about, outcome.time_s
            self._past.clear()
        if feedback.cue.fault is not None:
            is_true = feedback.cue.fault in verdict.faults and not self._is_moving(outcome)
        else:
            is_true = feedback.setup is not None or about == self._about
        if not is_true:
            self._since_s = outcome.time_s
        return outcome.time_s - self._since_s

    def _is_moving(self, outcome: Outcome) -> bool:
        """Whether what the fault is measured by changes as fast as in no calm body."""
        fault = outcome.feedback.cue.fault
        assert fault is not None
        name = self._pose.fault_by_name[fault].measurement
        measured = outcome.measurements.get(name)
        if measured is None:
            return False
        self._past.append((outcome.time_s, measured.value))
        while len(self._past) > 2 and outcome.time_s - self._past[1][0] >= WINDOW_S:
            self._past.popleft()
        start_s, start = self._past[0]
        span_s = outcome.time_s - start_s
        if span_s < WINDOW_S / 2:
            return False
        in_degrees = MEASUREMENTS[name].unit == DEGREES
        limit = self._pose.hold.calm_deg_s if in_degrees else MOVING_S
        return abs(measured.value - start) / span_s > limit
