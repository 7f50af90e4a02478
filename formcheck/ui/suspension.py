"""Ctrl-Z while a view renews itself in the terminal, and `fg` after it."""

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Final

from rich.console import Console

_SIGNAL: Final = getattr(signal, "SIGTSTP", None)
"""None on Windows, where no program is suspended so."""

_SHOW_CURSOR: Final = b"\x1b[?25h"
_HIDE_CURSOR: Final = b"\x1b[?25l"


class Suspension:
    """Gives the cursor back to the shell while the program is suspended, and hides it after that.

    The view that stands stays where it is, and goes on below what the shell wrote.
    """

    def __init__(self, console: Console, lines: Callable[[], int]) -> None:
        """Heed it from now on, where the console is a terminal whose cursor a view has hidden.

        Args:
            console: That shows the view.
            lines: How many lines the view has; it is asked as the program goes on.
        """
        self._lines = lines
        self._descriptor: int | None = None
        if (
            _SIGNAL is None
            or not console.is_terminal
            or console.is_dumb_terminal
            or threading.current_thread() is not threading.main_thread()
            or signal.getsignal(_SIGNAL) is not signal.SIG_DFL
        ):
            return
        with suppress(OSError):  # of a file that is none of the system's
            self._descriptor = console.file.fileno()
            signal.signal(_SIGNAL, self._suspend)

    def close(self) -> None:
        """Heed it no more; twice is fine."""
        if self._descriptor is not None and _SIGNAL is not None:
            self._descriptor = None
            signal.signal(_SIGNAL, signal.SIG_DFL)

    def _suspend(self, _number: int, _frame: FrameType | None) -> None:
        assert _SIGNAL is not None
        self._write(b"\r\n" + _SHOW_CURSOR)
        signal.signal(_SIGNAL, signal.SIG_DFL)
        # To this very thread, which cannot go on before: another one might take it too late.
        signal.pthread_kill(threading.get_ident(), _SIGNAL)
        # Here it goes on after `fg`.
        if self._descriptor is None:
            return
        signal.signal(_SIGNAL, self._suspend)
        # A view that is renewed begins so many lines higher.
        self._write(_HIDE_CURSOR + b"\n" * (self._lines() - 1))

    def _write(self, codes: bytes) -> None:
        # Not through the console, which may be in the midst of writing.
        if self._descriptor is not None:
            with suppress(OSError):
                os.write(self._descriptor, codes)
