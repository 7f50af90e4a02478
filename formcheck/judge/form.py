"""Whether one picture shows the pose in good form, and what is wrong where it does not."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from math import isfinite
from typing import Final

from formcheck.body.landmarks import INDEX, MIN_VISIBILITY, PoseLandmarks
from formcheck.body.measurements import MEASUREMENTS, Measurements
from formcheck.body.roles import landmarks_of
from formcheck.body.view import View
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.parts import Bound, Gate


class GateState(Enum):
    """Where a measurement lies against its band."""

    IN = "in"
    BELOW = "below"
    ABOVE = "above"
    UNSEEN = "unseen"


_BOUNDS: Final[dict[GateState, Bound]] = {GateState.BELOW: "below", GateState.ABOVE: "above"}


class Form(Enum):
    """What one picture says about the form; all but `IN_FORM` name why nothing counts."""

    IN_FORM = "in_form"
    NO_PERSON = "no_person"
    UNSEEN = "unseen"
    TURNED = "turned"
    OUT_OF_FORM = "out_of_form"
    NO_CAMERA = "no_camera"
    """The picture shows nothing at all."""


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """One gate against one measurement."""

    measurement: str
    state: GateState
    off_by: float
    """How far outside the accept band, in the measurement's unit; 0 inside it or unseen."""
    is_full: bool
    """Inside the band of full credit."""


@dataclass(frozen=True, slots=True)
class FormVerdict:
    """What one picture says about the form."""

    form: Form
    gates: tuple[GateVerdict, ...] = ()
    """One for each gate of the pose, in its order; empty where the body cannot be judged."""
    faults: tuple[str, ...] = ()
    """The names of the faults, worst first; only out of form."""
    unseen: tuple[str, ...] = ()
    """The landmarks that have to be seen and are not; only unseen."""
    is_full: bool = False
    """Every gate is inside its band of full credit; only in form."""
    hints: tuple[int, ...] = ()
    """Indices of the pose's hints that apply; only in form."""

    @property
    def entered(self) -> frozenset[str]:
        """The gates that are in, for the hysteresis of the next picture."""
        return frozenset(gate.measurement for gate in self.gates if gate.state is GateState.IN)


NOBODY = FormVerdict(Form.NO_PERSON)
BLANK = FormVerdict(Form.NO_CAMERA)


def judge(
    pose: PoseDefinition,
    landmarks: PoseLandmarks,
    view: View,
    measurements: Measurements,
    entered: AbstractSet[str] = frozenset(),
) -> FormVerdict:
    """Judge one picture.

    A body that is not wholly in the picture, is turned away from the view, or has limbs of an
    impossible length is not judged at all: its angles would be wrong, not merely uncertain.
    Otherwise one gate that is seen to be out is enough to be out of form, whatever else is hidden;
    to be in form, all must be seen.

    Args:
        entered: The gates that the hold under way has entered: each leaves its band later than
            it is entered. Where there are any, the limit of the turn is wider too.
    """
    needed = {name for role in pose.view.in_picture for name in landmarks_of(role, view)}
    outside = tuple(name for name in view.outside if name in needed)
    if outside:
        return FormVerdict(Form.UNSEEN, unseen=outside)
    if pose.view.is_turned(view, is_held=bool(entered)):
        return FormVerdict(Form.TURNED)
    if view.implausible:
        return FormVerdict(Form.UNSEEN, unseen=view.implausible)

    gates = tuple(
        _judge_gate(gate, measurements, pose.hysteresis(gate) if _is_in(gate, entered) else 0.0)
        for gate in pose.gates
    )
    out = [
        pose.fault_by_way_out[gate.measurement, _BOUNDS[gate.state]]
        for gate in gates
        if gate.state in _BOUNDS
    ]
    if out:
        names = sorted((fault.name for fault in out), key=pose.fault_rank.__getitem__)
        return FormVerdict(Form.OUT_OF_FORM, gates, faults=tuple(names))
    if any(gate.state is GateState.UNSEEN for gate in gates):
        return FormVerdict(Form.UNSEEN, gates, unseen=_unseen(gates, landmarks, view))
    return FormVerdict(
        Form.IN_FORM,
        gates,
        is_full=all(gate.is_full for gate in gates),
        hints=_hints(pose, measurements),
    )


def _is_in(gate: Gate, entered: AbstractSet[str]) -> bool:
    return gate.measurement in entered


def _judge_gate(gate: Gate, measurements: Measurements, slack: float) -> GateVerdict:
    measured = measurements[gate.measurement]
    is_seen = measured.confidence >= MIN_VISIBILITY and isfinite(measured.value)
    if not is_seen:  # a confidence that is NaN is not at least anything
        return GateVerdict(gate.measurement, GateState.UNSEEN, 0.0, is_full=False)
    low, high = gate.accept
    value = measured.value
    state = GateState.IN
    if value < low - slack:
        state = GateState.BELOW
    elif value > high + slack:
        state = GateState.ABOVE
    return GateVerdict(
        gate.measurement,
        state,
        off_by=0.0 if state is GateState.IN else max(low - value, value - high),
        is_full=gate.full[0] <= value <= gate.full[1],
    )


def _unseen(
    gates: tuple[GateVerdict, ...], landmarks: PoseLandmarks, view: View
) -> tuple[str, ...]:
    """Name the landmarks behind the unseen gates, by the person's own sides."""
    names = {
        name
        for gate in gates
        if gate.state is GateState.UNSEEN
        for role in MEASUREMENTS[gate.measurement].roles
        for name in landmarks_of(role, view)
    }
    hidden = (name for name in names if not landmarks.visibility[INDEX[name]] >= MIN_VISIBILITY)
    return tuple(sorted(hidden, key=INDEX.__getitem__))


def _hints(pose: PoseDefinition, measurements: Measurements) -> tuple[int, ...]:
    return tuple(
        index
        for index, hint in enumerate(pose.hints)
        if (
            measurements[hint.measurement].value < hint.limit
            if hint.bound == "below"
            else measurements[hint.measurement].value > hint.limit
        )
    )
