"""The rest between two exercises: the picture goes on, nothing is judged, the next is announced."""

from collections.abc import Callable
from typing import Final

from formcheck.cli.hearing import Hearing
from formcheck.frame import FrameSource
from formcheck.message import Kind, Message
from formcheck.routine import Rest
from formcheck.store import End
from formcheck.ui.display import Display, Key, Status

_PATIENCE_S: Final = 0.1
_NO_PICTURE_S: Final = 1.0
"""A camera that is silent for so long is told to the person."""


def rest_until_over(
    rest: Rest, source: FrameSource, display: Display, hearing: Hearing
) -> End | None:
    """Let the person rest; return how the session ended, or None where it goes on.

    The time is that of the frames. The key that pauses ends the rest before its time.
    """
    say_next = _sayer(rest, hearing)
    start_s: float | None = None
    silent_s = 0.0
    while not source.ended:
        frame = source.read(_PATIENCE_S)
        if frame is None:
            silent_s += _PATIENCE_S
            if source.is_live and silent_s >= _NO_PICTURE_S:
                display.show(None, None, Status.NO_CAMERA)
        else:
            silent_s = 0.0
            start_s = frame.time_s if start_s is None else start_s
            say_next(start_s, frame.time_s)
            display.show(frame.image, None, Status.RESTING)
            if frame.time_s - start_s >= rest.rest_s:
                return None
        for key in display.keys():
            if key is Key.QUIT:
                return End.KEY
            if key is Key.PAUSE:
                return None
        if display.is_closed:
            return End.CLOSED
    return End.OVER


def _sayer(rest: Rest, hearing: Hearing) -> Callable[[float, float], None]:
    """Return what says each announcement when its time has come."""
    waiting = list(rest.announcements)

    def say(start_s: float, time_s: float) -> None:
        while waiting and time_s - start_s >= waiting[0].after_s:
            hearing.say(Message(time_s, Kind.REST, waiting.pop(0).words))

    return say
