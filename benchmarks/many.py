"""A disk full of clips: how fast, in how much memory, and what a kill -9 in the middle leaves.

    python -m benchmarks.many [--only speed|kill|memory] [--clips 24] [--links 10000]

`speed` scores links to one sample with one process, with two, and on two local workers of dask
(`pip install -e '.[dask]'`) with and without its profiler, in turn, and prints clips a minute, the
gain of the second process, what dask costs on top from the first result to the last, and whether
all results are the same.

`kill` ends a worker, then the whole program, then a worker of dask by `kill -9` in the middle, goes
on, and holds the results against an undisturbed run.

`memory`, by name alone since it takes minutes, scores as many links to a sample's pictures, one in
twenty to a clip of five of them, and prints the slope of the memory of the program and of its
workers over the second half.

Needs Linux, and for figures a machine that does nothing else.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.running.stage import CHECKOUT

_SAMPLE: Final = CHECKOUT / "samples" / "starts-in-pose.mp4"
_FORMCHECK: Final = (sys.executable, "-m", "formcheck", "score")
_LOOK_EVERY_S: Final = 0.05
_CLIP_OF: Final = 20
"""So many links to pictures come to one to a clip."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run over a folder."""

    lines: tuple[str, ...]
    """What was written, sorted."""
    took_s: float
    """From the start of the program to its end."""
    scored_s: float
    """From the first result to the last."""


