"""The sink that is heard and written down: what the announcer decides for every moment."""

from typing import TYPE_CHECKING, Final, Self

from formcheck.cli.wishes.sound import SoundChoice
from formcheck.io.recording.transcript import Transcript
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.plan import Plan
from formcheck.run import Moment
from formcheck.speech.announcer import Announcer
from formcheck.speech.message import Kind, Message

if TYPE_CHECKING:
    from formcheck.ui.audio.sound import Sound

_LAST_WORDS_S: Final = 4.0
"""A session that is over has its last words said to the end."""


class SoundOutput:
    """Hands what is to be said to the loudspeaker and to the transcript, where there are such."""

    def __init__(
        self, announcer: Announcer, sound: "Sound | None", transcript: Transcript | None
    ) -> None:
        """Announce to these."""
        self._announcer = announcer
        self._sound = sound
        self._transcript = transcript
        self._is_over = False

    @classmethod
    def of(cls, choice: SoundChoice, pose: PoseDefinition, plan: Plan) -> Self:
        """Return what is heard and written down as the person wants it.

        Raises:
            FormcheckError: The transcript cannot be written.
        """
        announcer = Announcer(pose, plan)
        transcript = Transcript(choice.transcript) if choice.transcript else None
        if choice.is_muted:
            return cls(announcer, None, transcript)
        from formcheck.ui.audio.sound import Sound

        sound = Sound(with_voice=choice.with_voice, ahead=announcer.phrases())
        return cls(announcer, sound, transcript)

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

    def take_up(self, pose: PoseDefinition, plan: Plan) -> None:
        """Announce this pose by this plan from now on."""
        self._announcer = Announcer(pose, plan)

    def say(self, message: Message) -> None:
        """Say what no session has decided; a summary is the last."""
        self._is_over = message.kind is Kind.SUMMARY
        if self._transcript is not None:
            self._transcript.write(message)
        if self._sound is not None:
            self._sound.take([message])

    def end(self, time_s: float) -> None:
        """Say what was held and that the session is over, where the work did not end it."""
        for message in self._announcer.end(time_s):
            self.say(message)

    def close(self) -> None:
        """End: at once if the session was broken off, else after the last words."""
        if self._transcript is not None:
            self._transcript.close()
        if self._sound is not None:
            if self._announcer.is_over or self._is_over:
                self._sound.finish(_LAST_WORDS_S)
            self._sound.close()

    @property
    def problems(self) -> list[str]:
        """What could not be heard or written, in sentences with their remedies."""
        sinks = (self._sound, self._transcript)
        return [sink.problem for sink in sinks if sink is not None and sink.problem is not None]
