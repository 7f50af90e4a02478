"""When Ctrl-C ends the program in an orderly way, and when at once."""

import signal


def heed() -> None:
    """From now on Ctrl-C raises `KeyboardInterrupt`: there is something to show or to close."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def finish_undisturbed() -> None:
    """After the first Ctrl-C, let the end run its course."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
