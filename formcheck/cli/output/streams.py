"""The three streams of the process, made so that no terminal and no input ends in a traceback."""

import codecs
import os
import sys
import unicodedata
from io import TextIOWrapper
from typing import Final

_PLAIN: Final = "formcheck.plain"

_ASCII: Final = "formcheck_ascii"
"""ASCII by a name that click does not know: to a stream of ASCII it writes UTF-8 all the same."""

_LIKE: Final = str.maketrans({
    "°": " deg", "–": "-", "—": "-", "−": "-", "…": "...", "·": "*", "•": "*", "×": "x",
    "‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "ß": "ss",
    "→": "->", "←": "<-", "✔": "+", "▲": "!", "‖": "||",
})  # fmt: skip
"""What stands for a sign where a terminal has no such."""


def make_safe() -> None:
    """Let what a terminal cannot show be replaced, and what cannot be read; a closed stream is one
    that goes nowhere."""
    plain_form()
    codecs.register(_plain_ascii)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_PLAIN if mode == "w" else "replace")
            if mode == "w" and codecs.lookup(stream.encoding).name == "ascii":
                stream.reconfigure(encoding=_ASCII, errors=_PLAIN)


def plain_form() -> None:
    """Let "formcheck.plain" be known as what to do with what cannot be encoded."""
    codecs.register_error(_PLAIN, _plain)


def _plain(error: UnicodeError) -> tuple[str | bytes, int]:
    """Return the plainest form of what cannot be encoded: as codecs' error handlers do."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = error.object[error.start : error.end]
    letters = unicodedata.normalize("NFKD", found.translate(_LIKE))
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return "".join(sign if sign.isascii() else "?" for sign in plain), error.end


def _plain_ascii(name: str) -> codecs.CodecInfo | None:
    """Return ASCII for its other name: as codecs' search functions do."""
    if name != _ASCII:
        return None
    ascii_ = codecs.lookup("ascii")
    return codecs.CodecInfo(
        ascii_.encode, ascii_.decode, ascii_.streamreader, ascii_.streamwriter,
        ascii_.incrementalencoder, ascii_.incrementaldecoder, name=_ASCII,
    )  # fmt: skip
