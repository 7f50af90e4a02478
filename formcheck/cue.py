"""What can be said to a person: few words, what they ask, and where they belong."""

from dataclasses import dataclass
from enum import Enum


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


class Direction(Enum):
    """Which way a step of setting up goes, as the person has it: left and right are their own."""

    BACK = "back"
    """Away from the camera."""
    NEARER = "nearer"
    """Towards the camera."""
    LEFT = "left"
    RIGHT = "right"
    TURN_LEFT = "turn_left"
    """Anticlockwise, seen from above."""
    TURN_RIGHT = "turn_right"
    TURN = "turn"
    """Either way; which cannot be told."""
    LID_UP = "lid_up"
    """Tilt the camera so that it looks higher."""
    LID_DOWN = "lid_down"
    LIGHT = "light"
    """More light."""
    ALONE = "alone"
    """One person only."""
    INTO_VIEW = "into_view"


@dataclass(frozen=True, slots=True)
class SetupStep:
    """One step of lining up before the camera."""

    cue: Cue
    direction: Direction | None = None
    amount: float | None = None
    """How far, where it can be told: degrees of a turn; None else."""
    spoken: str | None = None
    """What to say aloud, where it is not the cue's own text."""
