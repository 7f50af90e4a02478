import os
import random
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from formcheck.ui.screen import has_screen

pytestmark = pytest.mark.skipif(
    sys.platform in ("darwin", "win32"), reason="there is always a screen"
)


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """An X server that answers every greeting with one byte, on a free abstract socket."""
    number = 4000 + os.getpid() % 4000
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"\0/tmp/.X11-unix/X{number}")
    listener.listen()

    def serve() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                greeting = client.recv(100)
                wanted: bytes = getattr(request, "param", b"")
                client.sendall(b"\x01" if greeting.endswith(wanted) else b"\x00")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f":{number}"
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(2)


@pytest.mark.parametrize(
    "display", ["", ":9876", "unix:9876", ":9876.0", "nonsense", ":", "::", ":99999"]
)
def test_there_is_no_screen_where_nobody_answers(display: str) -> None:
    assert not has_screen({"DISPLAY": display})


def test_there_is_no_screen_without_a_display() -> None:
    assert not has_screen({"WAYLAND_DISPLAY": "wayland-0"})


def test_no_name_is_looked_up_for_a_local_display(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("looked something up on the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    assert not has_screen({"DISPLAY": ":9876"})


def test_there_is_a_screen_where_a_server_lets_us_in(server: str) -> None:
    assert has_screen({"DISPLAY": server})
    assert has_screen({"DISPLAY": f"{server}.0"})


@pytest.mark.parametrize("server", [b"sixteen bytes ok"], indirect=True)
def test_a_server_that_wants_a_cookie_is_shown_the_one_in_the_file(
    server: str, tmp_path: Path
) -> None:
    assert not has_screen({"DISPLAY": server, "HOME": str(tmp_path)})
    fields = [b"any host", server.removeprefix(":").encode(), b"MIT-MAGIC-COOKIE-1"]
    entry = b"\x01\x00" + b"".join(
        len(field).to_bytes(2, "big") + field for field in [*fields, b"sixteen bytes ok"]
    )
    (tmp_path / ".Xauthority").write_bytes(entry)
    assert has_screen({"DISPLAY": server, "HOME": str(tmp_path)})


@pytest.mark.parametrize(
    "content", [b"", b"\x01", b"\x01\x00\xff\xff", b"\x00" * 7, random.Random(1).randbytes(99)]
)
def test_a_broken_authority_file_is_no_cookie(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "authority"
    file.write_bytes(content)
    assert not has_screen({"DISPLAY": ":9876", "XAUTHORITY": str(file)})
