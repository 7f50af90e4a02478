"""The window is up before what works behind it has loaded, where nothing stands against that."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from formcheck.cli.live import beginning
from formcheck.cli.live.beginning import Beginning
from formcheck.cli.wishes.recording import NOT_RECORDED, RecordingChoice
from formcheck.cli.wishes.sound import SoundChoice
from formcheck.cli.wishes.wishes import Wishes
from tests.shared import CHECKOUT

LATE = ("pydantic", "sqlite3", "mediapipe", "av", "rich", "ssl", "formcheck.session")


def wishes(
    source: str = "0",
    *,
    record: Path | None = None,
    transcript: Path | None = None,
    terminal: bool = False,
) -> Wishes:
    recording = RecordingChoice(record, is_annotated=False, force=False) if record else NOT_RECORDED
    return Wishes(source, SoundChoice(True, False, transcript), recording, terminal, None)


def test_nothing_that_judges_or_keeps_is_loaded_before_the_window() -> None:
    loads = (
        "import sys\n"
        "import formcheck.cli.main, formcheck.cli.commands.pose, formcheck.ui.window.curtain\n"
        f"print([name for name in sys.modules if name in {LATE}])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", loads], cwd=CHECKOUT, check=True, capture_output=True, text=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "wished",
    [
        lambda folder: wishes(terminal=True),
        lambda folder: wishes(record=folder / "mine.mp4"),
        lambda folder: wishes(transcript=folder / "said.jsonl"),
        lambda folder: wishes("samples/lunge-stretch-good.mp4"),
    ],
    ids=["terminal", "recording", "transcript", "clip"],
)
def test_no_window_opens_early_where_there_is_something_to_refuse_first(
    wished: Callable[[Path], Wishes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "has_screen", lambda: True)
    with Beginning(wished(tmp_path), "lunge-stretch") as begun:
        begun.hurry()
        assert "opening" not in vars(begun)
        assert "perception" not in vars(begun)


def test_without_a_window_what_is_loaded_is_returned_and_what_fails_is_raised() -> None:
    with Beginning(wishes(terminal=True), "lunge-stretch") as begun:
        assert begun.load(lambda: 3) == 3
        with pytest.raises(ZeroDivisionError):
            begun.load(lambda: 1 // 0)
