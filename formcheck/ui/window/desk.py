"""The window's surroundings on X: the keys that are pressed in it."""

import sys
from typing import Final, Self

from formcheck.ui.window.x11 import Press, XServer

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

    def _is_found(self, server: XServer) -> bool:
        if self._window is None and self._looks_left > 0:
            self._looks_left -= 1
            self._window = server.window(self._title)
            if self._window is not None:
                server.listen(self._window)
        return self._window is not None
