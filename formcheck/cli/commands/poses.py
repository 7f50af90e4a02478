"""`formcheck poses`: what can be stretched, what is measured, and why."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from formcheck.body.measurements import MEASUREMENTS
from formcheck.catalogue import (
    OWN,
    SHIPPED,
    Entry,
    check_routine,
    entries,
    find,
    find_pose,
    load_routine,
    own_folders,
    poses_of,
)
from formcheck.cli.options import complete_pose
from formcheck.cli.output.console import plain_console
from formcheck.cli.output.rows import Rows
from formcheck.errors import FormcheckError
from formcheck.figure.any_view import LIMBS, figure_for
from formcheck.pose.definition import PoseDefinition, read_pose, read_toml
from formcheck.pose.routine import Routine
from formcheck.printable import printable

_VIEWS = {
    "side": "Seen from the side, upright.",
    "front": "Seen from the front.",
    "lying": "Seen from the side, lying on the back.",
}

_BASIS = {
    "measured": "people measured",
    "literature": "what is published",
    "judgement": "judgement",
}


@click.command("poses", short_help="List the stretches, or explain and draw one.")
@click.argument("name", required=False, shell_complete=complete_pose)
@click.option(
    "--picture",
    type=click.Path(path_type=Path),
    metavar="PNG",
    help="Draw the pose as a picture into this file, too.",
)
@click.option(
    "--check",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check a pose or routine file of your own; every mistake is named, with its line.",
)
def poses_command(name: str | None, picture: Path | None, file: Path | None) -> int:
    """List the stretches, or explain one: how it looks, what is measured, the bands, the reasons.

    NAME may be a routine, too, or the FILE.toml of a pose of your own.
    """
    console = plain_console()
    if picture is not None and name is None:
        raise click.UsageError("--picture needs the NAME of a pose.")
    if file is not None:
        _check(console, file)
    elif name is not None:
        entry = find(name)
        if entry is not None and entry.is_routine:
            if picture is not None:
                raise FormcheckError(f"{name} is a routine. Take one of its poses for a picture.")
            _explain_routine(console, load_routine(name))
        else:
            pose = find_pose(name)
            explain(console, pose)
            if picture is not None:
                _draw(pose, picture)
        if entry is not None and entry.origin != SHIPPED:
            console.print(_where(entry), highlight=False, soft_wrap=True)
    else:
        _list(console)
    return 0


def _check(console: Console, file: Path) -> None:
    """Say that a file is valid, or raise with all that is wrong with it."""
    fields, _ = read_toml(file, "pose")
    if "steps" in fields:
        console.print(
            f"{printable(str(file))} is a valid routine: {check_routine(file).title}.",
            soft_wrap=True,
        )
    else:
        console.print(
            f"{printable(str(file))} is a valid pose: {read_pose(file).title}.", soft_wrap=True
        )


def _list(console: Console) -> None:
    """List what there is and where it comes from; what is wrong with a file stops no other."""
    problems: list[str] = []
    table = Rows(("name", "title"), has_heading=False, folding=("title",))
    routines = []
    for entry in entries(problems):
        source = "" if entry.origin == SHIPPED else f" ({_origin(entry)})"
        try:
            if entry.is_routine:
                title = load_routine(entry.name).title
                routines.append(f"{entry.name}: {title} (a routine){source}")
            else:
                pose = read_pose(entry.path)
                experimental = " (experimental)" if pose.experimental else ""
                table.add(entry.name, f"{pose.title}{experimental}{source}")
        except FormcheckError as error:
            problems.append(str(error))
    console.print(table)
    for routine in routines:
        console.print(routine, highlight=False, soft_wrap=not console.is_terminal)
    for problem in problems:
        click.echo(f"formcheck: {printable(problem)}", err=True)
    for folder in own_folders():
        text = f"Your own go into {printable(str(folder))}"
        console.print(text, highlight=False, soft_wrap=not console.is_terminal)
    console.print("formcheck poses NAME explains one; formcheck NAME coaches it.", highlight=False)


def _origin(entry: Entry) -> str:
    return entry.origin if entry.origin == OWN else f"from {entry.origin}"


def _where(entry: Entry) -> str:
    whose = "Yours" if entry.origin == OWN else f"From the package {entry.origin}"
    return f"{whose}: {printable(str(entry.path))}"


def _explain_routine(console: Console, routine: Routine) -> None:
    console.print(Text(routine.title, style="bold"))
    console.print(routine.summary, highlight=False)
    console.print(routine.why, highlight=False)
    poses = poses_of(routine)
    for number, step in enumerate(routine.steps, start=1):
        pose = poses[step.pose]
        rest = f"{step.rest_s:.0f} s rest, then " if number > 1 and step.rest_s else ""
        held = f"{step.hold_s or pose.dosage.hold_s:.0f} s"
        each = f"{held} a side" if pose.dosage.sides == 2 else held
        _item(console, f"{number}.", f"{rest}{pose.title}, {each}: formcheck poses {step.pose}")
    console.print(Text("Sources", style="bold"))
    for source in routine.sources:
        _item(console, "-", source)


def explain(console: Console, pose: PoseDefinition) -> None:
    """Print what a pose is, what is measured, and why."""
    console.print(Text(pose.title, style="bold"))
    _sketch(console, pose)
    console.print(pose.summary, highlight=False)
    if pose.experimental:
        console.print("Experimental: not yet shown to count rightly on people.")
    for number, step in enumerate(pose.how, start=1):
        _item(console, f"{number}.", step)
    console.print(f"{_VIEWS[pose.view.kind]} {pose.view.why}")
    why = "what it is, and why"
    gates = Rows(("measured", "counts", "full credit", why), folding=("measured", why))
    for gate in pose.gates:
        definition = MEASUREMENTS[gate.measurement]
        gates.add(
            gate.measurement,
            _band(gate.accept),
            _band(gate.full),
            f"{definition.says} ({definition.unit}). {gate.why} Rests on {_BASIS[gate.support]}.",
        )
    console.print(gates)
    if pose.includes:
        console.print(f"Held, these count as this too: {', '.join(pose.includes)}.")
    each = "a side" if pose.dosage.sides == 2 else "in all"
    console.print(
        f"Dose: {pose.dosage.hold_s:.0f} s {each}, {pose.dosage.times_a_week} times a week. "
        f"{pose.dosage.why}"
    )
    console.print(Text("What is said, the worst first", style="bold"))
    for fault in pose.faults:
        _item(console, "-", f"{fault.cue}: {fault.why}")
    for heading, notes in (("Safety", pose.safety), ("Sources", pose.sources)):
        console.print(Text(heading, style="bold"))
        for note in notes:
            _item(console, "-", note)


def _item(console: Console, mark: str, text: str) -> None:
    """Print one of a list; where it is broken, its lines begin below its words."""
    item = Table.grid(padding=(0, 1, 0, 0))
    item.add_column(no_wrap=True)
    item.add_column(overflow="fold")
    item.add_row(mark, text)
    console.print(item, highlight=False)


def _sketch(console: Console, pose: PoseDefinition) -> None:
    from formcheck.ui.sketch import sketch

    knows_dots = (console.encoding or sys.getdefaultencoding()).lower().startswith("utf")
    lines = sketch(figure_for(pose), LIMBS[pose.view.kind], plain=not knows_dots)
    if max(map(len, lines)) > console.width:
        return  # half a figure says nothing
    for line in lines:
        console.print(line, highlight=False, no_wrap=True, overflow="crop")


def _draw(pose: PoseDefinition, path: Path) -> None:
    import cv2

    from formcheck.ui.pose_drawing import pose_drawing

    if path.suffix.lower() != ".png":
        raise FormcheckError(f"The picture is a PNG, so {path} has to end in .png.")
    _, png = cv2.imencode(".png", pose_drawing(pose, figure_for(pose)))
    try:
        path.write_bytes(png.tobytes())
    except OSError as error:
        raise FormcheckError(
            f"Cannot write {path}: {error.strerror}. Check the folder, or take another."
        ) from error


def _band(band: tuple[float, float]) -> str:
    low, high = band
    if high == float("inf"):
        return f"above {low:g}"
    if low == float("-inf"):
        return f"below {high:g}"
    return f"{low:g} to {high:g}"
