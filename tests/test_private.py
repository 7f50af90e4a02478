"""formcheck opens no connection: seen from outside, by the system calls of a whole run."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import CHECKOUT

FORMCHECK = Path(sys.executable).parent / "formcheck"
SAMPLE = CHECKOUT / "samples" / "lunge-stretch-good.mp4"


@pytest.mark.mediapipe
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace watches the system calls")
def test_a_whole_run_connects_to_nothing_but_local_sockets(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    subprocess.run(
        ["strace", "-f", "-e", "trace=connect,sendto,sendmsg", "-o", trace,
         FORMCHECK, "score", SAMPLE, "--pose", "lunge-stretch"],
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
    )  # fmt: skip
    families = set(re.findall(r"sa_family=(\w+)", trace.read_text()))
    assert families <= {"AF_UNIX"}
