"""Whoever stretches waits for no chart."""

import subprocess
import sys

from tests.shared import CHECKOUT

_LATE = ("jinja2", "icalendar", "pyarrow")


def test_what_makes_pages_is_loaded_for_pages_alone() -> None:
    loads = (
        "import sys\n"
        "from formcheck.cli.commands import history, pose, remind, report, routine, score\n"
        "from formcheck.cli.live import coaching, exercise, following\n"
        "from formcheck.cli.output import ribbon_lines\n"
        "from formcheck.report import week\n"
        "from formcheck.ui.window import window\n"
        f"print([name for name in sys.modules if name in {_LATE}])\n"
        "from formcheck.report import page, reminder\n"
        f"print(sorted(name for name in sys.modules if name in {_LATE}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", loads], cwd=CHECKOUT, check=True, capture_output=True, text=True
    )
    before, after = done.stdout.splitlines()
    assert before == "[]"
    assert after == "['icalendar', 'jinja2']"
