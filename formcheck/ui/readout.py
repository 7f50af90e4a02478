"""What one glance should tell: a few words and numbers for one moment, however they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from math import ceil
from typing import Final

from formcheck.body.landmarks import SIDES, Side
from formcheck.coach.coach import (
    GET_IN_VIEW,
    SHOW_BODY,
    SHOW_FEET,
    STEP_BACK,
    TURN,
    Feedback,
    Phase,
)
from formcheck.coach.cue import Cue, Direction, SetupStep, Tone
from formcheck.judge.ledger import State
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.plan import Plan
from formcheck.session import Outcome
from formcheck.ui.display import READY_SOON, Resting, Status
from formcheck.ui.drawing.pictogram import Pictogram

NO_PICTURE: Final = Cue("No picture, check camera", Tone.MEND)
ENDING: Final = Cue("Keep that to end", Tone.WAIT)

LAST_SECONDS: Final = 5
"""So many are counted down."""

SIGN_SHOWN: Final = 0.15
"""From this share on the sign that ends is answered: less may be a movement in passing."""

STATE_WORDS: Final = {
    State.HELD: "held",
    State.NO_PERSON: "nobody seen",
    State.NEVER_MOVED: "never seen to move",
    State.UNSEEN: "not all seen",
    State.TURNED: "turned too far",
    State.OUT_OF_FORM: "out of form",
    State.MOVING: "settling",
    State.PAUSED: "paused",
    State.NO_CAMERA: "no picture",
}

PHASE_WORDS: Final[Mapping[Phase, str]] = {
    Phase.SETTING_UP: "setting up",
    Phase.READY: "ready",
    Phase.WAY_IN: "on the way in",
    Phase.HOLDING: "holding",
    Phase.AWAY: "away",
    Phase.PAUSED: "paused",
    Phase.SWITCH: "switch sides",
    Phase.DONE: "done",
}

REST: Final = "rest"
"""The phase between two exercises, in words."""

_PICTURES: Final[Mapping[Direction, Pictogram]] = {
    Direction.BACK: Pictogram.BACK,
    Direction.NEARER: Pictogram.NEARER,
    Direction.LEFT: Pictogram.LEFT,
    Direction.RIGHT: Pictogram.RIGHT,
    Direction.TURN_LEFT: Pictogram.TURN_LEFT,
    Direction.TURN_RIGHT: Pictogram.TURN_RIGHT,
    Direction.TURN: Pictogram.TURN,
    Direction.LID_UP: Pictogram.LID_UP,
    Direction.LID_DOWN: Pictogram.LID_DOWN,
    Direction.LIGHT: Pictogram.LIGHT,
    Direction.ALONE: Pictogram.ALONE,
    Direction.INTO_VIEW: Pictogram.STEP_IN,
}

_PICTURES_OF_CUES: Final[Mapping[str, Pictogram]] = {
    GET_IN_VIEW.text: Pictogram.STEP_IN,
    STEP_BACK.text: Pictogram.BACK,
    SHOW_FEET.text: Pictogram.FEET,
    SHOW_BODY.text: Pictogram.WHOLE,
    TURN.text: Pictogram.TURN,
}

_ROUND_DEG: Final = 10
"""Turns are told to so many degrees: nobody turns more exactly, and the number stays readable."""


class Mood(Enum):
    """Whether this moment counts, for the corner of an eye. The cue may lag, this does not."""

    GOOD = "good"
    """It counts, or all is done."""
    WAIT = "wait"
    """It does not count yet, and nothing is wrong."""
    MEND = "mend"
    """It does not count until something is changed."""


class Inner(Enum):
    """What the ring has in it: always one thing."""

    NUMBER = "number"
    """The seconds of the side."""
    FIGURE = "figure"
    """The pose to take: there are no seconds to show yet; without the ring."""
    CHECK = "check"
    """Done."""
    STEP = "step"
    """Where to go, or what to change, before there is anything to judge; without the ring."""
    SIGN = "sign"
    """The sign that ends, filling as it is held; without the ring."""


@dataclass(frozen=True, slots=True)
class Readout:
    """What to tell at one moment."""

    mood: Mood
    cue: Cue
    state: str
    """The state in words."""
    target_s: float
    """To hold on each side and set."""
    inner: Inner = Inner.FIGURE
    title: str = ""
    """The side in large words."""
    phase: str = "getting ready"
    """Where the session stands, in words."""
    side: Side | None = None
    """The side under way, or the one to come; None for either."""
    seconds: int = 0
    """Whole seconds held on the side under way or the last one, in its set."""
    held_s: tuple[int, int] = (0, 0)
    """Whole seconds held on the left and on the right side."""
    progress: float = 0.0
    """How much of that side's set is done, 0 to 1."""
    is_counting: bool = False
    is_paused: bool = False
    """The person asked for the pause."""
    is_done: bool = False
    sides_done: tuple[Side, ...] = ()
    set_number: int = 1
    """The set under way on that side."""
    sets: int = 1
    step: Pictogram | None = None
    """What to do while setting up; only then."""
    turn_deg: int | None = None
    """How far to turn, to the nearest ten degrees; only where turning is the step."""
    sign: float = 0.0
    """How far the sign that ends has been held, 0 to 1."""
    note: str = ""
    """Small print for whoever sits near."""

    @property
    def label(self) -> str:
        """What the number means: "of 60 s", "paused" (as asked), "stopped" or "done"."""
        if self.seconds >= self.target_s:
            return "done"
        if self.is_counting or self.seconds == 0:
            return f"of {self.target_s:g} s"
        is_pause = self.is_paused or self.phase == PHASE_WORDS[Phase.AWAY]
        return "paused" if is_pause else "stopped"


