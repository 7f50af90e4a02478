"""The package works where only its wheel is: poses, model and typeface travel inside it."""

import json
import os
import shutil
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


def test_the_installed_wheel_scores_a_clip_by_its_own_model(installed: Path) -> None:
    scored = subprocess.run(
        [installed, "-m", "formcheck", "score", CHECKOUT / "samples" / "starts-in-pose.mp4",
         "--pose", "lunge-stretch", "--json"],
        cwd=installed.parent, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert json.loads(scored.stdout)["held_s"]["left"] > 5


def test_the_installed_wheel_has_its_typeface_and_the_licences_of_what_others_made(
    installed: Path,
) -> None:
    script = (
        "from importlib.resources import files\n"
        "from formcheck.ui.drawing.text import word\n"
        "assert word('Lift', 40).advance > 0\n"
        "for folder in ('models', 'ui/typeface'):\n"
        "    print(*sorted(each.name for each in (files('formcheck') / folder).iterdir()))"
    )
    listed = subprocess.run(
        [installed, "-c", script], cwd=installed.parent, check=True, capture_output=True, text=True
    )
    models, typeface = listed.stdout.splitlines()
    assert models.split() == ["LICENSE", "README.md", "pose_full.task"]
    assert typeface.split() == ["LICENSE", "PTSans-Bold.ttf", "PTSansNarrow-Bold.ttf", "README.md"]


def test_the_installed_wheel_makes_a_page_from_its_own_templates(
    installed: Path, tmp_path: Path
) -> None:
    (tmp_path / "formcheck").mkdir()
    kept = CHECKOUT / "tests" / "store" / "kept" / "history-schema-3.db"
    shutil.copy(kept, tmp_path / "formcheck" / "history.db")
    subprocess.run(
        [installed, "-m", "formcheck", "report", "--no-open", "--out", tmp_path / "page.html"],
        cwd=installed.parent,
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)},
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "page.html").read_text("utf-8").count("<article>") == 4
