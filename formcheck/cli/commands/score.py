"""`formcheck score FILE...`: clips and photos, one or ten thousand, as fast as the machines go."""

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import click

from formcheck.catalogue import every_pose, find_pose
from formcheck.cli import interrupts
from formcheck.cli.options import complete_pose, model_option, rotate_option
from formcheck.cli.output.scores import ScoresShown
from formcheck.cli.output.tally import Tally, tally
from formcheck.errors import FormcheckError
from formcheck.io.model import model_file
from formcheck.printable import printable
from formcheck.result.score import ClipScore, NoPose, Score
from formcheck.scoring.batch import Answer
from formcheck.scoring.crew import Crew, alone, cluster, processes
from formcheck.scoring.dispatch import in_order
from formcheck.scoring.folder import files_of
from formcheck.scoring.processes import processors
from formcheck.scoring.results import Results
from formcheck.scoring.settings import LONGEST_EVERY_S, Settings
from formcheck.store.private_files import check_may_be_written


@click.command("score", short_help="Count the held seconds of clips; judge photos.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--pose",
    "pose_name",
    metavar="NAME",
    shell_complete=complete_pose,
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
@click.option("--csv", "as_csv", is_flag=True, help="What was measured, as CSV, a line a frame.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a page to look at into FILE (.html): the ribbons, and the angles over time.",
)
@click.option("--force", is_flag=True, help="Let --report replace FILE if it is there.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE.jsonl",
    help="Write the JSON lines into this file, as they come; a file that cannot be read has its "
    "sentence there.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with the file of --out: what has its line there, and has not changed, is done.",
)
@click.option(
    "--dask",
    "address",
    metavar="ADDRESS",
    help="Score on the workers of this dask scheduler, say tcp://10.0.0.5:8786.",
)
@click.option(
    "--send",
    is_flag=True,
    help="Send the files to the workers of --dask, which do not see the folder.",
)
@click.option(
    "--every",
    "every_s",
    type=click.FloatRange(min=0, min_open=True, max=LONGEST_EVERY_S),
    metavar="S",
    help="Look at one picture of a clip every S seconds, for a quick look at much; 0.25 at most.",
)
@click.option("--quiet", is_flag=True, help="No progress on the error stream.")
@rotate_option("the files' pictures")
@model_option
def score_command(
    *,
    files: tuple[Path, ...],
    pose_name: str | None,
    jobs: int,
    as_json: bool,
    as_csv: bool,
    report: Path | None,
    force: bool,
    out: Path | None,
    resume: bool,
    address: str | None,
    send: bool,
    every_s: float | None,
    quiet: bool,
    rotate: int | None,
    model: Path | None,
) -> int:
    """Count the held seconds of clips and judge photos, as fast as the machine goes.

    FILES may be folders: the clips and photos in them, and in those inside them, are scored.

    Without --pose it also tells which stretch it is, and how sure that is, or "none".

    A file that cannot be read is told, the others are scored, and the exit status is 1.
    """
    if as_json and as_csv:
        raise click.UsageError("--json and --csv are two forms of the same; take one.")
    if out is not None and (as_csv or report is not None):
        raise click.UsageError("--out takes JSON lines alone: leave --csv and --report.")
    if resume and out is None:
        raise click.UsageError("--resume goes on with a file: name it with --out.")
    if send and address is None:
        raise click.UsageError("--send is for the workers of --dask.")
    if report is not None:
        check_may_be_written(report, force=force)
    model_file(model)  # said once, and not of each file
    settings = _settings(pose_name, model, every_s, rotate or 0)
    shown = ScoresShown(
        as_json=as_json,
        as_csv=as_csv,
        page=report,
        may_replace=force,
        pose=None if settings.is_sought else settings.poses[0],
    )
    settings = replace(settings, keeps_frames=shown.needs_frames)
    interrupts.heed()
    problems: list[str] = []
    found = list(files_of(files, problems))
    crew = _Crew(jobs, address, send, quiet)
    if out is not None:
        return _into_file(out, found, settings, crew, problems, resume=resume)
    try:
        for score in _scores(found, settings, crew, problems):
            shown.add(score)
    finally:  # also when interrupted: what is done is shown
        shown.end()
    if problems:
        raise FormcheckError("\nformcheck: ".join(problems))
    return 0


def _settings(
    pose_name: str | None, model: Path | None, every_s: float | None, rotate_deg: int
) -> Settings:
    if pose_name is not None:
        return Settings(
            (find_pose(pose_name),), model=model, every_s=every_s, rotate_deg=rotate_deg
        )
    left_out: list[str] = []
    poses = tuple(every_pose(left_out))
    for problem in left_out:
        click.echo(f"formcheck: {printable(problem)}", err=True)
    return Settings(poses, is_sought=True, model=model, every_s=every_s, rotate_deg=rotate_deg)


class _Crew:
    """Who is to score, as the person says."""

    def __init__(self, jobs: int, address: str | None, do_send: bool, is_quiet: bool) -> None:
        self._jobs = jobs
        self._address = address
        self._do_send = do_send
        self.is_quiet = is_quiet

    def at_work(
        self, files: Sequence[Path], settings: Settings, shown: Tally, *, may_be_alone: bool
    ) -> AbstractContextManager[Crew]:
        """Return it, ready to score these files."""
        if self._address is not None:
            return cluster(self._address, do_send=self._do_send)
        # A process takes seconds to start, and a file that is not there needs none.
        needed = sum(map(os.path.isfile, files))
        if may_be_alone and needed <= 1:
            return alone(shown.tell)
        return processes(max(1, min(self._jobs, needed)), settings, shown.tell)


def _scores(
    files: Sequence[Path], settings: Settings, crew: _Crew, problems: list[str]
) -> Iterator[Score]:
    """Yield each file's score, in the files' order; note what is wrong in `problems` and go on."""
    interruption: KeyboardInterrupt | None = None
    with (
        tally([file.name for file in files], is_quiet=crew.is_quiet) as shown,
        crew.at_work(files, settings, shown, may_be_alone=True) as workers,
        closing(_told(workers, files, settings, shown)) as answers,
        closing(in_order(answers)) as each_in_turn,
    ):
        for answer in each_in_turn:
            scored = answer.scored
            problems += scored.problems
            if scored.score is not None:
                yield scored.score
            if scored.interruption is not None:
                assert isinstance(scored.score, ClipScore | NoPose)
                name = printable(str(scored.file))
                click.echo(f"Interrupted at {scored.score.duration_s:.1f} s of {name}.", err=True)
                interruption = scored.interruption
    if interruption is not None:
        raise interruption


def _told(crew: Crew, files: Sequence[Path], settings: Settings, shown: Tally) -> Generator[Answer]:
    """Yield what became of each file as it comes, and show it."""
    for answer in crew.scored(files, settings, count=len(files), tell=shown.tell):
        shown.finish(answer.job.number, has_failed=answer.scored.score is None)
        yield answer


def _into_file(
    out: Path,
    found: Sequence[Path],
    settings: Settings,
    crew: _Crew,
    problems: list[str],
    *,
    resume: bool,
) -> int:
    """Write what becomes of each file into `out` as it comes; return the exit status."""
    interruption: KeyboardInterrupt | None = None
    with Results(out, settings, version("formcheck"), resume=resume) as results:
        files = results.left(found)
        with (
            tally([file.name for file in files], is_quiet=crew.is_quiet, in_lines=True) as shown,
            crew.at_work(files, settings, shown, may_be_alone=False) as workers,
            closing(_told(workers, files, settings, shown)) as answers,
        ):
            for answer in answers:
                if answer.scored.interruption is not None:
                    interruption = answer.scored.interruption
                else:
                    results.add(answer.job, answer.scored)
        done, failed = shown.done, shown.failed
    if not crew.is_quiet:
        before = f", {len(found) - len(files)} were done before" if resume else ""
        told = f"{done} of {len(files)} scored, {failed} failed{before}: {printable(str(out))}"
        click.echo(told, err=True)
    if interruption is not None:
        click.echo(f"Interrupted. Go on with: --out {printable(str(out))} --resume", err=True)
        raise interruption
    if failed:
        problems.append(
            f"{failed} of {len(files)} files could not be scored. Their sentences are in {out}."
        )
    if problems:
        raise FormcheckError("\nformcheck: ".join(problems))
    return 0
