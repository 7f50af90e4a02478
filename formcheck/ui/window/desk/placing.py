"""Where a window is to lie so that all of it is on one screen: pure geometry, in pixels."""

from collections.abc import Sequence

from formcheck.ui.drawing.layout import Rect
from formcheck.ui.window.desk.x11 import Frame


def screen_of(window: Rect, screens: Sequence[Rect]) -> Rect:
    """Return the screen that most of a window lies on; the first where it lies on none."""
    return max(screens, key=window.overlap)


def free_part(screen: Rect, free_area: Rect) -> Rect:
    """Return what panels and docks leave of a screen; all of it where that would be nothing."""
    left, top = max(screen.x, free_area.x), max(screen.y, free_area.y)
    right, bottom = min(screen.right, free_area.right), min(screen.bottom, free_area.bottom)
    return Rect(left, top, right - left, bottom - top) if right > left and bottom > top else screen


def fitted(window: Rect, frame: Frame, room: Rect) -> Rect:
    """Return where a window fits, moved and shrunk no more than it takes.

    Args:
        window: Where it lies, without its frame.
        frame: What is around it.
        room: What it may take up with its frame.
    """
    width = max(1, min(window.width, room.width - frame.left - frame.right))
    height = max(1, min(window.height, room.height - frame.top - frame.bottom))
    x = min(max(window.x, room.x + frame.left), room.right - frame.right - width)
    y = min(max(window.y, room.y + frame.top), room.bottom - frame.bottom - height)
    return Rect(x, y, width, height)
