"""The package works where only its wheel is: the poses travel inside it."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and install it, without dependencies, away from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, CHECKOUT],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("formcheck-*.whl")
    venv.create(folder / "venv", with_pip=True, symlinks=True)
    python = folder / "venv/bin/python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel], check=True
    )
    # The dependencies come from the environment of the tests; formcheck itself must not.
    site = next((folder / "venv/lib").glob("python*/site-packages"))
    theirs = [entry for entry in sys.path if entry.endswith("site-packages")]
    (site / "dependencies.pth").write_text("\n".join(theirs))
    return python


def test_the_installed_wheel_lists_its_poses_away_from_the_checkout(installed: Path) -> None:
    where = subprocess.run(
        [installed, "-c", "import formcheck; print(formcheck.__file__)"],
        cwd=installed.parent,
        check=True,
        capture_output=True,
        text=True,
    )
    assert str(CHECKOUT) not in where.stdout
    listed = subprocess.run(
        [installed.parent / "formcheck", "poses"],
        cwd=installed.parent,
        check=True,
        capture_output=True,
        text=True,
    )
    assert listed.stdout.splitlines()
    for pose in (CHECKOUT / "poses").glob("*.toml"):
        assert pose.stem in listed.stdout
