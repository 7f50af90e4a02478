"""The room for a window on macOS and Windows, as their own libraries tell; X tells more: `desk`."""

import ctypes
import sys
from typing import Final

from formcheck.ui.drawing.layout import Rect

_MENU_AND_TITLE_PT: Final = 66
"""Of macOS: the menu bar of a screen with a camera in it, 38 points, and a window's title, 28."""

_WORK_AREA: Final = 0x30
_CAPTION, _SIZE_FRAME, _PADDED_BORDER = 4, 33, 92
"""Of Windows: SPI_GETWORKAREA; SM_CYCAPTION, SM_CYSIZEFRAME, SM_CXPADDEDBORDER."""


class _WindowsRect(ctypes.Structure):
    _fields_ = tuple((edge, ctypes.c_long) for edge in ("left", "top", "right", "bottom"))


class _MacRect(ctypes.Structure):
    _fields_ = tuple((edge, ctypes.c_double) for edge in ("x", "y", "width", "height"))


def room_on_first_screen() -> Rect | None:
    """Return what a window, without title and edges, may take up of the first screen.

    In the units in which OpenCV places windows; None where the system does not tell.
    """
    try:
        if sys.platform == "win32":
            return _windows()
        if sys.platform == "darwin":
            return _mac()
    except (OSError, AttributeError):
        pass  # another system's library: the window is as large as usual
    return None


def _windows() -> Rect | None:
    if sys.platform != "win32":
        return None
    user32, area = ctypes.windll.user32, _WindowsRect()
    if not user32.SystemParametersInfoW(_WORK_AREA, 0, ctypes.byref(area), 0):
        return None
    edge = user32.GetSystemMetrics(_SIZE_FRAME) + user32.GetSystemMetrics(_PADDED_BORDER)
    width = area.right - area.left - 2 * edge
    height = area.bottom - area.top - user32.GetSystemMetrics(_CAPTION) - 2 * edge
    return Rect(area.left, area.top, width, height)


def _mac() -> Rect:
    graphics = ctypes.CDLL("/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics")
    graphics.CGMainDisplayID.restype = ctypes.c_uint32
    graphics.CGDisplayBounds.argtypes = [ctypes.c_uint32]
    graphics.CGDisplayBounds.restype = _MacRect
    bounds = graphics.CGDisplayBounds(graphics.CGMainDisplayID())
    return Rect(0, 0, round(bounds.width), round(bounds.height) - _MENU_AND_TITLE_PT)
