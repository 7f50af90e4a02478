"""Whether anything can be heard on this machine, tried out."""

from dataclasses import dataclass
from time import monotonic, sleep

import numpy as np

from formcheck.ui.audio.player import SoundError, players
from formcheck.ui.audio.sound import NO_SPEECH, OUTPUT_REMEDY, POLL_S
from formcheck.ui.audio.voice import VoiceError, find_voice
from formcheck.ui.audio.waveform import Waveform


@dataclass(frozen=True, slots=True)
class SoundCheck:
    """What can be heard on this machine."""

    output: str | None
    """What plays; None where nothing does."""
    voice: str | None
    """What speaks; None where nothing does."""
    problems: tuple[str, ...]
    """What to do about what is missing, each in a sentence or two; empty where nothing is."""


def check() -> SoundCheck:
    """Try to play a moment of silence, and to speak one word into it."""
    problems = []
    output, why = _working_output()
    if output is None:
        because = why or "there is no sound output"
        problems.append(f"{because[0].upper()}{because[1:]}. {OUTPUT_REMEDY}")
    voice = find_voice()
    name = voice.name if voice else None
    if voice is None and output is None:
        problems.append(f"For a voice, too: {NO_SPEECH}")
    elif voice is None:
        problems.append(f"For a voice: {NO_SPEECH} --no-voice goes without.")
    else:
        try:
            voice.prepare("ready")
        except VoiceError as error:
            name = None
            problems.append(f"The voice cannot be heard: {error}.")
        voice.close()
    return SoundCheck(output, name, tuple(problems))


def _working_output() -> tuple[str | None, str | None]:
    """Return what plays, or why nothing does."""
    why = None
    for open_player in players():
        try:
            player = open_player()
        except SoundError as error:
            why = str(error)
            continue
        try:
            playing = player.start(Waveform(np.zeros(player.rate // 20, np.float32), player.rate))
            ends_s = monotonic() + 2.0
            while not playing.is_over() and monotonic() < ends_s:
                sleep(POLL_S)
            playing.stop()
        except SoundError as error:
            why = str(error)
        else:
            return player.name, None
        finally:
            player.close()
    return None, why
