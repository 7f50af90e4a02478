"""The end of a process that hangs: whatever it was at gets its second try elsewhere."""

import faulthandler
import os
import threading
import time
from functools import cache
from typing import Final


class Watchdog:
    """Ends this process when what it is at comes no further.

    A process that hangs in a native library may hold Python's own lock, so that no thread of ours
    can run; faulthandler's thread needs none, and is put off for as long as all is well.
    """

    _LOOK_EVERY_S: Final = 1.0

    def __init__(self, patience_s: float) -> None:
        """Wait for so long."""
        self._patience_s = patience_s
        self._at_work: dict[int, float] = {}
        """When each thread that is at work was last seen to come further."""
        self._nowhere = open(os.devnull, "w")  # noqa: PTH123, SIM115 - for as long as we live
        threading.Thread(target=self._look, name="watchdog", daemon=True).start()

    def see(self) -> None:
        """Note that this thread has come further."""
        self._at_work[threading.get_ident()] = time.monotonic()

    def __enter__(self) -> None:
        """From now on this thread is at work."""
        self.see()

    def __exit__(self, *_: object) -> None:
        """It is not any more."""
        self._at_work.pop(threading.get_ident(), None)

    def _look(self) -> None:
        while True:
            faulthandler.dump_traceback_later(
                self._patience_s + self._LOOK_EVERY_S, exit=True, file=self._nowhere
            )
            oldest = min(list(self._at_work.values()), default=time.monotonic())
            if time.monotonic() - oldest > self._patience_s:
                os._exit(1)
            time.sleep(min(self._LOOK_EVERY_S, self._patience_s / 4))


@cache
def the_watchdog(patience_s: float) -> Watchdog:
    """Return that of this process; from the first call on it watches."""
    return Watchdog(patience_s)
