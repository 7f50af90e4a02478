"""`formcheck score FILE...`: clips and photos, as fast as the machine goes."""

import json
import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import click
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from formcheck.cli import interrupts
from formcheck.cli.jobs import News, processors, score_side_by_side
from formcheck.cli.options import model_option, rotate_option
from formcheck.cli.output.console import plain_console
from formcheck.cli.output.tables import score_table
from formcheck.cli.scoring import Scored, score_file
from formcheck.errors import FormcheckError
from formcheck.pose.definition import PoseDefinition, find_pose
from formcheck.printable import printable
from formcheck.result.score import ClipScore, NoPose, Score
from formcheck.ui.suspension import Suspension


@click.command("score", short_help="Count the held seconds of clips; judge photos.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--pose",
    "pose_name",
    metavar="NAME",
    help="The pose to judge by, or its FILE.toml; by default the one that fits best is found.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1, max=256),
    default=processors,
    show_default="all processors",
    metavar="N",
    help="So many files at once.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line a file.")
@rotate_option("the files' pictures")
@model_option
def score_command(
    *,
    files: tuple[Path, ...],
    pose_name: str | None,
    jobs: int,
    as_json: bool,
    rotate: int | None,
    model: Path | None,
) -> int:
    """Count the held seconds of clips and judge photos, as fast as the machine goes.

    Without --pose it also tells which stretch it is, and how sure that is, or "none".

    A file that cannot be read is told, the others are scored, and the exit status is 1.
    """
    pose = find_pose(pose_name) if pose_name is not None else None
    interrupts.heed()
    problems: list[str] = []
    scores: list[Score] = []
    try:
        for score in _scores(files, pose, model, jobs, problems, rotate_deg=rotate or 0):
            if as_json:
                click.echo(json.dumps(score.as_json(), allow_nan=False))
            scores.append(score)
    finally:  # also when interrupted: what is done is shown
        if scores and not as_json:
            # A file or a pipe has no width in which names would have to be broken.
            console = plain_console()
            console = console if console.is_terminal else plain_console(width=200)
            console.print(score_table(scores))
    if problems:
        raise FormcheckError("\nformcheck: ".join(problems))
    return 0


def _scores(
    files: Sequence[Path],
    pose: PoseDefinition | None,
    model: Path | None,
    jobs: int,
    problems: list[str],
    *,
    rotate_deg: int,
) -> Iterator[Score]:
    """Yield each file's score; note what is wrong with a file in `problems` and go on."""
    console = plain_console(stderr=True, file=sys.stderr)
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal or console.is_dumb_terminal,
    )
    with closing(Suspension(console, lambda: len(progress.tasks))), progress:
        tasks: dict[int, TaskID] = {}

        def tell(news: News) -> None:
            number, done, total = news
            if number not in tasks:
                tasks[number] = progress.add_task(
                    printable(files[number].name), total=total or None
                )
            progress.update(tasks[number], completed=done)

        # A process takes seconds to start, and a file that is not there needs none.
        jobs = min(jobs, sum(map(os.path.isfile, files)))
        each = score_side_by_side if jobs > 1 else _score_in_turn
        interruption: KeyboardInterrupt | None = None
        with closing(each(files, pose, model, jobs, tell, rotate_deg=rotate_deg)) as results:
            for number, scored in enumerate(results):
                if number in tasks:
                    progress.remove_task(tasks.pop(number))
                problems += scored.problems
                if scored.score is not None:
                    yield scored.score
                if scored.interruption is not None:
                    assert isinstance(scored.score, ClipScore | NoPose)
                    seconds = scored.score.duration_s
                    name = printable(str(scored.file))
                    click.echo(f"Interrupted at {seconds:.1f} s of {name}.", err=True)
                    interruption = scored.interruption
        if interruption is not None:
            raise interruption


def _score_in_turn(
    files: Sequence[Path],
    pose: PoseDefinition | None,
    model: Path | None,
    _jobs: int,
    tell: Callable[[News], None],
    *,
    rotate_deg: int,
) -> Generator[Scored]:
    """Yield what became of each file, in this process; an interrupted one is the last."""
    for number, file in enumerate(files):

        def progressed(done: int, total: int, number: int = number) -> None:
            tell((number, done, total))

        scored = score_file(file, pose, model, progressed, rotate_deg=rotate_deg)
        yield scored
        if scored.interruption is not None:
            return
