"""The person's own depth is learnt, kept, and used from then on."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.cli.commands.calibrate import Keeping, known_depths
from formcheck.cli.main import ExitStatus, run
from formcheck.pose.definition import load_pose
from formcheck.run import Moment
from formcheck.session import Session
from formcheck.store import Store
from tests.factories import STRETCH, stay, track
from tests.samples.whole_session import make_whole_session
from tests.shared import CHECKOUT

LUNGE = load_pose("lunge-stretch")
FORMCHECK = Path(sys.executable).parent / "formcheck"
NO_SCREEN = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}


@pytest.mark.long
@pytest.mark.mediapipe
def test_ten_calm_seconds_on_each_side_are_learnt_and_known_afterwards(tmp_path: Path) -> None:
    done = subprocess.run(
        [FORMCHECK, "calibrate", "lunge-stretch", make_whole_session(tmp_path, hold_s=14),
         "--mute"],
        env={**NO_SCREEN, "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    depths = known_depths(Store(tmp_path / "formcheck"), LUNGE)
    assert depths == pytest.approx({"left": 25.0, "right": 28.0}, abs=3.0)
    for side, depth in depths.items():
        assert f"Your own depth on the {side}: {depth:.0f} degrees" in done.stdout


@pytest.mark.long
@pytest.mark.mediapipe
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_side_found_before_it_was_interrupted_is_kept(
    number: signal.Signals, tmp_path: Path
) -> None:
    program = subprocess.Popen(
        [FORMCHECK, "calibrate", "lunge-stretch", make_whole_session(tmp_path, hold_s=14),
         "--mute"],
        env={**NO_SCREEN, "XDG_DATA_HOME": str(tmp_path)},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdout is not None
    assert any("switch sides" in line for line in program.stdout)
    program.send_signal(number)
    rest, _ = program.communicate(timeout=60)
    assert program.returncode == 128 + number
    ((side, depth),) = known_depths(Store(tmp_path / "formcheck"), LUNGE).items()
    assert f"Your own depth on the {side}: {depth:.0f} degrees. It is kept." in rest
    missing = "right" if side == "left" else "left"
    assert f"The {missing} was not held calmly for 10 s, so nothing new is learnt" in rest


def test_a_depth_that_could_not_be_kept_when_it_was_found_is_kept_at_the_end(
    tmp_path: Path,
) -> None:
    data = tmp_path / "data"
    data.write_text("a file where the folder should be")
    session = Session(LUNGE, find_depth=True)
    keeping = Keeping(Store(data), LUNGE).of(session)
    for time_s, landmarks in track(stay(12.0, STRETCH), fps=10):
        keeping.take(Moment(None, session.step(time_s, landmarks)))
    assert session.depths
    assert keeping.problem is not None
    data.unlink()
    keeping.close()
    assert keeping.problem is None
    assert known_depths(Store(data), LUNGE) == pytest.approx(session.depths, abs=0.05)


@pytest.mark.long
@pytest.mark.mediapipe
def test_who_does_not_hold_for_ten_seconds_is_told_and_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    clip = str(CHECKOUT / "samples" / "starts-in-pose.mp4")
    assert run(["calibrate", "lunge-stretch", clip, "--terminal", "--mute"]) == ExitStatus.FAILED
    assert "No side was held calmly for 10 s" in capsys.readouterr().err
    assert known_depths(Store(), LUNGE) == {}


def test_a_pose_without_a_depth_of_ones_own_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["calibrate", "bridge"]) == ExitStatus.FAILED
    assert "bridge has no depth that differs between people" in capsys.readouterr().err


@pytest.mark.parametrize("nonsense", ["deep", [12], {"left": 3}, True])
def test_what_is_no_depth_in_the_settings_is_not_used(nonsense: object, tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.settings.set("depth/lunge-stretch/left", nonsense)
    assert known_depths(store, LUNGE) == {}
