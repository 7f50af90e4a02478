"""Whatever strangers, detectors and typing errors bring: a sentence, or the right answer.

`python -m benchmarks.fuzz` tries the same by the thousand.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.fuzz import commands, guided, metadata, texts
from benchmarks.fuzz.bodies import LANDMARKS, in_form
from benchmarks.fuzz.target import Target
from benchmarks.fuzz.videos import check_many
from formcheck.cli.main import ExitStatus, run
from formcheck.errors import FormcheckError
from formcheck.pose.definition import load_pose, read_pose
from formcheck.pose.names import poses_folder
from formcheck.pose.routine import read_routine
from formcheck.printable import printable
from formcheck.session import Session
from tests.io.clips import write_clip

MANY = 80
LUNGE = re.sub(
    "^includes.*$",
    "",
    (poses_folder() / "lunge-stretch.toml").read_text("utf-8"),
    flags=re.MULTILINE,
)


@pytest.mark.parametrize(
    ("target", "cases"),
    [
        (texts.POSE_TEXTS, MANY),
        (texts.POSE_VALUES, MANY),
        (texts.ROUTINES, MANY),
        (texts.TRUTHS, MANY),
        (LANDMARKS, MANY),
        (commands.COMMANDS, MANY // 2),
    ],
    ids=lambda value: value.name if isinstance(value, Target) else "",
)
def test_bad_input_ends_in_a_sentence_and_credits_nothing(target: Target, cases: int) -> None:
    @settings(max_examples=cases, suppress_health_check=list(HealthCheck))
    @given(target.cases)
    def tried(case: object) -> None:
        target.check(case)

    tried()


@pytest.mark.skipif(not guided.is_there(), reason="atheris is not installed")
def test_atheris_drives_a_target_and_tells_what_it_reached() -> None:
    tally, branches = guided.attack_guided(texts.TRUTHS.name, 200, 1)
    assert (tally.cases, tally.found) == (200, "")
    assert 0 < branches.at_first <= branches.at_last


def test_damaged_videos_are_read_as_far_as_they_go() -> None:
    assert check_many(MANY, seed=1) == []


@pytest.mark.long
def test_clips_and_photos_that_lie_about_themselves_are_read_or_told() -> None:
    assert check_many(4 * MANY, 1, metadata.__name__) == []


@pytest.mark.parametrize(
    "content",
    [
        ".".join(["a"] * 40_000) + " = 1",
        '["a' + " " * 50_000 + 'b"]\nx = 1',
        LUNGE.replace("hold_s = 60", "hold_s = 0x" + "f" * 9_000),
        LUNGE + "[[gates]]\n" * 9_000,
        "".join(f"k{number} = 1\n" for number in range(9_000)),
        "depth = []\n" + LUNGE,
        LUNGE.replace("accept = [", "accept = [[", 1),
        LUNGE.replace("Kneeling hip-flexor stretch", "\u202eKneeling", 1),
        LUNGE.replace("Kneeling hip-flexor stretch", "Kneeling\u009b31m", 1),
    ],
    ids=["deep key", "spaces", "number", "gates", "keys", "depth", "band", "backwards", "colour"],
)
def test_a_hostile_pose_file_is_refused_in_a_few_lines(tmp_path: Path, content: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(FormcheckError) as error:
        read_pose(file)
    assert len(str(error.value)) < 10_000


@pytest.mark.parametrize(
    "content",
    [
        "[[steps]]\n" * 2_000,
        "".join(f"k{number} = 1\n" for number in range(2_000)),
        "k" * 40_000 + " = 1",
    ],
    ids=["steps", "keys", "key"],
)
def test_a_hostile_routine_file_is_refused_in_a_few_lines(tmp_path: Path, content: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(FormcheckError) as error:
        read_routine(file)
    assert len(str(error.value)) < 10_000


def test_the_pose_that_is_made_hostile_is_valid_itself(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(LUNGE, "utf-8")
    assert read_pose(file).name == "mine"


def test_brackets_in_a_pose_are_shown_as_they_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(LUNGE.replace("Kneeling hip-flexor stretch", "Kneel [/bold] :smile:", 1))
    assert run(["poses", "--check", str(file)]) == ExitStatus.DONE
    assert run(["poses", str(file)]) == ExitStatus.DONE
    assert capsys.readouterr().out.count("Kneel [/bold] :smile:") == 2


def test_a_file_of_an_unspeakable_name_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", "a\x1b[31m\udcff.mp4", "--pose", "lunge-stretch"]) == ExitStatus.FAILED
    said = capsys.readouterr().err
    assert r"a\x1b[31m\udcff.mp4" in said
    assert printable("two\nlines\x07") == "two\nlines\\x07"


@pytest.mark.parametrize(
    "words",
    [
        ["lunge-stretch", "LONG"],
        ["lunge-stretch", "--mute", "--record", "LONG.mp4", "clip.mp4"],
        ["lunge-stretch", "--mute", "--record", "LONG/kept.mp4", "clip.mp4"],
        ["score", "LONG", "LONG"],
        ["score", "LONG", "--pose", "LONG.toml"],
        ["learn", "own", "LONG"],
        ["learn", "own", "clip.mp4", "--picture", "LONG.png"],
        ["export", "LONG"],
        ["poses", "--check", "LONG"],
        ["LONG.toml"],
    ],
    ids=" ".join,
)
def test_a_name_too_long_for_a_file_is_told(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_clip(tmp_path / "clip.mp4")
    typed = [str(tmp_path / word.replace("LONG", "a" * 5000)) if "." in word or word == "LONG"
             else word for word in words]  # fmt: skip
    assert run(typed) == ExitStatus.FAILED
    said = capsys.readouterr().err
    assert said.startswith("formcheck: ")
    assert "too long" in said or "no such" in said.lower()


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000])
def test_a_number_too_large_for_a_camera_names_none(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lunge-stretch", number, "--terminal", "--mute"]) == ExitStatus.FAILED
    assert capsys.readouterr().err.startswith("formcheck: ")


def test_files_that_are_not_there_are_told_without_starting_processes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr("formcheck.cli.commands.score.processes")
    assert run(["score", "one.mp4", "two.mp4", "--jobs", "2"]) == ExitStatus.FAILED
    said = capsys.readouterr().err
    assert "one.mp4" in said
    assert "two.mp4" in said


@pytest.mark.parametrize("size", [0.02, 1e-9])
def test_a_person_of_two_pixels_holds_nothing(size: float) -> None:
    person = in_form()
    tiny = replace(person, image_xy=300 + (person.image_xy - 300) * size)
    for body, held_s in ((person, 3.9), (tiny, 0.0)):
        session = Session(load_pose("lunge-stretch"))
        for tenth in range(40):
            session.step(tenth / 10, body)
        assert session.held_s["left"] == pytest.approx(held_s)
