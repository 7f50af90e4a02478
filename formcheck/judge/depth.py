"""The person's own depth: how far they go in comfortably, which is all that is ever asked.

Hip extension differs more between people than any band allows for: 6.8 degrees in healthy adults
and -4 in people with chronic low back pain, by inclinometer (Roach et al. 2015). Who goes less far
than the reference gets a lower bound of their own; who goes further is never asked for more.
"""

from collections import Counter, deque
from collections.abc import Mapping
from statistics import median
from typing import Final

from formcheck.body.landmarks import SIDES, Side
from formcheck.pose.definition import PoseDefinition

CALM_S: Final = 10.0
"""So many calm seconds tell the depth."""

STEADY_DEG: Final = 5.0
"""Within them it stays within so much: 0.2 to 0.9 degrees of jitter, and breathing. Who still
slides has not found the depth yet."""

MARGIN_DEG: Final = 8.0
"""Below one's own depth this much still counts: what the measurement is off by from one day and
one place of the camera to the next (hip extension: 5 to 15 degrees at 15 to 28 degrees of turn)."""

LEAST_DEG: Final = -10.0
"""The least depth that is taken: people who cannot reach 0 read about -4, and what one measures
half-kneeling upright is -9 to 6."""

_RESOLUTION: Final = 10
"""Parts of a degree to which depths are tallied: an hour takes no more room than a minute."""


def personal(pose: PoseDefinition, depth_deg: float) -> PoseDefinition:
    """Return the pose for someone whose own depth is `depth_deg`.

    Its lower bounds become theirs where they are stricter; nothing becomes stricter.
    """
    return _with_least(pose, max(LEAST_DEG, depth_deg) - MARGIN_DEG)


def unbounded(pose: PoseDefinition) -> PoseDefinition:
    """Return the pose as it is judged while the person's own depth is not known yet."""
    return _with_least(pose, LEAST_DEG - MARGIN_DEG)


def _with_least(pose: PoseDefinition, least: float) -> PoseDefinition:
    gates = tuple(
        gate.model_copy(
            update={
                "accept": (min(gate.accept[0], least), gate.accept[1]),
                "full": (min(gate.full[0], least + MARGIN_DEG / 2), gate.full[1]),
            }
        )
        if gate.measurement == pose.depth
        else gate
        for gate in pose.gates
    )
    return pose.model_copy(update={"gates": gates})


class DepthFinder:
    """Finds the depth of one side in the first calm seconds of its holds."""

    def __init__(self) -> None:
        """Start without any."""
        self._recent: deque[tuple[float, float]] = deque()

    def step(self, time_s: float, depth_deg: float | None) -> float | None:
        """Take in one frame; return the depth in degrees once it is found.

        Args:
            time_s: In seconds; grows.
            depth_deg: Now; None where no hold is under way, which starts the search again.
        """
        if depth_deg is None:
            self._recent.clear()
            return None
        self._recent.append((time_s, depth_deg))
        while self._spread() > STEADY_DEG:
            self._recent.popleft()
        if time_s - self._recent[0][0] < CALM_S:
            return None
        return median(depth for _, depth in self._recent)

    def _spread(self) -> float:
        depths = [depth for _, depth in self._recent]
        return max(depths) - min(depths)


class DepthTally:
    """The depth reached on each side over the time held."""

    def __init__(self) -> None:
        """Start without any."""
        self._counts: dict[Side, Counter[int]] = {side: Counter() for side in SIDES}

    def add(self, side: Side, depth_deg: float) -> None:
        """Add one frame of a hold."""
        self._counts[side][round(depth_deg * _RESOLUTION)] += 1

    def medians(self) -> Mapping[Side, float]:
        """Return the middle depth of each side that was held, in degrees."""
        return {
            side: _median(counts) / _RESOLUTION for side, counts in self._counts.items() if counts
        }


def _median(counts: Counter[int]) -> int:
    half, seen = counts.total() / 2, 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= half:
            return value
    raise ValueError("no values, no median")
