"""A voice or a player that never returns delays no tone, and leaves no process behind."""

import os
import sys
import time
from pathlib import Path

import pytest

from formcheck.speech.message import Chime, Kind, Message
from formcheck.ui.audio.player import CommandPlayer, Player, Playing, Process
from formcheck.ui.audio.sound import Sound
from formcheck.ui.audio.voice import find_voice
from formcheck.ui.audio.waveform import Waveform

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its programs are shell scripts")

HANGING = {
    "the program itself": "exec sleep 987",
    "what it has started": "sleep 987; sleep 986",
    "after some sound": "printf RIFF; exec sleep 987",
}


@pytest.fixture(params=HANGING)
def path(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put programs that hang before all others; each, and what it starts, holds a pipe open."""
    os.mkfifo(tmp_path / "pipe")
    for name in ("espeak-ng", "spd-say", "pw-play"):
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\nexec 9<> "{tmp_path}/pipe"\n{HANGING[request.param]}\n')
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


class _Heard:
    """A player that is told when what was played."""

    name, rate = "heard", 8000

    def __init__(self) -> None:
        self.at_s: list[float] = []

    def start(self, sound: Waveform) -> Playing:
        self.at_s.append(time.monotonic())
        return Process(["true"])

    def close(self) -> None:
        pass


def test_tones_go_on_beside_a_voice_that_hangs_and_it_is_told_once(path: Path) -> None:
    heard = _Heard()
    sound = Sound(outputs=lambda: [lambda: heard], voice=find_voice, ahead=["ten"])
    for _ in range(8):
        sound.take([Message(0.0, Kind.QUARTER, None, Chime.QUARTER)])
        time.sleep(0.4)
        sound.take([Message(0.0, Kind.CUE, "Trunk upright", None)])
    problem = sound.problem
    sound.close()
    assert len(heard.at_s) == 8
    assert problem is not None
    assert "espeak-ng does not answer" in problem
    assert sound.problem == problem
    assert _have_all_ended(path)


def test_a_session_that_ends_while_the_voice_hangs_leaves_no_process(path: Path) -> None:
    sound = Sound(outputs=lambda: [_Heard], voice=find_voice, ahead=["ten"])
    until_s = time.monotonic() + 20
    while not _runs_any(path) and time.monotonic() < until_s:
        time.sleep(0.01)
    assert _runs_any(path)
    sound.close()
    assert _have_all_ended(path)


def test_a_player_that_hangs_is_given_up_for_the_next_one(path: Path) -> None:
    heard = _Heard()
    hanging: list[Player] = []

    def open_hanging() -> Player:
        hanging.append(CommandPlayer(("pw-play",)))
        return hanging[0]

    sound = Sound(with_voice=False, outputs=lambda: [open_hanging, lambda: heard])
    sound.take([Message(0.0, Kind.START, None, Chime.START)])
    sound.finish(20)
    sound.close()
    assert len(hanging) == len(heard.at_s) == 1
    assert _have_all_ended(path)


def _have_all_ended(folder: Path) -> bool:
    """Tell whether nothing runs any more; what was killed takes a moment to go."""
    until_s = time.monotonic() + 10
    while _runs_any(folder) and time.monotonic() < until_s:
        time.sleep(0.01)
    return not _runs_any(folder)


def _runs_any(folder: Path) -> bool:
    """Tell whether any process that was started still runs: each has the pipe open till it ends."""
    pipe = os.open(folder / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        return os.read(pipe, 1) != b""
    except BlockingIOError:
        return True
    finally:
        os.close(pipe)
