"""Who has the floor: one message speaks at a time, and the more important one first."""

from dataclasses import replace
from math import inf
from typing import Final

from formcheck.speech.message import Kind, Message

STALE_S: Final = 2.0
"""What could not be said for so long is not said any more."""


class Arbiter:
    """Lets one message speak at a time, for about as long as its words take.

    A more important one cuts a lesser one short. Of those that have to wait the most important
    does, the newest of equals, until it is out of date.
    """

    def __init__(self) -> None:
        """Start in silence."""
        self._speaking = Kind.QUARTER
        self._busy_until_s = -inf
        self._waiting: Message | None = None

    def is_free(self, time_s: float, kind: Kind) -> bool:
        """Whether such a message may speak now."""
        return time_s >= self._busy_until_s or kind.rank < self._speaking.rank

    def give(self, time_s: float, messages: list[Message]) -> tuple[Message, ...]:
        """Return what is heard of these messages now: one at most, with one tone at most."""
        if self._waiting is not None and time_s - self._waiting.time_s > STALE_S:
            self._waiting = None
        spoken = sorted((m for m in messages if m.words), key=lambda message: message.kind.rank)
        toned = min(
            (m for m in messages if m.tone), key=lambda message: message.kind.rank, default=None
        )
        heard = None
        if spoken and self.is_free(time_s, spoken[0].kind):
            heard = self._speak(replace(spoken.pop(0), tone=toned.tone if toned else None))
        elif toned is not None:
            heard = replace(toned, words=None)
        for message in spoken:
            self._let_wait(message)
        if heard is not None:
            return (heard,)
        if self._waiting is not None and time_s >= self._busy_until_s:
            return (self._speak(replace(self._waiting, time_s=time_s, tone=None)),)
        return ()

    def _let_wait(self, message: Message) -> None:
        if self._waiting is None or message.kind.rank <= self._waiting.kind.rank:
            self._waiting = message

    def _speak(self, message: Message) -> Message:
        self._speaking, self._busy_until_s = message.kind, message.time_s + message.spoken_s
        if self._waiting is not None and message.kind.rank <= self._waiting.kind.rank:
            self._waiting = None
        return message
