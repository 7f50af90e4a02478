"""MediaPipe's plots are not loaded: a start is quiet, leaves nothing behind and needs no folder."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.filesystem import where_nothing_may_be_written
from tests.shared import CHECKOUT

FORMCHECK = Path(sys.executable).parent / "formcheck"
SAMPLE = CHECKOUT / "samples" / "starts-in-pose.mp4"

pytestmark = pytest.mark.mediapipe


def in_a_home(home: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script for somebody who has never started formcheck."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("XDG_") and name != "MPLCONFIGDIR"
    }
    return subprocess.run(
        [sys.executable, "-c", script],
        env={**environment, "HOME": str(home)},
        cwd=CHECKOUT, capture_output=True, text=True, check=True,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="a home in HOME, and folders after XDG")
def test_the_first_start_says_nothing_and_keeps_nothing(tmp_path: Path) -> None:
    done = in_a_home(
        tmp_path,
        "import os, sys\n"
        "from formcheck.cli.main import send_native_noise_away\n"
        "send_native_noise_away()\n"
        "from formcheck.io.detector import PoseDetector\n"
        "PoseDetector().close()\n"
        "print([name for name in sys.modules if name.startswith(('matplotlib', 'sounddevice'))])",
    )
    assert done.stderr == ""
    assert done.stdout == "[]\n"
    assert list(tmp_path.rglob("*")) == []


def test_a_clip_is_scored_where_nothing_at_all_may_be_written() -> None:
    done = where_nothing_may_be_written(
        FORMCHECK, "score", SAMPLE, "--pose", "lunge-stretch", "--json"
    )
    assert done.stderr == ""
    assert json.loads(done.stdout)["held_s"]["left"] > 5


@pytest.mark.skipif(find_spec("matplotlib") is None, reason="no matplotlib to keep")
@pytest.mark.parametrize("first", ["formcheck.io.detector", "matplotlib.pyplot"])
def test_whoever_draws_a_plot_has_the_real_library(first: str, tmp_path: Path) -> None:
    done = in_a_home(
        tmp_path,
        f"import {first}\n"
        "import formcheck.io.detector\n"
        "import matplotlib; matplotlib.use('agg')\n"
        "from matplotlib import pyplot\n"
        "pyplot.plot([1, 2])\n"
        "print(pyplot.gca().lines[0].get_ydata())",
    )
    assert done.stdout == "[1 2]\n"
