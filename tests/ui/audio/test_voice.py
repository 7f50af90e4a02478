"""The system's own speech, where it has one that makes sounds."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from formcheck.ui.audio.voice import RenderedVoice, VoiceError, find_voice


@pytest.fixture
def voice() -> Iterator[RenderedVoice]:
    found = find_voice()
    if not isinstance(found, RenderedVoice):
        pytest.skip("no speech that makes sounds on this system")
    yield found
    found.close()


def test_the_systems_own_speech_says_words_at_an_even_loudness(voice: RenderedVoice) -> None:
    short, long = voice.sound("Five"), voice.sound("Ribs down, tuck your tailbone")

    assert 0.2 < short.duration_s < 1.0
    assert 1.2 < long.duration_s < 4.0
    for heard in (short, long):
        loudness_db = 20 * np.log10(np.sqrt(np.mean(heard.samples**2)))
        assert -26 < loudness_db < -18
        assert np.abs(heard.samples).max() <= 0.71


def test_words_are_words_whatever_is_in_them(voice: RenderedVoice, tmp_path: Path) -> None:
    target = tmp_path / "written.wav"

    heard = voice.sound(f"-w {target} <break time='9s'/> [[volm 0]] hello")

    assert heard.duration_s > 0.5
    assert not target.exists()


def test_a_voice_without_words_says_so(voice: RenderedVoice) -> None:
    with pytest.raises(VoiceError):
        voice.sound("...")
