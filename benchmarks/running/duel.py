"""formcheck beside what people copy from tutorials: the same frames, the same machine, in turn.

Live, both stand before the fake webcam on a virtual screen, which plays the held part of the clip
forwards and backwards without an end; offline, both go through the clip once. The tutorial's loop
only shows a skeleton, formcheck measures, judges, counts and coaches. `benchmarks.running.probe`
holds the stopwatch.
"""

import compileall
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from benchmarks.running.probe import STARTED
from benchmarks.running.stage import CHECKOUT, before_webcam
from benchmarks.soak import screen

POSE: Final = "lunge-stretch"
FORMCHECK: Final = (sys.executable, "-c", "from formcheck.cli.entry import main; main()")
SIZES: Final = ("640x480", "1280x720")
CAMERA_RATE: Final = 30
_WAY_IN_S: Final = 2.5
_GOES_ON_S: Final = 120.0
_LONGEST_LOOP: Final = 32767
"""Frames; FFmpeg's own limit, and it takes those that there are."""
_SENSOR: Final = "noise=alls=6:allf=t"
"""A camera never gives the same picture twice; a clip slower than it would, and formcheck takes
that for what it is: no news."""
_WARM_S: Final = 6.0
"""From the first judgement on: the first frames load the kernels, and the hold has to settle."""

Figures = dict[str, float | None]


@dataclass(frozen=True)
class Run:
    """One program's run under the stopwatch."""

    report: dict[str, Any]
    said: str
    """What it printed."""

    @property
    def from_s(self) -> float:
        """From when on figures are steady."""
        return float(self.report["first_judgement_s"] or 0.0) + _WARM_S

    def steady(self) -> Figures:
        """Return frames and looks a second, delay, inference and processor time once warm."""
        shown = [at for at in self.report["shown_s"] if at >= self.from_s]
        looks = [at for at, _ in self.report["looks"] if at >= self.from_s]
        used = [row for row in self.report["processor_s"] if row[0] >= self.from_s]
        delays = self.report["delay_s"][-len(shown) :]
        # Up to the calm hold every frame is looked at and shown: what the machine can do.
        busy = [at for at, is_calm in self.report["looks"] if not is_calm]
        apart = [later - at for at, later in pairwise(busy) if later - at < 0.5]
        minutes = (used[-1][0] - used[0][0]) / 60 if len(used) > 1 else None
        return {
            "frames_per_s": _per_s(shown),
            "looks_per_s": _per_s(looks),
            "busy_per_s": 1 / median(apart) if apart else None,
            "delay_ms": 1000 * median(delays) if delays else None,
            "inference_ms": 1000 * median(self.report["inference_s"]),
            "processor_s_a_minute": (used[-1][1] - used[0][1]) / minutes if minutes else None,
        }


def _per_s(times: list[float]) -> float | None:
    return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else None


def held_part(clip: Path, folder: Path) -> Path:
    """Make a clip that goes on holding: the longest hold of `clip`, to and fro, for two minutes.

    It begins with the way in, since only who has been seen to move is surely alive, and counted.

    Raises:
        SystemExit: Nothing is held in it for at least three seconds.
    """
    scored = subprocess.run(
        [*FORMCHECK, "score", clip, "--pose", POSE, "--json"],
        capture_output=True, text=True, check=True, cwd=CHECKOUT,
    )  # fmt: skip
    intervals = json.loads(scored.stdout)["intervals"]
    start_s, end_s = max(
        ((each["start_s"], each["end_s"]) for each in intervals if each["state"] == "held"),
        key=lambda span: float(span[1] - span[0]),
        default=(0.0, 0.0),
    )
    if end_s - start_s < 3.0:
        raise SystemExit(f"{clip} has no hold of three seconds: name another clip.")
    path = folder / "held.mp4"
    way_in = f"trim={max(0.0, start_s - _WAY_IN_S)}:{start_s + 0.5},setpts=PTS-STARTPTS"
    hold = f"trim={start_s + 0.5}:{end_s - 0.5},setpts=PTS-STARTPTS"
    times = round(_GOES_ON_S / (2 * (end_s - start_s - 1)))
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", clip, "-an", "-filter_complex",
         f"split[in][on];[in]{way_in}[w];[on]{hold},split[a][b];[b]reverse[c];"
         f"[a][c]concat,loop={times}:{_LONGEST_LOOP}[h];[w][h]concat,fps={CAMERA_RATE},{_SENSOR}",
         "-crf", "12", path],
        check=True,
    )  # fmt: skip
    return path


def _watched(
    before: list[str], program: list[str], environment: dict[str, str], seconds: float | None
) -> Run:
    """Run a program under the stopwatch, to its end or for so many seconds."""
    with tempfile.TemporaryDirectory() as name:
        report, log = Path(name, "report.json"), Path(name, "said.txt")
        inside = [sys.executable, "-m", "benchmarks.running.probe", str(report), *program]
        # The clock starts with the program itself, not with the camera before it.
        begin = ["sh", "-c", f'{STARTED}=$("$0" -c "{_CLOCK}") exec "$0" "$@"', *inside]
        with log.open("w") as said:
            running = subprocess.Popen(
                [*before, *begin],
                env={**environment, "XDG_DATA_HOME": name},
                cwd=CHECKOUT,
                stdout=said,
                stderr=subprocess.DEVNULL,
            )
            if seconds is not None:
                time.sleep(seconds)
                running.send_signal(signal.SIGINT)
            running.wait(timeout=600)
        return Run(json.loads(report.read_text()), log.read_text())


_CLOCK: Final = "import time; print(time.monotonic())"


