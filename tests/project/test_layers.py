import ast
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "formcheck"
CORE_PACKAGES = (
    *("picture", "body", "pose", "figure", "judge", "coach", "learn", "speech", "result"),
)
CORE = {
    *("session", "attention", "errors", "printable"),
    *(
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for package in CORE_PACKAGES
        for path in (PACKAGE / package).glob("[!_]*.py")
    ),
}
"""What decides: pure, so that time, files and screens stay at the edges."""

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


def modules() -> dict[str, Path]:
    """Return every module of the package, by its dotted name."""
    paths = {path.relative_to(ROOT).with_suffix(""): path for path in PACKAGE.rglob("*.py")}
    return {".".join(name.parts).removesuffix(".__init__"): path for name, path in paths.items()}


@cache
def imports(path: Path) -> frozenset[str]:
    """Return the dotted names that a module imports anywhere in it, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def imports_any(path: Path, roots: set[str]) -> set[str]:
    """Return the imports at or below these names."""
    return {
        name for name in imports(path) if any((name + ".").startswith(f"{root}.") for root in roots)
    }


@pytest.mark.parametrize("name", sorted(CORE))
def test_the_core_imports_only_itself_numpy_and_the_standard_library(name: str) -> None:
    allowed = {"formcheck", "numpy", *sys.stdlib_module_names} - CLOCKS_AND_WORLD
    if name in ("pose.definition", "pose.parts", "pose.routine"):
        allowed.add("pydantic")
    path = PACKAGE.joinpath(*name.split(".")).with_suffix(".py")

    assert {each for each in imports(path) if each.split(".")[0] not in allowed} == set()
    own = {
        each.removeprefix("formcheck.") for each in imports(path) if each.startswith("formcheck.")
    }
    assert {
        each for each in own if not any(f"{each}.".startswith(f"{name}.") for name in CORE)
    } <= {*CORE_PACKAGES}


def test_only_the_detector_knows_mediapipe() -> None:
    knowing = [name for name, path in modules().items() if imports_any(path, {"mediapipe"})]

    assert knowing == ["formcheck.io.detector"]


def test_nothing_but_the_command_line_knows_the_command_line() -> None:
    knowing = [
        name
        for name, path in modules().items()
        if imports_any(path, {"formcheck.cli"})
        and not f"{name}.".startswith(("formcheck.cli.", "formcheck.__main__."))
    ]

    assert knowing == []


def test_the_layers_are_looked_for_where_the_modules_are() -> None:
    assert {f"formcheck.{name}" for name in CORE} <= set(modules())
    assert "formcheck.judge.form.Form" in imports(PACKAGE / "judge" / "hold.py")
