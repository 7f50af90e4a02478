"""Words made sound by the system's own speech; nothing leaves the machine.

Its programs are called directly rather than through a library: a program can be ended at once, in
any thread and on any system, and where it fails nothing but its words is missing. Where it can
write sound instead of playing it, the words that will be needed are made ahead, so that a count is
heard on its second.
"""

import base64
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Protocol

import numpy as np

from formcheck.ui.audio.player import Player, Playing, Process, SoundError, end
from formcheck.ui.audio.waveform import Waveform, from_wav

LONGEST_S: Final = 3.0
"""A program that has not made its sound after so long is ended, whoever waits for it."""

LOUDNESS: Final = 0.1
"""The root mean square of speech, 20 dB below full scale: beside the tones, not above them."""

_LOUDEST: Final = 0.7
_WORDS_A_MINUTE: Final = 150
_MOST_CACHED: Final = 200
_SILENT: Final = 0.01
_UNSPEAKABLE: Final = re.compile(r"[^\w\s.,;:!?'’()/-]")
"""Kept from the speech programs, some of which take brackets and the like for commands."""


class VoiceError(SoundError):
    """The voice, not the sound output, is what fails."""


class Voice(Protocol):
    """Speaks one message at a time."""

    name: str
    """What speaks, for a person to read."""
    needs_player: bool
    """It makes sound that is still to be played; otherwise it plays by itself."""

    def start(self, words: str, player: Player | None) -> Playing:
        """Start to speak, and return once it can be heard.

        Raises:
            VoiceError: It does not speak.
            SoundError: The player does not play.
        """

    def prepare(self, words: str) -> None:
        """Make the sound of these words now, to be quicker later.

        Raises:
            VoiceError: It cannot.
        """

    def close(self) -> None:
        """Give back what it took."""


class RenderedVoice:
    """A program that writes its speech as a sound, which the player plays."""

    needs_player = True

    def __init__(self, name: str, render: Callable[[str], bytes], close: Callable[[], None]):
        """Speak by what `render` makes of words: a WAV file."""
        self.name = name
        self._render = render
        self._close = close
        self._made: dict[str, Waveform] = {}

    def start(self, words: str, player: Player | None) -> Playing:
        """Start to speak."""
        if player is None:
            raise SoundError("there is no sound output")
        return player.start(self.sound(words))

    def prepare(self, words: str) -> None:
        """Make the sound of these words."""
        self.sound(words)

    def sound(self, words: str) -> Waveform:
        """Return the sound of these words, without the silence around it, at an even loudness.

        Raises:
            VoiceError: The program does not make it.
        """
        if words not in self._made:
            try:
                made = from_wav(self._render(_speakable(words)))
            except (OSError, ValueError, subprocess.SubprocessError) as error:
                raise VoiceError(f"{self.name} does not speak: {error}") from error
            if len(self._made) >= _MOST_CACHED:
                self._made.clear()
            self._made[words] = _even(made)
        return self._made[words]

    def close(self) -> None:
        """End the program."""
        self._close()


class SpeechDispatcher:
    """`spd-say`, on many Linux desktops all there is: it speaks by itself, one at a time."""

    name = "spd-say"
    needs_player = False

    def start(self, words: str, player: Player | None) -> Playing:
        """Start to speak."""
        try:
            return Process(["spd-say", "--wait", "--language", "en", "--", _speakable(words)])
        except SoundError as error:
            raise VoiceError(str(error)) from error

    def prepare(self, words: str) -> None:
        """Do nothing: it cannot."""

    def close(self) -> None:
        """Do nothing: what it says ends by itself."""


def find_voice() -> Voice | None:
    """Return the system's own voice, or None where it has none."""
    if sys.platform == "win32" and shutil.which("powershell"):
        sapi = _Sapi()
        return RenderedVoice("Windows speech", sapi.render, sapi.close)
    if sys.platform == "darwin" and shutil.which("say"):
        return _say()
    for program in ("espeak-ng", "espeak"):
        if shutil.which(program):
            return _espeak(program)
    return SpeechDispatcher() if shutil.which("spd-say") else None


def _speakable(words: str) -> str:
    return _UNSPEAKABLE.sub(" ", words)


class _Program:
    """A program that is run for each words, and can be ended at any time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closed = False

    def run(self, command: Sequence[str | Path], words: str) -> bytes:
        """Give it the words, and return what it writes."""
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as self._process:
            if self._is_closed:  # while it was being started, when there was nothing to end yet
                end(self._process)
            try:
                written, _ = self._process.communicate(words.encode(), timeout=LONGEST_S)
            finally:
                self._end()
        if self._process.returncode:
            raise subprocess.CalledProcessError(self._process.returncode, command[0])
        return written

    def end(self) -> None:
        """End it, where it runs, for good; twice is fine."""
        self._is_closed = True
        self._end()

    def _end(self) -> None:
        if self._process is not None and self._process.returncode is None:
            end(self._process)


def _espeak(program: str) -> RenderedVoice:
    command = [program, "-v", "en", "-s", str(_WORDS_A_MINUTE), "-z", "--stdin", "--stdout"]
    running = _Program()
    return RenderedVoice(program, lambda words: running.run(command, words), running.end)


def _say() -> RenderedVoice:
    running = _Program()

    def render(words: str) -> bytes:
        with TemporaryDirectory(prefix="formcheck-") as folder:
            path = Path(folder) / "words.wav"
            command = ["say", "-r", str(_WORDS_A_MINUTE), "--data-format=LEI16@22050"]
            running.run([*command, "-o", path, "-f", "-"], words)
            return path.read_bytes()

    return RenderedVoice("say", render, running.end)


class _Sapi:
    """Windows' own speech, through a PowerShell that stays: starting one takes a second."""

    _SCRIPT: Final = r"""
        Add-Type -AssemblyName System.Speech
        $voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
        try { $voice.SelectVoiceByHints('NotSet', 'NotSet', 0, 'en-US') } catch { }
        while (($line = [Console]::In.ReadLine()) -ne $null) {
            $path, $words = $line -split "`t", 2
            $voice.SetOutputToWaveFile($path)
            $voice.Speak($words)
            $voice.SetOutputToNull()
            [Console]::Out.WriteLine('made')
        }
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._folder = TemporaryDirectory(prefix="formcheck-", ignore_cleanup_errors=True)

    def render(self, words: str) -> bytes:
        if self._process is None or self._process.poll() is not None:
            self._process = self._start()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        path = Path(self._folder.name) / "words.wav"
        self._process.stdin.write(f"{path}\t{' '.join(words.split())}\n")
        self._process.stdin.flush()
        if self._process.stdout.readline().strip() != "made":
            raise OSError("PowerShell has ended")
        return path.read_bytes()

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()

    def _start(self) -> "subprocess.Popen[str]":
        script = base64.b64encode(self._SCRIPT.encode("utf-16-le")).decode()
        return subprocess.Popen(
            ["powershell", "-NoProfile", "-NonInteractive", "-EncodedCommand", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )


def _even(sound: Waveform) -> Waveform:
    """Return the sound without the silence around it, as loud as any other."""
    samples = sound.samples
    heard = np.flatnonzero(np.abs(samples) > _SILENT)
    if not len(heard):
        raise VoiceError("the voice is silent")
    samples = samples[heard[0] : heard[-1] + 1]
    loudness = float(np.sqrt(np.mean(np.square(samples))))
    gain = min(LOUDNESS / loudness, _LOUDEST / float(np.abs(samples).max()))
    return Waveform((samples * gain).astype(np.float32), sound.rate)
