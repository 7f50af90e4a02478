"""`--transcript FILE`: what was said, and when, as JSON lines."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from formcheck.body.landmarks import SIDES
from formcheck.errors import FormcheckError
from formcheck.session import Outcome
from formcheck.speech.message import Message


class Moment(Protocol):
    """What came of a frame."""

    @property
    def outcome(self) -> Outcome | None:
        """None where there is none."""


class Transcript:
    """Writes a line for each message at once, whether or not it can be heard.

    Each line has `time_s` since the first judged frame, `kind`, `words` and `tone` (null where
    there is none), and `held_s`, the seconds held so far on the left and on the right side.
    """

    def __init__(self, path: Path) -> None:
        """Write to this file, in place of what was in it.

        Raises:
            FormcheckError: It cannot be written.
        """
        self._path = path
        self._start_s: float | None = None
        self._held_s = dict.fromkeys(SIDES, 0.0)
        self.problem: str | None = None
        """Why lines are missing, in a sentence; None if none are."""
        try:
            self._file = path.open("w", encoding="utf-8")
        except OSError as error:
            raise FormcheckError(
                f"Cannot write the transcript {path}: {error.strerror}. Give another FILE."
            ) from error

    def take(self, moment: Moment, messages: Iterable[Message]) -> None:
        """Write these messages down."""
        if moment.outcome is not None:
            if self._start_s is None:
                self._start_s = moment.outcome.time_s
            self._held_s = moment.outcome.hold.held_s
        for message in messages:
            self.write(message)

    def close(self) -> None:
        """Close the file; twice is fine."""
        try:
            self._file.close()
        except OSError as error:
            self._tell(error)

    def write(self, message: Message) -> None:
        """Write one message down."""
        line = {
            "time_s": round(message.time_s - (self._start_s or 0.0), 3),
            "kind": message.kind.value,
            "words": message.words,
            "tone": message.tone.value if message.tone else None,
            "held_s": {side: round(self._held_s[side], 3) for side in SIDES},
        }
        if self.problem is not None:
            return
        try:
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()
        except OSError as error:
            self._tell(error)

    def _tell(self, error: OSError) -> None:
        """Keep what is wrong for the end: a full disk is no reason to stop someone's stretch."""
        self.problem = self.problem or f"The transcript {self._path} breaks off: {error.strerror}."
