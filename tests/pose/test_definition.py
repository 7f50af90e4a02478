import tomllib
from math import inf
from pathlib import Path
from typing import Any

import pytest

from formcheck.body.measurements import MEASUREMENTS
from formcheck.errors import FormcheckError
from formcheck.pose.definition import (
    MAX_FILE_BYTES,
    PoseDefinition,
    load_pose,
    pose_names,
    read_pose,
)
from formcheck.pose.names import poses_folder
from tests.factories import small_pose

SMALL = """
title = "A pose"
summary = "For tests."
how = ["Do it."]
safety = ["Gently."]
sources = ["None."]
dosage = { hold_s = 10, sides = 2, times_a_week = 3, why = "A test." }
view = { kind = "side", max_shoulder_width = 0.45, why = "A test." }

[hold]
grace_s = 0.4

[[gates]]
measurement = "trunk_lean"
accept = [-inf, 20]
full = [-6, 14]
why = "A test."

[[faults]]
name = "trunk_forward"
measurement = "trunk_lean"
bound = "above"
cue = "Lift your chest"
why = "A test."
"""


def problems_of(folder: Path, *changes: tuple[str, str]) -> str:
    """Return what is said about the small pose with these words replaced."""
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "small.toml"
    path.write_text(text)
    with pytest.raises(FormcheckError) as caught:
        read_pose(path)
    return str(caught.value)


def test_a_valid_file_is_read_and_named_after_itself(tmp_path: Path) -> None:
    path = tmp_path / "a-pose.toml"
    path.write_text(SMALL)

    pose = read_pose(path)

    assert pose.name == "a-pose"
    assert pose.gates[0].accept == (-inf, 20)
    assert (pose.hold.settle_s, pose.hold.longest_gap_s) == (1.0, 0.5)


@pytest.mark.parametrize("name", pose_names())
def test_every_pose_that_is_shipped_is_valid_and_whole(name: str) -> None:
    pose = load_pose(name)

    assert pose.name == name
    assert pose.safety
    assert pose.sources
    assert {gate.measurement for gate in pose.gates} <= set(MEASUREMENTS)
    with (poses_folder() / f"{name}.toml").open("rb") as file:
        assert set(tomllib.load(file)) <= set(PoseDefinition.model_fields) - {"name"}


def test_the_lunge_is_shipped_with_the_dose_of_its_source() -> None:
    dosage = load_pose("lunge-stretch").dosage

    assert (dosage.hold_s, dosage.sides, dosage.times_a_week) == (60, 2, 3)


