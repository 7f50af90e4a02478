"""What formcheck does when its camera misbehaves: told, not counted, resumed, left at once.

    python -m benchmarks.faults [NAME ...]

Somebody holds a stretch all the while, before a fake webcam or a network camera, and something
happens to the picture. Each scenario is one run of the program itself, ended by Ctrl-C.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks.running.stage import FAKECAM, before_webcam, end_all, holding_clip, network_camera
from formcheck.speech.message import Kind

FORMCHECK: Final = Path(sys.executable).parent / "formcheck"

_SILENT: Final = {"freeze", "black", "stall", "unplug", "drop"}
"""The states in which no new picture comes."""

_RETURN_S: Final = {"unplug": 1.5, "drop": 3.0, "larger": 5.0}
"""How long a camera may take to be found again: it is looked for every second. OpenCV cannot follow
a stream that changes its size; it is opened anew after three seconds without news."""

_BEGIN_S: Final = 0.4
"""What a hold that begins anew may lose: MediaPipe's first frames settle for up to 0.3 s, as at the
start of a clip that starts in the pose, and one frame more. On a quiet machine 0.0 is lost in all,
but 0.7 where the pictures change their size."""

_MOVED: Final = """
import os, threading, time
def move():
    time.sleep({at_s})
    os.environ["FAKECAM_DEVICE"] = "/dev/video2"
threading.Thread(target=move, daemon=True).start()
from formcheck.cli.entry import main
main()
"""
"""The program, and with it a cable that is plugged into another socket."""


@dataclass(frozen=True)
class Scenario:
    """What happens to the camera, and when."""

    name: str
    faults: tuple[tuple[float, str], ...]
    """Seconds from the start, and the state from then on: "ok" again at last."""
    fps: int = 30
    moves_at_s: float | None = None
    """When the camera comes to stand at another number."""
    ends_s: float = 18.0
    is_network: bool = False

    def scale_at(self, seconds: float) -> float:
        """Return how large a network camera's pictures are then; 0 where it cannot be reached."""
        states = [state for at_s, state in self.faults if at_s <= seconds]
        return {"drop": 0.0, "larger": 1.5}.get(states[-1] if states else "ok", 1.0)

    @property
    def faulty_s(self) -> float:
        """For how long the camera gave no new picture."""
        spans = pairwise((*self.faults, (self.ends_s, "end")))
        return sum(until - since for (since, state), (until, _) in spans if state in _SILENT)

    @property
    def returns(self) -> int:
        """How often a hold begins anew once the picture is back."""
        return sum(state in _SILENT or state in _RETURN_S for _, state in self.faults)

    @property
    def return_s(self) -> float:
        """How long the returns may take, together."""
        return sum(
            _RETURN_S.get(state, 0.5)
            for _, state in self.faults
            if state in _SILENT or state in _RETURN_S
        )


def _uneven(since_s: float, until_s: float) -> tuple[tuple[float, str], ...]:
    """Frames come in a bunch, then none for three or four tenths of a second, and so on."""
    turns: list[tuple[float, str]] = []
    at_s = since_s
    while at_s < until_s:
        turns += [(at_s, "hush"), (round(at_s + 0.3, 1), "ok")]
        at_s = round(at_s + 0.5, 1)
    return tuple(turns)


SCENARIOS: Final = (
    Scenario("nothing", ()),
    Scenario("frozen", ((9, "freeze"), (12, "ok"))),
    Scenario("black", ((9, "black"), (12, "ok"))),
    Scenario("stalled", ((9, "stall"), (12, "ok"))),
    Scenario("stalled at the end", ((9, "stall"),)),
    Scenario("unplugged", ((9, "unplug"), (12, "ok"))),
    Scenario("another number", ((9, "unplug"), (12, "ok")), moves_at_s=10.5),
    Scenario("never comes back", ((9, "unplug"),)),
    Scenario(
        "one after the other",
        (
            (6, "freeze"),
            (8, "ok"),
            (10, "black"),
            (12, "ok"),
            (14, "stall"),
            (16, "ok"),
            (18, "unplug"),
            (20, "ok"),
        ),
        ends_s=23,
    ),
    Scenario("5 a second", (), fps=5),
    Scenario("uneven", _uneven(8, 14)),
    Scenario("network", ((6, "drop"), (8, "ok")), is_network=True, ends_s=16),
    Scenario("network, larger", ((9, "larger"),), is_network=True, ends_s=24),
)
"""Loading takes a few seconds: nothing happens before."""


