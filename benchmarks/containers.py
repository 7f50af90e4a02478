"""What an mp4 says of how its pictures are to be shown, written into one that is there."""

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Final

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
