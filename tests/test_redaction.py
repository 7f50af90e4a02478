"""The address of a camera may hold a password; nothing keeps it or shows it."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.cli.main import run
from formcheck.redaction import redacted, without_secrets
from formcheck.store import Store
from formcheck.store.database import FILE_NAME, MIGRATIONS

FORMCHECK = Path(sys.executable).parent / "formcheck"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("http://192.168.1.50:8080/video", "http://192.168.1.50:8080/video"),
        ("rtsp://alice:Secr3t@cam.local:554/live/ch0", "rtsp://cam.local:554/live/ch0"),
        ("rtsp://alice@cam.local/live", "rtsp://cam.local/live"),
        ("RTSPS://alice:p@ss@[fe80::1]:322/live", "RTSPS://[fe80::1]:322/live"),
        ("http://cam/video?token=Secr3t&user=alice#t=Secr3t", "http://cam/video"),
        ("rtsp://cam/user=alice_password=Secr3t_channel=1.sdp", "rtsp://cam/..."),
        ("rtmp://cam/live/0123456789abcdef0123456789abcdef", "rtmp://cam/live/..."),
        ("http://alice:Se/cr3t@cam/video", "http://..."),
        ("http://alice:1234/5@cam/video", "http://..."),
        ("http://alice:Secr3t", "http://..."),
        ("http:/alice:Secr3t@cam/video", "http:/cam/video"),
        ("film of alice@home.mp4", "film of alice@home.mp4"),
        ("C:/films/alice@home.mp4", "C:/films/alice@home.mp4"),
        ("file:///home/alice/a-name-longer-than-twenty.mp4",) * 2,
    ],
)
def test_an_address_keeps_where_it_leads_and_no_secret(address: str, kept: str) -> None:
    assert without_secrets(address) == kept


SECRETS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=6, max_size=24
).map(lambda text: f"x{text}x")
"""With letters around that no other part of a text has."""


@given(
    secret=SECRETS,
    form=st.sampled_from(
        (
            "rtsp://{}:pw@cam:554/live",
            "rtsp://user:{}@cam:554/live",
            "http://cam/video?token={}",
            "http://cam/video?a=1&token={}#live",
            "http://u:{}@cam/video?token={}",
        )
    ),
    sentence=st.sampled_from(("{}", "No picture comes from {}. Check it.", "extra argument ({})")),
)
def test_no_sentence_tells_a_secret_of_an_address_whatever_its_letters(
    secret: str, form: str, sentence: str
) -> None:
    address = form.replace("{}", secret)
    assert secret not in without_secrets(address)
    for told in (redacted(sentence.format(address), [address]), redacted(sentence.format(address))):
        assert secret not in told
    assert sentence.partition("{")[0] in redacted(sentence.format(address), [address])


@pytest.mark.parametrize(
    "words",
    [
        ("rtsp://alice:Secr3t@127.0.0.1:9/live",),
        ("lunge-stretch", "http://alice:Secr3t@127.0.0.1:9/video?token=Secr3t"),
        ("lunge-stretch", "http://alice:Sec r3t@127.0.0.1:9/Secr3t:x"),
        ("lunge-stretch", "alice:Secr3t@127.0.0.1:9/video"),
        ("lunge-stretch", "127.0.0.1:9/video?token=Secr3t"),
        ("lunge-stretch", "0", "http://alice:Secr3t@127.0.0.1:9/video"),
        ("lunge-stretch", "--hold", "http://alice:Secr3t@127.0.0.1:9/video"),
        ("lunge-stretch", "--transcript", "http://alice:Secr3t@127.0.0.1:9/video", "nothing.mp4"),
        ("score", "http://alice:Secr3t@127.0.0.1:9/video"),
        ("calibrate", "http://alice:Secr3t@127.0.0.1:9/video"),
        ("poses", "http://alice:Secr3t@127.0.0.1:9/video"),
        ("poses", "--check", "http://alice:Secr3t@127.0.0.1:9/video"),
        ("learn", "mine", "http://alice:Secr3t@127.0.0.1:9/video"),
        ("export", "http://alice:Secr3t@127.0.0.1:9/video"),
    ],
)
def test_no_error_tells_the_password_that_was_typed(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run(list(words)) in (1, 2)
    told = capsys.readouterr()
    assert told.err
    assert "Secr3t" not in told.out + told.err
    assert "alice" not in told.out + told.err


def _bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("version", [1, 2])
def test_a_history_with_passwords_is_cleaned_to_the_last_byte(tmp_path: Path, version: int) -> None:
    address = "rtsp://alice:Secr3t@cam:554/live?token=Secr3t"
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA secure_delete = OFF")  # some systems build SQLite with it on
        for change in MIGRATIONS[:version]:
            connection.execute(change)
        connection.execute(f"PRAGMA user_version = {version}")
        columns = (
            "started_at, pose, source, is_live, hold_s, sides, sets, duration_s, left_s, right_s, "
            "longest_s, lost_s, ended"
        )
        row = ("lunge-stretch", address, 1, 60, "left,right", 1, 60, 30, 30, 30, "{}", "done")
        for day in range(1, 31):
            marks = ", ".join("?" * 13)
            connection.execute(
                f"INSERT INTO sessions ({columns}) VALUES ({marks})",
                (f"2026-01-{day:02}T18:00:00+00:00", *row),
            )
        connection.execute("DELETE FROM sessions WHERE id % 3 = 0")
        clip = ("lunge-stretch", "rtsp:__alice@home.mp4", 0, *row[3:])
        connection.execute(
            f"INSERT INTO sessions ({columns}) VALUES ({marks})",
            ("2026-02-01T18:00:00+00:00", *clip),
        )
    assert b"Secr3t" in _bytes_of(tmp_path)
    sessions = Store(tmp_path).history.sessions()
    assert [each.source for each in sessions] == [
        *["rtsp://cam:554/live"] * 20,
        "rtsp:__alice@home.mp4",
    ]
    assert b"Secr3t" not in _bytes_of(tmp_path)


class _Phone(BaseHTTPRequestHandler):
    """Serves pictures in which a little moves."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        try:
            for number in range(2000):
                picture = np.zeros((240, 320, 3), dtype=np.uint8)
                picture[:, number % 300 : number % 300 + 20] = 200
                encoded = cv2.imencode(".jpg", picture)[1].tobytes()
                self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
                self.wfile.write(f"Content-Length: {len(encoded)}\r\n\r\n".encode() + encoded)
                self.wfile.write(b"\r\n")
                time.sleep(0.05)
        except OSError:
            pass  # nobody looks any more

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def phone() -> Iterator[str]:
    """Give host and port of a phone that serves its camera."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Phone)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.long
@pytest.mark.mediapipe
def test_a_session_before_a_camera_with_a_password_leaves_no_trace_of_it(
    phone: str, tmp_path: Path
) -> None:
    home, work = tmp_path / "home", tmp_path / "work"
    work.mkdir()
    address = f"http://alice:Secr3t@{phone}/video?token=Secr3t"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "FORMCHECK_NATIVE_LOG": str(work / "native.log"),
    }

    def command(*words: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [FORMCHECK, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            cwd=work,
        )

    session = command(
        "lunge-stretch", address, "--terminal", "--transcript", "said.jsonl", "--record", "film.mp4"
    )
    kept = home / ".local/share/formcheck" / FILE_NAME
    until_s = time.monotonic() + 60
    while not (kept.exists() and Store(kept.parent).history.take_in_lost() is not None):
        assert time.monotonic() < until_s
        time.sleep(0.2)
    time.sleep(2)
    session.send_signal(signal.SIGINT)
    told = session.communicate(timeout=60)[0]
    told += command("export").communicate(timeout=60)[0]
    told += command("history").communicate(timeout=60)[0]
    assert f"http://{phone}/video" in told
    checked = command("doctor", address, "--json").communicate(timeout=60)[0]
    assert json.loads(checked)["checks"][0]["figures"]["source"] == f"http://{phone}/video"
    assert "Secr3t" not in told + checked
    assert "alice" not in told + checked
    left = _bytes_of(tmp_path)
    assert b"Secr3t" not in left
    assert b"alice" not in left
