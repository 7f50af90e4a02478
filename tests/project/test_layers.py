"""Which way imports go, what is kept out of what decides, and that everything has its room."""

import ast
import re
import sys
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

from tests.project.layers import (
    DECIDING,
    MAY_IMPORT,
    PACKAGE,
    arrows,
    imports,
    is_within,
    modules,
    places,
)
from tests.shared import CHECKOUT

CLOCKS_AND_WORLD = {
    "asyncio",
    "datetime",
    "multiprocessing",
    "os",
    "random",
    "signal",
    "sqlite3",
    "subprocess",
    "threading",
    "time",
}

READ_FILES = {"formcheck.pose.definition", "formcheck.pose.parts", "formcheck.pose.routine"}
"""Where pydantic checks what is read."""


def deciding() -> dict[str, Path]:
    """Return the modules of the core."""
    return {
        name: path
        for name, path in modules().items()
        if "." in name and name.split(".")[1] in DECIDING
    }


def test_every_place_stands_in_the_table_and_imports_only_what_stands_above_it() -> None:
    order = list(MAY_IMPORT)

    assert places() == set(order)
    for place, below in MAY_IMPORT.items():
        assert below <= set(order[: order.index(place)]), f"{place} may look upwards"


def test_no_import_goes_where_the_table_does_not_let_it() -> None:
    wrong = {
        f"{source} -> {target}": sorted(names)
        for (source, target), names in arrows().items()
        if target not in MAY_IMPORT[source]
    }

    assert wrong == {}


def test_few_places_know_of_each_other() -> None:
    found = arrows()

    assert ("judge", "pose") in found
    assert len(found) <= 105


@pytest.mark.parametrize("package", ["formcheck", "benchmarks", "samples/render", "tests"])
def test_no_module_imports_itself_in_a_circle(package: str) -> None:
    known = modules(CHECKOUT / package)
    sorter = TopologicalSorter(
        {name: (known.keys() & imports(path)) - {name} for name, path in known.items()}
    )

    sorter.prepare()  # raises a CycleError that names the circle


@pytest.mark.parametrize("name", sorted(deciding()))
def test_the_core_imports_only_itself_numpy_and_the_standard_library(name: str) -> None:
    allowed = {"formcheck", "numpy", *sys.stdlib_module_names} - CLOCKS_AND_WORLD
    if name in READ_FILES:
        allowed.add("pydantic")

    assert {each for each in imports(modules()[name]) if each.split(".")[0] not in allowed} == set()


def test_only_the_detector_knows_mediapipe() -> None:
    knowing = [
        name
        for name, path in modules().items()
        if any(is_within(each, "mediapipe") for each in imports(path))
    ]

    assert knowing == ["formcheck.io.detector"]


def test_every_package_says_what_it_decides_and_what_it_may_import() -> None:
    for place in places():
        init = PACKAGE / place / "__init__.py"
        if init.exists():
            says = ast.get_docstring(ast.parse(init.read_text())) or ""
            assert "It decides" in says, place
            assert re.search(r"It (may )?imports?\b", says), place


def test_a_module_reads_in_one_sitting() -> None:
    lengths = {
        name: len(path.read_text().splitlines())
        for name, path in modules().items()
        if path.name != "__init__.py"
    }

    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}
    assert median(lengths.values()) < 130


@pytest.mark.parametrize("folder", ["formcheck", "benchmarks", "samples/render", "tests"])
def test_no_folder_holds_more_than_a_dozen_modules(folder: str) -> None:
    top = CHECKOUT / folder
    folders = [top, *(path for path in top.rglob("*") if path.is_dir())]
    counts = {
        str(each.relative_to(CHECKOUT)): sum(
            path.name != "__init__.py" for path in each.glob("*.py")
        )
        for each in folders
    }

    assert {name: count for name, count in counts.items() if count > 12} == {}
