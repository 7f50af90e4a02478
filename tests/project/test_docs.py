"""The guide to writing poses is true: its examples are run."""

import re
import shutil
from pathlib import Path

import pytest

from benchmarks.counting.track import load_track
from formcheck.body.measurements import MEASUREMENTS
from formcheck.errors import FormcheckError
from formcheck.pose.definition import read_pose
from formcheck.pose.names import poses_folder
from formcheck.pose.routine import read_routine
from formcheck.session import Session
from tests.shared import CHECKOUT

GUIDE = (CHECKOUT / "docs" / "poses.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", GUIDE, re.DOTALL)
EXAMPLE, ROUTINE = (text for kind, text in BLOCKS if kind == "toml")
(MISTAKES,) = (text for kind, text in BLOCKS if kind == "text")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with all poses in it."""
    return Path(shutil.copytree(poses_folder(), tmp_path / "poses"))


def test_the_worked_example_is_a_pose_that_counts_only_a_gentle_stretch(folder: Path) -> None:
    path = folder / "gentle-lunge.toml"
    path.write_text(EXAMPLE)

    pose = read_pose(path)

    assert pose.dosage.hold_s == 30
    fault = pose.fault_by_way_out["rear_hip_extension", "above"]
    assert fault.cue == "That is far enough, come back"
    assert len(pose.faults) == len(read_pose(folder / "lunge-stretch.toml").faults)
    session = Session(pose)
    for time_s, landmarks in load_track(CHECKOUT / "samples" / "loose-pale.landmarks.npz"):
        session.step(time_s, landmarks)
    assert sum(session.held_s.values()) == pytest.approx(6.0, abs=0.5)


def test_the_mistakes_are_told_as_the_guide_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    broken = EXAMPLE.replace("accept = [5, 30]", "accept = [35, 30]")
    Path("gentle-lunge.toml").write_text(re.sub(r"cue = .*\n", "", broken))

    with pytest.raises(FormcheckError) as caught:
        read_pose(Path("gentle-lunge.toml"))

    assert str(caught.value) == MISTAKES.strip()


def test_the_example_of_a_routine_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "standing.toml"
    path.write_text(ROUTINE)

    assert [step.pose for step in read_routine(path).steps] == ["standing-stretch", "crescent"]


def test_every_measurement_is_in_the_table_as_the_program_says_it() -> None:
    for name, definition in MEASUREMENTS.items():
        views = ", ".join(definition.views)
        assert f"| `{name}` | {definition.says} | {definition.unit} | {views} |" in GUIDE
