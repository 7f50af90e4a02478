"""The sink that is heard and written down: what the announcer decides for every moment."""

from formcheck.announcer import Announcer
from formcheck.io.transcript import Transcript
from formcheck.run import Moment
from formcheck.ui.sound import Sound

_LAST_WORDS_S = 4.0
"""A session that is over has its last words said to the end."""


class Hearing:
    """Hands what is to be said to the loudspeaker and to the transcript, where there are such."""

    def __init__(
        self, announcer: Announcer, sound: Sound | None, transcript: Transcript | None
    ) -> None:
        """Announce to these."""
        self._announcer = announcer
        self._sound = sound
        self._transcript = transcript

    def take(self, moment: Moment) -> None:
        """Say what this moment calls for."""
        if moment.outcome is not None:
            messages = self._announcer.step(moment.outcome)
        else:
            messages = self._announcer.no_picture(moment.silent_s)
        if self._transcript is not None:
            self._transcript.take(moment, messages)
        if self._sound is not None:
            self._sound.take(messages)

    def close(self) -> None:
        """End: at once if the session was broken off, else after the last words."""
        if self._transcript is not None:
            self._transcript.close()
        if self._sound is not None:
            if self._announcer.is_over:
                self._sound.finish(_LAST_WORDS_S)
            self._sound.close()

    @property
    def problems(self) -> list[str]:
        """What could not be heard or written, in sentences with their remedies."""
        sinks = (self._sound, self._transcript)
        return [sink.problem for sink in sinks if sink is not None and sink.problem is not None]
