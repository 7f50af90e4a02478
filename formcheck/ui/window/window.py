"""The real window: OpenCV's, with its keys and its size."""

import os
import sys
import time
from collections import deque
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.pose.definition import PoseDefinition
from formcheck.pose.plan import Plan
from formcheck.session import Outcome
from formcheck.ui.display import USUAL, Key, Looking, Resting, Status
from formcheck.ui.drawing.layout import Size
from formcheck.ui.ending import Ending
from formcheck.ui.window.desk import Desk
from formcheck.ui.window.keys import keys_of
from formcheck.ui.window.overlay import DEFAULT_SIZE, Overlay
from formcheck.ui.window.room import room_on_first_screen

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

_FIRST_PAINT_S: Final = 0.3
"""A window whose first events nobody handles may stay black."""

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
        cv2.namedWindow(title, _FLAGS)
        cv2.resizeWindow(title, *size)
        self._desk = Desk.find(title)
        self._fit_where_no_desk_does()

    def show(self, canvas: npt.NDArray[np.uint8]) -> None:
        """Show a canvas, stretched to the window; it comes to the screen with the next `key`.

        OpenCV's view is never larger than its picture, so a window that grew is found by showing
        twice the size for a moment; on the screen that looks the same.
        """
        if self.is_closed:
            return
        is_probe = self._pictures % self._probe_every < _PROBE_PICTURES
        self._pictures += 1
        width, height = self._size
        self._shown = (2 * width, 2 * height) if is_probe else (width, height)
        if self._shown != (canvas.shape[1], canvas.shape[0]):
            canvas = np.asarray(cv2.resize(canvas, self._shown), dtype=np.uint8)
        cv2.imshow(self._title, canvas)

    def key(self) -> Key | None:
        """Let the window do its work, and return what was pressed, if it means anything."""
        if not self._is_open:
            return None
        code = cv2.pollKey()  # the whole code; `waitKey` cuts it to eight bits
        self._was_seen = self._was_seen or self._is_visible()
        if self._desk is not None and self._pictures % _FIT_EVERY == 0:
            self._desk.fit()
        presses = self._desk.presses() if self._desk is not None else None
        self._pressed += keys_of(code, presses)
        return self._pressed.popleft() if self._pressed else None

    @property
    def is_closed(self) -> bool:
        """Whether it was closed, by the person or by `close`."""
        if self._is_open and self._was_seen and not self._is_visible():
            self._is_open = False
        return not self._is_open

    @property
    def size(self) -> Size:
        """The width and height that a canvas should have, within bounds and in the same shape."""
        if not self.is_closed and self._was_seen:
            _, _, *view = cv2.getWindowImageRect(self._title)
            probed = self._pictures % self._probe_every == _PROBE_PICTURES
            known = [
                seen if 0 < seen < shown or probed else old
                for seen, shown, old in zip(view, self._shown, self._size, strict=True)
            ]
            self._size = (max(1, known[0]), max(1, known[1]))
        return bounded(self._size)

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


class WindowDisplay:
    """A `Display` in a window; the canvas follows its size."""

    def __init__(
        self, pose: PoseDefinition, size: Size = DEFAULT_SIZE, plan: Plan | None = None
    ) -> None:
        """Open the window; by default the plan is the pose's own dose."""
        self._overlay = Overlay(pose, size, plan)
        self._window = Window(_title(pose), size)
        self._asked_size = size
        ends_at = time.monotonic() + _FIRST_PAINT_S
        while time.monotonic() < ends_at:
            self.show(None, None, Status.GETTING_READY)
            self._window.key()
            time.sleep(0.01)

    def take_up(self, pose: PoseDefinition, plan: Plan) -> None:
        """Show this pose by this plan from now on."""
        self._overlay = Overlay(pose, self._overlay.size, plan)
        self._window.call(_title(pose))

    def show(
        self,
        image: npt.NDArray[np.uint8] | None,
        outcome: Outcome | None,
        status: Status | Resting = Status.LIVE,
        looking: Looking = USUAL,
    ) -> None:
        """Draw and show one state."""
        size = self._window.size
        # Not while the edge is being dragged: only a size that stays is worth a new layout.
        if size == self._asked_size and size != self._overlay.size:
            self._overlay.resize(size)
        self._asked_size = size
        self._window.show(self._overlay.draw(image, outcome, status, looking))

    def sum_up(self, ending: Ending) -> None:
        """Show from now on, where the end is shown, what the session came to."""
        self._overlay.sum_up(ending)

    def keys(self) -> list[Key]:
        """Return what was pressed since the last call; full screen is dealt with here."""
        pressed: list[Key] = []
        while (key := self._window.key()) is not None:
            if key is Key.FULL_SCREEN:
                self._window.toggle_full_screen()
            else:
                pressed.append(key)
        return pressed

    @property
    def is_closed(self) -> bool:
        """Whether the person closed the window."""
        return self._window.is_closed

    def close(self) -> None:
        """Close the window; twice is fine."""
        self._window.close()


def _title(pose: PoseDefinition) -> str:
    return f"formcheck: {pose.title}"
