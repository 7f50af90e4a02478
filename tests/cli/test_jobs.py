"""Several files at once: the same answers in the same order, and the same ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from formcheck.cli.main import ExitStatus
from tests.filesystem import in_a_file_system
from tests.io.clips import write_clip
from tests.shared import CHECKOUT

FORMCHECK = Path(sys.executable).parent / "formcheck"
SHORT = CHECKOUT / "samples" / "starts-in-pose.mp4"
LONG = CHECKOUT / "samples" / "lunge-stretch-good.mp4"

pytestmark = pytest.mark.mediapipe


def score(*files: Path, jobs: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [FORMCHECK, "score", *files, "--pose", "lunge-stretch", "--json", "--jobs", str(jobs)],
        capture_output=True,
        check=False,
        text=True,
    )


@pytest.mark.long
def test_two_at_once_answer_as_one_after_the_other_does(tmp_path: Path) -> None:
    # The first takes longest, and the second cannot be read: order and errors are the files' own.
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no video")
    files = [SHORT, broken, write_clip(tmp_path / "nobody.mp4"), tmp_path / "missing.mp4"]

    together, in_turn = score(*files, jobs=2), score(*files, jobs=1)

    assert together.stdout == in_turn.stdout
    assert together.stderr == in_turn.stderr
    assert together.stdout.count("\n") == 2
    assert "broken.mp4" in together.stderr
    assert "missing.mp4" in together.stderr
    assert together.returncode == in_turn.returncode == ExitStatus.FAILED


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others share memory otherwise")
def test_where_no_memory_can_be_shared_the_answers_come_one_after_the_other(tmp_path: Path) -> None:
    files = [write_clip(tmp_path / name) for name in ("one.mp4", "two.mp4", "three.mp4")]
    words = ["score", *map(str, files), "--pose", "lunge-stretch", "--json", "--jobs", "2"]
    run = f"import sys; from formcheck.cli.main import run; sys.exit(run({words}))"

    alone = in_a_file_system("ro", Path("/dev/shm"), run)

    assert alone.returncode == ExitStatus.DONE, alone.stderr
    assert alone.stdout == score(*files, jobs=2).stdout
    assert alone.stdout.count("\n") == len(files)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_one_that_was_started(sent: signal.Signals) -> None:
    program = subprocess.Popen(
        [
            FORMCHECK,
            "score",
            SHORT,
            *[LONG] * 20,
            "--pose",
            "lunge-stretch",
            "--json",
            "--jobs",
            "2",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    program.stdout.readline()  # they are at work
    children = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text().split()
    assert len(children) >= 2
    program.send_signal(sent)
    program.stdout.close()
    program.wait(timeout=30)

    ends_at = time.monotonic() + 20
    while any(map(_is_running, children)) and time.monotonic() < ends_at:
        time.sleep(0.1)
    assert not any(map(_is_running, children))


def _is_running(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (OSError, ProcessLookupError):
        return False
