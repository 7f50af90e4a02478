"""Addresses that a person types where a file, or a whole address, is wanted."""

import re
from typing import Final
from urllib.parse import unquote, urlsplit

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]+):/+(?=[^/])", re.IGNORECASE)
"""With one slash, too: that is left of two where a path was made of it."""

_CAMERA_SCHEMES: Final = ("http", "https", "rtsp", "rtsps", "rtmp", "udp", "tcp")

_HOST: Final = re.compile(
    r"""(?:[^/\\\s@]*@)?                            # user and password
        (?P<host>
            (?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?     # by number
          | \[[0-9a-f:.]+\](?::\d{1,5})?             # the same, of IP version 6
          | (?:[a-z0-9-]+\.)*[a-z0-9-]+:\d{1,5}      # by name, with a port
          | (?:[a-z0-9-]+\.)+(?:local|lan|home)      # by name, at home
        )
        (?P<path>/[^?\s]*)?(?:\?\S*)?""",
    re.IGNORECASE | re.VERBOSE,
)
_USER: Final = re.compile(r"^/{1,2}[^/]*:[^/]*@")
_WINDOWS_DRIVE: Final = re.compile(r"[a-z]:[\\/]", re.IGNORECASE)


def hint_for_address(text: str, pose: str = "NAME") -> str | None:
    """Return what to type instead of an address where there is no file of that name.

    What it names is told without user, password and query: those are secrets.

    Args:
        text: What the person typed.
        pose: The pose's name, for the advice.

    Returns:
        A sentence; None where it looks like no address.
    """
    if _WINDOWS_DRIVE.match(text):
        return None
    if (found := _SCHEME.match(text)) is not None:
        scheme = found[1].lower()
        if scheme == "file":
            return f"A file is named by its path, not by an address: {_path_of(text)}"
        if scheme in _CAMERA_SCHEMES:
            return (
                "A file is needed here, and this is an address. A camera's is followed with: "
                f"formcheck {pose} {scheme}://..."
            )
        return (
            f"Cameras are not read by {scheme}. Name the camera's address with http, https or rtsp."
        )
    if (found := _HOST.fullmatch(text)) is not None:
        address = f"{found['host']}{found['path'] or ''}"
        return (
            f"{address} is no file. If it is a camera's address, write http:// or rtsp:// before "
            f"it: formcheck {pose} http://{address}"
        )
    return None


def _path_of(text: str) -> str:
    """Return the path in a file's address; as much of it as can be told."""
    # Loads what fetches pages, all of it; for a hint alone, and nothing is fetched.
    from urllib.request import url2pathname

    _, _, rest = text.partition(":")
    rest = _USER.sub("", rest)
    try:
        path = urlsplit(f"file:///{rest.lstrip('/').removeprefix('localhost/')}").path
    except ValueError:
        path = unquote(rest)
    return url2pathname(path)
