"""The landmarks of a clip, saved behind the detector, to replay its judging in seconds."""

from collections.abc import Iterable, Iterator

from formcheck.body.landmarks import PoseLandmarks
from formcheck.io.recording.track import SUFFIX, Track, load_track, save_track

__all__ = ["SUFFIX", "Track", "load_track", "save_track", "thinned"]


def thinned(
    track: Iterable[tuple[float, PoseLandmarks | None]], step: int
) -> Iterator[tuple[float, PoseLandmarks | None]]:
    """Yield every `step`-th frame: the same clip from a slower camera."""
    for number, frame in enumerate(track):
        if number % step == 0:
            yield frame
