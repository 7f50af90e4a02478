"""What `doctor` found, as a table and as JSON."""

from collections.abc import Iterable
from typing import Final

from rich.text import Text

from formcheck.cli.output.rows import Rows
from formcheck.coach.checkup import Finding, Mark
from formcheck.printable import printable

_MARKS: Final = {
    Mark.GOOD: ("ok", "green"),
    Mark.POOR: ("!", "yellow"),
    Mark.BAD: ("x", "red"),
    Mark.UNKNOWN: ("-", "dim"),
}


def findings_table(findings: Iterable[Finding]) -> Rows:
    """Return a row for each, with what to do beneath it."""
    headings = ("mark", "what", "finding")
    table = Rows(headings, has_heading=False, leading=2, folding=("finding",), centred=("mark",))
    for finding in findings:
        sign, style = _MARKS[finding.mark]
        words = Text(printable(finding.says))
        if finding.remedy:
            words.append(printable(f"\n{finding.remedy}"), style="bold")
        table.add(Text(sign, style=style), finding.name, words)
    return table


def verdict(findings: Iterable[Finding]) -> str:
    """Return in a sentence whether a session can run."""
    marks = {finding.mark for finding in findings}
    if Mark.BAD in marks:
        return "No session can run before what is marked x is mended."
    if Mark.POOR in marks:
        return "A session can run; what is marked ! is worth mending."
    return "All is well. Start with: formcheck lunge-stretch"


def finding_json(finding: Finding) -> dict[str, object]:
    """Return a finding as JSON tells it."""
    return {
        "name": finding.name,
        "mark": finding.mark.value,
        "says": finding.says,
        "remedy": finding.remedy,
        "figures": dict(finding.figures),
    }
