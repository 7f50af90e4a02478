"""`formcheck score FILE...`: clips and photos, as fast as the machine goes."""

import json
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path

import click
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from formcheck.cli import interrupts
from formcheck.cli.console import plain_console
from formcheck.cli.options import model_option
from formcheck.cli.tables import score_table
from formcheck.errors import FormcheckError
from formcheck.find import PoseFinder, find_pose_in_photo
from formcheck.frame import Frame
from formcheck.pose import PoseDefinition, every_pose, find_pose
from formcheck.printable import printable
from formcheck.run import Detector, watch
from formcheck.score import ClipScore, ClipScorer, NoPose, PhotoScore, Score, score_photo
from formcheck.session import Session


@click.command("score", short_help="Count the held seconds of clips; judge photos.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--pose",
    "pose_name",
    metavar="NAME",
    help="The pose to judge by, or its FILE.toml; by default the one that fits best is found.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, a line a file.")
@model_option
def score_command(
    files: tuple[Path, ...], pose_name: str | None, as_json: bool, model: Path | None
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
        for score in _scores(files, pose, model, problems):
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
    files: Iterable[Path], pose: PoseDefinition | None, model: Path | None, problems: list[str]
) -> Iterator[Score]:
    """Yield each file's score; note what is wrong with a file in `problems` and go on."""
    from formcheck.io.clip import is_photo

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeRemainingColumn(),
        console=plain_console(stderr=True, file=sys.stderr),
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as progress:
        for file in files:
            try:
                if is_photo(file):
                    yield _score_photo(file, pose, model)
                    continue
                score, interruption = _score_clip(file, pose, model, progress, problems)
            except FormcheckError as error:
                problems.append(str(error))
                continue
            yield score
            if interruption is not None:
                click.echo(
                    f"Interrupted at {score.duration_s:.1f} s of {printable(str(file))}.", err=True
                )
                raise interruption


def _score_clip(
    file: Path,
    pose: PoseDefinition | None,
    model: Path | None,
    progress: Progress,
    problems: list[str],
) -> tuple[ClipScore | NoPose, KeyboardInterrupt | None]:
    """Score a clip; where the person interrupts, up to there."""
    from formcheck.io.clip import Clip
    from formcheck.io.detector import PoseDetector

    gathering: ClipScorer | PoseFinder = (
        PoseFinder(every_pose()) if pose is None else ClipScorer(Session(pose))
    )
    with ExitStack() as stack:
        clip = Clip(file)
        stack.callback(clip.close)
        detector: Future[Detector] = Future()
        detector.set_result(stack.enter_context(PoseDetector("video", model)))
        task = progress.add_task(file.name, total=clip.frame_count or None)
        interruption = None
        try:
            for moment in watch(clip, detector, gathering.session):
                if moment.outcome is not None:
                    gathering.add(moment.outcome)
                    progress.advance(task)
        except KeyboardInterrupt as error:
            interruption = error
        progress.remove_task(task)
        if clip.problem:
            problems.append(clip.problem)
    return gathering.score(str(file)), interruption


def _score_photo(
    file: Path, pose: PoseDefinition | None, model: Path | None
) -> PhotoScore | NoPose:
    from formcheck.io.clip import read_photo
    from formcheck.io.detector import PoseDetector

    image = read_photo(file)
    with PoseDetector("photo", model) as detector:
        landmarks = detector.detect(Frame(image, 0.0, 0))
    if pose is None:
        return find_pose_in_photo(str(file), every_pose(), landmarks)
    return score_photo(str(file), pose, Session(pose).step(0.0, landmarks))
