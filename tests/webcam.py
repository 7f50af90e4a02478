"""A whole session before a webcam that plays a clip, read from what it leaves behind."""

import json
import os
import re
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from benchmarks.running.stage import before_webcam, end_all

FORMCHECK = Path(sys.executable).parent / "formcheck"
PATIENCE_S = 200
LOADING_S = 15
"""The webcam plays while the model is loaded, on a busy machine for so long."""

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True)
class Finished:
    """What a session left behind."""

    status: int
    printed: str
    errors: str
    said: list[dict[str, Any]]

    def seconds(self, side: str, number: int = 0) -> float:
        """Return what the summary says was held on a side, in this one of several exercises."""
        found = re.findall(rf"^{side.capitalize()}\s+([\d.]+) s of", self.printed, re.MULTILINE)
        assert len(found) > number, self.printed
        return float(found[number])


class Running:
    """A session in a window, or in a terminal of its own."""

    def __init__(
        self,
        command: str,
        clip: Path,
        folder: Path,
        environment: dict[str, str],
        *options: str,
        answers: Mapping[str, str] | None = None,
    ):
        """Start it.

        Args:
            command: A pose or a routine.
            clip: What the webcam shows, once.
            folder: Where the history and the transcript are kept.
            environment: With the screen, where there is one.
            options: Of the command.
            answers: What is typed when so much has been printed; without any, nobody is there.
        """
        self._transcript = folder / "said.jsonl"
        self._errors = folder / "errors.txt"
        self._printed = bytearray()
        self._answers = dict(answers or {})
        ours, theirs = os.openpty()
        with self._errors.open("wb") as errors:
            self._program = subprocess.Popen(
                [*before_webcam(clip, once=True), FORMCHECK, command, "--mute",
                 "--transcript", self._transcript, *options],
                stdin=theirs if answers else subprocess.DEVNULL, stdout=theirs, stderr=errors,
                env={**environment, "XDG_DATA_HOME": str(folder), "TERM": "xterm"},
                start_new_session=True,
            )  # fmt: skip
        os.close(theirs)
        self._reader = Thread(target=self._read, args=(ours,), daemon=True)
        self._reader.start()

    def _read(self, terminal: int) -> None:
        with open(terminal, "r+b", buffering=0) as stream:
            while True:
                try:
                    part = stream.read(4096)
                except OSError:  # how Linux tells that the other end is closed
                    return
                if not part:
                    return
                self._printed += part
                for asked in [each for each in self._answers if each.encode() in self._printed]:
                    typed = self._answers.pop(asked)
                    while not typed.endswith("\n") and not _awaits_key(terminal):
                        time.sleep(0.01)
                    stream.write(typed.encode())

    def finish(self) -> Finished:
        try:
            status = self._program.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            # The webcam hands this on to the program, and ends with it.
            self._program.send_signal(signal.SIGINT)
            status = self._program.wait(PATIENCE_S)
        finally:
            end_all(self._program)
        self._reader.join()
        return Finished(
            status,
            ESCAPES.sub("", self._printed.decode()).replace("\r", "\n"),
            self._errors.read_text(),
            [json.loads(line) for line in self._transcript.read_text().splitlines()],
        )


def _awaits_key(terminal: int) -> bool:
    """Tell whether a program reads single keys: it throws away what was typed before."""
    local_modes: int = termios.tcgetattr(terminal)[3]
    return not local_modes & termios.ICANON
