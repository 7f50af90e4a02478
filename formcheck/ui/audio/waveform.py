"""Sound as numbers."""

import io
import wave
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

_FULL_SCALE: Final = 32767


@dataclass(frozen=True, eq=False, slots=True)
class Waveform:
    """Sound of one channel."""

    samples: npt.NDArray[np.float32]
    """Shape (n,): -1 to 1."""
    rate: int
    """Samples a second."""

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return len(self.samples) / self.rate

    def at_rate(self, rate: int) -> "Waveform":
        """Return the same sound with so many samples a second, interpolated linearly."""
        if rate == self.rate or not len(self.samples):
            return self
        count = round(self.duration_s * rate)
        places = np.arange(count) * (self.rate / rate)
        samples = np.interp(places, np.arange(len(self.samples)), self.samples)
        return Waveform(samples.astype(np.float32), rate)

    def to_wav(self) -> bytes:
        """Return a WAV file of 16 bits a sample."""
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(self.rate)
            whole = np.round(np.clip(self.samples, -1.0, 1.0) * _FULL_SCALE)
            out.writeframes(whole.astype("<i2").tobytes())
        return file.getvalue()


def from_wav(content: bytes) -> Waveform:
    """Read a WAV file of 16 bits a sample; several channels become their mean.

    A length in its header that is beyond its end, as a program that writes into a pipe leaves
    there, is taken as "to the end".

    Raises:
        ValueError: It is no such file.
    """
    try:
        with wave.open(io.BytesIO(content), "rb") as file:
            if file.getsampwidth() != 2:
                raise ValueError("not 16 bits a sample")
            channels, rate = file.getnchannels(), file.getframerate()
            raw = file.readframes(len(content))
    except (wave.Error, EOFError) as error:
        raise ValueError(f"not a WAV file: {error}") from error
    whole = np.frombuffer(raw[: len(raw) // (2 * channels) * 2 * channels], dtype="<i2")
    samples = whole.reshape(-1, channels).mean(axis=1) / (_FULL_SCALE + 1)
    return Waveform(samples.astype(np.float32), rate)