_TWO: Final = "2 processes"
_DASK: Final = "2 workers of dask"
_WITHOUT_PROFILER: Final = "2 workers of dask, no profiler"


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", choices=("speed", "kill", "memory"))
    parser.add_argument("--clips", type=int, default=24, help="links to the sample")
    parser.add_argument("--rounds", type=int, default=3, help="how often each speed is measured")
    parser.add_argument("--links", type=int, default=10_000, help="links for the memory")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="formcheck-many-") as name:
        place = Path(name)
        if options.only in (None, "speed"):
            speed(place / "speed", options.clips, options.rounds)
        if options.only in (None, "kill"):
            kill(place / "kill", max(6, options.clips // 3))
        if options.only == "memory":
            memory(place / "memory", options.links)


def speed(place: Path, clips: int, rounds: int) -> None:
    """Print how fast one process, two, and two of dask's are, and whether they say the same."""
    folder = linked(place / "clips", [_SAMPLE], clips)
    runs: dict[str, list[Run]] = {"1 process": [scored(folder, place / "one.jsonl", "--jobs", "1")]}
    for number in range(rounds):
        out = place / f"{number}.jsonl"
        runs.setdefault(_TWO, []).append(scored(folder, out, "--jobs", "2"))
        for name, has_profiler in ((_DASK, True), (_WITHOUT_PROFILER, False)):
            out = place / f"dask-{number}-{has_profiler}.jsonl"
            with two_workers(has_profiler) as (address, _):
                runs.setdefault(name, []).append(scored(folder, out, "--dask", address))
    print(f"{clips} clips, medians of {rounds} in turn: seconds, clips a minute, once begun")
    median = {
        name: Run((), *np.median([(run.took_s, run.scored_s) for run in each], axis=0))
        for name, each in runs.items()
    }
    for name, run in median.items():
        rate, steady = 60 * clips / run.took_s, 60 * (clips - 1) / run.scored_s
        print(f"{name:34} {run.took_s:6.1f} s  {rate:6.1f} clips a minute  {steady:6.1f}")
    print(f"two processes: {median['1 process'].took_s / median[_TWO].took_s:.2f} times one")
    for name in (_DASK, _WITHOUT_PROFILER):
        on_top = 100 * (median[name].scored_s / median[_TWO].scored_s - 1)
        print(f"{name}, on top of two processes once begun: {on_top:+.1f} %")
    same = {run.lines for each in runs.values() for run in each}
    print(f"results the same: {len(same) == 1}, {len(next(iter(same)))} lines")


def kill(place: Path, clips: int) -> None:
    """Print what is left of the results when a worker, all, and a worker of dask's are killed."""
    folder = linked(place / "clips", [_SAMPLE], clips)
    whole = scored(folder, place / "whole.jsonl", "--jobs", "2").lines

    def one_worker(program: "subprocess.Popen[bytes]") -> None:
        os.kill(workers_of(program.pid)[0], signal.SIGKILL)

    after = disturbed(folder, place / "worker.jsonl", one_worker, "--jobs", "2")
    _say("a worker killed", after, whole)

    def everything(program: "subprocess.Popen[bytes]") -> None:
        program.kill()

    before = disturbed(folder, place / "all.jsonl", everything, "--jobs", "2")
    print(f"the program killed: {len(before)} of {clips} were written")
    after = scored(folder, place / "all.jsonl", "--jobs", "2", "--resume").lines
    _say("the program killed, resumed", after, whole)

    with two_workers() as (address, pids):

        def a_worker_of_dask(_: "subprocess.Popen[bytes]") -> None:
            os.kill(pids()[0], signal.SIGKILL)

        after = disturbed(folder, place / "dask.jsonl", a_worker_of_dask, "--dask", address)
    _say("a worker of dask's killed", after, whole)


def memory(place: Path, links: int) -> None:
    """Print the slope of the memory over so many files."""
    folder = linked(place / "links", small_files(place), links)
    out = place / "results.jsonl"
    began_s = time.monotonic()
    program = begun(folder, out, "--jobs", "2")
    done: list[int] = []
    ours: list[float] = []
    theirs: list[float] = []
    while program.poll() is None:
        try:
            time.sleep(1)
        except KeyboardInterrupt:  # what was seen so far is told
            program.terminate()
        done.append(out.read_bytes().count(b"\n") if out.exists() else 0)
        ours.append(resident_mb(program.pid))
        theirs.append(max(map(resident_mb, workers_of(program.pid)), default=0.0))
        if done[-1] // 1000 > (done[-2] if len(done) > 1 else 0) // 1000:
            print(f"{done[-1]:6} done: {ours[-1]:.1f} and {theirs[-1]:.1f} MB", flush=True)
    took_s = time.monotonic() - began_s
    lines = out.read_text("utf-8").splitlines()
    files = {json.loads(line)["file"] for line in lines}
    print(
        f"{len(lines)} lines of {len(files)} files in {took_s:.0f} s, status {program.returncode}"
    )
    second = [number for number, each in enumerate(done) if done[-1] / 2 <= each < done[-1]]
    for name, values in (("the program", ours), ("its largest worker", theirs)):
        slope = np.polyfit([done[n] for n in second], [values[n] for n in second], 1)[0]
        print(f"{name}: at most {max(values):.0f} MB, {1000 * slope:+.3f} MB for 1000 files")


def linked(folder: Path, files: list[Path], count: int) -> Path:
    """Make a folder of links to these files, in turn."""
    folder.mkdir(parents=True)
    for number in range(count):
        file = files[number % len(files)]
        (folder / f"{number:06}{file.suffix}").symlink_to(file)
    return folder


def small_files(place: Path) -> list[Path]:
    """Return pictures of the sample, and one clip of five of them."""
    import cv2

    place.mkdir(parents=True)
    capture = cv2.VideoCapture(str(_SAMPLE))
    pictures = [capture.read()[1] for _ in range(_CLIP_OF)]
    files = []
    for number, picture in enumerate(pictures[1:]):
        files.append(place / f"{number}.jpg")
        cv2.imwrite(str(files[-1]), picture)
    height, width = pictures[0].shape[:2]
    clip = place / "clip.mp4"
    writer = cv2.VideoWriter(str(clip), cv2.VideoWriter.fourcc(*"mp4v"), 10, (width, height))
    for picture in pictures[:5]:
        writer.write(picture)
    writer.release()
    return [*files, clip]


def begun(folder: Path, out: Path, *options: str) -> "subprocess.Popen[bytes]":
    """Start to score a folder into a file."""
    command = [*_FORMCHECK, str(folder), "--out", str(out), "--pose", "lunge-stretch", "--quiet"]
    with out.with_suffix(".stderr").open("wb") as errors:
        return subprocess.Popen([*command, *options], stderr=errors)


def scored(folder: Path, out: Path, *options: str) -> Run:
    """Score a folder into a file."""
    began_s = time.monotonic()
    program = begun(folder, out, *options)
    first_s = last_s = began_s
    seen = 0
    while program.poll() is None:
        if (now := count(out)) > seen:
            last_s = time.monotonic()
            first_s = first_s if seen else last_s
            seen = now
        time.sleep(_LOOK_EVERY_S)
    ended_s = time.monotonic()
    if program.returncode:
        said = out.with_suffix(".stderr").read_text("utf-8", "replace")
        raise SystemExit(f"formcheck ended with status {program.returncode}: {said[-500:]}")
    return Run(lines_of(out), ended_s - began_s, last_s - first_s)


def disturbed(
    folder: Path, out: Path, disturb: Callable[["subprocess.Popen[bytes]"], None], *options: str
) -> tuple[str, ...]:
    """Score a folder, disturbed once two results are written; return all that are at the end."""
    program = begun(folder, out, *options)
    while count(out) < 2 and program.poll() is None:
        time.sleep(_LOOK_EVERY_S)
    disturb(program)
    program.wait()
    return lines_of(out)


def count(out: Path) -> int:
    """Return how many results are written."""
    return out.read_bytes().count(b"\n") if out.exists() else 0


def lines_of(out: Path) -> tuple[str, ...]:
    """Return the results that are written, sorted."""
    return tuple(sorted(out.read_text("utf-8").splitlines()))


def workers_of(pid: int) -> list[int]:
    """Return the processes of a program that score."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in _command(child)]


def _command(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has just ended
        return b""


def resident_mb(pid: int) -> float:
    """Return how much memory a process has; 0 where it has ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def two_workers(has_profiler: bool = True) -> Iterator[tuple[str, Callable[[], list[int]]]]:
    """Run a dask scheduler and two workers on this machine: its address, and the workers' pids."""
    import dask
    import distributed

    begin: Any = distributed.LocalCluster
    with dask.config.set({"distributed.worker.profile.enabled": has_profiler}):
        cluster = begin(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None)
    try:
        yield (
            cluster.scheduler_address,
            lambda: [worker.pid for worker in cluster.workers.values() if worker.pid is not None],
        )
    finally:
        cluster.close()


def _say(what: str, found: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    lost, twice = len(set(wanted) - set(found)), len(found) - len(set(found))
    print(f"{what}: {len(found)} lines, {lost} lost, {twice} twice, same: {found == wanted}")


if __name__ == "__main__":
    main()
