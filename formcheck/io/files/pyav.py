"""What PyAV before 19, the last for Python 3.11, stops at or tells in words alone."""

import re
import struct
from typing import Any, Final

import av
from av.container import InputContainer
from av.sidedata.sidedata import Type
from av.video.stream import VideoStream

_IS_BEFORE_19: Final = int(av.__version__.partition(".")[0]) < 19

ANY_METADATA: Final[dict[str, Any]] = {"metadata_errors": "replace"} if _IS_BEFORE_19 else {}
"""How to open a file that may have a title in no known letters."""

_STREAM: Final = re.compile(r"\s*Stream #0:(\d+)")
_CROP: Final = re.compile(r"\s*Frame Cropping: (\d+)/(\d+)/(\d+)/(\d+)", re.IGNORECASE)

NO_CROP: Final = (0, 0, 0, 0)


def display_matrix(frame: av.VideoFrame) -> bytes:
    """Return a frame's display matrix, nine 32-bit integers; nothing where it has none."""
    matrix: Any = frame.side_data.get("DISPLAYMATRIX")
    return bytes(matrix) if matrix is not None else b""


def crop_of(container: InputContainer, stream: VideoStream) -> tuple[int, int, int, int]:
    """Return how many pixels the container says are not shown: left, right, top and bottom."""
    if _IS_BEFORE_19:
        return _said_crop(container, stream.index)
    context: Any = stream.codec_context
    data = context.coded_side_data.get("frame_cropping", b"")
    if len(data) != 16:
        return NO_CROP
    top, bottom, left, right = struct.unpack("=4I", data)
    return left, right, top, bottom


def _said_crop(container: Any, stream: int) -> tuple[int, int, int, int]:
    """Read it from FFmpeg's description of the file, which is given only to who listens."""
    level = av.logging.get_level()
    av.logging.set_level(av.logging.INFO)
    try:
        said: str = container.dumps_format()
    finally:
        av.logging.set_level(level)
    number = None
    for line in said.splitlines():
        if (found := _STREAM.match(line)) is not None:
            number = int(found[1])
        elif number == stream and (found := _CROP.match(line)) is not None:
            left, right, top, bottom = map(int, found.groups())
            return left, right, top, bottom
    return NO_CROP


def _name_unknown(kinds: Any, value: object) -> Any:
    """Return a member for a kind of side data that PyAV's list has not, as PyAV 19 does."""
    if not isinstance(value, int):
        return None
    kind = object.__new__(kinds)
    kind._name_, kind._value_ = f"UNKNOWN_{value}", value
    return kinds._value2member_map_.setdefault(value, kind)


if _IS_BEFORE_19:  # else one piece of a new kind, such as EXIF, hides a frame's display matrix
    _kinds: Any = Type
    _kinds._missing_ = classmethod(_name_unknown)
