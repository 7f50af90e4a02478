"""A pose that builds on another: what it replaces, what it keeps, and what is refused."""

from pathlib import Path

import pytest

from formcheck.errors import FormcheckError
from formcheck.pose.definition import MAX_LEVELS, PoseDefinition, load_pose, read_pose
from tests.pose.test_definition import SMALL

CHILD = """
extends = "small"
title = "A child"

[hold]
settle_s = 2.0

[[gates]]
measurement = "rear_knee_flexion"
accept = [30, inf]
full = [40, inf]
why = "A test."

[[faults]]
name = "straight"
measurement = "rear_knee_flexion"
bound = "below"
cue = "Bend it"
why = "A test."
"""


def child(folder: Path, *changes: tuple[str, str]) -> PoseDefinition:
    """Return the child of the small pose, with these words replaced."""
    (folder / "small.toml").write_text(SMALL)
    text = CHILD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "child.toml").write_text(text)
    return read_pose(folder / "child.toml")


def test_what_a_child_says_replaces_and_the_rest_is_kept(tmp_path: Path) -> None:
    pose = child(tmp_path)

    assert (pose.name, pose.title, pose.extends) == ("child", "A child", "small")
    assert pose.safety == ("Gently.",)
    assert (pose.hold.settle_s, pose.hold.grace_s) == (2.0, 0.4)
    assert [gate.measurement for gate in pose.gates] == ["trunk_lean", "rear_knee_flexion"]
    assert [fault.name for fault in pose.faults] == ["straight", "trunk_forward"]


def test_a_gate_for_the_same_measurement_takes_the_place_of_the_parents(tmp_path: Path) -> None:
    pose = child(
        tmp_path,
        ('measurement = "rear_knee_flexion"', 'measurement = "trunk_lean"'),
        ("[30, inf]", "[-inf, 30]"),
        ("[40, inf]", "[-inf, 10]"),
        ('measurement = "rear_knee_flexion"', 'measurement = "trunk_lean"'),
        ('bound = "below"', 'bound = "above"'),
    )

    (gate,) = pose.gates
    assert gate.accept[1] == 30
    assert [fault.cue for fault in pose.faults] == ["Bend it"]


def test_a_measurement_can_be_left_out_with_its_faults(tmp_path: Path) -> None:
    pose = child(tmp_path, ('title = "A child"', 'title = "A child"\nwithout = ["trunk_lean"]'))

    assert [gate.measurement for gate in pose.gates] == ["rear_knee_flexion"]
    assert [fault.name for fault in pose.faults] == ["straight"]


def test_a_band_that_a_child_opens_loses_the_fault_of_its_parent(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(SMALL)
    (tmp_path / "open.toml").write_text(
        'extends = "small"\n[[gates]]\nmeasurement = "trunk_lean"\n'
        'accept = [-inf, inf]\nfull = [0, 10]\nwhy = "A test."\n'
    )

    assert read_pose(tmp_path / "open.toml").faults == ()


def test_another_kind_of_view_replaces_the_parents_whole(tmp_path: Path) -> None:
    front = (
        '[view]\nkind = "front"\nmin_shoulder_width = 0.5\nwhy = "A test."\n\n[hold]\n'
        'watched = ["pelvic_obliquity"]'
    )
    with pytest.raises(FormcheckError, match="trunk_lean cannot be seen in a front view"):
        child(tmp_path, ("[hold]", front))


@pytest.mark.parametrize(
    ("extends", "says"),
    [
        ("missing", "beside it there is no missing.toml"),
        ("child", "goes round in a circle: child extends child"),
        ("../small", "String should match pattern"),
        ("/etc/passwd", "String should match pattern"),
        ("small.toml", "String should match pattern"),
        ("Small", "String should match pattern"),
    ],
)
def test_only_the_name_of_another_pose_beside_it_can_be_extended(
    tmp_path: Path, extends: str, says: str
) -> None:
    with pytest.raises(FormcheckError, match=says):
        child(tmp_path, ('extends = "small"', f'extends = "{extends}"'))


def test_a_circle_of_two_and_a_chain_without_end_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('extends = "b"\n')
    (tmp_path / "b.toml").write_text('extends = "a"\n')
    with pytest.raises(FormcheckError, match="circle: a extends b extends a"):
        read_pose(tmp_path / "a.toml")

    for level in range(MAX_LEVELS + 2):
        (tmp_path / f"p{level}.toml").write_text(f'extends = "p{level + 1}"\n')
    with pytest.raises(FormcheckError, match=f"builds on more than {MAX_LEVELS}"):
        read_pose(tmp_path / "p0.toml")


def test_a_mistake_is_told_with_its_line_and_an_inherited_one_with_its_origin(
    tmp_path: Path,
) -> None:
    with pytest.raises(FormcheckError) as caught:
        child(
            tmp_path,
            ("accept = [30, inf]", "accept = [30, 20]"),
            ("settle_s = 2.0", "settle_s = 0"),
            ('title = "A child"', 'title = "A child"\nwithout = ["front_knee_flexion"]\nhow = []'),
        )

    said = str(caught.value)
    assert "gates.0: accept must rise, not run from 30 to 20, line 10" in said
    assert "hold.settle_s: " in said
    assert "line 8" in said
    assert "the pose it extends has no gate for 'front_knee_flexion', line 4" in said
    assert "how: " in said


def test_a_mistake_in_the_parent_is_told_of_the_parent(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(SMALL.replace("full = [-6, 14]", "full = [-6, 24]"))
    (tmp_path / "child.toml").write_text(CHILD)

    with pytest.raises(FormcheckError, match=r"small\.toml has 1 problem"):
        read_pose(tmp_path / "child.toml")


def test_what_a_pose_includes_has_to_be_there(tmp_path: Path) -> None:
    included = 'title = "A child"\nincludes = ["smal"]'
    with pytest.raises(FormcheckError, match="includes: no pose beside it is called 'smal'"):
        child(tmp_path, ('title = "A child"', included))

    assert load_pose("low-lunge").extends == "lunge-stretch"
    assert "low-lunge" in load_pose("lunge-stretch").includes


@pytest.mark.parametrize("value", ["{}", "[]", "[[]]", "nan", '"two words"', "{ a = [1] }", "true"])
@pytest.mark.parametrize(
    "key",
    [
        'measurement = "rear_knee_flexion"',
        "accept = [30, inf]",
        'bound = "below"',
        'name = "straight"',
        "settle_s = 2.0",
        'extends = "small"',
    ],
)
def test_what_is_no_value_for_a_key_is_a_mistake_and_never_a_crash(
    tmp_path: Path, key: str, value: str
) -> None:
    name = key.split("=", maxsplit=1)[0]
    with pytest.raises(FormcheckError):
        child(tmp_path, (key, f"{name}= {value}"))
