"""Soft tones, told apart by their pitch and their shape."""

from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.speech.message import Chime
from formcheck.ui.audio.waveform import Waveform

PEAK: Final = 0.25
"""Quiet: 12 dB below full scale."""

_ATTACK_S: Final = 0.02
_RELEASE_S: Final = 0.08
"""Nothing starts or ends abruptly: no click."""

_OVERTONES: Final = (1.0, 0.25, 0.08)
"""The weight of the note, its octave and the twelfth: round, and heard from small speakers."""

_E4, _A4, _C5, _E5, _G5, _A5, _C6 = 329.6, 440.0, 523.3, 659.3, 784.0, 880.0, 1046.5
"""In hertz; laptop speakers give little below 300."""

_NOTES: Final[dict[Chime, tuple[tuple[float, float, float, float], ...]]] = {
    Chime.START: ((_E5, 0.0, 0.16, 1.0), (_A5, 0.13, 0.26, 1.0)),
    Chime.PAUSE: ((_A4, 0.0, 0.16, 1.0), (_E4, 0.13, 0.30, 1.0)),
    Chime.QUARTER: ((_C5, 0.0, 0.22, 1.0),),
    Chime.SIDE_DONE: ((_C5, 0.0, 0.2, 1.0), (_E5, 0.16, 0.2, 1.0), (_G5, 0.32, 0.45, 1.0)),
    Chime.ALL_DONE: (
        (_C5, 0.0, 0.2, 1.0),
        (_E5, 0.16, 0.2, 1.0),
        (_G5, 0.32, 0.2, 1.0),
        (_C5, 0.48, 1.0, 0.45),
        (_E5, 0.48, 1.0, 0.45),
        (_C6, 0.48, 1.0, 0.45),
    ),
}
"""Each note's pitch in hertz, its start and its length in seconds, and its weight. A start rises, a
pause falls; a quarter is one note, the end of a side three, that of all ends in a chord."""


def tone(chime: Chime, rate: int) -> Waveform:
    """Return the sound of a tone at so many samples a second."""
    notes = _NOTES[chime]
    length_s = max(start_s + lasts_s for _, start_s, lasts_s, _ in notes)
    samples = np.zeros(round(length_s * rate))
    for pitch_hz, start_s, lasts_s, weight in notes:
        first = round(start_s * rate)
        sound = _note(pitch_hz, lasts_s, rate)[: len(samples) - first]
        samples[first : first + len(sound)] += weight * sound
    return Waveform((samples * (PEAK / np.abs(samples).max())).astype(np.float32), rate)


def _note(pitch_hz: float, lasts_s: float, rate: int) -> npt.NDArray[np.float64]:
    time_s = np.arange(round(lasts_s * rate)) / rate
    sound = sum(
        weight * np.sin(2 * np.pi * pitch_hz * number * time_s)
        for number, weight in enumerate(_OVERTONES, start=1)
    )
    rise = np.clip(time_s / _ATTACK_S, 0.0, 1.0)
    fall = np.clip((lasts_s - time_s) / _RELEASE_S, 0.0, 1.0)
    dying = np.exp(-1.5 * time_s / lasts_s)
    envelope = 0.25 * (1 - np.cos(np.pi * rise)) * (1 - np.cos(np.pi * fall)) * dying
    return np.asarray(sound * envelope, dtype=np.float64)
