"""The page of the sessions: where it lies, and what is in it."""

import os
import stat
import sys
import webbrowser
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from formcheck.cli.main import ExitStatus, run
from formcheck.store import End
from formcheck.ui import screen
from tests.factories import STRETCH, stay, track
from tests.store.sessions import Kept, add


def test_the_page_lies_beside_the_history_and_is_its_owners_alone(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(9, 1)
    file = home / "data" / "report.html"
    for _ in range(2):  # each time anew
        assert run(["report"]) == ExitStatus.DONE
        assert capsys.readouterr().out == f"The page is in {file}\n"
    assert file.read_text("utf-8").count("<article>") == 2
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert run(["forget", "--yes"]) == ExitStatus.DONE
    assert not file.exists()


def test_the_page_is_opened_where_there_is_a_screen(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(1)
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    assert run(["report"]) == ExitStatus.DONE
    assert opened == []
    monkeypatch.setattr(screen, "has_screen", lambda: True)
    assert run(["report", "--no-open"]) == ExitStatus.DONE
    assert opened == []
    assert run(["report"]) == ExitStatus.DONE
    assert opened == [(home / "data" / "report.html").as_uri()]


def test_a_page_replaces_no_file_of_ones_own_unasked(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(1)
    file = home / "mine.html"
    file.write_text("precious")
    assert run(["report", "--out", str(file)]) == ExitStatus.FAILED
    assert "--force" in capsys.readouterr().err
    assert file.read_text() == "precious"
    assert run(["report", "--out", str(file), "--force"]) == ExitStatus.DONE
    assert file.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert not (home / "data" / "report.html").exists()


def test_one_session_is_found_by_its_date(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(9, 1)
    kept = Kept(home / "data")
    kept.see(track(stay(4.0, STRETCH), fps=10))
    kept.end(End.DONE)  # of March, and kept last
    file = home / "one.html"

    def page(which: str) -> str:
        words = ["report", "--session", which, "--out", str(file), "--force"]
        assert run(words) == ExitStatus.DONE
        return file.read_text("utf-8")

    assert "second by second" in page("last").lower()
    day = datetime.now().astimezone() - timedelta(days=9)
    assert day.strftime("%H:%M") in page(day.strftime("%Y-%m-%d"))
    assert page("2026-03-04").count('class="chart"') == 1
    assert run(["report", "--session", "yesterday"]) == ExitStatus.FAILED
    assert "No session began at 'yesterday'" in capsys.readouterr().err


def test_an_empty_history_makes_no_page(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report"]) == ExitStatus.DONE
    assert "Nothing was held before a camera yet" in capsys.readouterr().out
    assert not (home / "data").exists()
    assert run(["report", "--text", "--session", "last"]) == ExitStatus.WRONG_USAGE


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights mean nothing to root")
def test_a_page_that_cannot_be_written_gets_a_sentence(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(1)
    (home / "closed").mkdir(mode=0o500)
    assert run(["report", "--out", str(home / "closed" / "page.html")]) == ExitStatus.FAILED
    assert "cannot be written" in capsys.readouterr().err
