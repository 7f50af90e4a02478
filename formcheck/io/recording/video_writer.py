"""A video file that grows frame by frame, with each frame's real time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.video.stream import VideoStream

from formcheck.store.private_files import OWNER_ONLY_FILE

SUFFIX: Final = ".mp4"
"""(Matroska would need one rate for all frames, or players show a wrong length.)"""

_TIME_BASE: Final = Fraction(1, 90_000)
_NOMINAL_RATE: Final = 30
"""Written where a container wants a rate; the times are the frames' own."""

_WRITTEN_EVERY_S: Final = 0.5
"""What is cut short plays up to so long before."""

# Parts of half a second each that play without the rest; only at the end do they become one
# ordinary file, which needs FFmpeg 7.1 or later (PyAV 14 or later).
_OPTIONS: Final = {
    "movflags": "hybrid_fragmented+frag_keyframe+empty_moov+default_base_moof",
    "frag_duration": str(round(_WRITTEN_EVERY_S * 1e6)),
    "flush_packets": "1",
}

# Good enough that MediaPipe sees the same; no frame waits for later ones; one thread, since the
# detector needs the others.
_ENCODER: Final = {"preset": "superfast", "crf": "20", "tune": "zerolatency", "threads": "1"}
_KEY_FRAME_EVERY: Final = 60


class VideoWriter:
    """H.264 in an mp4 file, readable by its owner alone.

    (PyAV, since OpenCV's writer knows only one rate for a whole file and no H.264 in its wheels.)
    """

    def __init__(self, path: Path, size: tuple[int, int]) -> None:
        """Begin a file that is not there yet.

        Args:
            path: Ends with `SUFFIX`, so that players know it.
            size: Width and height of every picture in pixels, both even.

        Raises:
            OSError: It is there, or cannot be made.
        """
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY_FILE))
        self._container = av.open(str(path), "w", format="mp4", options=_OPTIONS)
        stream = self._container.add_stream("libx264", rate=_NOMINAL_RATE, options=_ENCODER)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = _TIME_BASE
        stream.codec_context.gop_size = _KEY_FRAME_EVERY
        self._stream = stream
        self._last_tick = -1

    def add(self, image: npt.NDArray[np.uint8], time_s: float) -> None:
        """Add a picture, (height, width, 3) blue-green-red, shown from `time_s` after the start.

        Raises:
            OSError: It cannot be written.
        """
        with _as_os_errors():
            self._add(image, time_s)

    def close(self) -> None:
        """Finish the file.

        Raises:
            OSError: It cannot be finished; what was written plays nonetheless.
        """
        with _as_os_errors():
            try:
                self._container.mux(self._stream.encode(None))
            finally:
                self._container.close()

    def _add(self, image: npt.NDArray[np.uint8], time_s: float) -> None:
        # By OpenCV: FFmpeg's own conversion was measured to shift greys by 2 of 255.
        planes = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2YUV_I420), dtype=np.uint8)
        frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        self._last_tick = max(self._last_tick + 1, round(time_s / _TIME_BASE))
        frame.pts, frame.time_base = self._last_tick, _TIME_BASE
        self._container.mux(self._stream.encode(frame))


@contextmanager
def _as_os_errors() -> Iterator[None]:
    try:
        yield
    except av.FFmpegError as error:
        raise OSError(error.errno, error.strerror) from error
