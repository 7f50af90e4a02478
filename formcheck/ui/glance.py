"""What one glance should tell: a few words and numbers for one moment, however they are shown."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from formcheck.coach import DONE, PAUSED, SWITCH
from formcheck.cue import Cue, Tone
from formcheck.landmarks import Side
from formcheck.ledger import SIDES, State
from formcheck.session import Outcome
from formcheck.ui.display import Status
from formcheck.ui.pictogram import Pictogram

READY_SOON: Final = Cue("Getting ready", Tone.WAIT)
NO_PICTURE: Final = Cue("No picture from the camera", Tone.MEND)

STATE_WORDS: Final = {
    State.HELD: "held",
    State.NO_PERSON: "nobody seen",
    State.UNSEEN: "not all seen",
    State.TURNED: "not side-on",
    State.OUT_OF_FORM: "out of form",
    State.MOVING: "settling",
    State.PAUSED: "paused",
    State.NO_CAMERA: "no picture",
}


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
class Glance:
    """What to tell at one moment."""

    mood: Mood
    cue: Cue
    state: str
    """The state in words."""
    side: Side | None
    """The side under way, or the last one; None before the first hold."""
    seconds: int
    """Whole seconds held on that side."""
    target_s: float
    """To hold on each side."""
    held_s: tuple[int, int]
    """Whole seconds held on the left and on the right side."""
    progress: float
    """How much of that side is done, 0 to 1."""
    is_counting: bool
    is_paused: bool
    """The person asked for the pause."""
    title: str = "Either side"
    """The side in large words."""
    inner: Inner = Inner.FIGURE
    step: Pictogram | None = None
    """What to do while setting up; only then."""
    turn_deg: int | None = None
    """How far to turn, to the nearest ten degrees; only where turning is the step."""
    sides_done: tuple[Side, ...] = ()
    note: str = ""
    """Small print for whoever sits near: the set, the rate."""
    sign: float = 0.0
    """How far the sign that ends has been held, 0 to 1."""

    @property
    def label(self) -> str:
        """What the number means: "of 60 s", "paused" (as asked), "stopped" or "done"."""
        if self.seconds >= self.target_s:
            return "done"
        if self.is_counting or self.seconds == 0:
            return f"of {self.target_s:g} s"
        return "paused" if self.is_paused else "stopped"


def glance(outcome: Outcome | None, status: Status, target_s: float) -> Glance:
    """Return what to tell now.

    Args:
        outcome: The newest there is, even if no picture comes any more.
        status: Where the pictures stand.
        target_s: Seconds to hold on each side, for as long as there is no outcome.
    """
    if outcome is None:
        no_camera = status is Status.NO_CAMERA
        return Glance(
            mood=Mood.MEND if no_camera else Mood.WAIT,
            cue=NO_PICTURE if no_camera else READY_SOON,
            state=STATE_WORDS[State.NO_CAMERA] if no_camera else "getting ready",
            side=None,
            seconds=0,
            target_s=target_s,
            held_s=(0, 0),
            progress=0.0,
            is_counting=False,
            is_paused=False,
            inner=Inner.STEP if no_camera else Inner.FIGURE,
            step=Pictogram.CAMERA if no_camera else None,
        )
    hold, feedback = outcome.hold, outcome.feedback
    cue, mood, state = feedback.cue, _mood(outcome), STATE_WORDS[hold.state]
    if status is Status.NO_CAMERA:
        cue, mood, state = NO_PICTURE, Mood.MEND, STATE_WORDS[State.NO_CAMERA]
    elif status is Status.GETTING_READY:
        cue, mood, state = READY_SOON, Mood.WAIT, "getting ready"
    left, right = (int(hold.held_s[side]) for side in SIDES)
    return Glance(
        mood=mood,
        cue=cue,
        state=state,
        side=feedback.side,
        seconds=int(feedback.seconds),
        target_s=feedback.target_s,
        held_s=(left, right),
        progress=feedback.progress,
        is_counting=hold.is_holding and status is Status.LIVE,
        is_paused=cue == PAUSED,
        title=feedback.side.capitalize() if feedback.side else "Either side",
        inner=_inner(outcome),
        sides_done=tuple(side for side in SIDES if hold.held_s[side] >= feedback.target_s),
    )


def _inner(outcome: Outcome) -> Inner:
    feedback = outcome.feedback
    if feedback.is_done:
        return Inner.CHECK
    is_side_done = feedback.seconds >= feedback.target_s
    if outcome.hold.is_holding or (feedback.seconds >= 1 and not is_side_done):
        return Inner.NUMBER
    return Inner.FIGURE


def _mood(outcome: Outcome) -> Mood:
    """Follow the hold rather than the frame: a lapse within the grace must not flicker."""
    if outcome.hold.is_holding or outcome.feedback.cue in (SWITCH, DONE):
        return Mood.GOOD
    if outcome.hold.state in (State.PAUSED, State.MOVING):
        return Mood.WAIT
    return Mood.MEND
