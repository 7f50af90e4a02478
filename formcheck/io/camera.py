"""A camera: only its newest frame, stamped as it is grabbed."""

import glob
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Final, Protocol

import cv2
import numpy as np

from formcheck.errors import FormcheckError
from formcheck.frame import Frame

_RETRY_S: Final = 1.0
_STREAM_TIMEOUT_MS: Final = 5000


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


class Camera:
    """A webcam by number or device, or a network camera by URL.

    A thread takes every frame as it comes and keeps the newest alone: late advice is worse than
    a lower rate. A camera that fails is opened again every second until it is closed.
    """

    is_live = True
    problem = None

    def __init__(
        self,
        where: int | str,
        now: Callable[[], float] = time.monotonic,
        open_capture: Callable[[int | str], Capture] | None = None,
    ) -> None:
        """Open the camera `where` and start taking frames.

        Args:
            where: A camera number, a device path such as /dev/video0, or a URL.
            now: The monotonic clock, in seconds; frame times count from here on.
            open_capture: How to open it; OpenCV by default.

        Raises:
            FormcheckError: There is no such camera, or it does not open.
        """
        self.name = f"camera {where}" if isinstance(where, int) else where
        self._where = where
        self._now = now
        self._started_s = now()
        self._open = open_capture or _open_capture
        self._capture: Capture | None = self._open(where)
        if not self._capture.isOpened():
            self._capture.release()
            raise FormcheckError(_why_it_does_not_open(where))
        self._news = threading.Condition()
        self._newest: Frame | None = None
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._take_frames, name=self.name, daemon=True)
        self._thread.start()

    @property
    def ended(self) -> bool:
        """Whether it was closed; a camera that fails may come back."""
        return self._closing.is_set()

    def read(self, timeout_s: float = 0.5) -> Frame | None:
        """Return the newest frame not handed on yet; None where none came within `timeout_s`."""
        with self._news:
            self._news.wait_for(lambda: self._newest is not None or self.ended, timeout_s)
            frame, self._newest = self._newest, None
            return frame

    def close(self) -> None:
        """Stop the thread and let go of the device."""
        self._closing.set()
        with self._news:
            self._newest = None
            self._news.notify_all()
        self._thread.join(timeout=2.0)

    def _take_frames(self) -> None:
        index = 0
        last_time_s = -1.0
        try:
            while not self._closing.is_set():
                if self._capture is None and not self._reopen():
                    self._closing.wait(_RETRY_S)
                    continue
                assert self._capture is not None
                if not self._capture.grab():
                    self._capture.release()
                    self._capture = None
                    continue
                time_s = max(self._now() - self._started_s, last_time_s + 1e-6)
                is_there, image = self._capture.retrieve()
                if not is_there:
                    continue
                last_time_s = time_s
                with self._news:
                    if not self._closing.is_set():
                        self._newest = Frame(np.asarray(image, dtype=np.uint8), time_s, index)
                        self._news.notify_all()
                index += 1
        finally:
            if self._capture is not None:
                self._capture.release()

    def _reopen(self) -> bool:
        capture = self._open(self._where)
        if not capture.isOpened():
            capture.release()
            return False
        self._capture = capture
        return True


def _open_capture(where: int | str) -> Capture:
    if isinstance(where, int) or where.startswith("/dev/"):
        return cv2.VideoCapture(where)
    return cv2.VideoCapture(
        where,
        cv2.CAP_FFMPEG,
        [
            cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
            _STREAM_TIMEOUT_MS,
            cv2.CAP_PROP_READ_TIMEOUT_MSEC,
            _STREAM_TIMEOUT_MS,
        ],
    )


def _why_it_does_not_open(where: int | str) -> str:
    if isinstance(where, str) and not where.startswith("/dev/"):
        return (
            f"No picture comes from {where}. Check that the camera's app is running, that the "
            "address is right, and that this machine is on the same network."
        )
    device = f"/dev/video{where}" if isinstance(where, int) else where
    name = f"Camera {where}" if isinstance(where, int) else where
    if not sys.platform.startswith("linux"):
        return (
            f"{name} does not open. Check that it is plugged in, that no other program uses it, "
            "and that this terminal may use the camera (system settings, privacy)."
        )
    if not os.path.exists(device):  # noqa: PTH110 - a device, by its given name
        others = sorted(glob.glob("/dev/video*"))  # noqa: PTH207
        there = f"There is {', '.join(others)}." if others else "No camera is plugged in."
        return f"{name} is not there. {there} Plug one in, or name a clip to play instead."
    if not os.access(device, os.R_OK | os.W_OK):
        return f"{name} may not be opened by you. Add yourself to the group 'video', log in again."
    return f"{name} does not open; another program may use it. Close that program and try again."
