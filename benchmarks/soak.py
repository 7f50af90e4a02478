"""A long session before the fake webcam: does anything grow, is anything left, are times exact?

    python -m benchmarks.soak [--minutes 60] [--clip CLIP] [--fakecam PATH] [--every SECONDS]

The whole program runs as a person starts it, in a window on a virtual screen (Xvfb) where there is
one, before a webcam that plays CLIP again and again; where there is no fake webcam it plays one
long clip in real time. Linux only. Printed at the end:

- the process's own memory (anonymous pages, swapped ones too; what is resident also falls and
  rises as the system drops pages of libraries and fetches them again) every ten minutes, and its
  slope by least squares: from two minutes on (in a shorter run from the middle on), and over the
  second half;
- threads and descriptors then and at the end; processor seconds a minute;
- the held time of each repetition against that of the first whole ones, and how far the starts of
  the holds stray from an even beat: the times a person is credited over an hour.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.running.stage import CHECKOUT, FAKECAM, HAS_SCREEN, before_webcam, virtual_screen

POSE: Final = "lunge-stretch"
_WARM_S: Final = 120.0
"""The model, the fonts and the allocators have taken what they take by then."""


@dataclass(frozen=True)
class Reading:
    """What the system says about the program at one time."""

    time_s: float
    own_mb: float
    resident_mb: float
    threads: int
    descriptors: int
    processor_s: float


def run_inside(ledger: Path, arguments: list[str]) -> None:
    """Run formcheck with these arguments; write its session's ledger when it ends."""
    from formcheck import run

    watched: list[Any] = []
    real_watch = run.watch

    def watch(source: Any, detector: Any, session: Any, *rest: Any, **named: Any) -> Iterator[Any]:
        watched.append(session)
        return real_watch(source, detector, session, *rest, **named)

    setattr(run, "watch", watch)  # noqa: B010 - put in its place before it is imported from there
    from formcheck.cli import entry

    sys.argv = ["formcheck", *arguments]
    try:
        entry.main()
    finally:
        rows = [
            (each.start_s, each.end_s, each.state.value, each.side)
            for session in watched
            for each in session.intervals()
        ]
        ledger.write_text(json.dumps(rows))


def read_process(pid: int, started_s: float) -> Reading:
    """Read how the process stands.

    Raises:
        OSError: It has ended.
    """
    process = Path(f"/proc/{pid}")
    fields = process.joinpath("stat").read_text().rpartition(")")[2].split()
    ticks = os.sysconf("SC_CLK_TCK")
    status = dict(line.split(":", 1) for line in process.joinpath("status").open())
    own_kb, swapped_kb, resident_kb = (
        int(status[name].split()[0]) for name in ("RssAnon", "VmSwap", "VmRSS")
    )
    return Reading(
        time.monotonic() - started_s,
        (own_kb + swapped_kb) / 1024,
        resident_kb / 1024,
        len(list(process.joinpath("task").iterdir())),
        len(list(process.joinpath("fd").iterdir())),
        (int(fields[11]) + int(fields[12])) / ticks,
    )


def session_process(program: subprocess.Popen[bytes]) -> int:
    """Return the process that runs formcheck: the one started, or a child of it."""
    for _ in range(200):
        children = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text().split()
        for pid in (str(program.pid), *children):
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if command[1:4] == [b"-m", b"benchmarks.soak", b"--inside"]:
                return int(pid)
        time.sleep(0.05)
    raise SystemExit("The program did not start.")


def screen() -> AbstractContextManager[dict[str, str]]:
    """Give the environment of a virtual screen; of none where Xvfb is missing."""
    if HAS_SCREEN:
        return virtual_screen()
    return nullcontext({key: value for key, value in os.environ.items() if key != "DISPLAY"})


def session_command(
    clip: Path, fakecam: Path, ledger: Path, folder: Path, seconds: float
) -> list[str]:
    """Return the command that runs the session, before the fake webcam where there is one."""
    inside = [sys.executable, "-m", "benchmarks.soak", "--inside", str(ledger)]
    plan = ["--hold", "3600", "--transcript", str(folder / "said.jsonl")]
    if fakecam.exists() and shutil.which("gcc"):
        return [*before_webcam(clip, fakecam=fakecam), *inside, POSE, *plan]
    print("There is no fake webcam: a long clip is played in its place.")
    film = folder / "long.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-stream_loop", "-1", "-i", clip, "-t", f"{seconds:.0f}",
         "-c", "copy", film],
        check=True,
    )  # fmt: skip
    return [*inside, POSE, str(film), *plan]


def soak(clip: Path, fakecam: Path, minutes: float, every_s: float) -> None:
    """Run the session for so long and print what became of it."""
    readings: list[Reading] = []
    with tempfile.TemporaryDirectory() as name, screen() as shown:
        folder, ledger = Path(name), Path(name) / "ledger.json"
        environment = {**shown, "XDG_DATA_HOME": str(folder / "data")}
        command = session_command(clip, fakecam, ledger, folder, 60 * minutes + 60)
        started_s = time.monotonic()
        program = subprocess.Popen(command, env=environment, cwd=CHECKOUT)
        pid = session_process(program)
        with suppress(OSError):  # it has ended
            while time.monotonic() - started_s < 60 * minutes:
                time.sleep(min(every_s, 60 * minutes))
                readings.append(read_process(pid, started_s))
                _tell(readings[-1])
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        status = program.wait(timeout=60)
        rows = json.loads(ledger.read_text())
        said = folder.joinpath("said.jsonl").read_text().count("\n")
    _print(readings, rows, status, said)


