"""What a session begins with: the camera, the window, and what looks at the pictures.

To load what judges and coaches takes as long as all the rest of the start. Nothing here imports
that: the window is up before it has come, and the camera and MediaPipe are opened meanwhile.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, Final, Self, TypeVar

from formcheck.cli.live.opening import Opening
from formcheck.cli.live.perception import Perception
from formcheck.cli.wishes.wishes import Wishes
from formcheck.io.source import is_camera
from formcheck.ui.screen import has_screen

if TYPE_CHECKING:
    from formcheck.cli.live.exercise import Exercise
    from formcheck.ui.display import Display
    from formcheck.ui.window.window import Window

T = TypeVar("T")

_PATIENCE_S: Final = 0.01
"""How often the window's events are handled meanwhile."""


class Beginning:
    """The camera, the window and what looks at the pictures; each is begun when first asked for."""

    def __init__(self, wishes: Wishes, pose: str) -> None:
        """Begin with nothing yet.

        Args:
            wishes: The person's.
            pose: The first pose's name, for the advice in an error.
        """
        self._wishes, self._pose = wishes, pose
        self._begun = ExitStack()
        self._window: Window | None = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of it."""
        self.close()

    def close(self) -> None:
        """Let go of all that was begun, but of a source that was opened; twice is fine."""
        self._begun.close()

    @cached_property
    def opening(self) -> Opening:
        """The source that is being opened.

        Raises:
            FormcheckError: It is a clip that cannot be opened.
        """
        return Opening(self._wishes.source, self._pose)

    @cached_property
    def perception(self) -> Perception:
        """What looks at the pictures, being loaded."""
        perception = Perception(self._wishes.model)
        self._begun.callback(perception.close)
        return perception

    def hurry(self) -> None:
        """Begin with all three, where nothing is to be read or refused before: there is a window.

        Raises:
            FormcheckError: The camera cannot be opened, as is known already.
        """
        wishes = self._wishes
        writes = wishes.recording.path is not None or wishes.sound.transcript is not None
        if wishes.terminal or writes or not is_camera(wishes.source) or not has_screen():
            return
        if self._are_notes_to_be_read():
            return
        opening = self.opening
        # It takes a moment to load: by then a camera that is not there has mostly said so.
        from formcheck.ui.window.curtain import window_with_curtain

        opening.check()
        self._window = window_with_curtain()
        self._begun.callback(self._window.close)
        _ = self.perception

    def load(self, what: Callable[[], T]) -> T:
        """Return what this returns; the window, if it is up, stays alive meanwhile."""
        if self._window is None:
            return what()
        with ThreadPoolExecutor(1, thread_name_prefix="loading") as pool:
            loaded = pool.submit(what)
            while not loaded.done():
                self._window.work()
                wait([loaded], timeout=_PATIENCE_S)
        return loaded.result()

    def display(self, exercise: "Exercise") -> "Display":
        """Return the display of the first exercise: the window, or the terminal.

        Raises:
            FormcheckError: The source cannot be opened, as is known already.
        """
        display = self._display(exercise)
        self._begun.callback(display.close)
        return display

    def _display(self, exercise: "Exercise") -> "Display":
        if self._window is not None or (not self._wishes.terminal and has_screen()):
            from formcheck.ui.window.window_display import WindowDisplay

            self.opening.check()
            return WindowDisplay(exercise.pose, plan=exercise.plan, window=self._window)
        from formcheck.cli.output.console import plain_console
        from formcheck.ui.terminal import text_display

        self.opening.check()
        return text_display(exercise.pose, plain_console(), exercise.plan)

    def _are_notes_to_be_read(self) -> bool:
        """Tell whether somebody at the terminal has to confirm the pose's safety notes first."""
        from formcheck.cli.live.safety import are_known, is_somebody_there
        from formcheck.store import Store

        return is_somebody_there() and not are_known(self._pose, Store())
