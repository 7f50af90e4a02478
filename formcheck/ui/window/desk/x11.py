"""What OpenCV's window does not tell on X: the whole key that was pressed, and where it lies.

A connection of our own to the X server, beside that of the window. By the X Window System Protocol,
version 11; its requests' numbers and layouts are its.
"""

import os
import select
import socket
import struct
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Self

from formcheck.ui.drawing.layout import Rect
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


_PLACE_AND_SIZE: Final = 0xF
_QUERY_SCREENS: Final = 5
_HAS_GRAVITY: Final = 1 << 9
_STATIC: Final = 10
_ROW_BY_ROW: Final = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """How far the title and the edges go beyond a window, in pixels."""

    left: int = 0
    right: int = 0
    top: int = 0
    bottom: int = 0


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
        self._xinerama: int | None = None
        """The number of the extension that knows the screens; 0 where there is none."""
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

    def place_of(self, window: int) -> Rect:
        """Return where a window lies, without what the window manager put around it.

        Like every place here in the pixels of the screens, whatever scale the window draws at.
        """
        _, _, width, height = self._geometry(window)
        answer = self._ask(40, 0, struct.pack("<IIhh", window, self._root, 0, 0))
        x, y = struct.unpack_from("<hh", answer, 12)
        return Rect(x, y, width, height)

    def frame_of(self, window: int) -> Frame:
        """Return what the window manager put around a window; nothing where it does not tell."""
        told = self._numbers(window, "_NET_FRAME_EXTENTS")
        return Frame(*told) if len(told) == 4 else Frame()

    def screens(self) -> list[Rect]:
        """Return the screens side by side that are one to the server; at least one."""
        if self._xinerama is None:
            name = b"XINERAMA"
            answer = self._ask(98, 0, struct.pack("<Hxx", len(name)) + name)
            self._xinerama = answer[9] if answer[8] else 0
        found = []
        if self._xinerama:
            answer = self._ask(self._xinerama, _QUERY_SCREENS, b"")
            (count,) = struct.unpack_from("<I", answer, 8)
            found = [Rect(*struct.unpack_from("<hhHH", answer, 32 + 8 * n)) for n in range(count)]
        return found or [self._geometry_of_root()]

    def free_area(self) -> Rect:
        """Return what panels and docks leave of all screens together, as far as is told."""
        told = self._numbers(self._root, "_NET_WORKAREA")
        return Rect(*told[:4]) if len(told) >= 4 else self._geometry_of_root()

    @property
    def has_window_manager(self) -> bool:
        """Whether somebody manages the windows, as the Extended Window Manager Hints say."""
        return bool(self._numbers(self._root, "_NET_SUPPORTING_WM_CHECK"))

    def pixel_of(self, window: int, x: int, y: int) -> int:
        """Return what the screen shows so far from the window's corner; mostly 0xRRGGBB."""
        answer = self._ask(73, _ROW_BY_ROW, struct.pack("<IhhHHI", window, x, y, 1, 1, 0xFFFFFFFF))
        (pixel,) = struct.unpack_from("<I", answer, 32)
        return int(pixel) & 0xFFFFFF

    def map_anew(self, window: int) -> None:
        """Take a window off the screen and put it back."""
        self._send(10, 0, struct.pack("<I", window))
        self._send(8, 0, struct.pack("<I", window))

    def put(self, window: int, place: Rect, frame: Frame) -> None:
        """Ask for a window to lie at this place, with what is around it outside."""
        x, y = place.x, place.y
        if not self._has_static_gravity(window):
            x, y = x - frame.left, y - frame.top
        size = place.width, place.height
        self._send(12, 0, struct.pack("<IHxxiiII", window, _PLACE_AND_SIZE, x, y, *size))

    def _has_static_gravity(self, window: int) -> bool:
        """Whether the places it asks for are its own, not those of its frame: ICCCM 4.1.2.3."""
        hints = self._numbers(window, "WM_NORMAL_HINTS")
        return len(hints) >= 18 and bool(hints[0] & _HAS_GRAVITY) and hints[17] == _STATIC

    def _geometry_of_root(self) -> Rect:
        return Rect(*self._geometry(self._root))

    def _geometry(self, window: int) -> tuple[int, int, int, int]:
        x, y, width, height = struct.unpack_from(
            "<hhHH", self._ask(14, 0, struct.pack("<I", window)), 12
        )
        return x, y, width, height

    def _window_below(self, window: int, title: bytes, deep: int) -> int | None:
        answer = self._ask(15, 0, struct.pack("<I", window))
        (count,) = struct.unpack_from("<H", answer, 16)
        children: tuple[int, ...] = struct.unpack_from(f"<{count}I", answer, 32)
        for child in reversed(children):  # the newest is on top
            with suppress(RefusedError):  # it has just gone
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
            RefusedError: The server calls it an error.
        """
        self._send(number, detail, content)
        while True:
            packet = self._take_packet()
            if packet is None or struct.unpack_from("<H", packet, 2)[0] != self._sent:
                continue
            if packet[0] == _ERROR:
                raise RefusedError
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


class RefusedError(OSError):
    """The server calls a request an error: the window it asks about is gone, for one."""
