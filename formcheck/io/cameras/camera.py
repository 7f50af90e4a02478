"""A camera: only its newest frame, stamped as it is grabbed."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import cv2
import numpy as np

from formcheck.errors import FormcheckError
from formcheck.io.cameras.devices import (
    Capture,
    device_name,
    is_single_picture,
    open_capture,
    other_numbers,
    why_it_does_not_open,
)
from formcheck.io.cameras.frozen import FrozenPicture
from formcheck.picture.frame import Frame
from formcheck.redaction import without_secrets

_RETRY_S: Final = 1.0

_FROZEN_S: Final = 3.0
"""A camera that has shown one picture for so long is opened anew; OpenCV, for one, goes on handing
out the last picture of a stream whose size has changed."""

_CLOSE_S: Final = 0.5
"""A camera that works lets go by then; for one that hangs nobody waits."""


class Camera:
    """A webcam by number or device, or a network camera by URL.

    A thread takes every frame as it comes and keeps the newest alone: late advice is worse than
    a lower rate. The same picture again is not handed on: a camera that shows nothing new is none.
    A camera that fails is opened again every second until it is closed; one that was chosen by its
    number is also looked for under others.
    """

    is_live = True
    problem = None

    def __init__(
        self,
        where: int | str,
        now: Callable[[], float] = time.monotonic,
        open_capture: Callable[[int | str], Capture] = open_capture,
        others: Callable[[int, str | None], Sequence[int]] = other_numbers,
    ) -> None:
        """Open the camera `where` and start taking frames.

        Args:
            where: A camera number, a device path such as /dev/video0, or a URL.
            now: The monotonic clock, in seconds; frame times count from here on.
            open_capture: How to open it.
            others: Under which numbers else a camera of this number and name may come back.

        Raises:
            FormcheckError: There is no such camera, or it does not open.
        """
        self.name = f"camera {where}" if isinstance(where, int) else without_secrets(where)
        self._where = where
        self._device_name = device_name(where) if isinstance(where, int) else None
        self._now = now
        self._started_s = now()
        self._open = open_capture
        self._others = others
        self._found_at = where
        """Where it was found last; proven once a picture has come from there."""
        self._fruitless: Counter[int | str] = Counter()
        """How often each place was opened since the last picture, and gave none."""
        self._capture: Capture | None = self._open(where)
        if not self._capture.isOpened():
            self._capture.release()
            raise FormcheckError(why_it_does_not_open(where))
        if is_single_picture(where, self._capture):
            self._capture.release()
            raise FormcheckError(
                "This address gives one picture and ends: a snapshot. Name the address of the "
                "camera's video instead: MJPEG, such as http://.../video, or rtsp://..."
            )
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
        """Stop the thread and let go of the device; one that hangs is left to the thread."""
        self._closing.set()
        with self._news:
            self._newest = None
            self._news.notify_all()
        self._thread.join(timeout=_CLOSE_S)

    def _take_frames(self) -> None:
        index = 0
        last_time_s = news_s = -1.0
        frozen = FrozenPicture()
        try:
            while not self._closing.is_set():
                if self._capture is None and not self._find_again():
                    self._closing.wait(_RETRY_S)
                    continue
                assert self._capture is not None
                try:
                    is_there = self._capture.grab()
                    time_s = max(self._now() - self._started_s, last_time_s + 1e-6)
                    has_image, image = self._capture.retrieve() if is_there else (False, None)
                except cv2.error:  # a picture that came damaged may not decode
                    is_there, has_image, image = False, False, None
                if not is_there:
                    self._lose()
                    continue
                if not has_image or image is None or image.size == 0:
                    continue
                picture = np.asarray(image, dtype=np.uint8)
                if frozen.is_same_again(picture):
                    if time_s - news_s > _FROZEN_S:
                        news_s = time_s
                        self._lose()
                    continue
                self._fruitless.clear()
                last_time_s = news_s = time_s
                with self._news:
                    if not self._closing.is_set():
                        self._newest = Frame(picture, time_s, index)
                        self._news.notify_all()
                index += 1
        finally:
            self._lose()

    def _lose(self) -> None:
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()
            self._fruitless[self._found_at] += 1

    def _find_again(self) -> bool:
        for where in self._places():
            capture = self._open(where)
            if capture.isOpened():
                self._capture, self._found_at = capture, where
                return True
            capture.release()
            if self._closing.is_set():
                break
        return False

    def _places(self) -> list[int | str]:
        """Return where it may be, first where it was; last what was opened and gave no picture."""
        places = [self._where]
        if isinstance(self._where, int):
            places += self._others(self._where, self._device_name)
        places.sort(key=lambda place: (self._fruitless[place], place != self._found_at))
        return places
