"""Command lines with typing errors, and with files that are not what they are called."""

import contextlib
import io
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final
from unittest.mock import patch

import click
import cv2
import numpy as np
from hypothesis import strategies as st

from benchmarks.fuzz.target import Target
from benchmarks.fuzz.videos import small_clip
from formcheck.cli.main import ExitStatus, cli, run
from formcheck.errors import FormcheckError
from formcheck.io.cameras.camera import Camera
from formcheck.pose.definition import pose_names
from formcheck.pose.names import poses_folder
from formcheck.pose.routine import routine_names
from formcheck.store import End, SessionRecord, Store
from formcheck.store.history import insert


@cache
def _files() -> dict[str, bytes]:
    """Return what lies in the folder: files that are what they are called, and others."""
    noise = np.random.default_rng(1).integers(0, 255, (90, 120, 3), dtype=np.uint8)
    _, photo = cv2.imencode(".png", noise)
    return {
        "clip.mp4": small_clip("mp4", "mp4v", frames=8),
        "clip.avi": small_clip("avi", "MJPG", frames=8),
        "photo.png": photo.tobytes(),
        "mine.toml": (poses_folder() / "crescent.toml").read_bytes(),
        "pose.toml": b'title = "[/bold]"\n',
        "routine.toml": (poses_folder() / "routines" / f"{routine_names()[0]}.toml").read_bytes(),
        "text.mp4": b"a shopping list",
        "empty.mp4": b"",
        "cut.mp4": small_clip("mp4", "mp4v", frames=8)[:900],
        "broken.png": b"\x89PNG\r\n\x1a\n broken",
        "new\nline.mp4": b"nothing",
        "\x1b[31mred.mp4": small_clip("mp4", "mp4v", frames=4),
        "[red].mp4": small_clip("mp4", "mp4v", frames=4),
        "\udcff.mp4": b"nothing",
        "model.task": b"no model",
    }


_POSES: Final = [*pose_names(), *routine_names(), "mine.toml", "pose.toml", "routine.toml"]
_CAMERAS: Final = ["0", "7", "/dev/video77", "http://127.0.0.1:9/none", "http://", "rtsp://[",
                   "9" * 20, "9" * 5000]  # fmt: skip
_NUMBERS: Final = ["1", "2", "0.5", "60", "0", "-1", "1e999", "nan", "-inf", "9" * 5000, "٣"]
_NEW_FILES: Final = ["new.mp4", "new.csv", "new.json", "new.png", "new", "no/such/folder/file.png",
                     "long" * 80 + ".png", "long" * 80]  # fmt: skip
_JUNK: Final = [
    "--help", "-h", "--version", "--nonsense", "--", "-", "--=", "--json=1", "--hold=",
    "no-such-file.mp4", ".", "", " ", "left", "\x1b]0;title\x07", "\u202e", "[/bold]", ":smile:",
    "a" * 5000, "é\udcff", "@file", "%s", "{0}", "$HOME", "*",
]  # fmt: skip


def _values(parameter: click.Parameter) -> st.SearchStrategy[str]:
    """Return what may well be typed where this parameter stands."""
    if isinstance(parameter.type, click.Choice):
        return st.sampled_from(list(parameter.type.choices))
    if isinstance(parameter.type, click.types.IntParamType | click.types.FloatParamType):
        return st.sampled_from(_NUMBERS)
    match parameter.name:
        case "record" | "transcript" | "picture" | "out" | "report":
            return st.sampled_from([*_NEW_FILES, *_files()])
        case "model":
            return st.sampled_from(["model.task", "no-such-file.task"])
        case "file" | "files":
            return st.sampled_from([*_files(), *_NEW_FILES])
        case "source":
            return st.sampled_from([*_files(), "clip.mp4", "clip.mp4", *_CAMERAS])
        case "days":
            return st.sampled_from(["mon", "mon,wed,fri", "SUN", "mon,mon", ",", "noday", "montag"])
        case "at":
            return st.sampled_from(["18:30", "0:00", "24:00", "7", "25:61", "noon", "\u0661:00"])
        case "which":
            return st.sampled_from(["last", "2026-11-28", "2026-02-30", "yesterday", "1"])
        case "address":  # where nobody listens
            return st.sampled_from(["tcp://127.0.0.1:9", "tcp://", "127.0.0.1", "[::1]:9", "-"])
        case "name" | "pose_name":
            return st.sampled_from([*_POSES, *_POSES, "own"])
    raise AssertionError(f"the fuzzing knows no values for {parameter.name}")


@dataclass(frozen=True)
class CommandLine:
    """What is typed, and where."""

    words: tuple[str, ...]
    answer: str
    """What is typed when something is asked."""
    kept: str
    """What there is of a history: a key of `_histories`."""


@st.composite
def _lines(draw: st.DrawFn) -> CommandLine:
    """Return a command with options and arguments of its own, as it is or mistyped."""
    context = click.Context(cli)
    name = draw(st.sampled_from([*cli.list_commands(context), "mine.toml", "pose.toml"]))
    command = _command(name)
    words: list[str] = []
    for parameter in command.params if command else ():
        if isinstance(parameter, click.Option):
            if draw(st.sampled_from([False, False, False, True])):
                words.append(parameter.opts[-1])
                words += [] if parameter.is_flag else [draw(_values(parameter))]
            continue
        most = 3 if parameter.nargs == -1 else 1
        least = int(parameter.required or draw(st.booleans()))
        words += draw(st.lists(_values(parameter), min_size=least, max_size=max(least, most)))
    words.insert(0, name)
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 2, 4]))):
        _mistype(draw, words)
    return CommandLine(
        tuple(_possible(word) for word in words if _stays_here(word)),
        draw(st.sampled_from(["", "y\n", "n\n", "10\n", "\x1b[A\n"])),
        draw(st.sampled_from(["nothing", "nothing", *_histories()])),
    )


