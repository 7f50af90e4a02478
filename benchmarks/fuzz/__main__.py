"""Try bad input by the thousand.

python -m benchmarks.fuzz [--cases N] [--seed N] [TARGET ...]
"""

import argparse
import logging
import random
import sys
import time
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from rich.console import Console
from rich.table import Table

from benchmarks.fuzz.bodies import LANDMARKS
from benchmarks.fuzz.commands import COMMANDS
from benchmarks.fuzz.target import LONGEST_CASE_S, Target
from benchmarks.fuzz.texts import POSE_TEXTS, POSE_VALUES, TRUTHS
from benchmarks.fuzz.videos import check_many

TARGETS = (POSE_TEXTS, POSE_VALUES, TRUTHS, LANDMARKS, COMMANDS)
VIDEOS = "videos"


@dataclass
class Tally:
    """What came of a target."""

    cases: int = 0
    slowest_s: float = 0.0
    found: str = ""


def attack(target: Target, cases: int, first_seed: int) -> Tally:
    """Try so many cases; stop at the first that does what no input may do, and make it small."""
    tally = Tally()

    @seed(first_seed)
    @settings(
        max_examples=cases,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    @given(target.cases)
    def tried(case: Any) -> None:
        started = time.monotonic()
        target.check(case)
        tally.cases += 1
        tally.slowest_s = max(tally.slowest_s, time.monotonic() - started)
        assert tally.slowest_s < LONGEST_CASE_S, "it stalled"

    try:
        tried()
    except Exception as error:
        logging.exception("%s, seed %d", target.name, first_seed)
        tally.found = f"{type(error).__name__}: {error!s:.60}"
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description="Try bad input by the thousand.")
    parser.add_argument("targets", nargs="*", metavar="TARGET",
                        help=", ".join([*(target.name for target in TARGETS), VIDEOS]))  # fmt: skip
    parser.add_argument("--cases", type=int, default=1000, help="of each (default 1000)")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    options = parser.parse_args()
    known = {*(target.name for target in TARGETS), VIDEOS}
    if unknown := set(options.targets) - known:
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    wanted = set(options.targets) or known
    table = Table(box=None, pad_edge=False, title=f"seed {options.seed}", title_justify="left")
    for heading in ("target", "cases", "seconds", "slowest", "found"):
        table.add_column(heading, justify="left" if heading in ("target", "found") else "right")
    any_found = False
    for target in TARGETS:
        if target.name not in wanted:
            continue
        started = time.monotonic()
        tally = attack(target, options.cases, options.seed)
        seconds = time.monotonic() - started
        table.add_row(target.name, str(tally.cases), f"{seconds:.0f}", f"{tally.slowest_s:.1f} s",
                      tally.found or "nothing")  # fmt: skip
        any_found |= bool(tally.found)
    if VIDEOS in wanted:
        started = time.monotonic()
        wrong = check_many(options.cases, options.seed)
        table.add_row(VIDEOS, str(options.cases), f"{time.monotonic() - started:.0f}", "",
                      "; ".join(wrong) or "nothing")  # fmt: skip
        any_found |= bool(wrong)
    Console(width=140).print(table)
    sys.exit(any_found)


if __name__ == "__main__":
    main()
