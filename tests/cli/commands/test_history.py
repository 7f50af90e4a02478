"""What was kept is shown, taken along and removed."""

import csv
import io
import json
import os
import stat
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from formcheck.cli.main import ExitStatus, run
from formcheck.store import End, SessionRecord, Store
from formcheck.store.history import insert
from formcheck.store.locks import SessionLock
from formcheck.store.private_files import data_folder
from tests.shared import CHECKOUT
from tests.store.sessions import HELD_4_S, RECORD, Kept, add


def test_the_history_tells_each_session_and_how_the_week_stands(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(21, 14, 0)
    assert run(["history", "--last", "2"]) == ExitStatus.DONE
    said = capsys.readouterr().out.splitlines()
    assert said[0].split() == [
        "date",
        "pose",
        "left",
        "right",
        "longest",
        "discomfort",
        "ended",
        "depth",
    ]
    assert len(said) == 4
    assert said[2].split()[2:] == [
        "lunge-stretch",
        "60",
        "s",
        "34",
        "s",
        "41",
        "s",
        "2",
        "done",
        "30°",
        "left",
    ]
    assert said[3] == (
        "This week: 0 of 3 days with both sides, 3 to go. Today so far: right 57 % of the dose. "
        "Next: today."
    )


def test_the_history_tells_a_depth_with_what_it_may_be_off_by(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = Kept(data_folder())
    kept.see(HELD_4_S)
    kept.end(End.DONE)
    run(["history"])
    assert "about 30° left, give or take 2" in capsys.readouterr().out


def test_a_day_counts_once_each_side_had_its_minute_over_all_stretches(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    minutes = iter(range(0, 60, 10))

    def held(pose: str, left: float, right: float) -> SessionRecord:
        now = datetime.now().astimezone()
        at = now.replace(hour=12, minute=next(minutes))
        return replace(RECORD, started_at=at, pose=pose, held_s={"left": left, "right": right})

    def week() -> str:
        run(["history"])
        return capsys.readouterr().out.splitlines()[-1]

    with Store().database.transaction() as connection:
        insert(connection, held("lunge-stretch", 60.0, 30.0))
    assert week().startswith("This week: 0 of 3 days with both sides, 3 to go.")
    with Store().database.transaction() as connection:
        insert(connection, held("low-lunge-side-bend", 0.0, 30.0))
    assert week().startswith("This week: 1 of 3 days with both sides, 2 to go. Next: ")
    with Store().database.transaction() as connection:  # the same day is the same day
        insert(connection, held("a-pose-whose-file-is-gone", 60.0, 60.0))
    assert week().startswith("This week: 1 of 3 days with both sides, 2 to go. Next: ")


def test_the_report_tells_each_week_of_what_was_held_before_a_camera(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def on(day: int, record: SessionRecord) -> SessionRecord:
        return replace(record, started_at=record.started_at.replace(day=day))

    deeper = replace(RECORD, depth_deg={"left": 20.5, "right": None}, longest_s=60.0)
    with Store().database.transaction() as connection:
        insert(connection, on(4, replace(RECORD, discomfort=None)))
        insert(connection, on(4, RECORD))  # another program counted the same
        insert(connection, on(4, replace(RECORD, started_at=RECORD.started_at.replace(hour=20))))
        insert(connection, on(6, deeper))
        insert(connection, on(8, replace(RECORD, is_live=False)))
        insert(connection, on(9, RECORD))
    assert run(["report", "--text"]) == ExitStatus.DONE
    _, first, second = (line.split() for line in capsys.readouterr().out.splitlines())
    assert first == ["2026-03-02", "2", "180", "s", "102", "s", "60", "s", "30°", "2"]
    assert second == ["2026-03-09", "1", "60", "s", "34", "s", "41", "s", "30°", "2"]


def test_an_empty_history_says_how_to_begin_one(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["history"]) == ExitStatus.DONE
    assert "Nothing is kept yet" in capsys.readouterr().out
    assert not (home / "data").exists()


def test_the_history_is_exported_as_csv_and_as_json(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(1, 0)
    assert run(["export"]) == ExitStatus.DONE
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["left_s"], row["discomfort"]) for row in rows] == [("60.1", "2")] * 2
    file = home / "mine.json"
    assert run(["export", str(file)]) == ExitStatus.DONE
    sessions = json.loads(file.read_text("utf-8"))
    assert [session["lost_s"] for session in sessions] == [dict(RECORD.lost_s)] * 2
    assert [session["left_credited_s"] for session in sessions] == [60.1] * 2
    assert set(sessions[0]) == set(rows[0])
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_name_of_a_clip_does_not_steer_the_terminal_it_is_exported_to(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store().database.transaction() as connection:
        insert(connection, replace(RECORD, source="\x1b[31m\x07red.mp4", is_live=False))
    for words in (["export"], ["export", "--json"], ["history"]):
        assert run(words) == ExitStatus.DONE
        said = capsys.readouterr().out
        assert "red.mp4" in said
        assert not any(code in said for code in "\x1b\x07")


def test_an_export_replaces_no_file_unasked(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = home / "mine.csv"
    file.write_text("precious")
    assert run(["export", str(file)]) == ExitStatus.FAILED
    assert "--force" in capsys.readouterr().err
    assert file.read_text() == "precious"
    assert run(["export", str(file), "--force"]) == ExitStatus.DONE
    assert file.read_text().startswith("started_at,pose,")


def test_an_export_is_not_named_as_what_it_is_not(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(0)
    file = home / "mine.xlsx"
    assert run(["export", str(file)]) == ExitStatus.FAILED
    assert "End its name with .csv" in capsys.readouterr().err
    assert not file.exists()


def test_forgetting_removes_all_that_was_written_and_nothing_else(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(0)
    Store().settings.set("depth", 1)
    for name in ("history-damaged-20260101T000000.db", "under-way-7.lock", "mine.txt"):
        (home / "data" / name).touch()
    (home / "cache" / "matplotlib").mkdir(parents=True)
    (home / "cache" / "matplotlib" / "fontlist.json").touch()
    (home / "cache" / "pose-full-0.task").touch()

    assert run(["forget"]) == ExitStatus.DONE
    assert capsys.readouterr().out.splitlines()[-1] == "Nothing was removed."
    assert Store().history.sessions() != []

    assert run(["forget", "--yes"]) == ExitStatus.DONE
    assert (
        capsys.readouterr().out.count("Removed ") == 4
    )  # a lock that nobody holds is gone already
    assert [path.name for path in home.rglob("*")] == ["data", "mine.txt"]
    assert run(["forget", "--yes"]) == ExitStatus.DONE
    assert capsys.readouterr().out == "There is nothing to forget.\n"


def test_nothing_is_forgotten_while_a_session_is_under_way(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(0)
    lock = SessionLock.take(home / "data", 1)
    assert lock is not None
    assert run(["forget", "--yes"]) == ExitStatus.FAILED
    assert "under way" in capsys.readouterr().err
    lock.release()
    assert run(["forget", "--yes"]) == ExitStatus.DONE


@pytest.mark.long
@pytest.mark.mediapipe
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the home is not where $HOME says")
def test_after_a_session_and_forgetting_a_home_is_as_empty_as_before(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    clip = CHECKOUT / "samples" / "starts-in-pose.mp4"

    def formcheck(*arguments: str | Path) -> str:
        return subprocess.run(
            [Path(sys.executable).parent / "formcheck", *arguments],
            env=environment, cwd=tmp_path, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip

    formcheck("lunge-stretch", clip, "--hold", "1", "--sides", "left", "--mute")
    rights = {path: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*formcheck/*")}
    assert {path.parent.name for path in rights} == {"formcheck"}
    assert all(path.is_dir() or mode & 0o077 == 0 for path, mode in rights.items()), rights
    assert {stat.S_IMODE(path.parent.stat().st_mode) for path in rights} == {0o700}
    assert "starts-in-pose.mp4" in formcheck("history")
    formcheck("forget", "--yes")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals there")
def test_who_sits_at_a_terminal_sees_what_is_asked(tmp_path: Path) -> None:
    with Store(tmp_path / "formcheck").database.transaction() as connection:
        insert(connection, RECORD)
    ours, theirs = os.openpty()
    program = subprocess.Popen(
        [Path(sys.executable).parent / "formcheck", "forget"],
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(ours, b"n\n")
    seen = b""
    with suppress(OSError):  # how Linux tells that the other end is closed
        while part := os.read(ours, 4096):
            seen += part
    os.close(ours)
    assert program.wait(timeout=60) == ExitStatus.DONE
    assert b"Remove all this?" in seen
    assert b"Nothing was removed" in seen


@pytest.mark.skipif(
    subprocess.run(["unshare", "--user", "--map-user=54321", "true"], check=False).returncode != 0
    if sys.platform == "linux"
    else True,
    reason="no other account may be tried",
)
@pytest.mark.parametrize("command", [["history"], ["report"], ["export"], ["forget", "--yes"]])
def test_an_account_without_a_home_gets_a_sentence(command: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        ["unshare", "--user", "--map-user=54321", Path(sys.executable).parent / "formcheck",
         *command],
        check=False, capture_output=True, text=True, cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "XDG_DATA_HOME": "some/folder", "XDG_CACHE_HOME": "some"},
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert done.returncode == (0 if command[0] == "forget" else 1)
    assert command[0] == "forget" or "set HOME" in done.stderr
    assert list(tmp_path.iterdir()) == []
