"""Who scores what, and what becomes of files whose worker dies: nothing lost, nothing twice."""

import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from formcheck.errors import FormcheckError
from formcheck.pose.definition import load_pose
from formcheck.scoring.batch import Answer, score_batch
from formcheck.scoring.dispatch import dispatch, in_order, jobs_of
from formcheck.scoring.processes import Processes
from formcheck.scoring.settings import Settings
from tests.io.clips import write_clip
from tests.scoring.work import treacherous
from tests.shared import CHECKOUT

SETTINGS = Settings((load_pose("lunge-stretch"),))
SHORT = CHECKOUT / "samples" / "starts-in-pose.mp4"


@pytest.fixture
def two() -> Iterator[Processes]:
    executor = Processes(2)
    yield executor
    executor.shutdown(cancel_futures=True)


def seen(answers: list[Answer]) -> Counter[str]:
    """Return how often each file was seen, those given up with a question mark behind the name."""
    return Counter(
        answer.job.file.name + ("" if "seen by" in answer.scored.problems[0] else "?")
        for answer in answers
    )


def test_a_worker_that_dies_costs_its_files_a_second_try_and_a_poisonous_one_is_told(
    two: Processes, tmp_path: Path
) -> None:
    names = [f"good{number}" for number in range(200)]
    names[20:20] = ["poison", "faint1", "poison2"]
    names += ["faint2"]
    files = [tmp_path / name for name in names]

    answers = list(dispatch(jobs_of(files), SETTINGS, two, workers=2, work=treacherous))

    assert seen(answers) == Counter(name + "?" * name.startswith("poison") for name in names)
    (told,) = (a.scored.problems[0] for a in answers if a.job.file.name == "poison")
    assert told.startswith("Two processes ended before their time over")
    assert {answer.job.number for answer in answers} == set(range(len(names)))


@pytest.mark.long
@pytest.mark.parametrize("how", ["hang", "stuck"])
def test_a_worker_that_hangs_is_ended_as_one_that_dies(how: str, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("good1", how, "good2")]
    impatient = Processes(2, patience_s=3.0)
    try:
        answers = list(dispatch(jobs_of(files), SETTINGS, impatient, workers=2, work=treacherous))
    finally:
        impatient.shutdown(cancel_futures=True)
    assert seen(answers) == Counter(["good1", f"{how}?", "good2"])


def test_small_files_travel_in_batches_and_all_workers_have_some(
    two: Processes, tmp_path: Path
) -> None:
    sizes = []

    class Counting(ThreadPoolExecutor):
        def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
            sizes.append(len(args[1]))
            return super().submit(fn, *args, **kwargs)

    files = [tmp_path / f"good{number}" for number in range(300)]
    with Counting(2) as executor:
        answers = list(
            dispatch(jobs_of(files), SETTINGS, executor, workers=2, count=300, work=treacherous)
        )
    assert len(answers) == 300
    assert max(sizes) > 10
    assert sizes[-1] == 1  # so that both end at the same time
    processes = {
        answer.scored.problems[0]
        for answer in dispatch(jobs_of(files), SETTINGS, two, workers=2, work=treacherous)
    }
    assert len(processes) == 2


def test_answers_are_put_in_the_order_of_their_files(two: Processes, tmp_path: Path) -> None:
    names = ["faint", *(f"good{number}" for number in range(40))]
    files = [tmp_path / name for name in names]
    answers = dispatch(jobs_of(files), SETTINGS, two, workers=2, work=treacherous)
    assert [answer.job.number for answer in in_order(answers)] == list(range(len(names)))


def test_a_mistake_of_our_own_is_no_fault_of_the_file(two: Processes, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        list(dispatch(jobs_of([tmp_path / "mistake"]), SETTINGS, two, work=treacherous))


def test_an_executor_of_a_callers_that_is_broken_is_told(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("poison", "good")]
    with (
        ProcessPoolExecutor(1) as executor,
        pytest.raises(FormcheckError, match="has lost its workers"),
    ):
        list(dispatch(jobs_of(files), SETTINGS, executor, ahead=1, work=treacherous))


def test_processes_that_cannot_be_started_are_told_and_not_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formcheck.scoring.processes._begin", _refused)
    executor = Processes(2)
    try:
        with pytest.raises(FormcheckError, match="could be started"):
            list(dispatch(jobs_of([tmp_path / "good"]), SETTINGS, executor, work=treacherous))
    finally:
        executor.shutdown()


def _refused(*_: object) -> None:
    raise MemoryError


@pytest.mark.long
@pytest.mark.mediapipe
@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
def test_a_worker_that_is_killed_over_a_clip_scores_it_once_all_the_same(two: Processes) -> None:
    killed: list[int] = []

    def kill() -> None:
        ends_at = time.monotonic() + 120
        while not killed and time.monotonic() < ends_at:
            for number, done, _ in two.news():
                if number == 1 and done and two.pids:
                    killed.append(two.pids[0])
                    os.kill(two.pids[0], signal.SIGKILL)
            time.sleep(0.01)

    killer = threading.Thread(target=kill)
    killer.start()
    answers = list(dispatch(jobs_of([SHORT] * 4), SETTINGS, two, workers=2, work=score_batch))
    killer.join()

    assert killed
    assert sorted(answer.job.number for answer in answers) == [0, 1, 2, 3]
    assert len({str(answer.scored.score) for answer in answers}) == 1
    assert not any(answer.scored.problems for answer in answers)


@pytest.mark.long
@pytest.mark.mediapipe
def test_any_executor_gives_the_same_answers(tmp_path: Path, two: Processes) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=12, has_a_room=True)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"none")
    files = [SHORT, clip, broken, tmp_path / "missing.mp4"]

    def told(executor: Executor) -> list[str]:
        answers = dispatch(jobs_of(files), SETTINGS, executor, workers=2, work=score_batch)
        return [repr((each.scored.score, each.scored.problems)) for each in in_order(answers)]

    with ThreadPoolExecutor(2) as threads:
        assert told(threads) == told(two)
