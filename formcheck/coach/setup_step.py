"""The words of the steps into place: to be read across a room, and to be heard."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from formcheck.coach.cue import Cue, Direction, SetupStep, Tone


class Need(Enum):
    """What is to mend before a hold can start."""

    BLACK = "black"
    """No light at all, or a covered lens."""
    DARK = "dark"
    PALE = "pale"
    """Hardly any contrast: a lens that is covered, dirty, or turned to a window."""
    BLURRED = "blurred"
    HEAD_DOWN = "head_down"
    """The camera hangs upside down: its picture has to be turned clockwise, in degrees."""
    ON_ITS_SIDE = "on_its_side"
    NOBODY = "nobody"
    COMPANY = "company"
    """More than one person."""
    AWAY = "away"
    """To go away from the camera, in metres."""
    NEARER = "nearer"
    """In metres."""
    FORWARD = "forward"
    """To go where a person who is side-on faces, in metres."""
    BACKWARD = "backward"
    HEADWARD = "headward"
    """To slide towards the head, lying, in metres."""
    FOOTWARD = "footward"
    LEFT = "left"
    """To go towards the person's own left hand, in metres."""
    RIGHT = "right"
    TILT_UP = "tilt_up"
    """The camera has to look higher, in degrees."""
    TILT_DOWN = "tilt_down"
    LEVEL = "level"
    """The camera stands aslant, in degrees."""
    SIDE_ON = "side_on"
    """To turn side-on, either way round, in degrees."""
    SIDE_ON_LEFT = "side_on_left"
    """To turn side-on towards the own left, in degrees."""
    SIDE_ON_RIGHT = "side_on_right"
    FACE = "face"
    """To turn the chest to the camera, in degrees."""

    @property
    def is_angle(self) -> bool:
        """Whether its amount is in degrees."""
        return self in _ANGLES


_ANGLES: Final = (
    Need.HEAD_DOWN,
    Need.ON_ITS_SIDE,
    Need.TILT_UP,
    Need.TILT_DOWN,
    Need.LEVEL,
    Need.SIDE_ON,
    Need.SIDE_ON_LEFT,
    Need.SIDE_ON_RIGHT,
    Need.FACE,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to mend, and how much."""

    need: Need
    amount: float | None = None
    """0 or more, in the unit of the need; None where there is nothing to measure."""
    way: Direction | None = None
    """The edge of the mirrored picture to go to, where it is that."""


_SAID: Final = {
    Need.BLACK: (
        "Uncover the lens, more light",
        "The picture is black. Uncover the lens, or put on a light.",
    ),
    Need.DARK: ("More light, please", "It is too dark to see you well. Put on a light."),
    Need.PALE: (
        "Uncover or wipe the lens",
        "The picture is one even grey. Uncover the lens, wipe it, or turn it from the window.",
    ),
    Need.BLURRED: (
        "Wipe the lens, camera still",
        "The picture is blurred. Wipe the lens, and let the camera stand still.",
    ),
    Need.HEAD_DOWN: (
        "The picture is upside down",
        "The picture is upside down. Turn the camera, or begin again with --rotate {exactly}.",
    ),
    Need.ON_ITS_SIDE: (
        "The picture lies on its side",
        "The picture lies on its side. Turn the camera, or begin again with --rotate {exactly}.",
    ),
    Need.NOBODY: ("Step into the picture", "I cannot see anybody. Step into the picture."),
    Need.COMPANY: (
        "One person only, please",
        "Somebody else is in the picture. I can follow one person only.",
    ),
    Need.AWAY: ("Move away from the camera", "Move away from the camera, {metres}."),
    Need.NEARER: ("Come nearer to the camera", "Come nearer to the camera, {metres}."),
    Need.FORWARD: ("Move forward on your mat", "Move forward along your mat, {metres}."),
    Need.BACKWARD: ("Move back on your mat", "Move backward along your mat, {metres}."),
    Need.HEADWARD: ("Slide towards your head", "Slide towards your head, {metres}."),
    Need.FOOTWARD: ("Slide towards your feet", "Slide towards your feet, {metres}."),
    Need.LEFT: ("Move to your left", "Move to your left, {metres}."),
    Need.RIGHT: ("Move to your right", "Move to your right, {metres}."),
    Need.TILT_UP: (
        "Tilt the camera up",
        "Tilt the camera or the lid up by about {fives} degrees. It cuts off your head.",
    ),
    Need.TILT_DOWN: (
        "Tilt the camera down",
        "Tilt the camera or the lid down by about {fives} degrees. It cuts off your feet.",
    ),
    Need.LEVEL: (
        "Level the camera",
        "The camera stands aslant by about {fives} degrees. Level it.",
    ),
    Need.SIDE_ON: (
        "Turn side-on to the camera",
        "Turn by about {tens} degrees, until your side faces the camera.",
    ),
    Need.SIDE_ON_LEFT: (
        "Turn left about {tens} degrees",
        "Turn to your left by about {tens} degrees, until your side faces the camera.",
    ),
    Need.SIDE_ON_RIGHT: (
        "Turn right about {tens} degrees",
        "Turn to your right by about {tens} degrees, until your side faces the camera.",
    ),
    Need.FACE: (
        "Turn to face the camera",
        "Turn by about {tens} degrees, until your chest faces the camera.",
    ),
}
"""The cue and the sentence for each need."""

_DIRECTIONS: Final = {
    Need.BLACK: Direction.LIGHT,
    Need.DARK: Direction.LIGHT,
    Need.NOBODY: Direction.INTO_VIEW,
    Need.COMPANY: Direction.ALONE,
    Need.AWAY: Direction.BACK,
    Need.NEARER: Direction.NEARER,
    Need.TILT_UP: Direction.LID_UP,
    Need.TILT_DOWN: Direction.LID_DOWN,
    Need.SIDE_ON: Direction.TURN,
    Need.SIDE_ON_LEFT: Direction.TURN_LEFT,
    Need.SIDE_ON_RIGHT: Direction.TURN_RIGHT,
    Need.FACE: Direction.TURN,
}

_LITTLE_M: Final = 0.35
_DISTANCES: Final = ("a little", "about half a metre", "about one metre", "more than a metre")


def step_for(wanted: Wanted) -> SetupStep:
    """Return what to show and to say for it."""
    amount = wanted.amount or 0.0
    far = 0 if amount < _LITTLE_M else min(len(_DISTANCES) - 1, round(2 * amount))
    numbers = {
        "metres": _DISTANCES[far],
        "fives": max(5, 5 * round(amount / 5)),
        "exactly": round(amount),
        "tens": max(10, 10 * round(amount / 10)),
    }
    cue, spoken = (words.format(**numbers) for words in _SAID[wanted.need])
    return SetupStep(
        Cue(cue, Tone.MEND),
        wanted.way or _DIRECTIONS.get(wanted.need),
        amount=wanted.amount,
        spoken=spoken,
    )
