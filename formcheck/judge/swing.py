"""Whether the body swings to and fro: too slowly, or too fast for the camera, to show as a speed.

A swing is still at either turn, and its speed between them may be that of somebody who settles.
What tells it from settling is that it comes back, and goes again; and what tells it from a noisy
picture is that it keeps time, which noise does not.
"""

from collections import deque
from dataclasses import dataclass, field
from itertools import islice
from math import pi, sqrt
from operator import itemgetter
from typing import Final

import numpy as np
import numpy.typing as npt

SWING_DEG: Final = 7.0
"""From one turn to the next, of one part of the body against the upright; less is breathing, the
sway of one who holds still, and the detector's own wandering: in all that real and rendered people
held, 4 degrees at most."""

LONGEST_S: Final = 2.0
"""From one turn to the next; what takes longer settles, and does not swing."""

_SMOOTH_S: Final = 0.3
"""Over so long jitter averages out, and a swing of up to 1.5 a second does not."""

_BEAT_S: Final = 2.0
"""Over so long a beat is looked for: three times in it, at the least, a body goes and comes."""

_BEATS_HZ: Final = np.arange(1.25, 3.6, 0.25)
"""Slower ones are seen turn by turn; nobody swings a hip faster."""

_SHARE: Final = 0.75
"""How much of what an angle did one beat must explain; in holds none did 0.65 at half the speed of
a movement."""

_CHANCE: Final = 1e-5
"""How often white noise may seem to keep a beat, a window. Of few frames one explains much by
chance: more than a share s of n frames with the probability (1 - s) ** ((n - 4) / 2)."""

_LEAST_FRAMES: Final = 12
_FRAMES_A_BEAT: Final = 2.5
"""Fewer do not show a beat."""

_REST_SHARE: Final = 1 / 3
"""Within so much of a swing the body may be resting: at a turn it is so for 0.8 of its time from
turn to turn."""

_REST_TURNS: Final = 1.25
"""Still for so many times as long as it took from turn to turn, it has come to rest."""

_MEMORY_S: Final = 1.5 * LONGEST_S

_SURE: Final = 3.0
"""Standard deviations of jitter that say nothing."""

_angle = itemgetter(1)

Values = tuple[float, ...]
"""One for each watched angle, in degrees."""


@dataclass(slots=True)
class _Turns:
    """Follows one angle from turn to turn."""

    first: float
    low: tuple[float, float]
    """The lowest angle since the last turn, before it the time."""
    high: tuple[float, float]
    way: int = 0
    """1 upwards, -1 downwards, 0 not known."""
    last: tuple[float, float] | None = None
    """Time and angle of the last turn."""

    def step(self, time_s: float, angle: float, least: float) -> "_Swing | None":
        """Return the swing between the last two turns, where the second has just become known."""
        now = time_s, angle
        self.low = min(self.low, now, key=_angle)
        self.high = max(self.high, now, key=_angle)
        way = self.way
        if way <= 0 and angle - self.low[1] >= least:
            turn, self.way, self.high = self.low, 1, now
        elif way >= 0 and self.high[1] - angle >= least:
            turn, self.way, self.low = self.high, -1, now
        else:
            return None
        if way == 0 and abs(turn[1] - self.first) < least / 2:
            return None  # whence it set out is no turn
        before, self.last = self.last, turn
        if before is None or turn[0] - before[0] > LONGEST_S:
            return None
        return _Swing(turn[0] - before[0], abs(turn[1] - before[1]), time_s)


@dataclass(frozen=True, slots=True)
class _Swing:
    turn_s: float
    """From one turn to the next."""
    size: float
    seen_s: float
    """When it was last known to go on."""
    is_beat: bool = False