@cache
def _command(name: str) -> click.Command | None:
    with _elsewhere("nothing"), contextlib.suppress(FormcheckError):  # what is no pose
        return cli.get_command(click.Context(cli), name)
    return None


def _mistype(draw: st.DrawFn, words: list[str]) -> None:
    """Lose, double, misspell or put in a word."""
    junk = st.sampled_from(_JUNK) | st.sampled_from(list(_files())) | st.text(max_size=12)
    at = draw(st.integers(0, max(0, len(words) - 1)))
    what = draw(st.sampled_from(["lose", "double", "misspell", "misspell", "put in", "change"]))
    if what == "put in" or not words:
        words.insert(at, draw(junk))
    elif what == "lose":
        del words[at]
    elif what == "double":
        words.insert(at, words[at])
    elif what == "change":
        words[at] = draw(junk)
    elif words[at]:
        letter = draw(st.integers(0, len(words[at]) - 1))
        instead = draw(st.text(max_size=1))
        words[at] = words[at][:letter] + instead + words[at][letter + 1 :]


def _possible(word: str) -> str:
    """Return what of a word can reach a program: a null letter ends it, on every system."""
    return word.partition("\0")[0]


def _stays_here(word: str) -> bool:
    """Tell whether a word names nothing outside of the folder."""
    _, _, value = word.rpartition("=")
    return word in _CAMERAS or not any(
        each.startswith(("/", "~")) or ".." in each for each in (word, value)
    )


_PLACES: Final = ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA")
"""Where each system's programs keep what they keep."""

_SESSION: Final = SessionRecord(
    started_at=datetime.fromisoformat("2026-03-02T07:30:00+01:00"),
    pose="lunge-stretch", source="camera 0", is_live=True, hold_s=60.0, sides=("left", "right"),
    sets=1, duration_s=200.0, held_s={"left": 60.0, "right": 41.5}, longest_s=33.0,
    lost_s={"trunk_leans_forward": 12.0, "moving": 3.5}, depth_deg={"left": 11.0, "right": None},
    discomfort=2, ended=End.KEY,
)  # fmt: skip


@cache
def _histories() -> dict[str, bytes]:
    """Return the histories that may be there: some sessions, one of them lost; and damaged."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        store = Store(Path(folder))
        with store.database.transaction() as connection:
            for session in (
                _SESSION,
                replace(_SESSION, ended=None),
                replace(_SESSION, pose="[/bold]\x1b[31m", source="\x07.mp4", is_live=False),
            ):
                insert(connection, session)
        whole = store.database.path.read_bytes()
    return {"sessions": whole, "cut off": whole[:3000], "no history": b"a shopping list"}


def _only_named(where: int | str) -> Camera:
    if where in _CAMERAS and not str(where).startswith("/dev/"):
        return Camera(where)
    raise FormcheckError("No camera is opened here.")


@contextlib.contextmanager
def _elsewhere(kept: str) -> Iterator[Path]:
    """Work in a folder of its own, with these files; nothing of the person's is touched."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        for name, content in _files().items():
            Path(folder, name).write_bytes(content)
        home = Path(folder, "home")
        places = {**dict.fromkeys(_PLACES, str(home)), "WAYLAND_DISPLAY": ""}  # no browser either
        os.chdir(folder)
        try:
            with (
                patch.dict(os.environ, places),
                patch("formcheck.io.source.Camera", _only_named),
                patch("formcheck.ui.screen.has_screen", lambda: False),
            ):
                if kept in _histories():
                    data = Store().database.path
                    data.parent.mkdir(parents=True)
                    data.write_bytes(_histories()[kept])
                yield Path(folder)
        finally:
            os.chdir(before)


def check(line: CommandLine) -> None:
    """Run a command line: it ends with a status of its own, and says what it has to say."""
    said, wrong = io.StringIO(), io.StringIO()
    with (
        _elsewhere(line.kept) as folder,
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(wrong),
        patch("sys.stdin", io.StringIO(line.answer)),
    ):
        status = run(list(line.words))
        changed = [name for name, content in _files().items()
                   if Path(folder, name).read_bytes() != content]  # fmt: skip
    _judge(line.words, ExitStatus(status), said.getvalue(), wrong.getvalue())
    may_write = {"--force", "--transcript", "--picture"} & {
        word.partition("=")[0] for word in line.words
    }
    assert may_write or not changed, f"replaced unasked: {changed}"


def _judge(words: Sequence[str], status: ExitStatus, said: str, wrong: str) -> None:
    """Look at how a command ended and what it said."""
    name = words[0] if words else ""
    assert status in (ExitStatus.DONE, ExitStatus.FAILED, ExitStatus.WRONG_USAGE), status
    assert "Traceback" not in wrong
    for text in (said, wrong):
        text.encode("utf-8")
        assert not any(code in text for code in "\x1b\x9b\u202e\x07"), text
    if status is not ExitStatus.DONE:
        answers = said if name == "doctor" and status is ExitStatus.FAILED else ""
        assert (wrong + answers).strip()  # doctor's report is its answer
    is_json = "--json" in words and "--" not in words and not said.startswith("Usage:")
    if status is ExitStatus.DONE and is_json and name in ("doctor", "score"):
        for each in said.splitlines():
            json.loads(each)


COMMANDS: Final = Target("command lines", _lines(), check)
