"""How long the report's page takes, and how large it is.

    python -m benchmarks.page [--sessions 2000]

Fills a history of its own with so many sessions of two minutes, every other day, each kept second
by second, and writes the page of it as a person does: in a new process, once to warm up.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from formcheck.body.landmarks import SIDES
from formcheck.figure.any_view import figure_for
from formcheck.judge.ledger import Interval, State, lost_by_reason
from formcheck.pose.definition import load_pose
from formcheck.store import End, SessionRecord, Store
from formcheck.store.history import insert
from formcheck.store.ledgers import LedgerWriter
from formcheck.store.private_files import REPORT_NAME
from formcheck.store.session_ledger import DepthSecond, HeldPosture, SessionLedger

POSE = load_pose("lunge-stretch")
RUNS = 5


def two_minutes(random: np.random.Generator) -> SessionLedger:
    """Return a minute a side in pieces, with what lay between them."""
    reasons = [Interval(0, 0, State.OUT_OF_FORM, faults=(fault.name,)) for fault in POSE.faults] + [
        Interval(0, 0, state) for state in (State.MOVING, State.UNSEEN, State.NO_PERSON)
    ]
    intervals: list[Interval] = []
    end_s = 0.0
    for side in SIDES:
        for _ in range(12):
            lost = reasons[int(random.integers(len(reasons)))]
            held = Interval(0, 0, State.HELD, side=side, is_full=bool(random.integers(2)))
            for kind, least_s, most_s in ((lost, 0.3, 2.5), (held, 2.0, 8.0)):
                start_s, end_s = end_s, round(end_s + float(random.uniform(least_s, most_s)), 3)
                intervals.append(replace(kind, start_s=start_s, end_s=end_s))
    depths = tuple(
        DepthSecond(int(each.start_s) + second, round(float(random.normal(28, 2)), 1), 5.0)
        for each in intervals
        if each.state is State.HELD
        for second in range(1, int(each.duration_s))
    )
    figure = figure_for(POSE)
    postures = {
        side: HeldPosture(figure.landmarks(stretched=side), 9.0, 2.6, 0.02) for side in SIDES
    }
    return SessionLedger(tuple(intervals), depths, postures)


def fill(store: Store, count: int) -> None:
    """Keep so many sessions, the last one today."""
    random = np.random.default_rng(16)
    now = datetime.now().astimezone()
    with store.database.transaction() as connection:
        for number in range(count):
            ledger = two_minutes(random)
            depth = dict.fromkeys(SIDES, 28.0)
            record = SessionRecord(
                started_at=now - timedelta(days=2 * (count - 1 - number)),
                pose=POSE.name,
                source="camera 0",
                is_live=True,
                hold_s=60.0,
                sides=SIDES,
                sets=1,
                duration_s=ledger.duration_s,
                held_s=ledger.held_s,
                longest_s=max(each.duration_s for each in ledger.intervals),
                lost_s=lost_by_reason(ledger.intervals),
                depth_deg=depth,
                discomfort=int(random.integers(5)),
                ended=End.DONE,
            )
            LedgerWriter().write(connection, insert(connection, record), ledger)


def main() -> None:
    """Fill, write, and print what it took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sessions", type=int, default=2000)
    count = parser.parse_args().sessions
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "formcheck"
        fill(Store(folder), count)
        environment = {**os.environ, "XDG_DATA_HOME": home}
        command = [sys.executable, "-m", "formcheck", "report", "--no-open"]
        spent: list[tuple[float, float]] = []
        for _ in range(RUNS):
            before, start_s = os.times(), time.monotonic()
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
            now = os.times()
            used_s = now.children_user - before.children_user
            used_s += now.children_system - before.children_system
            spent.append((time.monotonic() - start_s, used_s))
        wall_s, used_s = min(spent)
        size = (folder / REPORT_NAME).stat().st_size
        print(f"{count} sessions: {size / 1e6:.2f} MB in {wall_s:.1f} s,")
        print(f"of which {used_s:.1f} s of processor; the best of {RUNS}.")
        print(f"the history is {(folder / 'history.db').stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
