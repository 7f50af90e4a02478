"""What OpenCV's window does not tell on X: the whole key that was pressed, and the monitors.

A connection of our own to the X server, beside that of the window. By the X Window System Protocol,
version 11, and its extension RANDR 1.5; its requests' numbers and layouts are theirs.
"""

import os
import select
import socket
import struct
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

from formcheck.ui.screen import x_connection

_ERROR: Final = 0
_REPLY: Final = 1
_KEY_PRESS: Final = 2
_MAPPING_CHANGED: Final = 34
_WAS_SENT: Final = 0x80
"""Set in the number of an event that another program sent."""

_KEY_PRESS_MASK: Final = 1
_EVENT_MASK: Final = 0x800
_MOST_DEEP: Final = 4
"""A window manager puts a window into one or two of its own."""

_LONGEST_PROPERTY: Final = 1024
_FIRST_GROUPS: Final = 2
"""Keyboard layouts, of those one can switch between, whose letters the core protocol tells."""


class Box(NamedTuple):
    """A part of the screen, in its own pixels."""

    left: int
    top: int
    width: int
    height: int

    def overlap(self, other: "Box") -> "Box":
        """Return what is in both; of no size where nothing is."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right = min(self.left + self.width, other.left + other.width)
        bottom = min(self.top + self.height, other.top + other.height)
        return Box(left, top, max(0, right - left), max(0, bottom - top))


@dataclass(frozen=True, slots=True)
class Press:
    """A key that was pressed."""

    keycode: int
    """Its place on the keyboard."""
    state: int
    """The modifiers and locks that were on, a bit each, as the protocol has them."""
    symbol: int | None
    """What it bears there without shift, as an X keysym (a Latin letter is its own code); None
    where that is not known."""


class XServer:
    """A connection to the X server; every method may raise `OSError` where it is gone."""

    def __init__(self, server: socket.socket) -> None:
        """Take over a connection that was let in, its first byte read."""
        self._server = server
        self._buffer = b""
        self._sent = 0
        self._events: deque[bytes] = deque()
        self._atoms: dict[str, int] = {}
        head = self._receive(7)
        setup = self._receive(4 * struct.unpack_from("<H", head, 5)[0])
        vendor, screens = struct.unpack_from("<HxxBB", setup, 16)[0:2]
        formats = setup[21]
        self._first_key, self._last_key = setup[26], setup[27]
        screen = 32 + -(-vendor // 4) * 4 + 8 * formats
        assert screens
        (self._root,) = struct.unpack_from("<I", setup, screen)
        self._keysyms: tuple[int, tuple[int, ...]] | None = None
        """How many columns a key has, and the symbols of all."""

    @classmethod
    def connect(cls, environment: Mapping[str, str] | None = None) -> Self | None:
        """Return a connection to the server that DISPLAY names; None where none lets us in."""
        server = x_connection(environment)
        if server is None:
            return None
        try:
            return cls(server)
        except (OSError, struct.error, IndexError, AssertionError):
            server.close()
            return None

    def close(self) -> None:
        """End the connection; twice is fine."""
        self._server.close()

    def window(self, title: str) -> int | None:
        """Return the window of this process that has this title; None where there is none."""
        return self._window_below(self._root, title.encode(), _MOST_DEEP)

    def listen(self, window: int) -> None:
        """Hear of every key that is pressed in this window from now on."""
        self._send(2, 0, struct.pack("<III", window, _EVENT_MASK, _KEY_PRESS_MASK))
        self._keysyms = self._keyboard()

    def presses(self) -> list[Press]:
        """Return the keys that were pressed since the last call, the first one first."""
        while self._buffer or select.select([self._server], [], [], 0)[0]:
            self._take_packet()
        pressed = []
        while self._events:
            event = self._events.popleft()
            kind = event[0] & ~_WAS_SENT
            if kind == _MAPPING_CHANGED:
                self._keysyms = self._keyboard()
            elif kind == _KEY_PRESS:
                (state,) = struct.unpack_from("<H", event, 28)
                pressed.append(Press(event[1], state, self._symbol(event[1], state)))
        return pressed

    def place(self, window: int) -> Box:
        """Return where on the screen a window is, without its frame."""
        geometry = self._ask(14, 0, struct.pack("<I", window))
        width, height = struct.unpack_from("<HH", geometry, 16)
        corner = self._ask(40, 0, struct.pack("<IIhh", window, self._root, 0, 0))
        left, top = struct.unpack_from("<hh", corner, 12)
        return Box(left, top, width, height)

    def frame(self, window: int) -> tuple[int, int, int, int]:
        """Return how wide the frame around a window is: left, right, top, bottom."""
        found = self._numbers(window, "_NET_FRAME_EXTENTS")
        return (found[0], found[1], found[2], found[3]) if len(found) >= 4 else (0, 0, 0, 0)

    def monitors(self) -> list[Box]:
        """Return every monitor's part of the screen; the whole where the server knows of none."""
        extension = self._ask(98, 0, struct.pack("<Hxx", 5) + b"RANDR\0\0\0")
        is_there, major = extension[8], extension[9]
        if is_there:
            self._ask(major, 0, struct.pack("<II", 1, 5))
            with suppress(_RefusedError):  # it knows RANDR, but an older one
                return self._randr_monitors(major)
        return [self.place(self._root)]

    def _randr_monitors(self, major: int) -> list[Box]:
        answer = self._ask(major, 42, struct.pack("<IBxxx", self._root, 1))
        (count,) = struct.unpack_from("<I", answer, 12)
        found, at = [], 32
        for _ in range(count):
            (outputs,) = struct.unpack_from("<H", answer, at + 6)
            left, top, width, height = struct.unpack_from("<hhHH", answer, at + 8)
            found.append(Box(left, top, width, height))
            at += 24 + 4 * outputs
        return found or [self.place(self._root)]

    def work_area(self) -> Box | None:
        """Return the screen without panels and docks; None where no window manager tells."""
        found = self._numbers(self._root, "_NET_WORKAREA")
        return Box(*found[:4]) if len(found) >= 4 else None

    def put(self, window: int, where: Box) -> None:
        """Ask for a window to be there: its frame's corner, and its size without the frame."""
        values = struct.pack("<iiII", where.left, where.top, where.width, where.height)
        self._send(12, 0, struct.pack("<IHxx", window, 0b1111) + values)

    def _window_below(self, window: int, title: bytes, deep: int) -> int | None:
        answer = self._ask(15, 0, struct.pack("<I", window))
        (count,) = struct.unpack_from("<H", answer, 16)
        children: tuple[int, ...] = struct.unpack_from(f"<{count}I", answer, 32)
        for child in reversed(children):  # the newest is on top
            with suppress(_RefusedError):  # it has just gone
                is_ours = self._numbers(child, "_NET_WM_PID")[:1] == (os.getpid(),)
                if is_ours and self._property(child, "_NET_WM_NAME") == title:
                    return child
                found = self._window_below(child, title, deep - 1) if deep > 1 else None
                if found is not None:
                    return found
        return None

    def _keyboard(self) -> tuple[int, tuple[int, ...]]:
        count = self._last_key - self._first_key + 1
        answer = self._ask(101, 0, struct.pack("<BBxx", self._first_key, count))
        columns = answer[1]
        return columns, struct.unpack_from(f"<{columns * count}I", answer, 32)

    def _symbol(self, keycode: int, state: int) -> int | None:
        if self._keysyms is None or keycode < self._first_key:
            return None
        group = state >> 13 & 3
        columns, symbols = self._keysyms
        at = columns * (keycode - self._first_key)
        if group >= _FIRST_GROUPS or at >= len(symbols):
            return None
        second = symbols[at + 2] if columns > 2 else 0
        return (second if group == 1 and second else symbols[at]) or None

    def _numbers(self, window: int, name: str) -> tuple[int, ...]:
        content = self._property(window, name)
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    def _property(self, window: int, name: str) -> bytes:
        if name not in self._atoms:
            text = name.encode()
            padded = text + bytes(-len(text) % 4)
            answer = self._ask(16, 0, struct.pack("<Hxx", len(text)) + padded)
            (self._atoms[name],) = struct.unpack_from("<I", answer, 8)
        request = struct.pack("<IIIII", window, self._atoms[name], 0, 0, _LONGEST_PROPERTY)
        answer = self._ask(20, 0, request)
        (length,) = struct.unpack_from("<I", answer, 16)
        return answer[32 : 32 + length * answer[1] // 8]

    def _send(self, number: int, detail: int, content: bytes) -> None:
        self._sent = self._sent + 1 & 0xFFFF
        head = struct.pack("<BBH", number, detail, 1 + len(content) // 4)
        self._server.sendall(head + content)

    def _ask(self, number: int, detail: int, content: bytes) -> bytes:
        """Send a request and return its reply.

        Raises:
            _RefusedError: The server calls it an error.
        """
        self._send(number, detail, content)
        while True:
            packet = self._take_packet()
            if packet is None or struct.unpack_from("<H", packet, 2)[0] != self._sent:
                continue
            if packet[0] == _ERROR:
                raise _RefusedError
            return packet

    def _take_packet(self) -> bytes | None:
        """Return the next reply or error; an event is put aside."""
        packet = self._receive(32)
        if packet[0] == _REPLY:
            return packet + self._receive(4 * struct.unpack_from("<I", packet, 4)[0])
        if packet[0] == _ERROR:
            return packet
        self._events.append(packet)
        return None

    def _receive(self, count: int) -> bytes:
        while len(self._buffer) < count:
            got = self._server.recv(65536)
            if not got:
                raise ConnectionError("the X server has closed the connection")
            self._buffer += got
        wanted, self._buffer = self._buffer[:count], self._buffer[count:]
        return wanted


class _RefusedError(OSError):
    """The server calls a request an error: the window it asks about is gone, for one."""