def test_every_problem_of_a_file_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    said = problems_of(
        tmp_path,
        ("hold_s = 10", "hold_s = -10"),
        ('kind = "side"', 'kind = "above"'),
        ("accept = [-inf, 20]", 'accept = ["low", 20]'),
        ('cue = "Lift your chest"', 'cue = "Please do lift your chest up now"'),
        ("grace_s = 0.4", "grace = 0.4"),
        ("how =", "hwo ="),
    )

    lines = said.splitlines()[1:]
    assert f"small.toml has {len(lines)} problems" in said
    assert {line.split(":")[0].strip() for line in lines} >= {
        "how",
        "view.kind",
        "dosage.hold_s",
        "hold.grace",
        "gates.0.accept.0",
        "faults.0.cue",
        "hwo",
    }
    assert "found -10" in said
    assert "at most 6 words" in said


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("accept = [-inf, 20]", "accept = [30, 20]"), "accept must rise"),
        (("accept = [-inf, 20]", "accept = [nan, 20]"), "a band has numbers at both ends"),
        (("full = [-6, 14]", "full = [-6, nan]"), "a band has numbers at both ends"),
        (("full = [-6, 14]", "full = [-6, 24]"), "must lie within accept"),
        (("full = [-6, 14]", "full = [14, -6]"), "must lie within accept"),
        (("accept = [-inf, 20]", "accept = [-12, 20]"), "trunk_lean is below its band"),
        (("accept = [-inf, 20]", "accept = [-inf, inf]"), "no gate lets trunk_lean be above"),
        (('"trunk_lean"', '"trunk_leen"'), "did you mean 'trunk_lean'?"),
        (('"trunk_lean"', '"rear_knee_drop"'), "'rear_knee_drop' is now 'rear_knee_clearance'"),
        (('"trunk_lean"', '"colour"'), "known: trunk_lean, "),
        (('bound = "above"', 'bound = "over"'), "faults.0.bound"),
        (('name = "trunk_forward"', 'name = "Trunk forward"'), "faults.0.name"),
        (("hold_s = 10", "hold_s = nan"), "dosage.hold_s"),
        (("hold_s = 10", "hold_s = inf"), "dosage.hold_s"),
        (("sides = 2", "sides = 3"), "dosage.sides"),
        (("grace_s = 0.4", "grace_s = nan"), "hold.grace_s"),
        (("grace_s = 0.4", "longest_gap_s = inf"), "hold.longest_gap_s"),
        (("grace_s = 0.4", "settle_s = 0"), "hold.settle_s"),
        (("max_shoulder_width = 0.45", "max_shoulder_width = nan"), "view.max_shoulder_width"),
        (('why = "A test."', 'why = ""'), "why"),
        (('safety = ["Gently."]', "safety = []"), "safety"),
        (("[[gates]]", "[[gates]]\nhysteresis = nan"), "gates.0.hysteresis"),
    ],
)
def test_a_problem_is_told_in_words(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    said = problems_of(tmp_path, change)

    assert says in said
    assert str(tmp_path / "small.toml") in said


def test_two_gates_or_two_faults_for_one_thing_are_refused() -> None:
    gate: dict[str, Any] = {"measurement": "trunk_lean", "full": [0, 1], "why": "A test."}
    fault: dict[str, Any] = {"name": "lean", "measurement": "trunk_lean", "why": "A test."}
    gates = [{**gate, "accept": [-1, 1]}, {**gate, "accept": [-2, 2]}]
    faults = [{**fault, "bound": "above", "cue": cue} for cue in ("Up", "Down")]

    with pytest.raises(ValueError, match="more than one") as caught:
        small_pose(gates=gates, faults=faults)

    assert "trunk_lean has more than one gate" in str(caught.value)
    assert "more than one for trunk_lean above its band" in str(caught.value)
    assert "more than one is called lean" in str(caught.value)
    assert "none says what to do when trunk_lean is below its band" in str(caught.value)


def test_a_file_that_is_missing_is_no_toml_no_text_or_too_large_is_told(tmp_path: Path) -> None:
    for name, content, says in [
        ("not-toml.toml", b"title = ", "is not TOML"),
        ("not-text.toml", b"\xff\xfe\x00", "is not a text file"),
        ("large.toml", b"#" * (MAX_FILE_BYTES + 1), "larger than 100 kB"),
    ]:
        (tmp_path / name).write_bytes(content)
        with pytest.raises(FormcheckError, match=says):
            read_pose(tmp_path / name)
    with pytest.raises(FormcheckError, match="No such file"):
        read_pose(tmp_path / "missing.toml")
    with pytest.raises(FormcheckError, match="Cannot read"):
        read_pose(tmp_path)


def test_a_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "endless.toml"
    with path.open("wb") as file:
        file.truncate(10**12)

    with pytest.raises(FormcheckError, match="larger than 100 kB"):
        read_pose(path)


def test_a_name_that_no_pose_has_is_answered_with_the_nearest() -> None:
    with pytest.raises(FormcheckError, match="did you mean 'lunge-stretch'"):
        load_pose("lunge-strech")
    with pytest.raises(FormcheckError, match=r"there are: .*lunge-stretch"):
        load_pose("zzz")


@pytest.mark.parametrize("name", ["../pyproject", "/etc/passwd", "", ".", "lunge-stretch.toml"])
def test_only_the_name_of_a_pose_is_opened(name: str) -> None:
    with pytest.raises(FormcheckError, match="No pose is called"):
        load_pose(name)


def test_the_poses_of_a_folder_are_found_by_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.toml").write_text(SMALL)
    (tmp_path / "notes.txt").write_text("")

    assert pose_names(tmp_path) == ["a", "b"]
    assert load_pose("b", tmp_path).name == "b"


def test_a_gate_without_hysteresis_has_the_poses_own_in_degrees_alone() -> None:
    pose = load_pose("lunge-stretch")
    by_name = {gate.measurement: pose.hysteresis(gate) for gate in pose.gates}

    assert by_name["trunk_lean"] == pose.hold.hysteresis_deg == 3.0
    assert by_name["rear_knee_clearance"] == 0.02
