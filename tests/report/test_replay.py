"""A recorded session moves along its ribbon."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.cli.main import ExitStatus, run
from formcheck.io.recording.track import SUFFIX, save_track
from formcheck.judge.ledger import Interval, State
from formcheck.pose.definition import load_pose
from formcheck.report.page import session_page, sessions_page
from formcheck.report.replay import replay
from formcheck.store import End, Store, private_files
from formcheck.store.history import insert
from formcheck.store.journal import Journal
from formcheck.store.ledgers import LedgerWriter, keep_recording
from formcheck.store.session_ledger import SessionLedger
from formcheck.ui import screen
from tests.factories import FOLDED, STRETCH, stay, track
from tests.report.histories import NOW, Page
from tests.report.test_browser import BROWSER, opened
from tests.store.sessions import HELD_4_S, RECORD, Kept

POSE = load_pose("lunge-stretch")
INTERVALS = (
    Interval(0.0, 4.0, State.HELD, side="left"),
    Interval(4.0, 6.0, State.OUT_OF_FORM, faults=("trunk_forward",)),
    Interval(6.0, 8.0, State.NO_PERSON),
)
SEEN = track(stay(4.0, STRETCH), stay(2.0, FOLDED), stay(2.0, None), fps=10)
SESSION = replace(RECORD, number=1)


def test_each_half_second_has_its_figure_and_what_it_was() -> None:
    found = replay(SEEN, POSE, INTERVALS)
    assert found is not None
    assert len(found.frames) == 17
    told = [frame["told"] for frame in found.frames]
    assert told[0] == "0:00, held, left"
    assert told[10] == "0:05, trunk forward"
    assert told[-1] == "0:08, nobody in the picture"
    assert ["limbs" in frame for frame in found.frames] == [True] * 12 + [False] * 5
    assert found.frames[2]["limbs"] != found.frames[10]["limbs"]
    assert all(len(frame["limbs"]) == found.limbs for frame in found.frames if "limbs" in frame)


def test_an_hour_is_no_longer_than_five_minutes() -> None:
    hour = [(float(second) / 2, STRETCH.landmarks()) for second in range(7200)]
    found = replay(hour, POSE, (Interval(0.0, 3600.0, State.HELD, side="left"),))
    assert found is not None
    assert 590 <= len(found.frames) <= 601


def test_nobody_is_no_replay() -> None:
    assert replay(track(stay(2.0, None), fps=10), POSE, INTERVALS) is None
    assert replay([], POSE, INTERVALS) is None


def page_with_replay() -> str:
    ledger = SessionLedger(INTERVALS)
    return sessions_page([SESSION], {1: ledger}, NOW, in_full=1, weeks=1, tracks={1: SEEN})


def test_only_a_page_with_a_replay_has_a_script_and_its_policy_names_that_alone() -> None:
    ledger = SessionLedger(INTERVALS)
    assert "script" not in Page(session_page(SESSION, ledger, NOW)).tags
    page = page_with_replay()
    assert page.count("<script>") == 1
    assert len(re.findall(r"script-src 'sha256-[^' ]+';", page)) == 1
    assert "unsafe" not in page
    (data,) = re.findall(r'<script type="application/json">(.*?)</script>', page)
    assert len(json.loads(data)) == 17


@pytest.mark.skipif(BROWSER is None, reason="no Chromium")
def test_the_browser_draws_it(tmp_path: Path) -> None:
    document, console = opened(page_with_replay(), tmp_path)
    assert console == []
    (section,) = re.findall(r'<section class="replay".*?</section>', document, re.DOTALL)
    assert " hidden" not in section.split(">")[0]
    assert re.search(r'<path class="seen limb" d="M\d+ \d+L\d+ \d+"', section)
    assert "<output>0:00, held, left</output>" in section


def test_a_session_knows_its_recording(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.journal = Journal(
        kept.store, kept.session, source="camera 0", is_live=True, recording=Path("mine.mp4")
    )
    kept.see(HELD_4_S)
    kept.end(End.DONE)
    sessions = kept.store.history.sessions()
    assert kept.store.ledgers.recordings(sessions) == {1: Path("mine.mp4").absolute()}
    assert kept.store.ledgers.recordings([]) == {}


@pytest.mark.parametrize("landmarks", ["there", "gone", "something else"])
def test_a_recording_that_was_moved_or_is_none_costs_the_replay_alone(
    landmarks: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private_files, "user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setattr(private_files, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.setattr(screen, "has_screen", lambda: False)
    clip = tmp_path / "mine.mp4"
    with Store().database.transaction() as connection:
        number = insert(connection, RECORD)
        LedgerWriter().write(connection, number, SessionLedger(INTERVALS))
        keep_recording(connection, number, clip)
    if landmarks == "there":
        save_track(clip.with_suffix(SUFFIX), SEEN)
    elif landmarks == "something else":
        clip.with_suffix(SUFFIX).write_text("no landmarks at all")
    for words in (["report"], ["report", "--session", "last"]):
        assert run(words) == ExitStatus.DONE
        page = (tmp_path / "data" / "report.html").read_text("utf-8")
        assert ('class="replay"' in page) == (landmarks == "there")
