"""From what a person types to where the frames come from."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from formcheck.errors import FormcheckError
from formcheck.io.cameras.address import hint_for_address
from formcheck.io.cameras.camera import Camera
from formcheck.io.cameras.devices import device_name
from formcheck.redaction import without_secrets

if TYPE_CHECKING:
    from formcheck.io.files.clip import PacedClip

_NUMBER: Final = re.compile(r"\d{1,9}")
"""OpenCV knows cameras by 32 bits; more digits may be a file's name, but no camera."""

_STREAM: Final = re.compile(r"^(rtsp|rtsps|rtmp|http|https|udp|tcp)://", re.IGNORECASE)


def is_camera(text: str) -> bool:
    """Tell whether what a person typed names a camera, by number, /dev path or URL."""
    # Not pathlib's `exists`, which raises for a name that is too long.
    is_number = bool(_NUMBER.fullmatch(text)) and not os.path.exists(text)  # noqa: PTH110
    return is_number or text.startswith("/dev/") or bool(_STREAM.match(text))


def camera_name(text: str) -> str:
    """Return what tells this camera from others the next time: its own name where that is known.

    Of a network camera neither password nor token is part of it.
    """
    if not _NUMBER.fullmatch(text):
        return without_secrets(text)
    return device_name(int(text)) or f"camera {text}"


def open_source(text: str, pose: str = "NAME") -> "Camera | PacedClip":
    """Open a camera (by number, /dev path or URL) or a clip (by path) for a person to follow.

    Args:
        text: What the person typed.
        pose: The pose's name, for the advice in an error.

    Raises:
        FormcheckError: It cannot be opened.
    """
    if is_camera(text):
        return Camera(int(text) if _NUMBER.fullmatch(text) else text)
    # Loads FFmpeg once more, for which nobody need wait before a camera.
    from formcheck.io.files.clip import Clip, PacedClip
    from formcheck.io.files.photo import is_photo

    path = Path(text)
    if (hint := hint_for_address(text, pose)) is not None and not os.path.lexists(text):
        raise FormcheckError(hint)
    if is_photo(path):
        raise FormcheckError(
            f"{path} is a photo. Judge it with: formcheck score {path} --pose {pose}"
        )
    return PacedClip(Clip(path))
