"""What to say: one cue at a time, the worst first, and long enough to be read."""

from dataclasses import dataclass
from enum import Enum
from math import inf
from typing import Final

from formcheck.body.landmarks import Side
from formcheck.body.measurements import MEASUREMENTS
from formcheck.coach.cue import Cue, SetupStep, Tone
from formcheck.judge.form import Form, FormVerdict, GateState
from formcheck.judge.hold import HoldState
from formcheck.judge.ledger import State
from formcheck.judge.pace import CALM, Pace
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.plan import Plan

SHORTEST_CUE_S: Final = 1.5
"""A cue that changes faster than this cannot be read from three metres."""

SWITCH_CUE_S: Final = 4.0
"""How long after a side is done to say so, before lining up the other side comes first."""

LEAVE_S: Final = 1.0
"""So soon after a hold, whoever moves may be on the way out, and is not told to hold still."""

PATIENCE_S: Final = 0.8
"""A body lost from sight is left so long for the guide to setting up, which says more exactly what
to do about it; a lapse of the detector is over by then."""

DOUBT_S: Final = 8.0
"""Who holds and cannot be told from a photograph for two breaths is asked to move."""

ATTEMPT: Final = 0.5
"""Who has fewer than this share of the gates in is not on the way into the pose yet. Of the seven
of the kneeling stretch a standing person has two in, whether the far leg is seen or hidden, one
half-kneeling upright has six."""


class Phase(Enum):
    """Where the session stands, as the person would tell it."""

    SETTING_UP = "setting_up"
    """Not placed rightly before the camera."""
    READY = "ready"
    """Placed rightly, and not on the way into the pose."""
    WAY_IN = "way_in"
    """Taking up the pose, or mending it."""
    HOLDING = "holding"
    """Seconds count."""
    AWAY = "away"
    """Left in the middle of the session."""
    PAUSED = "paused"
    SWITCH = "switch"
    """A side or a set is done, the other side comes next."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the person is told at one moment."""

    cue: Cue
    phase: Phase
    setup: SetupStep | None
    """The step of lining up that the cue is about; None while it is about something else."""
    side: Side | None
    """The side under way, or the last one; None before the first hold."""
    next_side: Side | None
    """The side to hold now: that under way, or the other one once it is due; None for either."""
    seconds: float
    """Held on that side so far, in its set under way."""
    target_s: float
    """To hold on each side and set."""
    set_number: int
    """Of that side, from 1."""
    sets: int
    sides_done: tuple[Side, ...]
    """The sides that have all their seconds."""
    is_done: bool
    """Every side has its seconds: nothing is left to do."""

    @property
    def progress(self) -> float:
        """How much of the side's set is done, 0 to 1."""
        return min(1.0, self.seconds / self.target_s)


UNCOVER: Final = Cue("Uncover the lens, more light", Tone.MEND)
GET_IN_VIEW: Final = Cue("Step into the picture", Tone.MEND)
STEP_BACK: Final = Cue("Step back from the camera", Tone.MEND)
SHOW_FEET: Final = Cue("Get your feet in the picture", Tone.MEND)
SHOW_BODY: Final = Cue("Show me your whole body", Tone.MEND)
TURN: Final = Cue("Turn side-on to the camera", Tone.MEND)
FACE: Final = Cue("Turn to face the camera", Tone.MEND)
READY: Final = Cue("Ready, take up the pose", Tone.WAIT)
READY_LEFT: Final = Cue("Ready for your left side", Tone.WAIT)
READY_RIGHT: Final = Cue("Ready for your right side", Tone.WAIT)
SETTLE: Final = Cue("Now hold still", Tone.WAIT)
SLOWLY: Final = Cue("Slowly and gently", Tone.WAIT)
BOUNCE: Final = Cue("Hold still, breathe", Tone.WAIT)
ALIVE: Final = Cue("Move a little, then hold", Tone.WAIT)
"""Nobody has been seen to move or to sway yet: it may be a picture of somebody."""
HOLD: Final = Cue("Hold it there, breathe", Tone.GOOD)
PAUSED: Final = Cue("Paused", Tone.WAIT)
AWAY: Final = Cue("Paused until you are back", Tone.WAIT)
SWITCH: Final = Cue("Well done, switch sides", Tone.GOOD)
OTHER_SIDE: Final = Cue("Take the other side, please", Tone.MEND)
DONE: Final = Cue("All done, well done", Tone.GOOD)
REST_NOW: Final = Cue("Well done, rest now", Tone.GOOD)
"""In place of that where another exercise follows: who hears that all is done goes away."""