def live(console: Console, clip: Path, fakecam: Path, size: str, seconds: float) -> None:
    """Print both sides before the fake webcam at one size."""
    before = before_webcam(clip, fakecam=fakecam, size=size, fps=CAMERA_RATE)
    with screen() as shown:
        ours = _watched(before, ["formcheck", POSE, "--hold", "3600"], shown, seconds)
        theirs = _watched(before, ["tutorial", "0"], shown, seconds)
    mine, other = ours.steady(), theirs.steady()
    table = _table(f"Live, {size} at {CAMERA_RATE} frames a second, a calm hold")
    _row(table, "frames shown a second", mine["frames_per_s"], other["frames_per_s"], 1)
    _row(table, "of them looked at", mine["looks_per_s"], other["looks_per_s"], 1)
    _row(table, "shown and looked at before", mine["busy_per_s"], other["busy_per_s"], 1)
    _row(table, "capture to screen, ms (median)", mine["delay_ms"], other["delay_ms"], 1)
    _row(table, "one inference, ms (median)", mine["inference_ms"], other["inference_ms"], 1)
    used = "processor_s_a_minute"
    _row(table, "processor s a minute of hold", mine[used], other[used], 1)
    for key, name in (
        ("first_picture_s", "start to first picture, s"),
        ("first_picture_processor_s", "  of it processor, s"),
        ("first_frame_s", "start to first frame shown, s"),
        ("first_judgement_s", "start to first judgement, s"),
        ("peak_mb", "peak memory, MB"),
    ):
        _row(table, name, ours.report[key], theirs.report[key], 2 if key != "peak_mb" else 0)
    console.print(table)
    limit_ms = (mine["inference_ms"] or 0.0) + 1000 / CAMERA_RATE
    console.print(
        f"One inference and one frame interval: {limit_ms:.1f} ms; "
        f"from capture to screen: {mine['delay_ms'] or 0.0:.1f} ms."
    )
    held = sum(float(seconds) for seconds in re.findall(r"(?:Left|Right) +([\d.]+) s", ours.said))
    judged_s = ours.report["looks"][-1][0] - ours.report["looks"][0][0]
    console.print(f"Counted: {held:.1f} s of the {judged_s:.1f} s that were judged.\n")


def offline(console: Console, clip: Path) -> None:
    """Print both sides on a clip, as fast as each goes."""
    with screen() as shown:
        ours = _watched(
            [], ["formcheck", "score", str(clip), "--pose", POSE, "--jobs", "1"], shown, None
        )
        theirs = _watched([], ["tutorial", str(clip)], shown, None)
    rates, each = [], []
    for run in (ours, theirs):
        looks = [at for at, _ in run.report["looks"]]
        rates.append(_per_s(looks[len(looks) // 10 :]))
        used = run.report["processor_s"]
        taken = [at for at in looks if used[0][0] <= at <= used[-1][0]]
        each.append(1000 * (used[-1][1] - used[0][1]) / max(1, len(taken) - 1))
    table = _table(f"Offline, {clip.name}")
    _row(table, "frames a second", rates[0], rates[1], 1)
    _row(table, "processor ms a frame", each[0], each[1], 1)
    _row(table, "peak memory, MB", ours.report["peak_mb"], theirs.report["peak_mb"], 0)
    console.print(table)


def side_by_side(console: Console, clip: Path, count: int = 6) -> None:
    """Print how much sooner several clips are scored by two processes than by one."""
    taken = {}
    answers = {}
    for jobs in (1, 2):
        start = time.perf_counter()
        done = subprocess.run(
            [*FORMCHECK, "score", *[str(clip)] * count, "--pose", POSE,
             "--json", "--jobs", str(jobs)],
            capture_output=True, text=True, check=True, cwd=CHECKOUT,
        )  # fmt: skip
        taken[jobs], answers[jobs] = time.perf_counter() - start, done.stdout
    same = "the same answers" if answers[1] == answers[2] else "OTHER ANSWERS"
    console.print(
        f"Scoring {count} clips: {taken[1]:.1f} s with --jobs 1, {taken[2]:.1f} s with --jobs 2: "
        f"{taken[1] / taken[2]:.2f} times as fast, {same}."
    )


def _table(title: str) -> Table:
    table = Table(title=title)
    for heading in ("", "formcheck", "tutorial", "ratio"):
        table.add_column(heading, justify="left" if not heading else "right")
    return table


def _row(table: Table, name: str, ours: float | None, theirs: float | None, digits: int) -> None:
    told = ["-" if value is None else f"{value:.{digits}f}" for value in (ours, theirs)]
    ratio = f"{ours / theirs:.2f}" if ours is not None and theirs else "-"
    table.add_row(name, *told, ratio)


def duel(clip: Path, fakecam: Path, seconds: float) -> None:
    """Print all of it; what this machine cannot run is said."""
    console = Console()
    # As pip does when it installs: otherwise every start might compile the sources anew.
    compileall.compile_dir(CHECKOUT / "formcheck", quiet=2)
    lacking = [name for name in ("ffmpeg", "gcc", "Xvfb") if shutil.which(name) is None]
    if not fakecam.exists():
        lacking.append("the fake webcam (--fakecam PATH)")
    if lacking:
        console.print(f"Not compared live: this needs {', '.join(lacking)}.")
    else:
        with tempfile.TemporaryDirectory() as folder:
            held = held_part(clip, Path(folder))
            for size in SIZES:
                live(console, held, fakecam, size, seconds)
    if "Xvfb" in lacking and not os.environ.get("DISPLAY"):
        console.print("Not compared offline: the tutorial's loop needs a screen.")
    else:
        offline(console, clip)
    side_by_side(console, clip)
