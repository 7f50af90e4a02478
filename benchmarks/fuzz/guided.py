"""The same targets, but led by coverage: atheris keeps and changes what reached new branches.

    python -m benchmarks.fuzz.guided TARGET COUNT SEED

libFuzzer, beneath it, ends the process itself, so each target is run in one of its own by
`attack_guided`.
"""

import json
import logging
import os
import pkgutil
import random
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NoReturn

from benchmarks.fuzz.tally import Tally

MISSING: Final = (
    "--guided needs atheris, which there is for Linux on x86-64: .venv/bin/pip install -e '.[fuzz]'"
)

_SEEDS: Final = (200, 1000, 4000)
"""Bytes of the random inputs to begin with: shorter ones hold no whole case."""
_MANY: Final = 16
"""So many of each."""
_LONGEST: Final = 8192

_SAID_COVERAGE: Final = re.compile(r"\bcov: (\d+)")


@dataclass(frozen=True)
class Coverage:
    """How many branches were reached."""

    at_first: int
    """By the random inputs to begin with."""
    at_last: int


def is_there() -> bool:
    """Tell whether atheris is installed."""
    return find_spec("atheris") is not None


def attack_guided(name: str, cases: int, first_seed: int) -> tuple[Tally, Coverage]:
    """Try so many cases of a target; stop at the first that does what no input may do."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", __name__, name, str(cases), str(first_seed)],
            check=False, capture_output=True, text=True, errors="replace",
            # What a process that is ended leaves behind goes with this folder.
            env={**os.environ, "TMPDIR": folder},
        )  # fmt: skip
    tally = Tally()
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            tally = Tally(**json.loads(line))
    if done.returncode != 0:
        logging.error("%s, seed %d: %s", name, first_seed, done.stderr[-6000:])
        tally.found = tally.found or f"ended with status {done.returncode}"
    said = [int(each) for each in _SAID_COVERAGE.findall(done.stderr)] or [0]
    started = [int(each) for each in re.findall(r"INITED cov: (\d+)", done.stderr)] or said
    return tally, Coverage(started[0], said[-1])


def _instrumented() -> dict[str, Any]:
    """Import everything that is to lead, so that its branches are counted; return the targets."""
    import atheris

    with atheris.instrument_imports(include=["formcheck", "tomllib", "benchmarks.counting.truth"]):
        import_module("tomllib")
        package = import_module("formcheck")
        for module in pkgutil.walk_packages(package.__path__, "formcheck."):
            import_module(module.name)
        targets: dict[str, Any] = import_module("benchmarks.fuzz.targets").BY_NAME
    return targets


def _run(name: str, cases: int, first_seed: int) -> None:
    """Let atheris drive a target through Hypothesis; this ends the process."""
    target = _instrumented()[name]
    import atheris
    from hypothesis import HealthCheck, given, settings

    from benchmarks.fuzz.target import LONGEST_CASE_S

    tally = Tally()

    def end() -> NoReturn:
        print(json.dumps(vars(tally)), flush=True)
        os._exit(bool(tally.found))

    @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(target.cases)
    def tried(case: Any) -> None:
        try:
            tally.take(target, case)
        except Exception as error:
            logging.exception("%s: %r", name, case)
            tally.found = f"{type(error).__name__}: {error!s:.60}"
            end()
        if tally.cases >= cases:
            end()

    chance = random.Random(first_seed)
    corpus = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for number in range(_MANY * len(_SEEDS)):
        (corpus / str(number)).write_bytes(chance.randbytes(_SEEDS[number % len(_SEEDS)]))
    atheris.Setup(
        [
            sys.argv[0],
            str(corpus),
            f"-artifact_prefix={corpus}/",
            f"-seed={first_seed % 2**31 or 1}",
            f"-max_len={_LONGEST}",
            "-len_control=0",
            f"-timeout={2 * LONGEST_CASE_S:.0f}",
        ],
        tried.hypothesis.fuzz_one_input,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    _run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
