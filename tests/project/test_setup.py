"""What a fresh machine installs, and what it is told where it cannot."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.shared import CHECKOUT

CONSTRAINTS = (CHECKOUT / "constraints.txt").read_text("utf-8")
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
WANTED = [*PROJECT["dependencies"], *(each for extra in EXTRAS.values() for each in extra)]


def name_of(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9_.-]+", requirement)
    assert found is not None
    return found[0].lower().replace("_", "-")


def test_the_constraints_hold_names_versions_and_hashes_alone() -> None:
    for line in CONSTRAINTS.splitlines():
        assert re.fullmatch(
            r"[a-z0-9-]+==[0-9a-z.]+( ; [^\\/@]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line
        ), line


def test_every_dependency_is_held_to_the_version_that_was_tested() -> None:
    held = {line.split("==")[0] for line in CONSTRAINTS.splitlines() if "==" in line}
    assert {name_of(each) for each in WANTED} - {"formcheck"} <= held


@pytest.mark.parametrize("requirement", PROJECT["dependencies"])
def test_no_next_major_of_a_dependency_is_taken_unseen(requirement: str) -> None:
    assert re.search(r"<\d|==", requirement.partition(";")[0])


def program(machine: Path, name: str, script: str) -> None:
    """Put a program on the machine's path."""
    (machine / "bin").mkdir(exist_ok=True)
    (machine / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
    (machine / "bin" / name).chmod(0o755)


def set_up(machine: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the script on a machine that has nothing but what was put on its path."""
    path = machine / "bin"
    path.mkdir(exist_ok=True)
    for tool in ("sh", "uname"):
        found = shutil.which(tool)
        assert found is not None
        (path / tool).symlink_to(found)
    shutil.copy(CHECKOUT / "setup.sh", machine)
    return subprocess.run(
        ["sh", "setup.sh", ".venv"],
        cwd=machine, env={"PATH": str(path), **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_a_python_that_was_named_and_does_not_run_is_told_of(tmp_path: Path) -> None:
    program(tmp_path, "python3", f'exec "{sys.executable}" "$@"')
    program(tmp_path, "uv", 'echo "$*" >> asked; exit 1')  # a network that is down
    done = set_up(tmp_path, PYTHON="python3.99")
    assert done.returncode == 1
    assert done.stderr.startswith("PYTHON=python3.99 is no Python 3.11 to 3.")
    assert str(sys.executable) in (tmp_path / "asked").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
@pytest.mark.parametrize("pythons", [(), ("python3", "python")], ids=["none", "too old"])
def test_a_machine_without_a_python_that_will_do_is_told_so_in_a_sentence(
    pythons: tuple[str, ...], tmp_path: Path
) -> None:
    for name in pythons:
        program(tmp_path, name, "exit 1")  # as one does that cannot read the question
    done = set_up(tmp_path)
    assert done.returncode == 1
    assert re.fullmatch(
        r"formcheck needs Python 3\.11 to 3\.1\d, and here is none\. Install one, .*\n", done.stderr
    )