@dataclass(frozen=True)
class Report:
    """What a run has shown."""

    scenario: Scenario
    held_s: float
    duration_s: float
    """From the first judged frame to the last."""
    lost_s: dict[str, float]
    """Not held, by reason."""
    exit_s: float
    """From Ctrl-C to the end of the program."""
    status: int
    told: tuple[tuple[float, str], ...]
    """What was said about the camera, and when, in seconds from the first judged frame."""
    errors: str

    @property
    def true_s(self) -> float:
        """For how long somebody was to be seen holding."""
        scenario = self.scenario
        comes_back = scenario.faults and scenario.faults[-1][1] not in _SILENT
        return self.duration_s - (scenario.faulty_s if comes_back else 0.0)

    def is_right(self) -> bool:
        """Tell whether nothing was credited without a picture, and little was lost with one."""
        no_camera_s = self.lost_s.get("no_camera", 0.0)
        begin_s = 0.5 + _BEGIN_S * self.scenario.returns
        return (
            self.true_s - self.scenario.return_s - begin_s <= self.held_s <= self.true_s + 0.2
            and self.duration_s - self.held_s - no_camera_s <= begin_s
            and bool(self.told) == bool(self.scenario.return_s)
            and self.status == 130
            and "Traceback" not in self.errors
        )


def run(scenario: Scenario, folder: Path) -> Report:
    """Run formcheck through a scenario; `folder` is empty and takes what it writes."""
    transcript = folder / "transcript.jsonl"
    environment = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    environment["XDG_DATA_HOME"] = str(folder / "data")
    with ExitStack() as stack:
        source = "0"
        if scenario.is_network:
            source = stack.enter_context(network_camera(scenario.scale_at))
        arguments: list[str | Path] = ["lunge-stretch", source, "--terminal", "--mute"]
        arguments += ["--transcript", transcript]
        command: list[str | Path] = [FORMCHECK, *arguments]
        if scenario.moves_at_s is not None:
            command = [sys.executable, "-c", _MOVED.format(at_s=scenario.moves_at_s), *arguments]
        if not scenario.is_network:
            command = [*_webcam(scenario, holding_clip(folder)), *command]
        program = subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        stack.callback(end_all, program)
        time.sleep(scenario.ends_s)
        asked_at = time.monotonic()
        program.send_signal(signal.SIGINT)
        _, errors = program.communicate(timeout=30)
        exit_s = time.monotonic() - asked_at
    exported = subprocess.run(
        [FORMCHECK, "export", "--json"], env=environment, capture_output=True, text=True, check=True
    )
    (session,) = json.loads(exported.stdout)
    messages = [json.loads(line) for line in transcript.read_text("utf-8").splitlines()]
    return Report(
        scenario,
        held_s=session["left_s"] + session["right_s"],
        duration_s=session["duration_s"],
        lost_s=session["lost_s"],
        exit_s=exit_s,
        status=program.returncode,
        told=tuple(
            (message["time_s"], message["words"] or message["tone"])
            for message in messages
            if message["kind"] == Kind.CAMERA.value
        ),
        errors=errors,
    )


def _webcam(scenario: Scenario, clip: Path) -> list[str]:
    states = {"hush": "stall"}
    faults = [(at_s, states.get(state, state)) for at_s, state in scenario.faults]
    return before_webcam(clip, fps=scenario.fps, faults=faults)


def main() -> None:
    names = sys.argv[1:]
    unknown = set(names) - {scenario.name for scenario in SCENARIOS}
    if unknown:
        sys.exit(f"no such scenario: {', '.join(sorted(unknown))}")
    table = Table(box=None, pad_edge=False)
    for heading in ("what happens", "held", "true", "no camera", "other", "end after", "told"):
        is_text = heading in ("what happens", "told")
        table.add_column(heading, justify="left" if is_text else "right")
    wrong = []
    for scenario in SCENARIOS:
        if names and scenario.name not in names:
            continue
        if not scenario.is_network and not FAKECAM.exists():
            print(f"{scenario.name}: no fake camera at {FAKECAM}", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            report = run(scenario, Path(folder))
        no_camera_s = report.lost_s.get("no_camera", 0.0)
        table.add_row(
            scenario.name,
            f"{report.held_s:.1f}",
            f"{report.true_s:.1f}",
            f"{no_camera_s:.1f}",
            f"{report.duration_s - report.held_s - no_camera_s:.1f}",
            f"{report.exit_s:.1f} s",
            "; ".join(f"{at_s:.1f} {words}" for at_s, words in report.told),
        )
        if not report.is_right():
            wrong.append(scenario.name)
            print(f"{scenario.name}: {report}", file=sys.stderr)
    Console(width=160).print(table)
    if wrong:
        sys.exit(f"not right: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
