"""The session under way, kept whatever ends it."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.store import End, Store, StoreError
from formcheck.store.database import FILE_NAME
from tests.factories import FOLDED, STRETCH, stay, track
from tests.filesystem import in_a_file_system
from tests.shared import CHECKOUT
from tests.store.sessions import HELD_4_S, STARTED_AT, Kept, wait_for_a_session


def test_a_session_is_kept_with_all_that_it_came_to(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    right = replace(STRETCH, stretched="right")
    kept.see(track(stay(4.0, STRETCH), stay(2.0, FOLDED), stay(6.0, right), fps=10))
    kept.end(End.SIGN)
    kept.journal.answer(3)
    (session,) = Store(tmp_path).history.sessions()
    assert kept.journal.problem is None
    assert session.started_at == STARTED_AT
    assert session.duration_s == pytest.approx(12.0)
    assert session.held_s == pytest.approx(kept.session.held_s, abs=0.001)
    assert session.held_s["left"] == pytest.approx(4.0, abs=0.4)
    assert session.longest_s == pytest.approx(kept.session.longest_unbroken_s, abs=0.001)
    assert session.lost_s["trunk_forward"] == pytest.approx(2.0, abs=0.4)
    assert session.depth_deg == pytest.approx({"left": 30.0, "right": 30.0}, abs=0.2)
    assert (session.ended, session.discomfort) == (End.SIGN, 3)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_a_session_without_a_frame_leaves_nothing(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "data")
    kept.end(End.KEY)
    assert not (tmp_path / "data").exists()


def test_a_session_under_way_is_nobody_elses_to_close(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.see(HELD_4_S)
    wait_for_a_session(tmp_path)
    assert Store(tmp_path).news() == []
    assert Store(tmp_path).history.sessions() == []
    kept.end(End.DONE)
    assert [session.ended for session in Store(tmp_path).history.sessions()] == [End.DONE]


_HOLDS_AND_TELLS = """
import sys, time
from pathlib import Path
from tests.factories import STRETCH, stay, track
from tests.store.sessions import Kept
kept = Kept(Path(sys.argv[1]))
start_s = time.monotonic()
for time_s, landmarks in track(stay(60.0, STRETCH), fps=10):
    time.sleep(max(0.0, start_s + time_s - time.monotonic()))
    kept.see([(time_s, landmarks)])
    print(sum(kept.session.held_s.values()), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_after_kill_9_what_was_held_up_to_a_second_before_is_kept_and_told(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDS_AND_TELLS, tmp_path],
        cwd=CHECKOUT, stdout=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip
        assert program.stdout is not None
        held_s = 0.0
        while held_s < 2.5:
            held_s = float(program.stdout.readline())
        program.send_signal(signal.SIGKILL)
        held_s = max(held_s, *map(float, program.stdout.read().split()), 0.0)
    (news,) = Store(tmp_path).news()
    (session,) = Store(tmp_path).history.sessions()
    assert session.ended is End.LOST
    assert held_s - 1.0 <= session.held_s["left"] <= held_s
    ledger = Store(tmp_path).ledgers.of(session)
    assert ledger is not None
    assert ledger.held_s["left"] == pytest.approx(session.held_s["left"], abs=0.002)
    assert set(ledger.postures) == {"left"}
    left_s = f"{session.held_s['left']:.0f}"
    assert news == f"Last time ended early: left {left_s} s, right 0 s of lunge-stretch were kept."
    assert Store(tmp_path).news() == []  # once


def test_a_history_that_another_holds_stops_nothing_and_is_written_when_it_lets_go(
    tmp_path: Path,
) -> None:
    with Store(tmp_path).database.transaction():
        pass
    kept = Kept(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        kept.see(HELD_4_S)
        holder.execute("ROLLBACK")
    kept.end(End.DONE)
    assert kept.journal.problem is None
    assert [session.ended for session in Store(tmp_path).history.sessions()] == [End.DONE]


def test_a_history_that_another_keeps_holding_costs_one_sentence(tmp_path: Path) -> None:
    with Store(tmp_path).database.transaction():
        pass
    kept = Kept(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        kept.see(HELD_4_S)
        kept.end(End.DONE)
        assert Store(tmp_path).news() == [
            f"The history cannot be used: another program holds {tmp_path / FILE_NAME}; close it."
        ]
    assert "another program holds" in (kept.journal.problem or "")
    kept.journal.answer(2)


def test_a_folder_that_cannot_be_made_costs_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    kept = Kept(tmp_path / "file" / "data")
    kept.see(HELD_4_S)
    kept.end(End.DONE)
    assert str(tmp_path / "file") in (kept.journal.problem or "")
    assert sum(kept.session.held_s.values()) > 3


@pytest.mark.parametrize("closed", ["a name too long", "no rights"])
def test_a_folder_that_cannot_be_looked_into_costs_one_sentence(
    closed: str, tmp_path: Path
) -> None:
    if closed == "a name too long":
        folder = tmp_path / ("a" * 5000)
    elif os.name == "nt" or os.geteuid() == 0:
        pytest.skip("nothing is closed to root, nor by such rights on Windows")
    else:
        folder = tmp_path / "closed"
        folder.mkdir(mode=0)
    kept = Kept(folder)
    assert kept.store.settings.get("safety/lunge-stretch") is None
    kept.see(HELD_4_S)
    kept.end(End.DONE)
    assert str(folder) in (kept.journal.problem or "")
    assert sum(kept.session.held_s.values()) > 3
    with pytest.raises(StoreError, match="check the rights of that folder"):
        kept.store.history.sessions()


_HOLDS_WITH_A_PROBLEM = """
import sys
from pathlib import Path
from formcheck.store import End
from tests.store.sessions import Kept, HELD_4_S
kept = Kept(Path(sys.argv[1]))
kept.see(HELD_4_S)
kept.end(End.DONE)
print(kept.journal.problem)
print(sum(kept.session.held_s.values()))
"""


def test_a_home_that_is_read_only_costs_one_sentence(tmp_path: Path) -> None:
    done = in_a_file_system("ro", tmp_path, _HOLDS_WITH_A_PROBLEM)
    assert done.stderr == ""
    problem, held_s = done.stdout.splitlines()
    assert "cannot be written" in problem
    assert float(held_s) > 3


_BECOMES_READ_ONLY = """
import subprocess, sys
from pathlib import Path
from formcheck.store import End, Store
from tests.store.sessions import Kept, HELD_4_S
folder = Path(sys.argv[1])
kept = Kept(folder)
kept.see(HELD_4_S)
kept.end(End.DONE)
kept.store.settings.set("depth", 21.5)
subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
again = Kept(folder)
print(again.store.news())
again.see(HELD_4_S)
again.end(End.DONE)
print(again.journal.problem)
print(len(Store(folder).history.sessions()), Store(folder).settings.get("depth"))
"""


def test_a_history_that_has_become_read_only_is_read_and_costs_one_sentence(
    tmp_path: Path,
) -> None:
    done = in_a_file_system("size=1m", tmp_path, _BECOMES_READ_ONLY)
    assert done.stderr == ""
    news, problem, read = done.stdout.splitlines()
    assert news.count("cannot be used") == news.count("cannot be written") == 1
    assert problem == "None"
    assert read == "1 21.5"


_FILLS_THE_DISK = """
import sys, time
from pathlib import Path
from formcheck.store import End, Store
from tests.factories import STRETCH, stay, track
from tests.store.sessions import Kept, wait_for_a_session
folder = Path(sys.argv[1])
kept = Kept(folder)
frames = track(stay(20.0, STRETCH), fps=10)
kept.see(frames[:40])
wait_for_a_session(folder, held_s=3.0)
with open(folder / "movie", "wb", buffering=0) as movie:
    try:
        while True:
            movie.write(bytes(512))
    except OSError as error:
        print(error.strerror)
for start in range(40, 200, 8):
    kept.see(frames[start : start + 8])
    time.sleep(0.01)
kept.end(End.DONE)
print(kept.journal.problem)
(folder / "movie").unlink()
print(Store(folder).news())
"""


def test_a_disk_that_fills_up_costs_one_sentence_and_nothing_that_was_kept(tmp_path: Path) -> None:
    done = in_a_file_system("size=160k", tmp_path, _FILLS_THE_DISK)
    assert done.stderr == ""
    full, problem, news = done.stdout.splitlines()
    assert "No space left" in full
    assert "the disk is full; make room" in problem
    assert re.fullmatch(
        r"\['Last time ended early: left \d+ s, right 0 s of lunge-stretch were kept.'\]", news
    )
