"""The examples of docs/api.md, each with what it prints."""

import contextlib
import io
import re
from dataclasses import dataclass

from tests.shared import CHECKOUT

GUIDE = CHECKOUT / "docs" / "api.md"


@dataclass(frozen=True, slots=True)
class Example:
    """One example."""

    title: str
    """The heading that it stands below."""
    code: str
    prints: str


def examples() -> list[Example]:
    """Return the guide's examples in their order."""
    found = []
    for section in GUIDE.read_text("utf-8").split("\n## ")[1:]:
        blocks = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", section, re.DOTALL)
        found += [Example(section.partition("\n")[0], code, prints) for code, prints in blocks]
    return found


def printed_by(code: str) -> str:
    """Run an example as a program of its own; return what it prints."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code, "docs/api.md", "exec"), {"__name__": "__main__"})
    return said.getvalue()


def write_anew() -> None:
    """Put into the guide what its examples print now."""
    text = GUIDE.read_text("utf-8")
    for example in examples():
        before = f"```python\n{example.code}```\n\n```text\n"
        text = text.replace(
            f"{before}{example.prints}```", f"{before}{printed_by(example.code)}```"
        )
    GUIDE.write_text(text, "utf-8")


if __name__ == "__main__":
    write_anew()
