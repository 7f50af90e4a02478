"""What a shell, a script and a terminal may expect of any command line."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.cli.main import ExitStatus, run
from formcheck.io.model import fingerprint, read_model
from tests.io.clips import write_clip
from tests.terminals import shown, terminal

FORMCHECK = Path(sys.executable).parent / "formcheck"
COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-7]|4[0-7]|9[0-7]|38|48)[;m]")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such shells there")


def test_the_version_tells_which_model_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == ExitStatus.DONE
    said = capsys.readouterr().out
    assert re.match(r"formcheck, version \d+\.\d+\.\d+\n", said)
    assert fingerprint(read_model()) in said


def test_the_help_tells_every_exit_status_and_how_words_are_completed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["--help"]) == ExitStatus.DONE
    said = capsys.readouterr().out
    for status in ExitStatus:
        assert re.search(rf"\b{status.value}\b", said), status
    for shell in ("bash", "zsh", "fish"):
        assert f"_FORMCHECK_COMPLETE={shell}_source formcheck" in said


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("formcheck lun", ["lunge-stretch"]),
        ("formcheck sc", ["score"]),
        ("formcheck score --pose cr", ["crescent"]),
        ("formcheck score --res", ["--resume"]),
        ("formcheck poses bri", ["bridge"]),
        ("formcheck calibrate st", ["standing-stretch"]),
    ],
)
def test_bash_completes_what_is_typed(typed: str, offered: list[str]) -> None:
    if shutil.which("bash") is None:
        pytest.skip("no bash")
    words = typed.split()
    script = (
        'eval "$(_FORMCHECK_COMPLETE=bash_source formcheck)"; '
        f"COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; "
        '_formcheck_completion formcheck; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script], capture_output=True, text=True, check=True,
        env={**os.environ, "PATH": f"{FORMCHECK.parent}:{os.environ['PATH']}"},
    )  # fmt: skip
    assert done.stdout.split() == offered
    assert done.stderr == ""


@pytest.mark.mediapipe
def test_no_colour_is_sent_where_none_is_wanted(tmp_path: Path) -> None:
    write_clip(tmp_path / "a.mp4", frames=4)
    write_clip(tmp_path / "b.mp4", frames=4)
    score: list[str | Path] = [FORMCHECK, "score", "a.mp4", "b.mp4", "--pose", "crescent"]
    coloured = []
    for more in ({}, {"NO_COLOR": "1"}):
        program = terminal(score, columns=80, home=tmp_path, TERM="xterm-256color", **more)
        program.read(60)
        assert program.close() == ExitStatus.DONE
        said = shown(program.written, "utf-8")
        assert "0 left" in said or "done" in said
        coloured.append(bool(COLOUR.search(said)))
    assert coloured == [True, False]


@pytest.mark.mediapipe
def test_progress_goes_to_the_error_stream_alone_and_not_where_it_is_to_be_quiet(
    tmp_path: Path,
) -> None:
    for name in ("a.mp4", "b.mp4"):
        write_clip(tmp_path / name, frames=4)
    for options, is_shown in (("", True), ("--quiet", False)):
        score = f"{FORMCHECK} score a.mp4 b.mp4 --pose crescent --json {options} > out.jsonl"
        program = terminal(["sh", "-c", score], columns=80, home=tmp_path, TERM="xterm")
        program.read(60)
        assert program.close() == ExitStatus.DONE
        written = (tmp_path / "out.jsonl").read_text()
        assert written.count("\n") == 2
        assert "\x1b" not in written
        assert ("left" in shown(program.written, "utf-8")) is is_shown
