"""The rest between two exercises: the picture goes on, nothing is judged, the next is announced.

Only the sign that ends is looked for: who has had enough need not wait for the next exercise.
"""

from collections.abc import Callable
from typing import Final

from formcheck.body.landmarks import PoseLandmarks
from formcheck.cli.live.absence import LEFT_AFTER_S
from formcheck.cli.live.sound_output import SoundOutput
from formcheck.coach.sign import SignReader
from formcheck.picture.blank import is_blank
from formcheck.picture.frame import Frame, FrameSource
from formcheck.speech.announcer import CAMERA_BACK, CAMERA_GONE, SILENT_CAMERA_S
from formcheck.speech.message import Chime, Kind, Message
from formcheck.speech.rest import RESTING, Rest
from formcheck.store import End
from formcheck.ui.display import Display, Key, Resting, Status

Find = Callable[[Frame], PoseLandmarks | None]
"""Finds the landmarks in a frame."""

_PATIENCE_S: Final = 0.1


def rest_until_over(
    rest: Rest, source: FrameSource, find: Find, display: Display, sound: SoundOutput
) -> End | None:
    """Let the person rest; return how the session ended, or None where it goes on.

    The time is that of the frames. The key that pauses ends the rest before its time.
    """
    resting = _Resting(rest, find, sound)
    silent_s = 0.0
    while not source.ended:
        frame = source.read(_PATIENCE_S)
        if frame is not None:
            silent_s = 0.0
            now = resting.take(frame)
            display.show(frame.image, None, now)
            if now.sign >= 1.0:
                return End.SIGN
            if now.left_s <= 0.0:
                return None
        else:
            silent_s += _PATIENCE_S
            if source.is_live and silent_s >= SILENT_CAMERA_S:
                resting.miss_picture(silent_s)
                display.show(None, None, Status.NO_CAMERA)
            if source.is_live and silent_s >= LEFT_AFTER_S:
                resting.end(silent_s)
                return End.LEFT
        for key in display.keys():
            if key is Key.QUIT:
                return End.KEY
            if key is Key.PAUSE:
                return None
        if display.is_closed:
            return End.CLOSED
    return End.OVER


class _Resting:
    """Follows a rest from frame to frame, and says what is due."""

    def __init__(self, rest: Rest, find: Find, sound: SoundOutput) -> None:
        self._rest = rest
        self._find = find
        self._sound = sound
        self._waiting = list(rest.announcements)
        self._sign = SignReader()
        self._cue = RESTING
        self._start_s: float | None = None
        self._last_s = 0.0
        self._is_blind = False

    def take(self, frame: Frame) -> Resting:
        """Take in a frame; return what is to be shown."""
        time_s = self._last_s = frame.time_s
        self._start_s = time_s if self._start_s is None else self._start_s
        passed_s = time_s - self._start_s
        if self._is_blind:
            self._is_blind = False
            self._sound.say(Message(time_s, Kind.CAMERA, CAMERA_BACK))
        while self._waiting and passed_s >= self._waiting[0].after_s:
            due = self._waiting.pop(0)
            self._cue = due.cue
            self._sound.say(Message(time_s, Kind.REST, due.words))
        landmarks = None if is_blank(frame.image) else self._find(frame)
        sign = self._sign.step(time_s, landmarks)
        if sign >= 1.0:
            self.end()
        return Resting(max(0.0, self._rest.rest_s - passed_s), self._cue, sign)

    def miss_picture(self, silent_s: float) -> None:
        """Say that no frame has come for so many seconds; once."""
        if not self._is_blind:
            self._is_blind = True
            time_s = self._last_s + silent_s
            self._sound.say(Message(time_s, Kind.CAMERA, CAMERA_GONE, Chime.PAUSE))

    def end(self, silent_s: float = 0.0) -> None:
        """Say that the session is over, no frame having come for so many seconds."""
        self._sound.end(self._last_s + silent_s)
