"""The end of a worker that hangs, where nobody else can see that it does."""

import os
import threading
import time
from functools import cache
from typing import Final

_LOOK_EVERY_S: Final = 1.0


class Watchdog:
    """Ends this process when one of its threads comes no further.

    (One that hangs with the lock of Python ends nothing; dask itself takes such a worker for lost
    after five minutes without a sign of life.)
    """

    def __init__(self, patience_s: float) -> None:
        """Wait for so long. Only the time in which it looks counts: a suspended process is none."""
        self._patience_s = patience_s
        self._still_s: dict[int, float] = {}
        """For how long each thread that is at work has come no further."""
        threading.Thread(target=self._look, name="watchdog", daemon=True).start()

    def see(self) -> None:
        """Note that this thread has come further."""
        self._still_s[threading.get_ident()] = 0.0

    def __enter__(self) -> None:
        """From now on this thread is at work."""
        self.see()

    def __exit__(self, *_: object) -> None:
        """It is not any more."""
        self._still_s.pop(threading.get_ident(), None)

    def _look(self) -> None:
        while True:
            before_s = time.monotonic()
            time.sleep(min(_LOOK_EVERY_S, self._patience_s / 4))
            passed_s = min(time.monotonic() - before_s, 2 * _LOOK_EVERY_S)
            for thread in list(self._still_s):
                if thread in self._still_s:
                    self._still_s[thread] += passed_s
            if max(list(self._still_s.values()), default=0.0) > self._patience_s:
                os._exit(1)


@cache
def the_watchdog(patience_s: float) -> Watchdog:
    """Return that of this process; from the first call on it watches."""
    return Watchdog(patience_s)
