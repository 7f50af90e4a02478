"""How exact a measurement is, as it was measured against bodies whose every joint is known."""

from collections.abc import Mapping
from typing import Final

from formcheck.body.view import View

_ERRORS: Final[Mapping[str, tuple[float, float]]] = {
    "rear_hip_extension": (1.7, 1.9),
    "trunk_lean": (1.2, 1.3),
    "front_knee_flexion": (3.2, 4.4),
    "rear_knee_flexion": (8.5, 10.3),
}
"""Mean absolute errors in degrees of good holds, turned from side-on by up to 20 and by up to 30
degrees (`python -m benchmarks.placements`, 264 clips of rendered people)."""

_LITTLE_TURNED_DEG: Final = 20.0


def error_of(name: str, view: View) -> float | None:
    """Return how far a measurement is off on average; None where that was not measured."""
    if name not in _ERRORS or view.kind != "side":
        return None
    little, much = _ERRORS[name]
    return little if view.turn_deg <= _LITTLE_TURNED_DEG else much
