"""The rest between two stretches of a routine: what is announced in it, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from formcheck.coach.cue import Cue, Tone
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.routine import Routine
from formcheck.speech.message import WORDS_A_SECOND

READY_S: Final = 5.0
"""How long before the end of a rest the person is asked to get ready."""

BREATH_S: Final = 1.0
"""Between one announcement and the next."""

RESTING: Final = Cue("Rest, shake it out", Tone.WAIT)
GET_READY: Final = Cue("Get ready", Tone.WAIT)

NEXT: Final = {
    "side": Cue("Next: side-on to the camera", Tone.WAIT),
    "front": Cue("Next: face the camera", Tone.WAIT),
    "lying": Cue("Next: lie down side-on", Tone.WAIT),
}
"""How to place oneself for what comes, by the pose's view."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """One thing to say between two stretches."""

    after_s: float
    """Seconds since the rest began."""
    words: str
    cue: Cue
    """What is shown from then on."""

    @property
    def spoken_s(self) -> float:
        """About how long it takes to say, in seconds."""
        return len(self.words.split()) / WORDS_A_SECOND


@dataclass(frozen=True, slots=True)
class Rest:
    """The time before a step in which nothing is held."""

    rest_s: float
    announcements: tuple[Announcement, ...] = ()


NO_REST: Final = Rest(0.0)


def rest_before(routine: Routine, number: int, poses: Mapping[str, PoseDefinition]) -> Rest:
    """Return the rest before a step and what is said in it, in order; none before the first.

    Args:
        routine: Whose steps they are.
        number: Of the step, from 0.
        poses: The poses of the routine, by name.
    """
    step = routine.steps[number]
    if number == 0:
        return NO_REST
    pose = poses[step.pose]
    words = f"Next: {pose.title}, {number + 1} of {len(routine.steps)}"
    words += f". {step.say}" if step.say else ""
    rest = Announcement(0.0, f"Rest for {step.rest_s:.0f} seconds", RESTING)
    ready = Announcement(step.rest_s - READY_S, GET_READY.text, GET_READY)
    earliest_s = rest.spoken_s + BREATH_S
    next_up = Announcement(earliest_s, words, NEXT[pose.view.kind])
    # After a third of the rest, or as early as it takes to be said to its end.
    latest_s = ready.after_s - BREATH_S - next_up.spoken_s
    if latest_s < earliest_s:
        return Rest(step.rest_s, (replace(next_up, after_s=0.0),))
    next_up = replace(next_up, after_s=max(earliest_s, min(step.rest_s / 3, latest_s)))
    return Rest(step.rest_s, (rest, next_up, ready))
