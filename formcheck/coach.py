"""What to say: one cue at a time, the worst first, and long enough to be read."""

from dataclasses import dataclass
from enum import Enum
from math import inf
from typing import Final

from formcheck.angles import MEASUREMENTS
from formcheck.form import Form, FormVerdict
from formcheck.hold import HoldState
from formcheck.landmarks import Side
from formcheck.ledger import State
from formcheck.pose import PoseDefinition

SHORTEST_CUE_S: Final = 1.5
"""A cue that changes faster than this cannot be read from three metres."""

SWITCH_CUE_S: Final = 4.0
"""How long after a side is done to say so, before lining up the other side comes first."""


class Tone(Enum):
    """What a cue asks of the person."""

    GOOD = "good"
    """Nothing: go on."""
    WAIT = "wait"
    """Nothing yet: the program is getting ready, or paused."""
    MEND = "mend"
    """To change something."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing to say."""

    text: str
    """At most six words."""
    tone: Tone
    fault: str | None = None
    """The fault it mends, by name."""
    marks: tuple[str, ...] = ()
    """The points to mark, by role, e.g. "rear_knee"."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the person is told at one moment."""

    cue: Cue
    side: Side | None
    """The side under way, or the last one; None before the first hold."""
    seconds: float
    """Held on that side so far."""
    target_s: float
    """To hold on each side."""
    is_done: bool
    """Every side has its seconds: nothing is left to do."""

    @property
    def progress(self) -> float:
        """How much of the side is done, 0 to 1."""
        return min(1.0, self.seconds / self.target_s)


GET_IN_VIEW: Final = Cue("Step into the picture", Tone.MEND)
STEP_BACK: Final = Cue("Step back from the camera", Tone.MEND)
SHOW_FEET: Final = Cue("Get your feet in the picture", Tone.MEND)
SHOW_BODY: Final = Cue("Show me your whole body", Tone.MEND)
TURN: Final = Cue("Turn side-on to the camera", Tone.MEND)
SETTLE: Final = Cue("Now hold still", Tone.WAIT)
HOLD: Final = Cue("Hold it there, breathe", Tone.GOOD)
PAUSED: Final = Cue("Paused", Tone.WAIT)
SWITCH: Final = Cue("Well done, switch sides", Tone.GOOD)
DONE: Final = Cue("All done, well done", Tone.GOOD)


class Coach:
    """Chooses the cue for each frame and keeps it long enough to be read."""

    def __init__(self, pose: PoseDefinition, target_s: float) -> None:
        """Coach towards `target_s` seconds on each side of the pose."""
        self._pose = pose
        self._target_s = target_s
        self._cue: Cue | None = None
        self._cue_since_s = 0.0
        self._side: Side | None = None
        self._last_held_s = -inf

    def step(self, time_s: float, verdict: FormVerdict, hold: HoldState) -> Feedback:
        """Return what to tell the person now.

        A cue stays for at least `SHORTEST_CUE_S`, but no advice outlives what it mends: once the
        form is good, and when the person pauses, the new cue comes at once.
        """
        self._side = hold.side or self._side
        if hold.is_holding:
            self._last_held_s = time_s
        wanted = self._wanted(time_s, verdict, hold)
        has_been_read = time_s - self._cue_since_s >= SHORTEST_CUE_S
        if self._cue is None or (
            wanted != self._cue
            and (
                has_been_read
                or wanted == PAUSED
                or (verdict.form is Form.IN_FORM and self._cue.tone is Tone.MEND)
            )
        ):
            self._cue, self._cue_since_s = wanted, time_s
        return Feedback(
            self._cue,
            side=self._side,
            seconds=hold.held_s[self._side] if self._side else 0.0,
            target_s=self._target_s,
            is_done=self._is_done(hold),
        )

    def _is_done(self, hold: HoldState) -> bool:
        done = sum(seconds >= self._target_s for seconds in hold.held_s.values())
        return done >= self._pose.dosage.sides

    def _wanted(self, time_s: float, verdict: FormVerdict, hold: HoldState) -> Cue:
        if hold.state is State.PAUSED:
            return PAUSED
        if self._is_done(hold):
            return DONE
        is_side_done = self._side is not None and hold.held_s[self._side] >= self._target_s
        if is_side_done and time_s - self._last_held_s <= SWITCH_CUE_S:
            return SWITCH
        if hold.is_holding and verdict.form is not Form.IN_FORM:
            # Within the grace: a moment's loss breaks no hold and disturbs nobody.
            return self._cue or HOLD
        match verdict.form:
            case Form.NO_PERSON:
                return GET_IN_VIEW
            case Form.UNSEEN:
                return _framing(verdict.unseen)
            case Form.TURNED:
                return TURN
            case Form.OUT_OF_FORM:
                return self._mend(verdict.faults[0])
            case Form.IN_FORM:
                if not hold.is_holding:
                    return SETTLE
                return self._hint(verdict.hints[0]) if verdict.hints else HOLD

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
