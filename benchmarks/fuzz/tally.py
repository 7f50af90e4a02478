"""What came of trying a target."""

import time
from dataclasses import dataclass
from typing import Any

from benchmarks.fuzz.target import LONGEST_CASE_S, Target


@dataclass
class Tally:
    """What came of a target."""

    cases: int = 0
    slowest_s: float = 0.0
    slowest: str = ""
    """Which case that was."""
    found: str = ""

    def take(self, target: Target, case: Any) -> None:
        """Try a case; one that takes too long is tried once more, since the machine may be busy.

        Raises:
            AssertionError: It does what no input may do, or takes too long.
        """
        took_s = _timed(target, case)
        if took_s >= LONGEST_CASE_S:
            took_s = min(took_s, _timed(target, case))
        self.cases += 1
        if took_s > self.slowest_s:
            self.slowest_s, self.slowest = took_s, f"{case!r:.300}"
        assert took_s < LONGEST_CASE_S, f"it stalled for {took_s:.0f} s, twice"


def _timed(target: Target, case: Any) -> float:
    started = time.monotonic()
    target.check(case)
    return time.monotonic() - started