_OF_PACE: Final = (SLOWLY, BOUNCE)
"""These are mended by keeping still: seconds count again."""

_AT_ONCE: Final = (PAUSED, *_OF_PACE, DONE, REST_NOW)
"""These need not wait until the cue before them has been read: later they come too late."""

_READY_FOR: Final[dict[Side, Cue]] = {"left": READY_LEFT, "right": READY_RIGHT}


class Coach:
    """Chooses the cue for each frame and keeps it long enough to be read."""

    def __init__(self, pose: PoseDefinition, plan: Plan) -> None:
        """Coach this pose through this plan."""
        self._pose = pose
        self._plan = plan
        self._cue: Cue | None = None
        self._phase = Phase.SETTING_UP
        self._cue_since_s = 0.0
        self._side: Side | None = None
        self._last_held_s = -inf
        self._last_judged_s = -inf

    def step(
        self,
        time_s: float,
        verdict: FormVerdict,
        hold: HoldState,
        setup: SetupStep | None = None,
        pace: Pace = CALM,
    ) -> Feedback:
        """Return what to tell the person now.

        A cue stays for at least `SHORTEST_CUE_S`, but no advice outlives what it mends: once the
        form is good, or the body that moved too fast holds, when the person pauses, where the body
        moves too fast, and when all is done, the new cue comes at once.

        Args:
            time_s: Of this frame, in seconds; grows.
            verdict: On this frame.
            hold: As of this frame.
            setup: What to mend about the place before the camera, if anything.
            pace: How the body has been moving into the stretch, or within it.
        """
        self._side = hold.side or self._side
        if hold.is_holding:
            self._last_held_s = time_s
        if verdict.form in (Form.IN_FORM, Form.OUT_OF_FORM):
            self._last_judged_s = time_s
        phase, wanted = self._wanted(time_s, verdict, hold, setup, pace)
        self._phase = phase
        has_been_read = time_s - self._cue_since_s >= SHORTEST_CUE_S
        if self._cue is None or (
            wanted != self._cue
            and (has_been_read or wanted in _AT_ONCE or self._is_outlived(verdict, hold))
        ):
            self._cue, self._cue_since_s = wanted, time_s
        held_s, side = hold.held_s, self._side
        return Feedback(
            self._cue,
            phase,
            setup=setup if setup is not None and setup.cue == self._cue else None,
            side=side,
            next_side=self._plan.next_side(side, held_s) if side else None,
            seconds=self._plan.set_seconds(side, held_s) if side else 0.0,
            target_s=self._plan.hold_s,
            set_number=(
                min(self._plan.sets, self._plan.sets_done(side, held_s) + 1) if side else 1
            ),
            sets=self._plan.sets,
            sides_done=tuple(s for s in self._plan.sides if self._plan.is_side_done(s, held_s)),
            is_done=self._plan.is_done(held_s),
        )

    def _is_outlived(self, verdict: FormVerdict, hold: HoldState) -> bool:
        """Tell whether what the cue asks for has been done: it mends the form, or the pace."""
        if self._cue in (*_OF_PACE, ALIVE):
            return hold.state is State.HELD
        is_to_mend = self._cue is not None and self._cue.tone is Tone.MEND
        return is_to_mend and verdict.form is Form.IN_FORM

    def _wanted(
        self,
        time_s: float,
        verdict: FormVerdict,
        hold: HoldState,
        setup: SetupStep | None,
        pace: Pace,
    ) -> tuple[Phase, Cue]:
        if hold.state is State.PAUSED:
            return Phase.PAUSED, PAUSED
        if self._plan.is_done(hold.held_s):
            return Phase.DONE, DONE if self._plan.is_last else REST_NOW
        if self._is_to_switch(time_s, hold):
            is_asked = self._side in self._plan.sides
            return Phase.SWITCH, SWITCH if is_asked else OTHER_SIDE
        if hold.is_holding and verdict.form is not Form.IN_FORM:
            # Within the grace: a moment's loss breaks no hold and disturbs nobody.
            return Phase.HOLDING, self._cue or HOLD
        if verdict.form is Form.NO_PERSON and any(hold.held_s.values()):
            return Phase.AWAY, AWAY
        if setup is not None:
            return Phase.SETTING_UP, setup.cue
        is_lost = verdict.form in (Form.NO_PERSON, Form.UNSEEN, Form.TURNED)
        if is_lost and self._cue is not None and time_s - self._last_judged_s < PATIENCE_S:
            return self._phase, self._cue
        return self._of_body(time_s, verdict, hold, pace)

    def _of_body(
        self, time_s: float, verdict: FormVerdict, hold: HoldState, pace: Pace
    ) -> tuple[Phase, Cue]:
        """Return what the body's form alone asks for."""
        match verdict.form:
            case Form.NO_CAMERA:
                return Phase.SETTING_UP, UNCOVER
            case Form.NO_PERSON:
                return Phase.SETTING_UP, GET_IN_VIEW
            case Form.UNSEEN:
                return Phase.SETTING_UP, _framing(verdict.unseen)
            case Form.TURNED:
                return Phase.SETTING_UP, FACE if self._pose.view.kind == "front" else TURN
            case Form.OUT_OF_FORM:
                if not self._is_attempt(verdict):
                    return Phase.READY, self._ready(hold)
                return Phase.WAY_IN, SLOWLY if pace.is_hasty else self._mend(verdict.faults[0])
            case Form.IN_FORM if hold.state is State.HELD:
                return Phase.HOLDING, self._hint(verdict.hints[0]) if verdict.hints else HOLD
            case Form.IN_FORM if hold.doubted_s >= DOUBT_S:
                return Phase.WAY_IN, ALIVE
            case Form.IN_FORM:
                phase = Phase.HOLDING if hold.is_holding else Phase.WAY_IN
                return phase, self._not_still(time_s, pace)

    def _is_attempt(self, verdict: FormVerdict) -> bool:
        """Tell whether one out of form is on the way into the pose, or mending it.

        Whoever was on the way stays so when a leg fades from sight, unless what is still seen
        says otherwise.
        """
        named = {gate.measurement for gate in self._pose.gates}
        signs = {name for name in named if not MEASUREMENTS[name].is_only_a_fault}
        are_out = len(verdict.faults)
        are_in = sum(
            gate.state is GateState.IN and gate.measurement in signs for gate in verdict.gates
        )
        if not verdict.gates:
            are_in = len(signs) - are_out
        was_one = self._phase in (Phase.WAY_IN, Phase.HOLDING)
        return are_in >= ATTEMPT * len(signs) or (was_one and are_in > are_out)

    def _is_to_switch(self, time_s: float, hold: HoldState) -> bool:
        if self._side is None or time_s - self._last_held_s > SWITCH_CUE_S:
            return False
        return self._plan.next_side(self._side, hold.held_s) != self._side

    def _not_still(self, time_s: float, pace: Pace) -> Cue:
        """Return what to say to one in form whose seconds do not count yet, or not any more."""
        if pace.is_bouncing:
            return BOUNCE
        if pace.is_hasty:
            return SLOWLY
        if self._cue is not None and time_s - self._last_held_s <= LEAVE_S:
            return self._cue
        return SETTLE

    def _ready(self, hold: HoldState) -> Cue:
        if self._side is None:
            return READY
        return _READY_FOR[self._plan.next_side(self._side, hold.held_s)]

    def _mend(self, name: str) -> Cue:
        fault = self._pose.fault_by_name[name]
        return Cue(fault.cue, Tone.MEND, name, MEASUREMENTS[fault.measurement].roles)

    def _hint(self, index: int) -> Cue:
        hint = self._pose.hints[index]
        return Cue(hint.cue, Tone.GOOD, marks=MEASUREMENTS[hint.measurement].roles)


def _framing(unseen: tuple[str, ...]) -> Cue:
    """Say how to get these landmarks into sight."""
    joints = {name.removeprefix("left_").removeprefix("right_") for name in unseen}
    if joints <= {"ankle"}:
        return SHOW_FEET
    if joints & {"shoulder", "ankle"}:
        return STEP_BACK
    return SHOW_BODY
