"""Text of others, such as the name of a file, as it may be shown in a terminal."""

import re
from typing import Final

_UNSAFE: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What steers a terminal, turns the direction of writing, or is no letter at all; a new line is
left as it is."""


def printable(text: str) -> str:
    """Return the text with every character that is not to be printed written as its code."""
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
