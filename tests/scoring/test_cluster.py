"""dask's workers as a crew like any other: the same answers, and the same ends of bad files."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from formcheck.cli.main import ExitStatus, run
from formcheck.errors import FormcheckError
from formcheck.pose.definition import load_pose
from formcheck.scoring.crew import cluster
from formcheck.scoring.dispatch import dispatch, jobs_of
from formcheck.scoring.settings import Settings
from tests.io.clips import write_clip
from tests.scoring.test_dispatch import seen
from tests.scoring.work import treacherous
from tests.shared import CHECKOUT

distributed = pytest.importorskip("distributed")

pytestmark = pytest.mark.long

SETTINGS = Settings((load_pose("lunge-stretch"),))
SHORT = CHECKOUT / "samples" / "starts-in-pose.mp4"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Run a scheduler with two workers, each a process, on this machine alone."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as local:
        yield local.scheduler_address


@pytest.mark.mediapipe
def test_the_workers_of_dask_answer_as_processes_do(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"none")
    files = [str(SHORT), str(write_clip(tmp_path / "clip.mp4", frames=9)), str(broken)]
    command = ["score", *files, str(tmp_path / "missing.mp4"), "--json", "--pose", "lunge-stretch"]

    assert run(command) == ExitStatus.FAILED
    here = capsys.readouterr()
    for options in ([], ["--send"]):
        assert run([*command, "--dask", address, *options]) == ExitStatus.FAILED
        there = capsys.readouterr()
        assert there.out == here.out
        assert there.err == here.err
    assert here.out.count("\n") == 2


def test_a_file_that_kills_dasks_workers_is_told_after_two_and_the_others_are_done(
    address: str, tmp_path: Path
) -> None:
    names = ["good1", "poison", "good2", "faint", *(f"small{number}" for number in range(50))]
    files = [tmp_path / name for name in names]
    with cluster(address) as crew:
        answers = list(
            dispatch(jobs_of(files), SETTINGS, crew.executor, workers=2, work=treacherous)
        )
    assert seen(answers) == Counter(name + "?" * (name == "poison") for name in names)


def test_what_is_lost_with_its_worker_before_it_was_fetched_is_done_again(
    address: str, tmp_path: Path
) -> None:
    names = ["lost1", "good1", "lost2", "good2"]
    with cluster(address) as crew:
        files = [tmp_path / name for name in names]
        answers = list(
            dispatch(jobs_of(files), SETTINGS, crew.executor, workers=2, work=treacherous)
        )
    assert seen(answers) == Counter(names)


def test_a_scheduler_without_workers_or_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as local:
        with (
            pytest.raises(FormcheckError, match="has no workers"),
            cluster(local.scheduler_address),
        ):
            pass
        gone = local.scheduler_address
    with pytest.raises(FormcheckError, match="No dask scheduler answers"), cluster(gone):
        pass


def test_without_dask_it_is_told_how_to_get_it() -> None:
    script = (
        "import sys; sys.modules['distributed'] = None; from formcheck.cli.main import run;"
        f"sys.exit(run(['score', {str(SHORT)!r}, '--dask', 'tcp://127.0.0.1:1']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == ExitStatus.FAILED
    assert "pip install 'formcheck[dask]'" in done.stderr
