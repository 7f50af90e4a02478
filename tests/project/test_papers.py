"""What newcomers read is true: packages, versions, paths and commands are there."""

import re
import tomllib
from typing import Final

import pytest

from tests.project.layers import MAY_IMPORT
from tests.shared import CHECKOUT

ARCHITECTURE: Final = (CHECKOUT / "docs" / "architecture.md").read_text("utf-8")
CONTRIBUTING: Final = (CHECKOUT / "CONTRIBUTING.md").read_text("utf-8")
VERSION: Final = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"][
    "version"
]
PAPERS: Final = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md",
                 "docs/accuracy.md", "docs/api.md", "docs/export.md", "docs/poses.md",
                 "benchmarks/README.md")  # fmt: skip


def table_of_packages() -> dict[str, set[str]]:
    """Return the rows of the table, in its order: a place, and what it may import."""
    section = ARCHITECTURE.split("## The packages")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\| ?([^|]*) ?\|$", section, re.MULTILINE)
    found: dict[str, set[str]] = {}
    for place, may_import in rows:
        everything = set(found) if may_import.strip() == "all" else set()
        found[place] = everything | set(re.findall(r"`(\w+)`", may_import))
    return found


def test_the_architecture_lists_the_packages_in_their_order_and_what_each_may_import() -> None:
    told = table_of_packages()

    assert list(told) == list(MAY_IMPORT)
    assert told == MAY_IMPORT


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_that_a_paper_links_to_is_there(paper: str) -> None:
    path = CHECKOUT / paper
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8"))

    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("text", [ARCHITECTURE, CONTRIBUTING], ids=["architecture", "contributing"])
def test_every_path_that_contributors_are_sent_to_is_there(text: str) -> None:
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[a-z_]+\.py)`", text)
    paths = [name for name in named if "NAME" not in name]

    assert len(paths) > 5
    # In the architecture the package's own folder goes without saying.
    assert [
        name
        for name in paths
        if not (CHECKOUT / name).exists() and not (CHECKOUT / "formcheck" / name).exists()
    ] == []


def test_what_contributors_are_told_to_type_is_there() -> None:
    targets = re.findall(r"^(\w[\w-]*):", (CHECKOUT / "Makefile").read_text("utf-8"), re.MULTILINE)
    modules = re.findall(r"python -m ((?:benchmarks|samples)[.\w]*)", CONTRIBUTING)
    paths = [CHECKOUT.joinpath(*name.split(".")) for name in modules]

    assert set(re.findall(r"\bmake (\w[\w-]*)", CONTRIBUTING)) <= set(targets)
    assert len(modules) >= 3
    assert all(path.with_suffix(".py").exists() or path.is_dir() for path in paths)


def test_changelog_and_citation_know_this_version() -> None:
    changelog = (CHECKOUT / "CHANGELOG.md").read_text("utf-8")
    citation = (CHECKOUT / "CITATION.cff").read_text("utf-8")

    versions = re.findall(r"^## \[([^\]]+)\]", changelog, re.MULTILINE)
    assert versions[0] == "Unreleased"
    assert versions[1] == VERSION
    assert f"\nversion: {VERSION}\n" in citation


def test_make_check_runs_what_runs_before_each_commit() -> None:
    hooks = (CHECKOUT / ".pre-commit-config.yaml").read_text("utf-8")
    makefile = (CHECKOUT / "Makefile").read_text("utf-8")
    recipe = makefile.partition("\ncheck:")[2].partition("\n\n")[0].replace("$(BIN)/", ".venv/bin/")
    before = re.findall(r"entry: (.+)", hooks)
    assert before
    # pre-commit names the files itself.
    assert [each.replace(" --force-exclude", "") for each in before] == [
        line.strip().removesuffix(" .") for line in recipe.splitlines()[1:]
    ]
