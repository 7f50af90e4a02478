"""The source is opened while the window comes up: a camera takes its time to start."""

import sys
from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import Final

from formcheck.io.source import is_camera, open_source
from formcheck.picture.frame import FrameSource
from formcheck.picture.rotation import TurnedSource

_PATIENCE_S: Final = 0.03
"""How often the window's events are handled meanwhile."""


class Opening:
    """A source that is being opened."""

    def __init__(self, text: str, pose: str) -> None:
        """Begin to open what the person typed; a clip is open at once.

        Args:
            text: What was typed.
            pose: The pose's name, for the advice in an error.

        Raises:
            FormcheckError: It is a clip that cannot be opened.
        """
        self._opened: Future[FrameSource] = Future()
        self._open: Callable[[], FrameSource] = lambda: open_source(text, pose)
        self._is_begun = True
        if not is_camera(text):
            self._opened.set_result(self._open())
        elif sys.platform == "darwin":  # only the main thread may ask for the camera there
            self._is_begun = False
        else:
            # A daemon: a camera that hangs must not keep the program from ending.
            Thread(target=self._run, name="opening", daemon=True).start()

    def check(self) -> None:
        """Raise what has gone wrong already, before a window opens for nothing.

        Raises:
            FormcheckError: It cannot be opened.
        """
        if self._opened.done():
            self._opened.result()

    def source(self, rotate_deg: int, meanwhile: Callable[[], None]) -> FrameSource:
        """Return the source once it is open, its pictures turned clockwise by so many degrees.

        Until then call `meanwhile` again and again.

        Raises:
            FormcheckError: It cannot be opened.
        """
        if not self._is_begun:
            self._run()
        while not self._opened.done():
            meanwhile()
            wait([self._opened], timeout=_PATIENCE_S)
        source = self._opened.result()
        return TurnedSource(source, rotate_deg) if rotate_deg else source

    def _run(self) -> None:
        try:
            self._opened.set_result(self._open())
        except BaseException as error:  # raised again where it is waited for
            self._opened.set_exception(error)
