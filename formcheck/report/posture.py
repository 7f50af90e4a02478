"""How a side was held beside how its pose asks for it: two figures, and where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final

from formcheck.body.measurements import DEGREES, MEASUREMENTS, measure
from formcheck.body.view import see
from formcheck.figure.any_view import figure_for
from formcheck.figure.seen import seen_figure
from formcheck.figure.side_view import Figure
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.parts import Band
from formcheck.store.session_ledger import HeldPosture

_SHOWN: Final = 2
"""So many angles are told: the ones that differ most."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One angle in both figures."""

    words: str
    seen_deg: float
    target_deg: float
    accept: Band
    """Within it seconds count."""


@dataclass(frozen=True, slots=True)
class Postures:
    """Two figures to be held one against the other."""

    seen: Figure
    target: Figure
    differences: Sequence[Difference]


def postures(posture: HeldPosture, pose: PoseDefinition) -> Postures | None:
    """Return the figures of a posture and of its pose; None where no body can be made of it."""
    landmarks = posture.landmarks
    view = see(landmarks, pose.view.kind)
    seen = None if view is None else seen_figure(landmarks, view)
    if view is None or seen is None:
        return None
    target, wanted = _target(pose)
    measured = measure(landmarks, view)
    found = [
        Difference(
            MEASUREMENTS[gate.measurement].in_words,
            round(measured[gate.measurement].value, 1),
            wanted[gate.measurement],
            gate.accept,
        )
        for gate in pose.gates
        if MEASUREMENTS[gate.measurement].unit == DEGREES
        and isfinite(measured[gate.measurement].value)
    ]
    found.sort(key=lambda each: -abs(each.seen_deg - each.target_deg))
    return Postures(seen, target, found[:_SHOWN])


_targets: dict[str, tuple[Figure, dict[str, float]]] = {}


def _target(pose: PoseDefinition) -> tuple[Figure, dict[str, float]]:
    """Return the figure of a pose, and its angles as they would be measured."""
    if pose.name not in _targets:
        figure = figure_for(pose)
        landmarks = figure.landmarks()
        view = see(landmarks, pose.view.kind)
        assert view is not None, "a body of given lengths has a trunk and legs"
        angles = {name: round(each.value, 1) for name, each in measure(landmarks, view).items()}
        _targets[pose.name] = figure, angles
    return _targets[pose.name]