def _tell(reading: Reading) -> None:
    if sys.stderr.isatty():
        print(f"\r{reading.time_s:6.0f} s {reading.own_mb:7.1f} MB", end="", file=sys.stderr)


def _print(readings: list[Reading], rows: list[Any], status: int, said: int) -> None:
    last_s = readings[-1].time_s
    warm = [reading for reading in readings if reading.time_s >= min(_WARM_S, last_s / 2)]
    first, last = warm[0], warm[-1]
    table = Table(title=f"A session of {last_s / 60:.1f} minutes; it ended with status {status}")
    for heading in ("", f"at {first.time_s:.0f} s", f"at {last.time_s:.0f} s", "slope"):
        table.add_column(heading, justify="left" if not heading else "right")
    late = [reading for reading in readings if reading.time_s >= last_s / 2]
    row: Callable[..., None] = table.add_row
    row("own memory", f"{first.own_mb:.1f} MB", f"{last.own_mb:.1f} MB", _slope(warm))
    half = late[0]
    row("  its second half", f"{half.own_mb:.1f} MB", f"{last.own_mb:.1f} MB", _slope(late))
    row("resident, with libraries", f"{first.resident_mb:.1f} MB", f"{last.resident_mb:.1f} MB", "")
    row("threads", f"{first.threads}", f"{last.threads}", "")
    row("descriptors", f"{first.descriptors}", f"{last.descriptors}", "")
    minutes = max(1e-9, (last.time_s - first.time_s) / 60)
    used = (last.processor_s - first.processor_s) / minutes
    row("processor", "", "", f"{used:.1f} s a minute")
    console = Console()
    console.print(table)
    tens = {int(reading.time_s // 600): reading for reading in reversed(readings)}
    course = ", ".join(f"{at.own_mb:.0f} MB at {at.time_s / 60:.0f} min" for at in
                       sorted(tens.values(), key=lambda at: at.time_s))  # fmt: skip
    console.print(f"Own memory, each ten minutes: {course}.")
    _print_times(console, rows)
    console.print(f"{said} messages were written to the transcript.")


def _slope(readings: list[Reading]) -> str:
    if len(readings) < 3:
        return "too short"
    hours = [reading.time_s / 3600 for reading in readings]
    slope = np.polyfit(hours, [reading.own_mb for reading in readings], deg=1)[0]
    return f"{slope:+.1f} MB an hour"


def _print_times(console: Console, rows: list[Any]) -> None:
    """Print the seconds of each hold, side by side over all repetitions of the clip."""
    if not rows:
        console.print("No frame was judged.")
        return
    whole_s = rows[-1][1] - rows[0][0]
    gaps = sum(abs(later[0] - earlier[1]) for earlier, later in pairwise(rows))
    lost_s = sum(end - start for start, end, state, _ in rows if state == "no_camera")
    console.print(
        f"The ledger covers {whole_s:.3f} s; gaps or overlaps in it {gaps:.6f} s; "
        f"no camera {lost_s:.2f} s."
    )
    for side in ("left", "right"):
        # The first and the last may be cut off; a hold in two parts is one of the clip's.
        holds = _joined([(s, e) for s, e, state, of in rows if state == "held" and of == side])
        holds = holds[1:-1]
        if len(holds) < 3:
            console.print(f"{side}: too few whole holds to compare.")
            continue
        lengths = [held for _, held in holds]
        starts = np.array([start for start, _ in holds])
        number = np.round((starts - starts[0]) / np.median(np.diff(starts)))
        beat, begin = np.polyfit(number, starts, deg=1)
        stray = np.abs(starts - (begin + beat * number))
        console.print(
            f"{side}: {len(holds)} holds of {median(lengths):.3f} s (median), "
            f"{min(lengths):.3f} to {max(lengths):.3f} s; one every {beat:.4f} s, "
            f"off that beat by {np.median(stray):.3f} s (median), {stray.max():.3f} s at most."
        )


def _joined(spans: list[tuple[float, float]], apart_s: float = 1.0) -> list[tuple[float, float]]:
    """Return the start and the held seconds of each hold, parts of one put together."""
    holds: list[tuple[float, float]] = []
    ended = -apart_s
    for start, end in spans:
        if holds and start - ended < apart_s:
            holds[-1] = (holds[-1][0], holds[-1][1] + end - start)
        else:
            holds.append((start, end - start))
        ended = end
    return holds


def main() -> None:
    if sys.argv[1:2] == ["--inside"]:
        run_inside(Path(sys.argv[2]), sys.argv[3:])
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--clip", type=Path, default=CHECKOUT / "samples" / "changes-sides.mp4")
    parser.add_argument("--fakecam", type=Path, default=FAKECAM)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two readings")
    options = parser.parse_args()
    if not sys.platform.startswith("linux"):
        raise SystemExit("This benchmark reads /proc, which only Linux has.")
    soak(options.clip, options.fakecam, options.minutes, options.every)


if __name__ == "__main__":
    main()
