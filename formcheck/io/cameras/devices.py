"""The cameras of this machine and its network: how each is opened, found again, or told of."""

import glob
import os
import sys
from pathlib import Path
from typing import Final, Protocol

import cv2
import numpy as np

from formcheck.io.files.presentation import Presentation
from formcheck.redaction import without_secrets

_STREAM_TIMEOUT_MS: Final = 5000

_STALL_S: Final = 3
"""After so long without a picture a device is opened anew."""

_MOST_NUMBERS: Final = 10
"""Camera numbers that are looked at for one that came back."""


class Capture(Protocol):
    """The part of `cv2.VideoCapture` that a camera uses."""

    def isOpened(self) -> bool:  # noqa: N802, D102
        ...

    def grab(self) -> bool:  # noqa: D102
        ...

    def retrieve(self) -> tuple[bool, cv2.typing.MatLike]:  # noqa: D102
        ...

    def release(self) -> None:  # noqa: D102
        ...


def open_capture(where: int | str, platform: str = sys.platform) -> Capture:
    """Open a camera number, a device path or a URL; the caller asks whether it is open.

    Args:
        where: What to open.
        platform: The system, as `sys.platform` names it.
    """
    if isinstance(where, int) and platform == "win32":
        # Some cameras open through the older interface alone.
        capture = cv2.VideoCapture(where, cv2.CAP_MSMF)
        return capture if capture.isOpened() else cv2.VideoCapture(where, cv2.CAP_DSHOW)
    if isinstance(where, int) or where.startswith("/dev/"):
        # OpenCV reads it as it opens; by default it waits ten seconds for a device that hangs.
        os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", str(_STALL_S))
        return cv2.VideoCapture(where)
    return _Stream(
        cv2.VideoCapture(
            where,
            cv2.CAP_FFMPEG,
            [
                cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
                _STREAM_TIMEOUT_MS,
                cv2.CAP_PROP_READ_TIMEOUT_MSEC,
                _STREAM_TIMEOUT_MS,
            ],
        )
    )


class _Stream:
    """A network camera, some of which send pixels that are not square."""

    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture = capture
        self.isOpened = capture.isOpened
        self.grab = capture.grab
        self.release = capture.release

    def retrieve(self) -> tuple[bool, cv2.typing.MatLike]:
        is_there, image = self._capture.retrieve()
        if not is_there:
            return is_there, image
        across = self._capture.get(cv2.CAP_PROP_SAR_NUM)
        down = self._capture.get(cv2.CAP_PROP_SAR_DEN)
        aspect = across / down if across > 0 and down > 0 else 1.0
        shown = Presentation(pixel_aspect=aspect).apply(np.asarray(image, dtype=np.uint8))
        return is_there, shown


def device_name(number: int) -> str | None:
    """Return what Linux calls the camera of this number, e.g. "Integrated Camera"; None elsewhere.

    None also where there is no such camera.
    """
    try:
        return Path(f"/sys/class/video4linux/video{number}/name").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


def other_numbers(number: int, name: str | None) -> list[int]:
    """Return the numbers under which the camera `number`, plugged in again, may have come back.

    Linux gives it the lowest number that is free, which is another one while the old is still
    taken. A camera that is known by another name is another camera, and is left alone.
    """
    if not sys.platform.startswith("linux"):
        return []
    return [
        other
        for other in range(_MOST_NUMBERS)
        if other != number and (name is None or device_name(other) in (None, name))
    ]


def is_single_picture(where: int | str, capture: Capture) -> bool:
    """Tell whether an address gives one picture and ends; this takes two pictures of a stream."""
    is_web = isinstance(where, str) and where.lower().startswith(("http://", "https://"))
    return is_web and capture.grab() and not capture.grab()


def why_it_does_not_open(where: int | str, platform: str = sys.platform) -> str:
    """Return in a sentence why this camera is not there, and what to do.

    Args:
        where: What did not open.
        platform: The system, as `sys.platform` names it.
    """
    if isinstance(where, str) and not where.startswith("/dev/"):
        return (
            f"No picture comes from {without_secrets(where)}. Check that the camera's app is "
            "running, that the address is right, and that this machine is on the same network."
        )
    device = f"/dev/video{where}" if isinstance(where, int) else where
    name = f"Camera {where}" if isinstance(where, int) else where
    if platform == "darwin":
        return (
            f"{name} does not open. Allow this terminal to use it in System Settings, Privacy & "
            "Security, Camera, then open a new terminal; or another program uses it, or it is not "
            "plugged in."
        )
    if not platform.startswith("linux"):
        return (
            f"{name} does not open. Allow desktop apps to use it in Settings, Privacy & security, "
            "Camera; or another program uses it, or it is not plugged in."
        )
    if not os.path.exists(device):  # noqa: PTH110 - a device, by its given name
        others = sorted(glob.glob("/dev/video*"))  # noqa: PTH207
        there = f"There is {', '.join(others)}." if others else "No camera is plugged in."
        return f"{name} is not there. {there} Plug one in, or name a clip to play instead."
    if not os.access(device, os.R_OK | os.W_OK):
        return f"{name} may not be opened by you. Add yourself to the group 'video', log in again."
    return f"{name} does not open; another program may use it. Close that program and try again."
