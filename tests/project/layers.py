"""The places of the package, from the lowest to the highest, and what each may import."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from tests.shared import CHECKOUT

PACKAGE: Final = CHECKOUT / "formcheck"

MAY_IMPORT: Final[dict[str, set[str]]] = {
    "errors": set(),
    "printable": set(),
    "redaction": set(),
    "picture": set(),
    "body": set(),
    "pose": {"errors", "body"},
    "figure": {"body", "pose"},
    "judge": {"body", "pose"},
    "coach": {"picture", "body", "pose", "judge"},
    "learn": {"errors", "body", "pose", "judge"},
    "session": {"picture", "body", "pose", "judge", "coach"},
    "speech": {"body", "pose", "judge", "coach", "session"},
    "result": {"body", "pose", "judge", "session"},
    "attention": {"picture", "body", "pose", "judge", "session", "speech"},
    "run": {"picture", "body", "judge", "session", "attention"},
    "catalogue": {"errors", "pose"},
    "store": {"errors", "printable", "redaction", "body", "judge", "session", "run"},
    "io": {"errors", "redaction", "picture", "body", "judge", "session", "speech", "run", "store"},
    "report": {
        *("errors", "printable", "body", "pose", "figure", "judge", "coach", "result"),
        *("catalogue", "store"),
    },
    "ui": {"errors", "body", "pose", "figure", "judge", "coach", "learn", "session", "speech"},
    "scoring": {
        *("errors", "picture", "body", "pose", "session", "result", "run", "catalogue"),
        *("store", "io"),
    },
    "cli": {
        *(
            "errors",
            "printable",
            "redaction",
            "picture",
            "body",
            "pose",
            "figure",
            "judge",
            "coach",
            "learn",
        ),
        *(
            "session",
            "speech",
            "result",
            "attention",
            "run",
            "catalogue",
            "store",
            "io",
            "report",
            "ui",
            "scoring",
        ),
    },
}
"""A place is a package or a module at the top. Each may import only places above it here, so there
is no way round in a circle."""

DECIDING: Final = tuple(MAY_IMPORT)[: tuple(MAY_IMPORT).index("run")]
"""The core: pure, so that time, files and screens stay at the edges."""


def places() -> set[str]:
    """Return the packages and modules at the top of the package."""
    modules = {path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")}
    return modules | {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def modules(folder: Path = PACKAGE) -> dict[str, Path]:
    """Return every module of a package, by its dotted name."""
    paths = {path.relative_to(CHECKOUT).with_suffix(""): path for path in folder.rglob("*.py")}
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


def is_within(name: str, package: str) -> bool:
    """Whether a dotted name is a package, or somewhere in it."""
    return f"{name}.".startswith(f"{package}.")


def arrows() -> dict[tuple[str, str], set[str]]:
    """Return what imports what among the places, each with the modules that do."""
    found: dict[tuple[str, str], set[str]] = {}
    for name, path in modules().items():
        for other in _own(path):
            source = name.removeprefix("formcheck.").split(".")[0]
            if source in MAY_IMPORT and source != other:
                found.setdefault((source, other), set()).add(name)
    return found


def _own(path: Path) -> Iterator[str]:
    for name in imports(path):
        if is_within(name, "formcheck") and "." in name:
            yield name.split(".")[1]
