"""What is written in a video file: its pictures, each with the time that stands beside it."""

from collections.abc import Generator
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.container import InputContainer
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream

from formcheck.errors import FormcheckError
from formcheck.io.files.presentation import Presentation, orientation_of
from formcheck.io.files.pyav import ANY_METADATA, crop_of, display_matrix

Picture = tuple[npt.NDArray[np.uint8], float | None]
"""(height, width, 3) in blue, green, red, and its time in seconds; None where none is written."""


class VideoReader:
    """The pictures of a file in the order in which they are shown, as large as each is.

    (PyAV, since OpenCV goes on handing out the last picture where the size changes, and ends at
    the first packet that is damaged. The pictures are the same bit by bit, at about the same cost.)
    """

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises:
            FormcheckError: It is no video.
        """
        try:
            self._container: InputContainer = av.open(
                str(path.absolute()),  # otherwise a colon in a name makes it an address
                **ANY_METADATA,
            )
        except av.FFmpegError as error:
            raise _no_video(path) from error
        stream = self._container.streams.best("video")
        if not isinstance(stream, VideoStream) or not stream.codec_context:
            self._container.close()
            raise _no_video(path)
        stream.thread_type = "AUTO"  # else two cores decode little faster than one
        self._stream = stream
        self._to_pixels = VideoReformatter()
        self._crop = crop_of(self._container, stream)
        self._first_aspect = stream.codec_context.sample_aspect_ratio
        self.damaged = 0
        """How many pieces could not be read so far and were left out: mostly a picture each."""

    @property
    def rate(self) -> float | None:
        """Frames a second, as the container says or as its first times let guess."""
        rate = self._stream.guessed_rate
        return float(rate) if rate else None

    @property
    def count(self) -> int | None:
        """How many pictures the container says there are."""
        return self._stream.frames if self._stream.frames > 0 else None

    @property
    def length_s(self) -> float | None:
        """How long the container says that it is, in seconds."""
        if self._container.format.name == "avi" and self.count and self.rate:
            return self.count / self.rate  # of one cut off, FFmpeg tells what is left as its length
        if self._stream.duration and self._stream.time_base:
            length_s = float(self._stream.duration * self._stream.time_base)
        else:
            length_s = (self._container.duration or 0) / av.time_base
        return length_s if length_s > 0 else None

    def pictures(self) -> Generator[Picture, None, None]:
        """Yield every picture that can be read; what is damaged is left out."""
        try:
            for packet in self._container.demux(self._stream):  # the last, empty one flushes
                yield from self._pictures_in(packet)
        except av.FFmpegError:  # the container itself cannot be read on
            self.damaged += 1
            yield from self._pictures_in(None)

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    def _pictures_in(
        self, packet: "av.Packet[VideoStream] | None"
    ) -> Generator[Picture, None, None]:
        try:
            for frame in self._stream.codec_context.decode(packet):
                yield self._pixels(frame), self._time_s(frame)
        except av.FFmpegError:
            self.damaged += 1

    def _pixels(self, frame: av.VideoFrame) -> npt.NDArray[np.uint8]:
        # By the numbers of BT.601, whatever is written, and bicubic: as OpenCV converts a camera's
        # pictures. One thread, since starting more for each picture costs more than it gains.
        converted = self._to_pixels.reformat(
            frame,
            format="bgr24",
            src_colorspace=Colorspace.ITU601,
            dst_colorspace=Colorspace.ITU601,
            interpolation=Interpolation.BICUBIC,
            threads=1,
        )
        image = np.ascontiguousarray(converted.to_ndarray(), dtype=np.uint8)
        orientation = orientation_of(display_matrix(frame))
        return Presentation(self._crop, self._pixel_aspect(), orientation).apply(image)

    def _pixel_aspect(self) -> float:
        """Return the width of a pixel over its height; the container's word comes first."""
        aspect, now = (
            self._stream.sample_aspect_ratio,
            self._stream.codec_context.sample_aspect_ratio,
        )
        if aspect == self._first_aspect and now:  # the container is silent, or says the same
            aspect = now
        return float(aspect) if aspect and aspect > 0 else 1.0

    def _time_s(self, frame: av.VideoFrame) -> float | None:
        written = frame.dts if frame.pts is None else frame.pts
        if written is None or self._stream.time_base is None:
            return None
        return (written - (self._stream.start_time or 0)) * float(self._stream.time_base)


def _no_video(path: Path) -> FormcheckError:
    return FormcheckError(
        f"{path} is not a video that can be read. Try a clip in mp4, mov, webm or avi."
    )
