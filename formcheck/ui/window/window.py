"""The real window: OpenCV's, with its keys and its size."""

import os
import sys
import time
from collections import deque
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.ui.display import Key
from formcheck.ui.drawing.layout import DEFAULT_SIZE, Size
from formcheck.ui.window.desk.desk import Desk
from formcheck.ui.window.desk.room import room_on_first_screen
from formcheck.ui.window.keys import keys_of

SMALLEST: Final[Size] = (480, 360)
LARGEST: Final[Size] = (2560, 1440)
"""A larger window stretches the canvas: nobody sees more, and drawing costs."""

_PROBE_EVERY: Final = 30
"""Pictures from one look for a larger window to the next."""
_PROBE_RARELY: Final = 150
LARGE_PX: Final = 1920 * 1080
_PROBE_PICTURES: Final = 2
"""So long a look takes: the window's events have to come through."""

_FIT_EVERY: Final = 5
"""Pictures from one look at the window's screen to the next."""

_PAINTS: Final = 20
_PAINT_EVERY_S: Final = 0.15
"""So often, and so far apart, is looked whether a new window is painted."""

# Free ratio: else the window's size would be that of the canvas in it, which would never follow.
_FLAGS: Final = cv2.WINDOW_NORMAL | cv2.WINDOW_FREERATIO | cv2.WINDOW_GUI_NORMAL


class Window:
    """A window on the screen. There must be one: see `formcheck.ui.screen.has_screen`."""

    def __init__(self, title: str, size: Size = DEFAULT_SIZE) -> None:
        """Open it at this width and height in pixels."""
        if sys.platform.startswith("linux"):
            # OpenCV's Qt has this one way to a screen; told another, it ends the process.
            os.environ["QT_QPA_PLATFORM"] = "xcb"
        self._title = title
        self._size = size
        self._shown: Size = size
        self._pictures = 0
        self._is_open = True
        self._was_seen = False
        self._is_full_screen = False
        self._pressed: deque[Key] = deque()
        self._corner: npt.NDArray[np.uint8] = np.zeros(3, np.uint8)
        """The colour of the canvas's corner, blue-green-red."""
        self._paints_left = _PAINTS
        self._paint_at_s = time.monotonic() + _PAINT_EVERY_S
        cv2.namedWindow(title, _FLAGS)
        cv2.resizeWindow(title, *size)
        self._desk = Desk.find(title)
        self._fit_where_no_desk_does()

    def show(self, canvas: npt.NDArray[np.uint8]) -> None:
        """Show a canvas, stretched to the window; it comes to the screen with the next `key`.

        OpenCV's view is never larger than its picture. So where nobody else tells that a window
        grew, it is found by showing twice the size for a moment; on the screen that looks the same.
        """
        if self.is_closed:
            return
        is_probe = not self._is_told_size and self._pictures % self._probe_every < _PROBE_PICTURES
        self._pictures += 1
        width, height = self._size
        self._shown = (2 * width, 2 * height) if is_probe else (width, height)
        if self._shown != (canvas.shape[1], canvas.shape[0]):
            canvas = np.asarray(cv2.resize(canvas, self._shown), dtype=np.uint8)
        self._corner = canvas[0, 0]
        cv2.imshow(self._title, canvas)

    def key(self) -> Key | None:
        """Let the window do its work, and return what was pressed, if it means anything."""
        self.work()
        return self._pressed.popleft() if self._pressed else None

    def work(self) -> None:
        """Let the window do its work; what is pressed is kept for `key`."""
        if not self._is_open:
            self._pressed.clear()
            return
        code = cv2.pollKey()  # the whole code; `waitKey` cuts it to eight bits
        self._was_seen = self._was_seen or self._is_visible()
        if self._desk is not None and self._pictures % _FIT_EVERY == 0:
            self._desk.fit()
        presses = self._desk.presses() if self._desk is not None else None
        self._pressed += keys_of(code, presses)
        self._see_to_paint()

    @property
    def is_closed(self) -> bool:
        """Whether it was closed, by the person or by `close`."""
        if self._is_open and self._was_seen and not self._is_visible():
            self._is_open = False
        return not self._is_open

    @property
    def size(self) -> Size:
        """The width and height that a canvas should have, within bounds and in the same shape."""
        if self._desk is not None and self._is_told_size:
            self._size = self._desk.size or self._size
        elif not self.is_closed and self._was_seen:
            _, _, *view = cv2.getWindowImageRect(self._title)
            probed = self._pictures % self._probe_every == _PROBE_PICTURES
            known = [
                seen if 0 < seen < shown or probed else old
                for seen, shown, old in zip(view, self._shown, self._size, strict=True)
            ]
            self._size = (max(1, known[0]), max(1, known[1]))
        return bounded(self._size)

    @property
    def _is_told_size(self) -> bool:
        """The X server knows it, where there is one; pictures of twice the size cost memory."""
        return self._desk is not None and self._desk.is_asked

    @property
    def _probe_every(self) -> int:
        """Twice a large canvas takes long to show, so a large window is looked at less often."""
        is_large = self._size[0] * self._size[1] > LARGE_PX
        return _PROBE_RARELY if is_large else _PROBE_EVERY

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back."""
        if self.is_closed:
            return
        self._is_full_screen = not self._is_full_screen
        mode = cv2.WINDOW_FULLSCREEN if self._is_full_screen else cv2.WINDOW_NORMAL
        cv2.setWindowProperty(self._title, cv2.WND_PROP_FULLSCREEN, mode)

    def call(self, title: str) -> None:
        """Show another title from now on."""
        if not self.is_closed:
            cv2.setWindowTitle(self._title, title)
            if self._desk is not None:
                self._desk.call(title)

    def close(self) -> None:
        """Take it off the screen; twice is fine."""
        if not self.is_closed:
            self._is_open = False
            if self._desk is not None:
                self._desk.close()
            cv2.destroyWindow(self._title)
            cv2.pollKey()  # the window goes only when its events are handled

    def _fit_where_no_desk_does(self) -> None:
        room = room_on_first_screen() if self._desk is None else None
        if room is None or (self._size[0] <= room.width and self._size[1] <= room.height):
            return
        self._size = max(1, min(self._size[0], room.width)), max(1, min(self._size[1], room.height))
        cv2.resizeWindow(self._title, *self._size)
        cv2.moveWindow(self._title, room.x, room.y)

    def _see_to_paint(self) -> None:
        """Look now and then, in its first seconds, whether anything of the window is painted."""
        now_s = time.monotonic()
        if self._desk is None or not self._paints_left or now_s < self._paint_at_s:
            return
        self._paint_at_s = now_s + _PAINT_EVERY_S
        self._paints_left -= 1
        blue, green, red = (int(part) for part in self._corner)
        if self._desk.see_to_paint(red << 16 | green << 8 | blue):
            self._paints_left = 0

    def _is_visible(self) -> bool:
        try:
            return cv2.getWindowProperty(self._title, cv2.WND_PROP_VISIBLE) >= 1
        except cv2.error:  # with the last window its whole toolkit is gone
            return False


def bounded(size: Size) -> Size:
    """Return a size of the same shape that is neither too large to draw nor too small to read."""
    width, height = size
    shrink = min(1.0, LARGEST[0] / width, LARGEST[1] / height)
    grow = max(1.0, SMALLEST[0] / width, SMALLEST[1] / height)
    scale = shrink if shrink < 1.0 else grow
    return min(LARGEST[0], round(width * scale)), min(LARGEST[1], round(height * scale))
