"""When a signal ends the program in an orderly way, and when at once."""

import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import Final

_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl-C, a shutdown, a closed terminal, and a closed console on Windows. Not every system has
all of them."""

_UNTOUCHED: Final = (signal.SIG_DFL, signal.default_int_handler)


class Ended(KeyboardInterrupt):
    """A signal asks the program to end."""

    def __init__(self, number: int) -> None:
        """Say which one."""
        super().__init__(number)
        self.status: Final = 128 + number
        """What a shell reports of a program that this signal ended: 130 for Ctrl-C."""


def heed() -> None:
    """From now on a signal raises `Ended`: there is something to show or to close.

    The second one ends the program at once. What the program was started to ignore, as with
    nohup, stays ignored.
    """
    terminals = [
        stream.fileno() for stream in (sys.stdout, sys.stderr) if stream and stream.isatty()
    ]

    def end(number: int, _: FrameType | None) -> None:
        for name in _SIGNALS:
            if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is end:
                signal.signal(getattr(signal, name), signal.SIG_DFL)
        if number == getattr(signal, "SIGHUP", None):
            _turn_away_from(terminals)
        raise Ended(number)

    for name in _SIGNALS:
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) in _UNTOUCHED:
            signal.signal(getattr(signal, name), end)


def _turn_away_from(terminals: list[int]) -> None:
    """Let what is still written to a terminal that is gone go nowhere, in place of failing."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for descriptor in terminals:
            os.dup2(nowhere, descriptor)
        os.close(nowhere)
