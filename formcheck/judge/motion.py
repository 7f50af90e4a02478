"""How fast the body moves, so that a hold starts in stillness."""

from collections import deque
from dataclasses import dataclass, replace
from math import inf, sqrt
from typing import Final

from formcheck.body.landmarks import MIN_VISIBILITY
from formcheck.body.measurements import MEASUREMENTS, Measurements
from formcheck.judge.swing import SWING_DEG, SwingMeter

WINDOW_S: Final = 0.3
"""Long enough to see past the landmarks' jitter, short enough to see a bounce (0.5 to 3 Hz)."""

FORGET_S: Final = 0.5
"""What was seen so long before says nothing about how the body moves now."""

LAG_S: Final = WINDOW_S / 2
"""A speed over the window is that of its middle: so long ago."""

_SURE: Final = 3.0
"""Standard deviations of jitter that say nothing about a movement."""

_USUAL_JITTER_DEG: Final = 0.4
"""Up to here it needs no allowance: the hip of one who holds still jitters by 0.06, 0.12 at most
(ten samples); taking off less than this only hid slow bounces."""

_LEAP_DEG: Final = 4.0
"""From one frame to the next a body at rest does not turn so far, nor does its jitter."""

_RESTING: Final = 0.5
"""The share of the fastest calm speed above which a body is already on its way somewhere."""

_LEAP_S: Final = 0.12
"""What lies between two frames told apart by so much is a leap; between rarer ones a movement."""

_LEAPS_APART_S: Final = 0.35
"""Leaps that follow each other sooner are no rare mistake: a quick bounce, seen at its turns."""

_JITTER_MEMORY_S: Final = 1.5
"""Jitter stays while movements come and go: the least within so long is what is no movement."""


@dataclass(frozen=True, slots=True)
class Motion:
    """How the body has been moving up to one frame."""

    speed_deg_s: float | None
    """The fastest angle's speed over the last moments, 0 or more; None while not known."""
    calm_since_s: float | None
    """Nothing has shown the body moving from then until now; None where it moves or is not seen."""
    is_swinging: bool = False
    """It goes to and fro: that it has been calm since then is its turn, or has ended it."""
    lag_s: float = LAG_S
    """So long before the frame the body moved as this says."""


UNKNOWN_MOTION = Motion(None, None)


