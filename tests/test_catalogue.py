"""Poses and routines of one's own, and those of packages: they are commands like the others."""

import json
from pathlib import Path

import pytest

from formcheck import catalogue
from formcheck.cli.main import _COMMANDS, ExitStatus, run
from formcheck.errors import FormcheckError
from formcheck.pose.definition import pose_names as shipped_names
from tests.io.clips import write_clip

GENTLE = """\
extends = "lunge-stretch"
includes = ["low-lunge"]
title = "A gentle lunge"
summary = "As far as is easy."
"""
ROUTINE = """\
title = "Mine"
summary = "Two of them."
why = "I like it."
sources = ["Myself"]
steps = [{pose = "gentle"}, {pose = "crescent"}]
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of one's own, which formcheck knows of, with a pose and a routine."""
    folder = tmp_path / "own"
    (folder / "routines").mkdir(parents=True)
    (folder / "gentle.toml").write_text(GENTLE)
    (folder / "routines" / "mine.toml").write_text(ROUTINE)
    monkeypatch.setenv("FORMCHECK_POSES", str(folder))
    return folder


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of poses of an installed package whose code must not be run."""
    site = tmp_path / "site"
    folder = site / "physio" / "poses"
    folder.mkdir(parents=True)
    (site / "physio" / "__init__.py").write_text("raise SystemExit('its code was run')")
    (folder / "theirs.toml").write_text(GENTLE)
    info = site / "physio_poses-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: physio-poses\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[formcheck.poses]\nphysio = physio.poses\n")
    monkeypatch.syspath_prepend(site)
    return folder


def test_a_pose_and_a_routine_of_ones_own_are_commands(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--help"]) == ExitStatus.DONE
    said = capsys.readouterr().out
    assert "gentle" in said
    assert "mine" in said
    for command in ("gentle", "mine"):
        assert run([command, "--help"]) == ExitStatus.DONE
    assert "As far as is easy." in capsys.readouterr().out


def test_poses_says_where_each_comes_from(
    own: Path, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["poses"]) == ExitStatus.DONE
    rows = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert rows["gentle"].rstrip().endswith("A gentle lunge (yours)")
    assert rows["mine:"].rstrip().endswith("Mine (a routine) (yours)")
    assert rows["theirs"].rstrip().endswith("A gentle lunge (from physio-poses)")
    assert rows["crescent"].rstrip().endswith("Crescent (high lunge)")
    assert str(own) in rows["Your"].replace("\n", "")

    assert run(["poses", "theirs"]) == ExitStatus.DONE
    assert f"physio-poses: {package}" in capsys.readouterr().out.replace("\n", "")


def test_a_broken_one_is_told_and_stops_no_other(
    own: Path, package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own / "broken.toml").write_text("colour = 1\n")
    (own / "Mein Knie.toml").write_text(GENTLE)
    (own / "routines" / "lost.toml").write_text(ROUTINE.replace("gentle", "gone"))
    (package / "bent.toml").write_bytes(b"\xff\xfe")
    info = package.parents[1] / "physio_poses-1.0.dist-info" / "entry_points.txt"
    info.write_text(f"{info.read_text()}none = physio.nothing\nother = nowhere_at_all\n")

    assert run(["poses"]) == ExitStatus.DONE
    captured = capsys.readouterr()
    for name in (*shipped_names(), "gentle", "theirs", "mine"):
        assert name in captured.out
    for wrong in ("broken.toml", "Mein Knie.toml", "lost.toml", "bent.toml", "physio.nothing"):
        assert wrong in captured.err
    assert "nowhere_at_all" in captured.err
    assert "Traceback" not in captured.err

    assert run(["--help"]) == ExitStatus.DONE
    assert "its file is broken" in capsys.readouterr().out
    assert run(["crescent", "--help"]) == ExitStatus.DONE
    assert run(["broken", "--help"]) == ExitStatus.FAILED
    assert "colour" in capsys.readouterr().err

    clip = str(write_clip(tmp_path / "clip.mp4", frames=5))
    assert run(["score", clip, "--json"]) == ExitStatus.DONE
    captured = capsys.readouterr()
    assert json.loads(captured.out)["pose"] is None
    assert "broken.toml" in captured.err


def test_no_file_and_no_package_changes_what_a_name_of_formchecks_means(
    own: Path, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in (own, package):
        for name in ("crescent", "score", "hip-flexors"):
            (folder / f"{name}.toml").write_text(GENTLE)
    (package / "gentle.toml").write_text(GENTLE.replace("A gentle lunge", "Another"))

    assert catalogue.load_pose("crescent").title == "Crescent (high lunge)"
    assert catalogue.load_pose("gentle").title == "A gentle lunge"
    assert run(["score", "--help"]) == ExitStatus.DONE
    assert "Count the held seconds" in capsys.readouterr().out
    assert run(["poses"]) == ExitStatus.DONE
    said = capsys.readouterr().err
    assert said.count("is left out") == 7
    assert "a command is called score" in said


def test_no_name_of_a_command_is_left_to_a_pose() -> None:
    assert set(_COMMANDS) == catalogue.COMMANDS


def test_a_pose_of_ones_own_builds_on_those_of_formcheck(own: Path) -> None:
    pose = catalogue.load_pose("gentle")
    assert pose.gates == catalogue.load_pose("lunge-stretch").gates
    assert pose.includes == ("low-lunge",)
    with pytest.raises(FormcheckError, match="did you mean 'gentle'"):
        catalogue.load_pose("gentl")


def test_a_folder_that_is_named_and_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORMCHECK_POSES", str(tmp_path / "none"))
    assert run(["poses"]) == ExitStatus.DONE
    captured = capsys.readouterr()
    assert "FORMCHECK_POSES names" in captured.err
    assert "lunge-stretch" in captured.out


def test_the_folder_of_ones_own_need_not_be_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["poses"]) == ExitStatus.DONE
    assert capsys.readouterr().err == ""
