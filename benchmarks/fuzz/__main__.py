"""Try bad input by the thousand.

python -m benchmarks.fuzz [--guided] [--cases N] [--seed N] [TARGET ...]
"""

import argparse
import logging
import random
import sys
import time
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from rich.console import Console
from rich.table import Table

from benchmarks.fuzz import metadata, videos
from benchmarks.fuzz.guided import MISSING, attack_guided, is_there
from benchmarks.fuzz.tally import Tally
from benchmarks.fuzz.target import Target
from benchmarks.fuzz.targets import BY_NAME

NATIVE = {"videos": videos.__name__, "metadata": metadata.__name__}
"""What native libraries read, by the module that is run in a process of its own."""


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
        tally.take(target, case)

    try:
        tried()
    except Exception as error:
        logging.exception("%s, seed %d", target.name, first_seed)
        tally.found = f"{type(error).__name__}: {error!s:.60}"
    return tally


def main() -> None:
    known = [*BY_NAME, *NATIVE]
    parser = argparse.ArgumentParser(description="Try bad input by the thousand.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(known))
    parser.add_argument("--cases", type=int, default=1000, help="of each (default 1000)")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--guided", action="store_true",
                        help="by new branches reached (atheris); not videos, metadata")  # fmt: skip
    options = parser.parse_args()
    if unknown := set(options.targets) - set(known):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    if options.guided and not is_there():
        parser.error(MISSING)
    if options.guided and (native := set(options.targets) & set(NATIVE)):
        names = " and ".join(sorted(native))
        parser.error(f"{names} are read by native libraries, which nothing guides.")
    table = Table(box=None, pad_edge=False, title=f"seed {options.seed}", title_justify="left")
    headings = ["target", "cases", "seconds", "slowest", "found"]
    headings += ["branches at first", "at last"] * options.guided
    for heading in headings:
        table.add_column(heading, justify="left" if heading in ("target", "found") else "right")
    any_found = False
    for name in options.targets or BY_NAME if options.guided else options.targets or known:
        started = time.monotonic()
        branches: list[str] = []
        if name in NATIVE:
            wrong = videos.check_many(options.cases, options.seed, NATIVE[name])
            tally = Tally(options.cases, found="; ".join(wrong))
        elif options.guided:
            tally, coverage = attack_guided(name, options.cases, options.seed)
            branches = [str(coverage.at_first), str(coverage.at_last)]
        else:
            tally = attack(BY_NAME[name], options.cases, options.seed)
        seconds = time.monotonic() - started
        slowest = f"{tally.slowest_s:.1f} s" if tally.slowest_s else ""
        table.add_row(name, str(tally.cases), f"{seconds:.0f}", slowest,
                      tally.found or "nothing", *branches)  # fmt: skip
        any_found |= bool(tally.found)
        if tally.slowest:
            logging.warning("%s: the slowest was %s", name, tally.slowest)
    Console(width=140).print(table)
    sys.exit(any_found)


if __name__ == "__main__":
    main()