@dataclass(slots=True)
class SwingMeter:
    """Tells whether any watched angle swings to and fro, and since when it may be at rest."""

    least_deg: Values
    """From turn to turn less is no swing, for each of them."""
    fast_deg_s: float
    """A beat is a movement where it is as fast as this midway."""
    _past: deque[tuple[float, Values, Values]] = field(default_factory=deque)
    """Times, the angles as measured, and smoothed."""
    _turns: list[_Turns] = field(default_factory=list)
    _swings: dict[int, _Swing] = field(default_factory=dict)
    """Those under way, by the index of the angle."""

    def forget(self) -> None:
        """Begin anew."""
        self._past.clear()
        self._turns.clear()
        self._swings.clear()

    def step(self, time_s: float, values: Values, feigned: Values) -> float | None:
        """Take in one frame.

        Args:
            time_s: In seconds; grows.
            values: The watched angles, in degrees.
            feigned: How much jitter beyond the usual each of them has: the standard deviation
                from frame to frame, in degrees.

        Returns:
            Since when the body may be at rest, in seconds, where it swings; None where it does
            not, or has come to rest.
        """
        while self._past and time_s - self._past[0][0] > _MEMORY_S:
            self._past.popleft()
        lately = [raw for seen_s, raw, _ in self._past if time_s - seen_s <= _SMOOTH_S]
        lately.append(values)
        smooth = tuple(sum(angle) / len(lately) for angle in zip(*lately, strict=True))
        self._past.append((time_s, values, smooth))
        if not self._turns:
            self._turns = [_Turns(angle, (time_s, angle), (time_s, angle)) for angle in smooth]
        for index, turns in enumerate(self._turns):
            least = self.least_deg[index] + 2 * _SURE * feigned[index] / sqrt(len(lately))
            swing = turns.step(time_s, smooth[index], least)
            if swing is not None:
                self._swings[index] = swing
        for index, swing in self._beats(time_s):
            self._swings[index] = swing
        if not self._swings:
            return None
        return self._rest(time_s)

    def _beats(self, time_s: float) -> list[tuple[int, _Swing]]:
        """Return the angles that go to and fro in time, with what they do."""
        count = sum(time_s - seen_s <= _BEAT_S for seen_s, _, _ in self._past)
        if count < _LEAST_FRAMES:
            return []
        window = list(islice(self._past, len(self._past) - count, None))
        times = np.array([seen_s for seen_s, _, _ in window]) - time_s
        rate = (count - 1) / -times[0]
        beats = _BEATS_HZ[rate / _FRAMES_A_BEAT >= _BEATS_HZ]
        if not len(beats) or -times[0] < _BEAT_S / 2:
            return []
        by_chance = 1 - (_CHANCE / len(beats)) ** (2 / (count - 4))
        found = []
        for index, angles in enumerate(np.array([raw for _, raw, _ in window]).T):
            if 2 * pi * beats[-1] * sqrt(2) * float(angles.std()) < self.fast_deg_s:
                continue  # too little for any beat to be fast
            share, size, beat = _strongest(times, angles, beats)
            if share >= max(_SHARE, by_chance) and 2 * pi * beat * size >= self.fast_deg_s:
                found.append((index, _Swing(0.5 / beat, 2 * size, time_s, is_beat=True)))
        return found

    def _rest(self, time_s: float) -> float | None:
        """Return since when all that swung may be at rest; None, and forget it, where it is."""
        since_s = max(self._still_since_s(index, swing) for index, swing in self._swings.items())
        is_over = all(
            time_s - self._still_since_s(index, swing) >= _REST_TURNS * swing.turn_s
            or time_s - swing.seen_s > LONGEST_S
            for index, swing in self._swings.items()
        )
        if not is_over:
            return since_s
        self._swings.clear()
        self._turns.clear()
        while self._past[0][0] < since_s:
            self._past.popleft()
        return None

    def _still_since_s(self, index: int, swing: _Swing) -> float:
        now_s, raw, smooth = self._past[-1]
        now = raw[index] if swing.is_beat else smooth[index]
        since_s = now_s
        for seen_s, raw, smooth in reversed(self._past):
            then = raw[index] if swing.is_beat else smooth[index]
            if abs(then - now) > _REST_SHARE * swing.size:
                break
            since_s = seen_s
        return since_s


def _strongest(
    times: npt.NDArray[np.float64], angles: npt.NDArray[np.float64], beats: npt.NDArray[np.float64]
) -> tuple[float, float, float]:
    """Return the share that the strongest beat explains, its size each way, and its frequency.

    Least squares for each beat, of what an even movement over the same time leaves.
    """
    even, _ = np.linalg.qr(np.stack([np.ones_like(times), times], axis=1))
    left = angles - even @ (even.T @ angles)
    best = 0.0, 0.0, 0.0
    for beat in beats:
        waves = np.stack([np.cos(2 * pi * beat * times), np.sin(2 * pi * beat * times)], axis=1)
        waves, _ = np.linalg.qr(waves - even @ (even.T @ waves))
        explained = float(((waves.T @ left) ** 2).sum())
        share = explained / float(left @ left)
        if share > best[0]:
            best = share, sqrt(2 * explained / len(times)), float(beat)
    return best
