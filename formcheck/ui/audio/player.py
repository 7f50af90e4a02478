"""Plays sound through what the machine has, and can be stopped at once."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Protocol

from formcheck.ui.audio.waveform import Waveform

_COMMANDS: Final = (
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("afplay",),
)
"""Programs that play a WAV file: of PipeWire, PulseAudio, ALSA and macOS."""

_FILE_RATE: Final = 44100


class SoundError(Exception):
    """Something cannot be heard, for the reason it gives."""


class Playing(Protocol):
    """A sound that is being played."""

    def is_over(self) -> bool:
        """Whether it has ended.

        Raises:
            SoundError: It could not be played.
        """

    def stop(self) -> None:
        """Cut it short."""


class Player(Protocol):
    """Plays one sound at a time."""

    name: str
    """What plays, for a person to read."""
    rate: int
    """The samples a second it likes best."""

    def start(self, sound: Waveform) -> Playing:
        """Start to play, and return at once.

        Raises:
            SoundError: It cannot.
        """

    def close(self) -> None:
        """Give back what it took."""


class Process:
    """A program that makes the sound, as a `Playing`."""

    def __init__(self, command: list[str]) -> None:
        """Start it.

        Raises:
            SoundError: It cannot be started.
        """
        self._name = command[0]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # Ctrl-C is for the session to heed; the sound ends with it.
                start_new_session=True,
            )
        except OSError as error:
            raise SoundError(f"{self._name} cannot be started: {error.strerror}") from error

    def is_over(self) -> bool:
        """Whether the program has ended."""
        status = self._process.poll()
        if status:
            raise SoundError(f"{self._name} failed with status {status}")
        return status is not None

    def stop(self) -> None:
        """End the program."""
        end(self._process)


def end(process: "subprocess.Popen[Any]") -> None:
    """End a program that was started in a session of its own, with all that it has started."""
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        elif process.poll() is None:
            process.kill()
    process.wait()


class CommandPlayer:
    """Plays through one of the machine's own programs."""

    def __init__(self, command: tuple[str, ...]) -> None:
        """Play with this command, to which a file's path is added."""
        self.name = command[0]
        self.rate = _FILE_RATE
        self._command = command
        self._folder = TemporaryDirectory(prefix="formcheck-", ignore_cleanup_errors=True)

    def start(self, sound: Waveform) -> Playing:
        """Start to play."""
        path = Path(self._folder.name) / "sound.wav"
        try:
            path.write_bytes(sound.to_wav())
        except OSError as error:
            raise SoundError(f"{path} cannot be written: {error.strerror}") from error
        return Process([*self._command, str(path)])

    def close(self) -> None:
        """Remove the file."""
        self._folder.cleanup()


class PortAudioPlayer:
    """Plays through PortAudio, which the wheels for Windows and macOS carry with them."""

    def __init__(self) -> None:
        """Find the default output.

        Raises:
            SoundError: There is no PortAudio, or no output.
        """
        try:
            import sounddevice
        except (ImportError, OSError) as error:
            raise SoundError("PortAudio is not installed") from error
        self._audio: Any = sounddevice
        try:
            device = sounddevice.query_devices(kind="output")
        except (sounddevice.PortAudioError, ValueError) as error:
            raise SoundError("PortAudio finds no sound output") from error
        self.name = f"PortAudio ({device['name']})"
        self.rate = round(device["default_samplerate"])

    def start(self, sound: Waveform) -> Playing:
        """Start to play."""
        try:
            self._audio.play(sound.at_rate(self.rate).samples, self.rate)
        except (self._audio.PortAudioError, ValueError) as error:
            raise SoundError(f"the sound output cannot be opened: {error}") from error
        return self

    def is_over(self) -> bool:
        """Whether the sound has been played."""
        return not self._audio.get_stream().active

    def stop(self) -> None:
        """Cut the sound short."""
        self._audio.stop()

    def close(self) -> None:
        """Stop playing."""
        self._audio.stop()


def players() -> Iterator[Callable[[], Player]]:
    """Yield how to open each player that this machine may have, the best first."""
    yield PortAudioPlayer
    for command in _COMMANDS:
        if shutil.which(command[0]):
            yield partial(CommandPlayer, command)
