"""Gathers what is kept of a session second by second, in memory that hardly grows."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite
from statistics import median
from typing import Final

import numpy as np

from formcheck.body.framing import frame_body
from formcheck.body.landmarks import SIDES, PoseLandmarks, Side
from formcheck.judge.form import Form
from formcheck.judge.ledger import Interval
from formcheck.session import Outcome, Session
from formcheck.store.session_ledger import DepthSecond, HeldPosture, SessionLedger, side_at

DEPTH: Final = "rear_hip_extension"
"""What is kept as the depth of every pose that shows it."""

_MOST_POSTURES: Final = 256
"""So many held frames, evenly over the session, are enough to tell the typical one."""


@dataclass(frozen=True, eq=False, slots=True)
class _Posture:
    """A held frame that may be the typical one."""

    time_s: float
    angles: Sequence[float]
    landmarks: PoseLandmarks
    turn_deg: float
    distance_m: float
    off_middle: float


class LedgerGatherer:
    """Takes in a session's outcomes, and tells its ledger so far."""

    def __init__(self, session: Session) -> None:
        """Gather what this session judges from now on."""
        self._session = session
        self._first_s: float | None = None
        self._undecided: deque[Outcome] = deque()
        """Frames in form that may still turn out to be held or not."""
        self._depths: list[DepthSecond] = []
        self._second = -1
        """The second under way, since the first frame; its held frames' depths and errors."""
        self._of_second: list[tuple[float, float | None]] = []
        self._postures: list[_Posture] = []
        self._stride_s = 1
        """Seconds from one kept posture to the next; it doubles when they become too many."""

    def add(self, outcome: Outcome) -> None:
        """Take in one frame."""
        if self._first_s is None:
            self._first_s = outcome.time_s
        if outcome.verdict.form is Form.IN_FORM and outcome.landmarks is not None:
            self._undecided.append(outcome)

    def ledger(self, intervals: tuple[Interval, ...], until_s: float) -> SessionLedger:
        """Return what there is so far. One thread may add while another asks for this.

        Args:
            intervals: The session's own, as it tells them now.
            until_s: Up to then they will not change any more; by the frames' time.
        """
        if self._first_s is None:
            return SessionLedger()
        self._decide(intervals, until_s)
        first_s = self._first_s
        return SessionLedger(
            tuple(
                replace(each, start_s=each.start_s - first_s, end_s=each.end_s - first_s)
                for each in intervals
            ),
            (*self._depths, *self._depth_of_second()),
            self._typical(intervals),
        )

    def _decide(self, intervals: tuple[Interval, ...], until_s: float) -> None:
        """Count the frames before `until_s` that were held."""
        assert self._first_s is not None
        while self._undecided and self._undecided[0].time_s < until_s:
            outcome = self._undecided.popleft()
            if side_at(intervals, outcome.time_s) is None:
                continue
            second = int(outcome.time_s - self._first_s)
            if second != self._second:
                self._depths += self._depth_of_second()
                self._second, self._of_second = second, []
                if second % self._stride_s == 0:
                    self._keep_posture(outcome)
            depth = outcome.measurements.get(DEPTH)
            if depth is not None and isfinite(depth.value):
                self._of_second.append((depth.value, depth.error))

    def _depth_of_second(self) -> list[DepthSecond]:
        """Return the depth of the second under way; nothing where none was measured."""
        if not self._of_second:
            return []
        errors = [error for _, error in self._of_second if error is not None and isfinite(error)]
        depth_deg = round(median(depth for depth, _ in self._of_second), 1)
        return [DepthSecond(self._second, depth_deg, round(median(errors), 1) if errors else None)]

    def _keep_posture(self, outcome: Outcome) -> None:
        assert outcome.landmarks is not None
        assert outcome.view is not None
        angles = [outcome.measurements[gate.measurement].value for gate in self._session.pose.gates]
        if not all(map(isfinite, angles)):
            return
        roles = self._session.pose.view.in_picture
        framing = frame_body(outcome.landmarks, outcome.view, roles, will_kneel=False)
        self._postures.append(
            _Posture(
                outcome.time_s,
                angles,
                outcome.landmarks,
                outcome.view.turn_deg,
                framing.distance_m,
                framing.off_middle,
            )
        )
        if len(self._postures) > _MOST_POSTURES:
            self._postures = self._postures[::2]
            self._stride_s *= 2

    def _typical(self, intervals: tuple[Interval, ...]) -> dict[Side, HeldPosture]:
        found: dict[Side, list[_Posture]] = {side: [] for side in SIDES}
        for posture in self._postures:
            side = side_at(intervals, posture.time_s)
            if side is not None:
                found[side].append(posture)
        return {side: _middle(of_side) for side, of_side in found.items() if of_side}


def _middle(postures: Sequence[_Posture]) -> HeldPosture:
    """Return the posture nearest to the middle, each measurement in units of its own spread."""
    angles = np.array([each.angles for each in postures])
    spread = np.maximum(angles.std(axis=0), 1e-6)
    off = (np.abs(angles - np.median(angles, axis=0)) / spread).sum(axis=1)
    return HeldPosture(
        postures[int(off.argmin())].landmarks,
        turn_deg=round(median(each.turn_deg for each in postures), 1),
        distance_m=round(median(each.distance_m for each in postures), 2),
        off_middle=round(median(each.off_middle for each in postures), 3),
    )
