"""A session over both sides at full length, before the webcam, with nobody at the keys.

Both displays run at once, each before a webcam of its own; what was said is read from the
transcripts, what was counted from the summaries. It takes as long as a session does.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from formcheck.ledger import SIDES
from tests.samples.whole_session import make_whole_session, true_held_s
from tests.screens import virtual_screen
from tests.shared import FAKECAM, needs_fakecam, needs_screen

FORMCHECK = Path(sys.executable).parent / "formcheck"
PATIENCE_S = 200
LOADING_S = 15
"""The webcam plays while the model is loaded, on a busy machine for so long."""

LAST = ["Five", "Four", "Three", "Two", "One"]
A_SIDE = ["quarter", "30 seconds", "45 seconds", *LAST]
CUE_AGAIN_S = 8.0
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")

pytestmark = [pytest.mark.screen, pytest.mark.mediapipe, needs_fakecam, needs_screen]


@dataclass(frozen=True)
class Finished:
    """What a session left behind."""

    status: int
    printed: str
    errors: str
    said: list[dict[str, Any]]

    def seconds(self, side: str) -> float:
        """Return what the summary says was held on a side."""
        found = re.search(rf"^{side.capitalize()}\s+([\d.]+) s", self.printed, re.MULTILINE)
        assert found, self.printed
        return float(found.group(1))


class Running:
    """A session in a window, or in a terminal of its own."""

    def __init__(self, clip: Path, folder: Path, environment: dict[str, str], *options: str):
        self._transcript = folder / "said.jsonl"
        self._errors = folder / "errors.txt"
        self._printed = bytearray()
        ours, theirs = os.openpty()
        with self._errors.open("wb") as errors:
            self._program = subprocess.Popen(
                [FAKECAM, "--once", clip, "--", FORMCHECK, "lunge-stretch", "--mute",
                 "--transcript", self._transcript, *options],
                stdin=subprocess.DEVNULL, stdout=theirs, stderr=errors,
                env={**environment, "XDG_DATA_HOME": str(folder), "TERM": "xterm"},
            )  # fmt: skip
        os.close(theirs)
        self._reader = Thread(target=self._read, args=(ours,))
        self._reader.start()

    def _read(self, terminal: int) -> None:
        with open(terminal, "rb", buffering=0) as stream:
            while True:
                try:
                    part = stream.read(4096)
                except OSError:  # how Linux tells that the other end is closed
                    return
                if not part:
                    return
                self._printed += part

    def finish(self) -> Finished:
        try:
            status = self._program.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            # The webcam hands this on to the program, and ends with it.
            self._program.send_signal(signal.SIGINT)
            status = self._program.wait(PATIENCE_S)
        self._reader.join()
        return Finished(
            status,
            ESCAPES.sub("", self._printed.decode()).replace("\r", "\n"),
            self._errors.read_text(),
            [json.loads(line) for line in self._transcript.read_text().splitlines()],
        )


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Finished]]:
    clip = make_whole_session(tmp_path_factory.mktemp("clip"), stands_s=LOADING_S)
    with virtual_screen() as screen:
        no_screen = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
        running = {
            "window": Running(clip, tmp_path_factory.mktemp("window"), screen),
            "terminal": Running(clip, tmp_path_factory.mktemp("terminal"), no_screen),
        }
        yield {name: session.finish() for name, session in running.items()}


@pytest.fixture(params=["window", "terminal"])
def session(request: pytest.FixtureRequest, sessions: dict[str, Finished]) -> Finished:
    return sessions[request.param]


def test_it_ends_by_itself_with_the_right_seconds_on_each_side(session: Finished) -> None:
    assert session.status == 0
    assert session.errors == ""
    for side, true_s in true_held_s().items():
        assert session.seconds(side) == pytest.approx(true_s, abs=1.0)


def test_what_is_said_comes_in_order_and_at_the_held_second(session: Finished) -> None:
    advice = ("cue", "setup", "ready")
    events = [line for line in session.said if line["kind"] not in advice]
    told = [line["words"] or line["tone"] for line in events]
    begun = ("Hold and breathe", "That's it")

    assert [words for words in told if words not in begun][:-1] == [
        *A_SIDE, "Well done. Switch sides", *A_SIDE
    ]  # fmt: skip
    assert [line["kind"] for line in events].count("start") == 2
    assert re.fullmatch(r"Left \d\d seconds, right \d\d seconds\. Well done", told[-1])
    first, second = true_held_s()
    for side, those in ((first, events[: len(A_SIDE) + 2]), (second, events[len(A_SIDE) + 2 :])):
        for words, due_s in zip(
            ["30 seconds", "45 seconds", *LAST], [30, 45, *range(55, 60)], strict=True
        ):
            (line,) = [line for line in those if line["words"] == words]
            # A camera's frames come a tenth of a second apart, on a busy machine more.
            assert due_s - 1e-3 <= line["held_s"][side] <= due_s + 0.5


def test_nothing_is_repeated_within_its_pause(session: Finished) -> None:
    assert len(session.said) >= 2 * len(A_SIDE) + 4
    assert all(earlier["time_s"] <= later["time_s"] for earlier, later in pairwise(session.said))
    for words in {line["words"] for line in session.said if line["kind"] in ("cue", "setup")}:
        at_s = [line["time_s"] for line in session.said if line["words"] == words]
        assert all(later - earlier >= CUE_AGAIN_S for earlier, later in pairwise(at_s)), words


def test_seconds_never_shrink_from_one_message_to_the_next(session: Finished) -> None:
    for earlier, later in pairwise(session.said):
        assert all(earlier["held_s"][side] <= later["held_s"][side] for side in SIDES)
