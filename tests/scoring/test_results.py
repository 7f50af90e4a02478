"""The file of results: each line is whole, and going on neither loses a file nor has one twice."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from formcheck.errors import FormcheckError
from formcheck.pose.definition import load_pose
from formcheck.scoring.dispatch import job_of
from formcheck.scoring.folder import files_of
from formcheck.scoring.results import Results
from formcheck.scoring.scored import Scored
from formcheck.scoring.settings import Settings

SETTINGS = Settings((load_pose("lunge-stretch"),))


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    found = [tmp_path / f"{name}.mp4" for name in "abc"]
    for file in found:
        file.write_bytes(b"a clip")
    return found


def added(out: Path, files: list[Path], settings: Settings = SETTINGS, version: str = "1") -> int:
    """Go on with the file of results; return how many files had to be done."""
    with Results(out, settings, version, resume=True) as results:
        left = results.left(files)
        for number, file in enumerate(left):
            results.add(job_of(number, file), Scored(file, problems=[f"Not {file.name}."]))
    return len(left)


def rows(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_a_file_that_has_its_line_is_done_until_it_or_the_judge_changes(
    tmp_path: Path, files: list[Path]
) -> None:
    out = tmp_path / "results.jsonl"
    assert added(out, files) == 3
    assert added(out, files) == 0
    files[0].write_bytes(b"another clip")
    assert added(out, files) == 1
    assert added(out, files, version="2") == 3
    assert sorted(row["file"] for row in rows(out)) == sorted(map(str, files))

    # By another pose, or at another rate, it is another result, and both are kept.
    assert added(out, files, Settings((load_pose("crescent"),)), version="2") == 3
    assert added(out, files, replace(SETTINGS, every_s=0.1), version="2") == 3
    assert len(rows(out)) == 9
    assert added(out, files, version="2") == 0


def test_a_file_that_is_named_twice_is_scored_once(tmp_path: Path, files: list[Path]) -> None:
    assert added(tmp_path / "results.jsonl", [*files, *files]) == 3


def test_two_programs_do_not_write_one_file(tmp_path: Path, files: list[Path]) -> None:
    out = tmp_path / "results.jsonl"
    added(out, files)
    files[0].write_bytes(b"another clip")
    with Results(out, SETTINGS, "1", resume=True) as results:
        with pytest.raises(FormcheckError, match="Another program is writing"):
            added(out, files)
        # What has changed loses its line, and for that another file takes the place of this one.
        assert results.left(files) == files[:1]
        with pytest.raises(FormcheckError, match="Another program is writing"):
            added(out, files)
        results.add(job_of(0, files[0]), Scored(files[0], problems=["Not a.mp4."]))
    assert added(out, files) == 0
    assert len(rows(out)) == len(files)


def test_a_line_that_was_cut_short_is_written_anew(tmp_path: Path, files: list[Path]) -> None:
    out = tmp_path / "results.jsonl"
    added(out, files)
    whole = out.read_bytes()
    for length in range(len(whole) - 1, len(whole) - 300, -37):
        out.write_bytes(whole[:length])
        assert added(out, files) == whole.count(b"\n") - whole[:length].count(b"\n")
        assert sorted(row["file"] for row in rows(out)) == sorted(map(str, files))


def test_what_is_no_file_of_results_is_left_as_it_is(tmp_path: Path, files: list[Path]) -> None:
    out = tmp_path / "thesis.jsonl"
    out.write_text('{"chapter": 1}\nwords', "utf-8")
    with pytest.raises(FormcheckError, match="line 1 is not one that formcheck wrote"):
        added(out, files)
    with pytest.raises(FormcheckError, match="Add --resume"):
        Results(out, SETTINGS, "1", resume=False)
    with pytest.raises(FormcheckError, match="is a folder"):
        Results(tmp_path, SETTINGS, "1", resume=True)
    with pytest.raises(FormcheckError, match="cannot be written"):
        Results(tmp_path / "none" / "out.jsonl", SETTINGS, "1", resume=False)
    assert out.read_text("utf-8") == '{"chapter": 1}\nwords'


def test_a_folder_is_walked_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "empty").mkdir()
    for name in ("z.MP4", "a.jpg", "notes.txt", "._z.mp4", "b/deep/c.mov", ".hidden/d.mp4"):
        (tmp_path / name).touch()
    (tmp_path / "b" / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "b" / "link.mp4").symlink_to(tmp_path / "z.MP4")
    problems: list[str] = []
    named = tmp_path / "notes.txt"

    found = list(files_of([tmp_path, named, tmp_path / "empty"], problems))

    relative = [str(file.relative_to(tmp_path)) for file in found]
    assert relative == ["a.jpg", "z.MP4", "b/link.mp4", "b/deep/c.mov", "notes.txt"]
    (problem,) = problems
    assert "there is no clip and no photo" in problem
