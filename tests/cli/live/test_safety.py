"""What a person is told once, and asked afterwards."""

import io
import sys
from pathlib import Path

import pytest

from formcheck.cli.live.safety import SafetyNotes, ask_discomfort
from formcheck.cli.main import ExitStatus, run
from formcheck.pose.definition import PoseDefinition, load_pose
from formcheck.run import Moment
from formcheck.session import Session
from formcheck.store import End, Store
from tests.store.sessions import HELD_4_S, Kept

LUNGE = load_pose("lunge-stretch")


class Terminal(io.StringIO):
    """A terminal that somebody types into, or reads from."""

    def isatty(self) -> bool:
        return True


def sit_down(monkeypatch: pytest.MonkeyPatch, *, typing: str) -> Terminal:
    screen = Terminal()
    monkeypatch.setattr(sys, "stdin", Terminal(typing))
    monkeypatch.setattr(sys, "stdout", screen)
    return screen


def begin(notes: SafetyNotes, pose: PoseDefinition) -> None:
    """Let the session of these notes see its first picture."""
    notes.take(Moment(None, None))
    notes.take(Moment(None, Session(pose).step(0.0, None)))
    notes.close()


def test_the_safety_notes_are_shown_before_the_first_session_of_a_pose_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = SafetyNotes(LUNGE, Store(tmp_path))
    notes.tell()
    words = " ".join(capsys.readouterr().out.split())
    assert all(note in words for note in LUNGE.safety)
    begin(notes, LUNGE)

    SafetyNotes(LUNGE, Store(tmp_path)).tell()
    assert capsys.readouterr().out == ""

    SafetyNotes(load_pose("crescent"), Store(tmp_path)).tell()
    assert "Before the first time" in capsys.readouterr().out


def test_a_start_that_ends_before_the_first_picture_was_no_session(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        notes = SafetyNotes(LUNGE, Store(tmp_path))
        notes.tell()
        notes.take(Moment(None, None))
        notes.close()
        assert "Before the first time" in capsys.readouterr().out


def test_a_session_whose_notes_were_not_shown_leaves_them_for_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(SafetyNotes(LUNGE, Store(tmp_path)), LUNGE)
    SafetyNotes(LUNGE, Store(tmp_path)).tell()
    assert "Before the first time" in capsys.readouterr().out


def test_without_a_camera_they_are_shown_at_every_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for _ in range(2):
        assert run(["lunge-stretch", "97", "--terminal", "--mute"]) == ExitStatus.FAILED
        told = capsys.readouterr()
        assert "Before the first time" in told.out
        assert "camera" in told.err


def test_where_nothing_can_be_kept_they_are_shown_and_the_session_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    notes = SafetyNotes(LUNGE, Store(tmp_path / "data"))
    notes.tell()
    begin(notes, LUNGE)
    assert "Before the first time" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "answer", "kept"),
    [
        ("2\n", "mild enough", 2),
        ("4\n", "Go less deep", 4),
        ("7\n", "Leave this stretch out", 7),
        ("\n", "", None),
        ("ouch\n", "", None),
    ],
)
def test_discomfort_is_asked_answered_and_kept_and_may_be_skipped(
    typed: str, answer: str, kept: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Kept(tmp_path)
    session.see(HELD_4_S)
    session.end(End.DONE)
    screen = sit_down(monkeypatch, typing=typed)

    ask_discomfort(session.journal)

    assert "Discomfort, 0 (none) to 10 (Enter skips)" in screen.getvalue()
    assert answer in screen.getvalue()
    assert [each.discomfort for each in Store(tmp_path).history.sessions()] == [kept]


def test_where_nobody_sits_at_a_terminal_nothing_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = Kept(tmp_path)
    session.see(HELD_4_S)
    session.end(End.DONE)

    ask_discomfort(session.journal)

    assert capsys.readouterr().out == ""


def test_who_closes_the_input_has_skipped_the_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Kept(tmp_path)
    session.see(HELD_4_S)
    session.end(End.DONE)
    sit_down(monkeypatch, typing="")

    ask_discomfort(session.journal)

    assert [each.discomfort for each in Store(tmp_path).history.sessions()] == [None]
