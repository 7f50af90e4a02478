"""Where the commands print: words are shown as they are written, whoever wrote them."""

from typing import Any

from rich.console import Console


def plain_console(**options: Any) -> Console:
    """Return a console that takes no brackets in a text for a style, and no colons for a picture.

    Args:
        options: As `rich.console.Console` takes them.
    """
    return Console(markup=False, emoji=False, **options)
