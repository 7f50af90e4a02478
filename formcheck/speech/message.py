"""What is said to the ear: one short message, as words, as a tone, or as both."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

WORDS_A_SECOND: Final = 2.5
"""A calm voice: 150 words a minute, as books are read aloud."""


class Chime(Enum):
    """A tone, told from the others without words."""

    START = "start"
    """Seconds count from here."""
    PAUSE = "pause"
    """They no longer do."""
    QUARTER = "quarter"
    """Another quarter of the side is done."""
    SIDE_DONE = "side_done"
    ALL_DONE = "all_done"


class Kind(Enum):
    """What a message is about, the most important first."""

    CAMERA = "camera"
    """The picture is gone, or back."""
    SUMMARY = "summary"
    """The session is over."""
    PAUSED = "paused"
    """As the person asked."""
    SIDE_DONE = "side_done"
    COUNT = "count"
    REST = "rest"
    """What comes between two exercises."""
    STOP = "stop"
    """A hold has been left."""
    START = "start"
    """A hold has begun, or goes on: what was being said to mend it is out of date."""
    CUE = "cue"
    """Something to mend."""
    SETUP = "setup"
    """A step of lining up before the camera."""
    AWAY = "away"
    """The person has left."""
    READY = "ready"
    """Lined up: the pose can be taken up."""
    QUARTER = "quarter"

    @property
    def rank(self) -> int:
        """How important it is: 0 for the most."""
        return list(Kind).index(self)


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to hear: the tone first, then the words."""

    time_s: float
    """The time of the frame at which it is to be heard."""
    kind: Kind
    words: str | None = None
    tone: Chime | None = None

    def __post_init__(self) -> None:
        """Check that there is something to hear."""
        if not self.words and self.tone is None:
            raise ValueError("a message needs words or a tone")

    @property
    def spoken_s(self) -> float:
        """About how long its words take to say, in seconds; 0 without any."""
        return len((self.words or "").split()) / WORDS_A_SECOND
