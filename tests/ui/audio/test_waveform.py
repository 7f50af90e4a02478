"""A sound as numbers: written, read and played at another rate."""

import numpy as np
import pytest

from formcheck.ui.audio.waveform import Waveform, from_wav

RATE = 16000


def test_a_waveform_survives_a_wav_file_and_a_change_of_rate() -> None:
    samples = (0.5 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)).astype(np.float32)

    back = from_wav(Waveform(samples, RATE).to_wav())
    faster = back.at_rate(48000)

    np.testing.assert_allclose(back.samples, samples, atol=1e-4)
    assert faster.duration_s == pytest.approx(1.0)
    np.testing.assert_allclose(faster.samples[::3], samples, atol=1e-3)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all" * 9])
def test_what_is_no_wav_file_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="WAV"):
        from_wav(content)