class MotionMeter:
    """Measures the speed of the fastest watched angle, and since when it has been low."""

    def __init__(
        self, calm_deg_s: float, watched: tuple[str, ...], moving_deg_s: float = inf
    ) -> None:
        """Start without a past.

        Args:
            calm_deg_s: Up to so fast in the watched angles the body is calm.
            watched: Their names.
            moving_deg_s: As fast as that, midway, a beat of theirs is a movement.
        """
        self._calm_deg_s = calm_deg_s
        self._watched = watched
        self._swing = SwingMeter(tuple(map(_least_swing, watched)), moving_deg_s)
        self._past: deque[tuple[float, tuple[float, ...]]] = deque()
        self._leapt: tuple[float, tuple[float, ...]] | None = None
        """The frame that waits for the next, for it has leapt."""
        self._forgiven_s = -inf
        """When the newest leap that went back was."""
        self._jitters: deque[tuple[float, tuple[float, ...]]] = deque()
        self._unusual = (0.0,) * len(watched)
        self._calm_since_s: float | None = None
        self._speed_deg_s: float | None = None

    def step(self, time_s: float, measurements: Measurements | None) -> Motion:
        """Take in one frame.

        Args:
            time_s: Seconds, growing.
            measurements: None where nobody was seen in form.

        Returns:
            The motion so far. A frame in which a watched angle was not seen adds nothing and
            leaves it unknown; `FORGET_S` without one forgets the past. Until there is a past
            again nothing speaks against calm, so a hold that is under way when a clip or a camera
            starts loses none of its time. A frame that leaps from a body at rest waits for the
            next, and says nothing if that is back: the detector at times sees one picture unlike
            those around it, by up to ten degrees, and no limb goes so far and back between two.
        """
        if measurements is None or any(
            not measurements[name].confidence >= MIN_VISIBILITY for name in self._watched
        ):
            return UNKNOWN_MOTION if self._leapt is None else self._take_leapt(time_s)
        values = tuple(measurements[name].value for name in self._watched)
        if self._leapt is not None and self._is_back(self._leapt[1], values):
            self._swing.step(*self._leapt, self._unusual)  # which knows a bounce by its beat
            self._forgiven_s, self._leapt = self._leapt[0], None
        elif self._leapt is not None:
            leapt = self._take_leapt(time_s)
            motion = self._take(time_s, values)
            return leapt if leapt.calm_since_s is None else motion
        elif self._is_leap(time_s, values):
            self._leapt = (time_s, values)
            return Motion(self._speed_deg_s, self._calm_since_s)
        return self._take(time_s, values)

    def _take_leapt(self, time_s: float) -> Motion:
        """Take in the frame that has leapt, now that it is known to be a movement."""
        assert self._leapt is not None
        leapt_s, values = self._leapt
        self._leapt = None
        return replace(self._take(leapt_s, values), lag_s=LAG_S + time_s - leapt_s)

    def _is_leap(self, time_s: float, values: tuple[float, ...]) -> bool:
        """Tell whether a body that has rested is suddenly seen elsewhere."""
        if self._speed_deg_s is None or self._speed_deg_s > _RESTING * self._calm_deg_s:
            return False
        if self._calm_since_s is None or time_s - self._forgiven_s < _LEAPS_APART_S:
            return False
        before_s, before = self._past[-1]
        return time_s - before_s <= _LEAP_S and _farthest(before, values) > _LEAP_DEG

    def _is_back(self, leapt: tuple[float, ...], values: tuple[float, ...]) -> bool:
        """Tell whether the frame after a leap is nearer to the one before it."""
        before = self._past[-1][1]
        return _farthest(before, values) < _farthest(before, leapt) / 2

    def _take(self, time_s: float, values: tuple[float, ...]) -> Motion:
        """Take in the angles of one frame that counts."""
        if self._past and time_s - self._past[-1][0] > FORGET_S:
            self._past.clear()
            self._jitters.clear()
            self._swing.forget()
        if not self._past:
            self._calm_since_s = time_s
        self._past.append((time_s, values))
        while len(self._past) > 2 and time_s - self._past[0][0] > WINDOW_S:
            self._past.popleft()
        self._speed_deg_s = None
        if time_s - self._past[0][0] < WINDOW_S / 2:
            return Motion(None, self._calm_since_s)
        jitters = self._least_jitters(time_s)
        speed = max(map(self._sure_speed, range(len(self._watched)), jitters))
        self._speed_deg_s = speed
        if speed > self._calm_deg_s:
            self._calm_since_s = None
        elif self._calm_since_s is None:
            self._calm_since_s = time_s - LAG_S
        self._unusual = tuple(max(0.0, jitter - _USUAL_JITTER_DEG) for jitter in jitters)
        may_rest_s = self._swing.step(time_s, values, self._unusual)
        if may_rest_s is not None and self._calm_since_s is not None:
            self._calm_since_s = max(self._calm_since_s, may_rest_s)
        return Motion(speed, self._calm_since_s, is_swinging=may_rest_s is not None)

    def _least_jitters(self, time_s: float) -> tuple[float, ...]:
        """Return the jitter of each watched angle, in degrees: the least of the last moments."""
        angles = zip(*(values for _, values in self._past), strict=True)
        self._jitters.append((time_s, tuple(map(_jitter, angles))))
        while time_s - self._jitters[0][0] > _JITTER_MEMORY_S:
            self._jitters.popleft()
        return tuple(map(min, zip(*(values for _, values in self._jitters), strict=True)))

    def _sure_speed(self, watched: int, jitter: float) -> float:
        """Return how fast one angle surely moves over the window, in degrees a second.

        The slope by least squares, or, for a bounce that comes back within the window, how far
        the angle went in it, without the most extreme frame at either end. Of each, what jitter
        from frame to frame can feign is taken off: nobody must seem to move because the picture
        is noisy.
        """
        mean_time = sum(time for time, _ in self._past) / len(self._past)
        spread = sum((time - mean_time) ** 2 for time, _ in self._past)
        slope = sum((time - mean_time) * values[watched] for time, values in self._past) / spread
        ordered = sorted(values[watched] for _, values in self._past)[1:-1]
        went = ordered[-1] - ordered[0] if ordered else 0.0
        feigned = _SURE * max(0.0, jitter - _USUAL_JITTER_DEG)
        return max(0.0, abs(slope) - feigned / sqrt(spread), (went - feigned) / WINDOW_S)


def _least_swing(name: str) -> float:
    """Return how far an angle must go and come to swing: a joint's is off by both its parts."""
    is_of_joint = len(MEASUREMENTS[name].roles) > 2
    return SWING_DEG * (2 if is_of_joint else 1)


def _jitter(angles: tuple[float, ...]) -> float:
    """Return the standard deviation of what changes from frame to frame alone, in degrees.

    From the second differences, in which a steady movement cancels out; 0 for too few frames.
    """
    bends = [a - 2 * b + c for a, b, c in zip(angles, angles[1:], angles[2:], strict=False)]
    return sqrt(sum(bend * bend for bend in bends) / (6 * len(bends))) if bends else 0.0


def _farthest(before: tuple[float, ...], after: tuple[float, ...]) -> float:
    """Return how far the angle that turned most has turned, in degrees."""
    return max(abs(later - earlier) for earlier, later in zip(before, after, strict=True))
