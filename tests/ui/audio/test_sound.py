"""What is heard, and that hearing it holds nobody up; no sound card is needed."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from formcheck.speech.message import Chime, Kind, Message
from formcheck.ui.audio.player import CommandPlayer, Player, Playing, SoundError
from formcheck.ui.audio.sound import LONGEST_QUEUE, Sound
from formcheck.ui.audio.tones import tone
from formcheck.ui.audio.voice import SpeechDispatcher, Voice, VoiceError
from formcheck.ui.audio.waveform import Waveform, from_wav

RATE = 16000

PATIENCE_S = 10.0
"""Far more than is needed; only a failure waits so long."""


class Loudspeaker:
    """Keeps what it was given; each sound lasts until it is let go."""

    name = "loudspeaker"
    rate = RATE

    def __init__(self) -> None:
        self.heard: list[Waveform] = []
        self.cut: list[int] = []
        self.started, self.let_go, self.open = Event(), Event(), Event()
        self.open.set()
        self.is_closed = False

    def start(self, sound: Waveform) -> Playing:
        assert self.open.wait(PATIENCE_S)
        number = len(self.heard)
        self.heard.append(sound)
        self.started.set()
        loudspeaker = self

        class Sounding:
            def is_over(self) -> bool:
                return loudspeaker.let_go.is_set()

            def stop(self) -> None:
                loudspeaker.cut.append(number)

        return Sounding()

    def close(self) -> None:
        self.is_closed = True


class Spelling:
    """A voice whose words last for a sample a letter."""

    name = "spelling"
    needs_player = True

    def __init__(self) -> None:
        self.prepared: list[str] = []

    def start(self, words: str, player: Player | None) -> Playing:
        assert player is not None
        return player.start(Waveform(np.ones(len(words), np.float32), RATE))

    def prepare(self, words: str) -> None:
        self.prepared.append(words)

    def close(self) -> None:
        pass


@contextmanager
def sound(
    *outputs: Callable[[], Player],
    voice: Callable[[], Voice | None] = Spelling,
    ahead: tuple[str, ...] = (),
) -> Iterator[Sound]:
    playing = Sound(outputs=lambda: outputs, voice=voice, ahead=ahead)
    try:
        yield playing
    finally:
        playing.close()


def lengths(loudspeaker: Loudspeaker) -> list[int]:
    return [len(heard.samples) for heard in loudspeaker.heard]


def test_a_tone_comes_before_the_words_and_the_words_after_it() -> None:
    loudspeaker = Loudspeaker()
    loudspeaker.let_go.set()
    with sound(lambda: loudspeaker) as playing:
        playing.take([Message(0.0, Kind.START, "That's it", Chime.START)])
        playing.finish(PATIENCE_S)

        assert lengths(loudspeaker) == [len(tone(Chime.START, RATE).samples), len("That's it")]
        assert loudspeaker.cut == []
        assert playing.problem is None
    assert loudspeaker.is_closed


def test_the_more_important_cuts_the_lesser_short_and_the_lesser_waits() -> None:
    loudspeaker = Loudspeaker()
    with sound(lambda: loudspeaker) as playing:
        playing.take([Message(0.0, Kind.CUE, "Lift your chest")])
        assert loudspeaker.started.wait(PATIENCE_S)
        loudspeaker.started.clear()
        playing.take([Message(0.1, Kind.COUNT, "Five")])
        assert loudspeaker.started.wait(PATIENCE_S)
        playing.take([Message(0.2, Kind.READY, "Ready, take up the pose")])
        loudspeaker.let_go.set()
        playing.finish(PATIENCE_S)

    assert lengths(loudspeaker) == [
        len("Lift your chest"),
        len("Five"),
        len("Ready, take up the pose"),
    ]
    assert loudspeaker.cut == [0]


def test_a_frame_never_waits_and_what_piles_up_is_let_go_but_for_the_most_important() -> None:
    loudspeaker = Loudspeaker()
    loudspeaker.open.clear()  # a device that does not answer
    with sound(lambda: loudspeaker) as playing:
        playing.take([Message(0.0, Kind.CUE, "Stuck")])
        for number in range(200):
            kind = Kind.SUMMARY if number == 100 else Kind.QUARTER
            playing.take([Message(number / 30, kind, "All done" if number == 100 else "x")])
        loudspeaker.let_go.set()
        loudspeaker.open.set()
        playing.finish(PATIENCE_S)

    assert len(loudspeaker.heard) <= 1 + LONGEST_QUEUE
    assert len("All done") in lengths(loudspeaker)[:2]


def test_closing_is_silence_at_once() -> None:
    loudspeaker = Loudspeaker()
    with sound(lambda: loudspeaker) as playing:
        playing.take([Message(0.0, Kind.SUMMARY, "Well done", Chime.ALL_DONE)])
        assert loudspeaker.started.wait(PATIENCE_S)

    assert loudspeaker.cut == [0]
    assert lengths(loudspeaker) == [len(tone(Chime.ALL_DONE, RATE).samples)]
    playing.close()
    playing.take([Message(1.0, Kind.CUE, "Nobody hears this")])


def test_words_that_will_be_needed_are_made_ahead() -> None:
    loudspeaker, voice = Loudspeaker(), Spelling()
    with sound(lambda: loudspeaker, voice=lambda: voice, ahead=("Five", "Four", "Five")) as playing:
        playing.finish(PATIENCE_S)
        playing.take([])
        while len(voice.prepared) < 2:
            playing.finish(PATIENCE_S)

    assert voice.prepared == ["Five", "Four"]


def failing() -> Player:
    raise SoundError("no such device")


def test_without_an_output_it_is_told_once_and_nothing_else_happens() -> None:
    with sound(failing) as playing:
        for number in range(5):
            playing.take([Message(float(number), Kind.START, tone=Chime.START)])
            playing.finish(PATIENCE_S)

        assert playing.problem is not None
        assert "--mute" in playing.problem


def program(folder: Path, name: str, script: str) -> tuple[str, ...]:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return (str(path),)


def test_where_one_program_fails_the_next_one_plays(tmp_path: Path) -> None:
    broken = program(tmp_path, "broken", "exit 1")
    working = program(tmp_path, "working", f'cp "$1" {tmp_path}/heard.wav')
    with sound(failing, lambda: CommandPlayer(broken), lambda: CommandPlayer(working)) as playing:
        playing.take([Message(0.0, Kind.START, tone=Chime.START)])
        playing.finish(PATIENCE_S)

        assert playing.problem is None
    heard = from_wav((tmp_path / "heard.wav").read_bytes())
    expected = tone(Chime.START, heard.rate)
    np.testing.assert_allclose(heard.samples, expected.samples, atol=1e-4)


def test_a_program_that_plays_is_ended_with_the_session(tmp_path: Path) -> None:
    endless = program(
        tmp_path, "endless", f"echo $$ > {tmp_path}/pid\ntouch {tmp_path}/on\nexec sleep 600"
    )
    with sound(lambda: CommandPlayer(endless)) as playing:
        playing.take([Message(0.0, Kind.START, tone=Chime.START)])
        while not (tmp_path / "on").exists():
            playing.finish(0.01)
        number = int((tmp_path / "pid").read_text())

    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_a_voice_that_plays_by_itself_needs_no_output_and_gets_words_as_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "spd-say", f'for word; do echo "$word"; done > {tmp_path}/said')
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with sound(failing, voice=SpeechDispatcher) as playing:
        playing.take([Message(0.0, Kind.CUE, "--quit now [[x]]")])
        playing.finish(PATIENCE_S)

    *options, mark, words = (tmp_path / "said").read_text().splitlines()
    assert "--wait" in options
    assert mark == "--"
    assert words.split() == ["--quit", "now", "x"]


def test_a_voice_that_fails_is_told_once_and_the_tones_go_on() -> None:
    class Hoarse(Spelling):
        def start(self, words: str, player: Player | None) -> Playing:
            raise VoiceError("it has lost its voice")

    loudspeaker = Loudspeaker()
    loudspeaker.let_go.set()
    with sound(lambda: loudspeaker, voice=Hoarse) as playing:
        for number in range(5):
            playing.take([Message(float(number), Kind.COUNT, "Five", Chime.QUARTER)])
            playing.finish(PATIENCE_S)

        assert len(loudspeaker.heard) == 5
        assert playing.problem is not None
        assert "lost its voice" in playing.problem
