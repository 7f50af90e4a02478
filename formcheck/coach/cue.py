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
    """Which way a step of setting up goes, as in a mirror."""

    BACK = "back"
    """Away from the camera."""
    NEARER = "nearer"
    """Towards the camera."""
    LEFT = "left"
    """To the left edge of the mirrored picture: the own left of someone who faces the camera, along
    the mat for someone side-on. The words say it for the ear."""
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
    """How far, roughly, where it can be told: degrees of a turn or a tilt, metres of a way."""
    spoken: str | None = None
    """What to say aloud, where it is not the cue's own text."""
