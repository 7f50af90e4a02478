"""Plays what is to be heard, in a thread of its own: no frame ever waits for a sound."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Condition, Thread
from time import monotonic
from typing import Final

from formcheck.speech.message import Chime, Kind, Message
from formcheck.ui.audio.player import Player, Playing, SoundError, players
from formcheck.ui.audio.tones import tone
from formcheck.ui.audio.voice import Voice, VoiceError, find_voice

LONGEST_QUEUE: Final = 3
"""So many messages wait at most; of more, the least important is dropped."""

STALE_S: Final = 1.5
"""What could not be heard for so long is out of date."""

_GAP_S: Final = 0.15
"""Between a tone and the words after it."""

POLL_S: Final = 0.02
_RETRY_S: Final = 15.0
"""After everything failed: headphones may have been plugged in since."""

_MOST_FAILURES: Final = 3
"""A voice that fails so often is left alone, and the tones go on."""

_CLOSING_S: Final = 1.0

_HANGS_S: Final = 1.5
"""A voice that has made nothing for so long, or a player that goes on for so much longer than its
sound lasts, hangs: it is given up, and never asked again."""

_TONES_WAIT_S: Final = 0.2
"""So long a tone waits at most for words that are being made."""

_SLOWEST_LETTERS_PER_S: Final = 8.0
"""Speech has about 14."""


class _HangsError(SoundError):
    """What plays goes on for longer than its sound lasts."""


def _spoken_s(words: str) -> float:
    """Return how long it takes at most to say words."""
    return 1.0 + len(words) / _SLOWEST_LETTERS_PER_S


@dataclass(frozen=True, slots=True)
class _Due:
    message: Message
    since_s: float
    """By this machine's clock."""