def readout(
    outcome: Outcome | None, status: Status | Resting, pose: PoseDefinition, plan: Plan
) -> Readout:
    """Return what to tell now.

    Args:
        outcome: The newest there is, even if no picture comes any more.
        status: Where the pictures stand.
        pose: That is held.
        plan: What is to be reached.
    """
    now = _of_outcome(outcome, pose, plan) if outcome else _before(pose, plan)
    if status is Status.NO_CAMERA:
        return replace(
            now,
            mood=Mood.MEND,
            cue=NO_PICTURE,
            state=STATE_WORDS[State.NO_CAMERA],
            phase=STATE_WORDS[State.NO_CAMERA],
            inner=Inner.STEP,
            step=Pictogram.CAMERA,
            turn_deg=None,
            is_counting=False,
        )
    if isinstance(status, Resting):
        is_ending = status.sign >= SIGN_SHOWN
        return replace(
            now,
            mood=Mood.WAIT,
            cue=ENDING if is_ending else status.cue,
            state="resting",
            phase=REST,
            title=f"Rest {ceil(status.left_s)} s",
            inner=Inner.SIGN if is_ending else Inner.FIGURE,
            sign=status.sign,
        )
    if status is Status.GETTING_READY:
        return replace(now, mood=Mood.WAIT, cue=READY_SOON, state="getting ready")
    return now


def _before(pose: PoseDefinition, plan: Plan) -> Readout:
    return Readout(
        Mood.WAIT, READY_SOON, "getting ready", plan.hold_s, title=_title(None, pose, plan)
    )


def _of_outcome(outcome: Outcome, pose: PoseDefinition, plan: Plan) -> Readout:
    hold, feedback = outcome.hold, outcome.feedback
    is_switching = feedback.phase is Phase.SWITCH
    side = feedback.next_side if is_switching else hold.side or feedback.next_side
    is_ending = outcome.sign >= SIGN_SHOWN and not feedback.is_done
    inner = Inner.SIGN if is_ending else _inner(outcome)
    step = _step(feedback) if inner is Inner.STEP else None
    left, right = (int(hold.held_s[each]) for each in SIDES)
    return Readout(
        mood=_mood(outcome),
        cue=ENDING if is_ending else _counted_down(outcome) or feedback.cue,
        state=STATE_WORDS[hold.state],
        target_s=feedback.target_s,
        inner=inner,
        title="Done" if feedback.is_done else _title(side, pose, plan),
        phase=PHASE_WORDS[feedback.phase],
        side=side,
        seconds=int(feedback.seconds),
        held_s=(left, right),
        progress=feedback.progress,
        is_counting=hold.is_holding,
        is_paused=feedback.phase is Phase.PAUSED,
        is_done=feedback.is_done,
        sides_done=feedback.sides_done,
        set_number=feedback.set_number,
        sets=feedback.sets,
        step=step,
        turn_deg=_turn_deg(feedback.setup) if step is not None else None,
        sign=outcome.sign,
    )


def _mood(outcome: Outcome) -> Mood:
    """Follow the hold rather than the frame: a lapse within the grace must not flicker.

    Where nothing counts, the colour goes with the cue, which stays long enough to be read.
    """
    feedback = outcome.feedback
    if outcome.hold.is_holding or feedback.phase in (Phase.SWITCH, Phase.DONE):
        return Mood.GOOD
    return Mood.MEND if feedback.cue.tone is Tone.MEND else Mood.WAIT


def _inner(outcome: Outcome) -> Inner:
    feedback = outcome.feedback
    has_begun = feedback.seconds >= 1 and feedback.seconds < feedback.target_s
    match feedback.phase:
        case Phase.DONE:
            return Inner.CHECK
        case Phase.HOLDING:
            return Inner.NUMBER
        case Phase.SETTING_UP | Phase.SWITCH:
            return Inner.STEP if _step(feedback) is not None else Inner.FIGURE
        case Phase.READY | Phase.WAY_IN | Phase.AWAY | Phase.PAUSED:
            is_same_side = feedback.next_side == feedback.side
            return Inner.NUMBER if has_begun and is_same_side else Inner.FIGURE


def _step(feedback: Feedback) -> Pictogram | None:
    if feedback.phase is Phase.SWITCH:
        return Pictogram.SWITCH
    if feedback.setup is not None and feedback.setup.direction is not None:
        return _PICTURES[feedback.setup.direction]
    return _PICTURES_OF_CUES.get(feedback.cue.text)


def _turn_deg(setup: SetupStep | None) -> int | None:
    turns = (Direction.TURN_LEFT, Direction.TURN_RIGHT, Direction.TURN)
    if setup is None or setup.direction not in turns or setup.amount is None:
        return None
    return max(_ROUND_DEG, round(setup.amount / _ROUND_DEG) * _ROUND_DEG)


def _counted_down(outcome: Outcome) -> Cue | None:
    """Return the count of the last seconds of a side, while they are held."""
    feedback = outcome.feedback
    left = ceil(feedback.target_s - feedback.seconds)
    if not outcome.hold.is_holding or not 0 < left <= LAST_SECONDS or feedback.target_s <= 10:
        return None
    return Cue(f"{left} more second{'s' if left > 1 else ''}", Tone.GOOD)


def _title(side: Side | None, pose: PoseDefinition, plan: Plan) -> str:
    if pose.dosage.sides == 1:
        return "Hold"
    if side is None and len(plan.sides) == 1:
        side = plan.sides[0]
    return side.capitalize() if side else "Either side"
