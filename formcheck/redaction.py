"""Addresses as they may be kept and shown: without user, password, or what may be a token."""

import re
from collections.abc import Iterable
from typing import Final

LEFT_OUT: Final = "..."
"""Stands in the place of what may be a secret and has no place of its own to be left out of."""

_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+:/{1,3}[^\s]+", re.IGNORECASE)
_USER_AT_HOST: Final = re.compile(r"(?<![^\s'\"(])[^\s/\\:'\"(]{2,}:(?![\\/])[^\s]*@(?=[\w\[])")
"""Typed without what an address begins with. (One letter and a colon is a drive of Windows.)"""
_PARAMETERS: Final = re.compile(r"(?<=[\w/])\?[^\s'\"]*=[^\s'\"]*")

_PARTS: Final = re.compile(
    r"(?P<scheme>(?!file:)[a-z][a-z0-9+.-]+:/{1,3})(?P<rest>.*)", re.I | re.S
)
_HOST: Final = re.compile(r"(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[\w.-]{0,20}")
"""A part of a path such as "video" or "Streaming"; longer, or with other signs, it may be a key:
`/user=admin_password=...` and a stream's own key stand in the path of many cameras."""

_AFTER: Final = re.compile(r"[.,:;!?'\")\]>]*\Z")
"""What in a sentence follows an address and is none of it."""


def without_secrets(address: str) -> str:
    """Return an address with nothing left of it but its scheme, host, port and plain path.

    What cannot be told apart, such as a host from a password with an unescaped "/" or "@", is left
    out whole. A text that is no address comes back as it is.
    """
    parts = _PARTS.fullmatch(address)
    if parts is None:
        return address
    place = re.split(r"[/?#\\]", parts["rest"], maxsplit=1)[0]
    path, *_ = re.split(r"[?#\\]", parts["rest"][len(place) :], maxsplit=1)
    host = place.rpartition("@")[2]
    if "@" in parts["rest"][len(place) :] or not _HOST.fullmatch(host):
        return parts["scheme"] + LEFT_OUT
    kept = [part if _PLAIN.fullmatch(part) else LEFT_OUT for part in path.split("/")]
    return parts["scheme"] + host + "/".join(kept)


def redacted(text: str, typed: Iterable[str] = ()) -> str:
    """Return a text for a person with the secrets of every address in it left out.

    Args:
        text: May have addresses in it.
        typed: Words that the text may quote; of those that are addresses, it is known where they
            end, whatever is in them.
    """
    for word in sorted(typed, key=len, reverse=True):
        safe = without_secrets(word)
        if safe != word:
            text = text.replace(word, safe)
    text = _ADDRESS.sub(_safe_in_sentence, text)
    text = _USER_AT_HOST.sub("", text)
    return _PARAMETERS.sub("", text)


def _safe_in_sentence(found: re.Match[str]) -> str:
    address, after = found[0], _AFTER.search(found[0])
    end = after.start() if after is not None else len(address)
    return without_secrets(address[:end]) + address[end:]
