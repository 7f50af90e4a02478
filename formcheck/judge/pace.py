"""How the stretch is taken up: slowly, or too fast, or bouncing."""

from collections import deque
from dataclasses import dataclass
from math import inf, isfinite
from typing import Final

WINDOW_S: Final = 0.4
"""A speed is that over so long: a jump of one frame is the detector's, not the body's."""

LAST_DEG: Final = 20.0
"""The part of the way that matters: where the hip flexors begin to be stretched. Sinking to the
knees before it may be quick."""

SWING_DEG: Final = 6.0
"""A swing of less is breathing and the jitter of the landmarks (0.2 to 0.9 degrees within a hold)
together with the correction of one who settles."""

BOUNCE_S: Final = 2.0
"""A full swing out and back within so long is a bounce: 0.5 Hz and faster."""

TOLD_S: Final = 2.0
"""So long after it is sure it is still worth saying."""

SURE_S: Final = 0.5
"""Whoever gets up passes through the same angles, and faster: only who is still in the pose so
long afterwards has come into it."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How the body has been moving in the last moments."""

    is_hasty: bool = False
    """The stretch was being deepened faster than is gentle."""
    is_bouncing: bool = False
    """It went in and out and in again."""


CALM: Final = Pace()


class PaceMeter:
    """Watches the angle that is the pose's depth."""

    def __init__(self, hasty_deg_s: float, least_deg: float) -> None:
        """Start without a past.

        Args:
            hasty_deg_s: Deepening the stretch faster than this is too fast.
            least_deg: The least depth that is a stretch.
        """
        self._hasty_deg_s = hasty_deg_s
        self._from_deg = least_deg - LAST_DEG
        self._past: deque[tuple[float, float]] = deque()
        self._turns: deque[float] = deque()
        self._extreme = self._base = 0.0
        self._way = 0
        self._hasty, self._bouncing = _Episode(), _Episode()

    def step(self, time_s: float, depth_deg: float | None) -> Pace:
        """Take in one frame.

        Args:
            time_s: In seconds; grows.
            depth_deg: The depth now; None where it is not seen, or anything but the depth is
                out of form.
        """
        if self._past and time_s - self._past[-1][0] > WINDOW_S:
            self._past.clear()
            self._turns.clear()
            self._hasty, self._bouncing = _Episode(), _Episode()
        if depth_deg is None or not isfinite(depth_deg):
            return CALM
        if not self._past:
            self._extreme, self._way = depth_deg, 0
        self._past.append((time_s, depth_deg))
        while len(self._past) > 2 and time_s - self._past[0][0] > WINDOW_S:
            self._past.popleft()
        start_s, start_deg = self._past[0]
        span_s = time_s - start_s
        if span_s >= WINDOW_S / 2 and depth_deg >= self._from_deg:
            went = depth_deg - start_deg
            if went >= SWING_DEG and went / span_s > self._hasty_deg_s:
                self._hasty.note(time_s)
        self._follow_swings(time_s, depth_deg)
        return Pace(self._hasty.is_to_tell(time_s), self._bouncing.is_to_tell(time_s))

    def _follow_swings(self, time_s: float, depth_deg: float) -> None:
        """Note a turn once the depth has come back from an extreme by a whole swing."""
        went = depth_deg - self._extreme
        if self._way * went >= 0 and self._way != 0:
            self._extreme = depth_deg
        elif abs(went) >= SWING_DEG:
            if self._way != 0:
                self._turns.append(time_s)
            self._way = 1 if went > 0 else -1
            self._extreme = depth_deg
        while self._turns and time_s - self._turns[0] > BOUNCE_S:
            self._turns.popleft()
        if len(self._turns) >= 2:
            self._bouncing.note(time_s)


@dataclass(slots=True)
class _Episode:
    """From the first to the last time that something was seen."""

    first_s: float = inf
    last_s: float = -inf

    def note(self, time_s: float) -> None:
        if time_s - self.last_s > TOLD_S:
            self.first_s = time_s
        self.last_s = time_s

    def is_to_tell(self, time_s: float) -> bool:
        return self.first_s + SURE_S <= time_s <= self.last_s + TOLD_S
