"""The window's surroundings on X: the keys that are pressed in it, and the screen it lies on."""

import sys
from typing import Final, Self

from formcheck.ui.drawing.layout import Rect, Size
from formcheck.ui.window.desk.placing import fitted, free_part, screen_of
from formcheck.ui.window.desk.x11 import Press, RefusedError, XServer

_CORNER: Final = (2, 2)
"""Where the window's colour is looked at, in pixels from its corner."""

_LOOKS_FOR_WINDOW: Final = 100
"""So often it is looked for, a picture apart: the toolkit takes a moment to make it."""


class Desk:
    """Asks the X server about one window. It never raises: what is not known is None."""

    def __init__(self, server: XServer, title: str) -> None:
        """Ask this server about the window of this process that has this title now."""
        self._server: XServer | None = server
        self._title = title
        self._window: int | None = None
        self._looks_left = _LOOKS_FOR_WINDOW
        self._place: Rect | None = None
        """Where the window lay at the last look."""
        self._screen: Rect | None = None
        """That the window was fitted to."""

    @classmethod
    def find(cls, title: str) -> Self | None:
        """Return the desk of the window with this title; None where there is no X server."""
        if not sys.platform.startswith("linux"):
            return None
        server = XServer.connect()
        return None if server is None else cls(server, title)

    def close(self) -> None:
        """End the connection; twice is fine."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def presses(self) -> list[Press] | None:
        """Return the keys pressed in the window since the last call; None where not known."""
        try:
            if self._server is None or not self._is_found(self._server):
                return None
            return self._server.presses()
        except OSError:
            self.close()
            return None

    @property
    def is_asked(self) -> bool:
        """Whether it knows the window, or may still find it."""
        return self._server is not None and (self._window is not None or self._looks_left > 0)

    @property
    def size(self) -> Size | None:
        """The width and height of the window's inside, as they were when it was last fitted.

        In the pixels of the screens; None where that has not been yet.
        """
        return None if self._place is None else (self._place.width, self._place.height)

    def fit(self) -> None:
        """Bring all of the window onto its screen, once for each screen it comes to.

        What the person makes of it there is theirs. A window that is on its way, or was just
        opened, lies elsewhere at each look, and is left alone until it rests.
        """
        try:
            if self._server is not None and self._is_found(self._server):
                self._fit(self._server)
        except OSError:
            self.close()

    def see_to_paint(self, colour: int) -> bool:
        """Map the window anew where its corner lacks the colour it should have; True if it has it.

        On a screen without a window manager Qt paints one window in four never at all, whatever is
        shown in it, until it is mapped anew. Where there is one, it is left alone.
        """
        try:
            server = self._server
            if server is None or not self._is_found(server) or server.has_window_manager:
                return True
            assert self._window is not None
            if server.pixel_of(self._window, *_CORNER) == colour:
                return True
            server.map_anew(self._window)
        except RefusedError:  # it lies beyond the screen, or is off it just now
            return False
        except OSError:
            self.close()
            return True
        return False

    def call(self, title: str) -> None:
        """Look for the window by this title from now on, where it is not found yet."""
        self._title = title

    def _fit(self, server: XServer) -> None:
        assert self._window is not None
        place, screens = server.place_of(self._window), server.screens()
        was, self._place = self._place, place
        screen = screen_of(place, screens)
        if place != was or screen == self._screen:
            return
        self._screen = screen
        if place == screen:  # it fills the screen, as it was asked to
            return
        frame = server.frame_of(self._window)
        wanted = fitted(place, frame, free_part(screen, server.free_area()))
        if wanted != place:
            server.put(self._window, wanted, frame)

    def _is_found(self, server: XServer) -> bool:
        if self._window is None and self._looks_left > 0:
            self._looks_left -= 1
            self._window = server.window(self._title)
            if self._window is not None:
                server.listen(self._window)
        return self._window is not None
