"""The display in a window."""

import time
from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.pose.definition import PoseDefinition
from formcheck.pose.plan import Plan
from formcheck.session import Outcome
from formcheck.ui.display import USUAL, Key, Looking, Resting, Status
from formcheck.ui.drawing.layout import DEFAULT_SIZE, Size
from formcheck.ui.ending import Ending
from formcheck.ui.window.overlay import Overlay
from formcheck.ui.window.window import Window

_FIRST_PAINT_S: Final = 0.3
"""A window whose first events nobody handles may stay black."""


class WindowDisplay:
    """A `Display` in a window; the canvas follows its size."""

    def __init__(
        self,
        pose: PoseDefinition,
        size: Size = DEFAULT_SIZE,
        plan: Plan | None = None,
        window: Window | None = None,
    ) -> None:
        """Open the window, or take one that is open; by default the plan is the pose's own dose."""
        self._overlay = Overlay(pose, size, plan)
        self._asked_size = size
        if window is not None:
            self._window = window
            window.call(_title(pose))
            return
        self._window = Window(_title(pose), size)
        ends_at = time.monotonic() + _FIRST_PAINT_S
        while time.monotonic() < ends_at:
            self.show(None, None, Status.GETTING_READY)
            self._window.work()
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
