"""Command lines with typing errors, and with files that are not what they are called."""

import contextlib
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from unittest.mock import patch

import click
from hypothesis import strategies as st

from benchmarks.fuzz.target import Target
from formcheck.cli.main import ExitStatus, cli, run
from formcheck.errors import FormcheckError

_FILES: Final[dict[str, bytes]] = {
    "text.mp4": b"a shopping list",
    "empty.mp4": b"",
    "photo.png": b"\x89PNG\r\n\x1a\n broken",
    "pose.toml": b'title = "[/bold]"\n',
    "new\nline.mp4": b"nothing",
    "\x1b[31mred.mp4": b"nothing",
    "[red].mp4": b"nothing",
    "\udcff.mp4": b"nothing",
    "model.task": b"no model",
}

_NAMES: Final = cli.list_commands(click.Context(cli))

_OPTIONS: Final = [
    "--help", "-h", "--version", "--pose", "--json", "--jobs", "--hold", "--sides", "--sets",
    "--own-depth", "--mute", "--no-voice", "--transcript", "--record", "--annotated", "--force",
    "--terminal", "--model", "--check", "--picture", "--view", "--from", "--to", "--yes", "--last",
    "--nonsense", "--", "-",
]  # fmt: skip

_WORDS: Final = [
    *_FILES, "no-such-file.mp4", "no/such/folder/file", ".", "", " ", "7", "-1", "0", "1e999",
    "nan", "-inf", "9" * 5000, "left", "side", "both", "lunge", "\x1b]0;title\x07", "\u202e",
    "[/bold]", ":smile:", "a" * 5000, "/dev/video77", "http://127.0.0.1:9/none", "é\udcff",
    "new.csv", "new.json", "http://", "rtsp://[", "\x00",
]  # fmt: skip

_LINES: Final = st.lists(
    st.sampled_from(_OPTIONS) | st.sampled_from(_WORDS) | st.text(max_size=12), max_size=6
)
COMMAND_LINES: Final = st.tuples(st.sampled_from(_NAMES) | st.text(max_size=8), _LINES).map(
    lambda line: [line[0], *(word for word in line[1] if not word.startswith(("/", "..", "~"))
                             or word == "/dev/video77")]
)  # fmt: skip


_PLACES: Final = ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA")
"""Where each system's programs keep what they keep."""


def _no_camera(*_: object) -> None:
    raise FormcheckError("No camera is opened here.")


@contextlib.contextmanager
def _elsewhere() -> Iterator[None]:
    """Work in a folder of its own, with these files; nothing of the person's is touched."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        for name, content in _FILES.items():
            Path(folder, name).write_bytes(content)
        places = dict.fromkeys(_PLACES, folder)
        os.chdir(folder)
        try:
            with patch.dict(os.environ, places), patch("formcheck.io.source.Camera", _no_camera):
                yield
        finally:
            os.chdir(before)


def check(line: list[str]) -> None:
    """Run a command line: it ends with a status of its own, and says what it has to say."""
    said, wrong = io.StringIO(), io.StringIO()
    with _elsewhere(), contextlib.redirect_stdout(said), contextlib.redirect_stderr(wrong):
        status = run(line)
    assert status in list(ExitStatus), status
    assert "Traceback" not in wrong.getvalue()
    for text in (said.getvalue(), wrong.getvalue()):
        text.encode("utf-8")
        assert not any(code in text for code in "\x1b\x9b\u202e\x07"), text
    if status == ExitStatus.FAILED:
        assert (wrong.getvalue() + said.getvalue()).strip()  # doctor's report is its answer


COMMANDS: Final = Target("command lines", COMMAND_LINES, check)
