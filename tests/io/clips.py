"""Small clips made on the spot, whose every frame tells its number by its brightness."""

import subprocess
from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby, islice
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from formcheck.io.files.video_reader import VideoReader

WIDTH, HEIGHT = 64, 48

_TICKS = 90_000


def write_clip(
    path: Path, frames: int = 30, rate: float = 10.0, *, has_a_room: bool = False
) -> Path:
    """Write a clip whose frame number n is a flat grey of 8 * n, or before a chequered wall."""
    writer = cv2.VideoWriter(
        str(path), cv2.VideoWriter.fourcc(*"mp4v"), rate, (WIDTH, HEIGHT), isColor=True
    )
    assert writer.isOpened()
    for number in range(frames):
        picture = np.full((HEIGHT, WIDTH, 3), min(255, 8 * number), dtype=np.uint8)
        if has_a_room:
            picture[(np.indices((HEIGHT, WIDTH)) // 8).sum(axis=0) % 2 == 0] = 255
        writer.write(picture)
    writer.release()
    return path


def write_pictures(path: Path, pictures: Sequence[npt.NDArray[np.uint8]], rate: int = 10) -> Path:
    """Write pictures as H.264, each as large as it is, as from a phone that is turned; say .ts."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate)
        assert isinstance(stream, VideoStream)
        stream.height, stream.width = pictures[0].shape[:2]
        written = 0
        for (height, width), alike in groupby(pictures, lambda picture: picture.shape[:2]):
            encoder = av.CodecContext.create("libx264", "w")
            assert isinstance(encoder, VideoCodecContext)
            encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
            encoder.time_base = Fraction(1, _TICKS)
            frames = []
            for picture in alike:
                frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
                frame.pts, frame.time_base = written * _TICKS // rate, encoder.time_base
                frames.append(frame)
                written += 1
            for packet in (each for frame in [*frames, None] for each in encoder.encode(frame)):
                packet.stream = stream
                container.mux(packet)
    return path


def first_pictures(path: Path, count: int) -> list[npt.NDArray[np.uint8]]:
    """Return the first pictures of a clip."""
    reader = VideoReader(path)
    try:
        return [picture for picture, _ in islice(reader.pictures(), count)]
    finally:
        reader.close()


def write_beginning(path: Path, of: Path, packets: int) -> Path:
    """Copy the first packets of a clip, its index first, so that what is cut off can be played."""
    with (
        av.open(str(of)) as source,
        av.open(str(path), "w", options={"movflags": "faststart"}) as target,
    ):
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in islice(source.demux(video=0), packets):
            packet.stream = stream
            target.mux(packet)
    return path


def ffmpeg(*arguments: str | Path) -> bytes:
    """Run FFmpeg's own program; return what it writes to its standard output."""
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True).stdout
