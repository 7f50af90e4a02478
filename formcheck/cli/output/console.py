"""Where the commands print: words are shown as they are written, whoever wrote them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console

from formcheck.ui.suspension import Suspension


def plain_console(**options: Any) -> Console:
    """Return a console that takes no brackets in a text for a style, and no colons for a picture.

    Args:
        options: As `rich.console.Console` takes them.
    """
    return Console(markup=False, emoji=False, **options)


@contextmanager
def looking(console: Console, words: str) -> Iterator[None]:
    """Show within that something is being done, where a terminal can show it."""
    if not console.is_terminal:
        yield
        return
    suspension = Suspension(console, lambda: 1)
    try:
        with console.status(words, spinner="line" if console.options.ascii_only else "dots"):
            yield
    finally:
        suspension.close()
