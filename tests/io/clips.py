"""Small clips made on the spot, whose every frame tells its number by its brightness."""

import struct
import subprocess
from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Final

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

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


ORIENTATIONS: Final = {
    1: (1, 0, 0, 1),
    2: (-1, 0, 0, 1),
    3: (-1, 0, 0, -1),
    4: (1, 0, 0, -1),
    5: (0, 1, 1, 0),
    6: (0, 1, -1, 0),
    7: (0, -1, -1, 0),
    8: (0, -1, 1, 0),
}
"""As EXIF numbers them: the first four numbers of the matrix that shows a picture so."""


def orient(path: Path, matrix: Sequence[int]) -> Path:
    """Write a display matrix of these four numbers into an mp4's track header."""
    a, b, c, d = (number * 0x00010000 for number in matrix)
    content = bytearray(path.read_bytes())
    header = content.index(b"tkhd") + 4
    start = header + 40  # version 0: 40 bytes of times, ids and volume come before it
    content[start : start + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 0x40000000)
    path.write_bytes(content)
    return path


def crop_mp4(path: Path, crop: tuple[int, int, int, int]) -> Path:
    """Write a clean aperture into an mp4 of H.264 whose header comes last.

    Args:
        path: The clip.
        crop: How many pixels are not shown at the left, right, top and bottom.
    """
    content = bytearray(path.read_bytes())
    at, end, parents = 0, len(content), []
    for kind, head in _ABOVE_A_SAMPLE:
        while content[at + 4 : at + 8] != kind:
            at += int.from_bytes(content[at : at + 4], "big")
            assert at < end, f"no {kind!r}"
        parents.append(at)
        at, end = at + head, at + int.from_bytes(content[at : at + 4], "big")
    width, height = struct.unpack_from(">HH", content, parents[-1] + 32)
    left, right, top, bottom = crop
    aperture = struct.pack(
        ">I4s8i", 40, b"clap", width - left - right, 1, height - top - bottom, 1,
        left - right, 2, top - bottom, 2,
    )  # fmt: skip
    content[end:end] = aperture
    for parent in parents:
        size = int.from_bytes(content[parent : parent + 4], "big") + len(aperture)
        content[parent : parent + 4] = size.to_bytes(4, "big")
    path.write_bytes(content)
    return path


_ABOVE_A_SAMPLE: Final = (
    (b"moov", 8),
    (b"trak", 8),
    (b"mdia", 8),
    (b"minf", 8),
    (b"stbl", 8),
    (b"stsd", 16),
    (b"avc1", 86),
)
"""The boxes around the description of H.264, each with the length of its own head."""


def ffmpeg(*arguments: str | Path) -> bytes:
    """Run FFmpeg's own program; return what it writes to its standard output."""
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True).stdout
