"""The tones: soft, short, and each told from every other."""

from itertools import combinations

import numpy as np
import pytest

from formcheck.speech.message import Chime
from formcheck.ui.audio.tones import PEAK, tone

RATE = 16000


@pytest.mark.parametrize("chime", list(Chime))
@pytest.mark.parametrize("rate", [16000, 44100, 48000])
def test_a_tone_is_soft_quiet_and_short(chime: Chime, rate: int) -> None:
    heard = tone(chime, rate)
    steps = np.abs(np.diff(heard.samples))
    loudest_hz = 3 * 1046.5  # the highest overtone of the highest note

    assert heard.samples.dtype == np.float32
    assert np.abs(heard.samples).max() == pytest.approx(PEAK, abs=1e-6)
    assert 0.2 <= heard.duration_s <= 1.6
    # Nothing steps faster than its notes swing: no click, at the ends as little as within.
    assert abs(heard.samples[0]) < 1e-3
    assert abs(heard.samples[-1]) < 1e-3
    assert steps.max() <= PEAK * 2 * np.pi * loudest_hz / rate
    ends = round(0.004 * rate)
    assert max(steps[:ends].max(), steps[-ends:].max()) < 0.2 * steps.max()


def test_each_tone_is_told_from_every_other_by_its_notes_in_time() -> None:
    def halves(chime: Chime) -> list[float]:
        """Return the strongest pitch early and late in a tone, in hertz, and its length."""
        samples = tone(chime, RATE).samples
        part = RATE // 8
        peaks = [
            float(np.fft.rfftfreq(8 * part, 1 / RATE)[np.abs(np.fft.rfft(cut, 8 * part)).argmax()])
            for cut in (samples[:part], samples[-2 * part : -part])
        ]
        return [*peaks, 100 * tone(chime, RATE).duration_s]

    for one, other in combinations(Chime, 2):
        assert max(abs(a - b) for a, b in zip(halves(one), halves(other), strict=True)) > 25
    rising, falling = halves(Chime.START), halves(Chime.PAUSE)
    assert rising[0] < rising[1]
    assert falling[0] > falling[1]
