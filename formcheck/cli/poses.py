"""`formcheck poses`: what can be stretched, what is measured, and why."""

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from formcheck.angles import MEASUREMENTS
from formcheck.pose import PoseDefinition, load_pose, pose_names, read_pose


@click.command("poses", short_help="List the stretches, or explain one.")
@click.argument("name", required=False)
@click.option(
    "--check",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check a pose file of your own; every problem is named.",
)
def poses_command(name: str | None, file: Path | None) -> int:
    """List the stretches, or explain one: what is measured, the bands, and the reasons."""
    console = Console()
    if file is not None:
        pose = read_pose(file)
        console.print(f"{file} is a valid pose: {pose.title}.", soft_wrap=True)
    elif name is not None:
        _explain(console, load_pose(name))
    else:
        table = Table(box=None, pad_edge=False, show_header=False)
        for known in pose_names():
            table.add_row(known, load_pose(known).title)
        console.print(table)
    return 0


def _explain(console: Console, pose: PoseDefinition) -> None:
    console.print(Text(pose.title, style="bold"))
    console.print(pose.summary)
    for number, step in enumerate(pose.how, start=1):
        console.print(f"{number}. {step}")
    gates = Table(box=None, pad_edge=False)
    for heading in ("measured", "counts", "full credit", "what it is, and why"):
        gates.add_column(heading, overflow="fold")
    for gate in pose.gates:
        definition = MEASUREMENTS[gate.measurement]
        gates.add_row(
            gate.measurement,
            _band(gate.accept),
            _band(gate.full),
            f"{definition.says} ({definition.unit}). {gate.why}",
        )
    console.print(gates)
    console.print(
        f"Dose: {pose.dosage.hold_s:.0f} s a side, {pose.dosage.times_a_week} times a week. "
        f"{pose.dosage.why}"
    )
    for heading, notes in (("Safety", pose.safety), ("Sources", pose.sources)):
        console.print(Text(heading, style="bold"))
        for note in notes:
            console.print(f"- {note}", highlight=False, markup=False)


def _band(band: tuple[float, float]) -> str:
    low, high = band
    if high == float("inf"):
        return f"above {low:g}"
    if low == float("-inf"):
        return f"below {high:g}"
    return f"{low:g} to {high:g}"
