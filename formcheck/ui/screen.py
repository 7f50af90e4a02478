"""Is there a screen to open a window on?

OpenCV's window ends the whole process where no X server answers, or where one answers and
refuses, so this asks the server itself first: it connects and shakes hands as a window would.
"""

import os
import re
import socket
import struct
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

TIMEOUT_S: Final = 0.5
"""For each attempt: a local server answers in a millisecond."""

_DISPLAY: Final = re.compile(r"(?:[a-z]+/)?(?P<host>[^/]*):(?P<number>\d{1,4})(?:\.\d+)?")
_COOKIE: Final = b"MIT-MAGIC-COOKIE-1"
_ACCEPTED: Final = b"\x01"


def has_screen(environment: Mapping[str, str] | None = None) -> bool:
    """Return whether a window can be opened.

    Always true on macOS and Windows. Elsewhere an X server has to answer on the local socket
    that DISPLAY names; only a DISPLAY with a host in it is looked for over the network.
    """
    if sys.platform in ("darwin", "win32"):
        return True
    server = x_connection(environment)
    if server is None:
        return False
    server.close()
    return True


def x_connection(environment: Mapping[str, str] | None = None) -> socket.socket | None:
    """Return a connection to the X server that DISPLAY names; None where none lets us in.

    Its first byte, that it does, has been read.
    """
    environment = os.environ if environment is None else environment
    display = _DISPLAY.fullmatch(environment.get("DISPLAY", "").strip())
    if display is None:
        return None
    host, number = display["host"], int(display["number"])
    for cookie in reversed([b"", *_cookies(environment, number)]):
        for server in _connections(host, number):
            with suppress(OSError):
                server.sendall(_greeting(cookie))
                if server.recv(1) == _ACCEPTED:
                    return server
            server.close()
    return None


def _connections(host: str, number: int) -> Iterator[socket.socket]:
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        for address in (f"\0{path}", path):
            server = socket.socket(socket.AF_UNIX)
            server.settimeout(TIMEOUT_S)
            try:
                server.connect(address)
            except OSError:
                server.close()
            else:
                yield server
    else:
        with suppress(OSError):
            yield socket.create_connection((host, 6000 + number), TIMEOUT_S)


def _greeting(cookie: bytes) -> bytes:
    """Return the first message of an X client: byte order, version 11.0, and its cookie."""
    name = _COOKIE if cookie else b""
    head = struct.pack("<BxHHHHxx", ord("l"), 11, 0, len(name), len(cookie))
    return head + _padded(name) + _padded(cookie)


def _padded(part: bytes) -> bytes:
    return part + bytes(-len(part) % 4)


def _cookies(environment: Mapping[str, str], number: int) -> list[bytes]:
    """Return the cookies for this display number from the X authority file, if there is one.

    Its entries are a family (two bytes) and four strings, each after its length: address, display
    number, name and cookie. Whose address it is does not matter: a wrong cookie is refused.
    """
    name = environment.get("XAUTHORITY") or str(
        Path(environment.get("HOME", "/nonexistent")) / ".Xauthority"
    )
    try:
        content = Path(name).read_bytes()
    except OSError:
        return []
    cookies = []
    with suppress(struct.error):
        place = 0
        while place < len(content):
            place += 2
            fields = []
            for _ in range(4):
                (length,) = struct.unpack_from(">H", content, place)
                fields.append(content[place + 2 : place + 2 + length])
                place += 2 + length
            if fields[1] in (b"", str(number).encode()) and fields[2] == _COOKIE:
                cookies.append(fields[3])
    return cookies