class Sound:
    """Plays messages one after the other; a more important one cuts a lesser one short.

    It never raises: what cannot be heard is told by `problem`, and the session goes on.
    """

    def __init__(
        self,
        *,
        with_voice: bool = True,
        ahead: Iterable[str] = (),
        outputs: Callable[[], Iterable[Callable[[], Player]]] = players,
        voice: Callable[[], Voice | None] = find_voice,
    ) -> None:
        """Start the thread.

        Args:
            with_voice: Speak; otherwise only the tones are played.
            ahead: Words that will be needed; their sound is made while nothing else is to do.
            outputs: How to open what may play, the best first.
            voice: Finds what speaks.
        """
        self.problem: str | None = None
        """Why something could not be heard, in a sentence with its remedy; None if all could."""
        self._with_voice = with_voice
        self._ahead = list(dict.fromkeys(ahead)) if with_voice else []
        self._queue: list[_Due] = []
        self._change = Condition()
        self._is_closing = False
        self._is_busy = False
        self._player: Player | None = None
        self._outputs = outputs
        self._untried = list(outputs())
        self._tried_at_s: float | None = None
        self._find_voice = voice
        self._voice: Voice | None = None
        self._failures = 0
        self._maker = ThreadPoolExecutor(1, thread_name_prefix="voice")
        self._making: tuple[Future[None], float] | None = None
        """What is being made of words, and since when."""
        self._thread = Thread(target=self._run, name="sound", daemon=True)
        self._thread.start()

    def take(self, messages: Iterable[Message]) -> None:
        """Hear these as soon as may be; return at once."""
        with self._change:
            for message in messages:
                self._queue.append(_Due(message, monotonic()))
                if len(self._queue) > LONGEST_QUEUE:
                    self._queue.remove(max(self._queue, key=lambda due: due.message.kind.rank))
            self._change.notify()

    def finish(self, longest_s: float) -> None:
        """Wait until all is heard, for so many seconds at most."""
        with self._change:
            self._change.wait_for(lambda: not self._queue and not self._is_busy, longest_s)

    def close(self) -> None:
        """Be silent at once, and give back what was taken; twice is fine."""
        with self._change:
            self._is_closing = True
            self._change.notify()
        if self._voice is not None:
            self._voice.close()
        # In this order: the thread would meet what it waits for as cancelled, or no maker at all.
        self._thread.join(_CLOSING_S)
        self._maker.shutdown(wait=False, cancel_futures=True)
        if self._player is not None:
            self._player.close()
            self._player = None

    def _run(self) -> None:
        if self._with_voice:
            self._voice = self._find_voice()
            if self._voice is None:
                self._tell(NO_VOICE)
        while True:
            with self._change:
                self._is_busy = False
                self._change.notify_all()
                self._change.wait_for(lambda: self._is_closing or self._queue or self._ahead)
                if self._is_closing:
                    return
                due = self._take_next()
                self._is_busy = True
            try:
                if due is not None:
                    self._hear(due.message)
                elif self._ahead and self._voice is not None:
                    self._make(self._ahead.pop(0))
                else:
                    self._ahead.clear()
            except VoiceError as error:
                self._voice_failed(error)

    def _take_next(self) -> _Due | None:
        """Return the most important message that is still worth hearing."""
        self._queue = [due for due in self._queue if monotonic() - due.since_s <= STALE_S]
        if not self._queue:
            return None
        due = min(self._queue, key=lambda due: due.message.kind.rank)
        self._queue.remove(due)
        return due

    def _hear(self, message: Message) -> None:
        """Play the tone and speak the words, unless something more important comes."""
        if message.tone is not None:
            self._play(message.tone, message.kind)
        if message.words is None or self._voice is None:
            return
        if message.tone is None or not self._is_cut(message.kind, _GAP_S):
            self._play(message.words, message.kind)

    def _play(self, what: Chime | str, kind: Kind) -> bool:
        """Play one thing to its end; return False if it was cut short or nothing plays."""
        if isinstance(what, str) and self._voice is not None and not self._voice.needs_player:
            try:
                return self._follow(self._voice.start(what, None), kind, _spoken_s(what))
            except _HangsError as error:
                self._failures = _MOST_FAILURES
                raise VoiceError(str(error)) from error
            except SoundError as error:
                raise VoiceError(str(error)) from error
        if isinstance(what, str) and not self._make(what):
            return False
        while (player := self._open_player()) is not None:
            try:
                if isinstance(what, Chime):
                    sound = tone(what, player.rate)
                    longest_s = len(sound.samples) / sound.rate
                    playing = player.start(sound)
                else:
                    assert self._voice is not None
                    longest_s, playing = _spoken_s(what), self._voice.start(what, player)
                return self._follow(playing, kind, longest_s)
            except VoiceError:
                raise
            except SoundError as error:
                self._player_failed(player, error)
        return False

    def _make(self, words: str) -> bool:
        """Have the sound of these words made; return False where something else is to be heard.

        Raises:
            VoiceError: It is not made, or takes so long that the voice is given up.
        """
        assert self._voice is not None
        began_s = monotonic()
        if self._making is not None and not self._wait_for(*self._making, began_s):
            return False
        making = self._maker.submit(self._voice.prepare, words)
        self._making = making, began_s
        return self._wait_for(making, began_s, began_s)

    def _wait_for(self, making: "Future[None]", since_s: float, began_s: float) -> bool:
        assert self._voice is not None
        while not making.done():
            if monotonic() - since_s > _HANGS_S:
                self._failures = _MOST_FAILURES
                self._voice.close()
                raise VoiceError(f"{self._voice.name} does not answer")
            with self._change:
                if self._is_closing or (self._queue and monotonic() - began_s > _TONES_WAIT_S):
                    return False
                self._change.wait(POLL_S)
        self._making = None
        making.result()
        return True

    def _follow(self, playing: Playing, kind: Kind, longest_s: float) -> bool:
        until_s = monotonic() + longest_s + _HANGS_S
        while not playing.is_over():
            if self._is_cut(kind, POLL_S):
                playing.stop()
                return False
            if monotonic() > until_s:
                playing.stop()
                raise _HangsError("what plays does not come to an end")
        return True

    def _is_cut(self, kind: Kind, within_s: float) -> bool:
        """Wait for so long; return whether what is being heard has to give way."""

        def must_end() -> bool:
            return self._is_closing or any(
                due.message.kind.rank <= kind.rank for due in self._queue
            )

        with self._change:
            return self._change.wait_for(must_end, within_s)

    def _open_player(self) -> Player | None:
        """Return what plays, trying one after the other; None where nothing does."""
        if self._player is None and not self._untried:
            if self._tried_at_s is not None and monotonic() - self._tried_at_s < _RETRY_S:
                return None
            self._untried = list(self._outputs())
        while self._player is None and self._untried:
            self._tried_at_s = monotonic()
            try:
                self._player = self._untried.pop(0)()
            except SoundError:
                continue
        if self._player is None:
            self._tell(NO_OUTPUT)
        return self._player

    def _player_failed(self, player: Player, error: SoundError) -> None:
        player.close()
        self._player = None
        if not self._untried:
            self._tried_at_s = monotonic()
            self._tell(f"Nothing could be heard: {error}. {OUTPUT_REMEDY}")

    def _voice_failed(self, error: VoiceError) -> None:
        self._failures += 1
        if self._failures >= _MOST_FAILURES:
            self._voice = None
            if not self._is_closing:
                self._tell(f"The voice could not be heard: {error}. Tones are played all the same.")

    def _tell(self, problem: str) -> None:
        self.problem = self.problem or problem


OUTPUT_REMEDY: Final = (
    "Connect a speaker or headphones; on Linux install libportaudio2, pulseaudio-utils or "
    "alsa-utils. --mute goes without sound."
)
NO_OUTPUT: Final = f"Nothing could be heard: there is no sound output. {OUTPUT_REMEDY}"
NO_SPEECH: Final = "this system has no speech that formcheck knows. On Linux install espeak-ng."
NO_VOICE: Final = f"There was no voice, only tones: {NO_SPEECH} --no-voice goes without."
