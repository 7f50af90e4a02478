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


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
@pytest.mark.parametrize("pythons", [(), ("python3", "python")], ids=["none", "too old"])
def test_a_machine_without_a_python_that_will_do_is_told_so_in_a_sentence(
    pythons: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "bin"
    path.mkdir()
    for tool in ("sh", "uname"):
        found = shutil.which(tool)
        assert found is not None
        (path / tool).symlink_to(found)
    for name in pythons:
        (path / name).write_text("#!/bin/sh\nexit 1\n")  # as one does that cannot read the question
        (path / name).chmod(0o755)
    shutil.copy(CHECKOUT / "setup.sh", tmp_path)

    done = subprocess.run(
        ["sh", "setup.sh", ".venv"],
        cwd=tmp_path, env={"PATH": str(path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert re.fullmatch(
        r"formcheck needs Python 3\.11 to 3\.1\d, and here is none\. Install one, .*\n", done.stderr
    )
