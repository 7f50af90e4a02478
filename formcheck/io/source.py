"""From what a person types to where the frames come from."""

import re
from pathlib import Path
from typing import Final

from formcheck.errors import FormcheckError
from formcheck.io.camera import Camera
from formcheck.io.clip import Clip, PacedClip, is_photo

_STREAM: Final = re.compile(r"^(rtsp|rtsps|rtmp|http|https|udp|tcp)://", re.IGNORECASE)


def open_source(text: str, pose: str = "NAME") -> Camera | PacedClip:
    """Open a camera (by number, /dev path or URL) or a clip (by path) for a person to follow.

    Args:
        text: What the person typed.
        pose: The pose's name, for the advice in an error.

    Raises:
        FormcheckError: It cannot be opened.
    """
    if text.isdecimal() and not Path(text).exists():
        return Camera(int(text))
    if text.startswith("/dev/") or _STREAM.match(text):
        return Camera(text)
    path = Path(text)
    if is_photo(path):
        raise FormcheckError(
            f"{path} is a photo. Judge it with: formcheck score {path} --pose {pose}"
        )
    return PacedClip(Clip(path))
