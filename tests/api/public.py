"""What is public, as text: each name with its signature, so that a change of it is a decision.

Written from the source, since what an annotation looks like at run time differs among Pythons.
"""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

import formcheck

COMMITTED: Final = Path(__file__).with_name("public.txt")
"""`python -m tests.api.public` writes it anew."""


def public() -> str:
    """Return the public names, a line each, and a line for each part of a class."""
    lines = []
    for name in sorted(set(formcheck.__all__) - {"__version__"}):
        module = import_module(f"formcheck.{formcheck._PLACES[name]}")
        assert module.__file__ is not None
        lines += list(_lines(name, ast.parse(Path(module.__file__).read_text("utf-8"))))
    return "\n".join(["__version__: str", *lines]) + "\n"


def _lines(name: str, module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            yield _signature(node)
        elif isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name:
            yield f"{name}: {ast.unparse(node.annotation)}"
        elif isinstance(node, ast.ClassDef) and node.name == name:
            yield f"{name}({', '.join(map(ast.unparse, node.bases))})"
            for part in node.body:
                yield from _part(name, part)


def _part(owner: str, node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef) and (node.name == "__init__" or node.name[0] != "_"):
        is_property = any("property" in ast.unparse(each) for each in node.decorator_list)
        yield f"{owner}.{_signature(node, is_property=is_property)}"
    elif isinstance(node, ast.AnnAssign | ast.Assign):
        name = ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])
        if name[0] != "_" and name != "model_config":
            yield f"{owner}.{ast.unparse(node)}"


def _signature(node: ast.FunctionDef, *, is_property: bool = False) -> str:
    assert node.returns is not None
    if is_property:
        return f"{node.name}: {ast.unparse(node.returns)}"
    return f"{node.name}({ast.unparse(node.args)}) -> {ast.unparse(node.returns)}"


if __name__ == "__main__":
    COMMITTED.write_text(public(), "utf-8")
