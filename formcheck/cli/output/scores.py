"""What `formcheck score` prints of each file's score as it comes, and of all at the end."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from formcheck.cli.output.console import plain_console
from formcheck.cli.output.frames_csv import frames_csv
from formcheck.cli.output.tables import score_table
from formcheck.pose.definition import PoseDefinition
from formcheck.printable import printable
from formcheck.result.score import NoPose, Score
from formcheck.store.private_files import write_privately


class ScoresShown:
    """Shows scores as JSON or CSV lines or one table, and writes the page where one is wanted."""

    def __init__(
        self,
        *,
        as_json: bool,
        as_csv: bool,
        page: Path | None,
        may_replace: bool,
        pose: PoseDefinition | None,
    ) -> None:
        """Show none yet.

        Args:
            as_json: A JSON object a line, a line a score.
            as_csv: What was measured, a line a frame.
            page: Where the page goes; None for no page.
            may_replace: The page may take the place of a file.
            pose: What was judged by, where it was named.
        """
        self._as_json = as_json
        self._as_csv = as_csv
        self._page = page
        self._may_replace = may_replace
        self._pose = pose
        self._scores: list[Score] = []
        self._has_heading = False

    @property
    def needs_frames(self) -> bool:
        """Whether what was measured in each frame is shown."""
        return self._as_csv or self._page is not None

    def add(self, score: Score) -> None:
        """Take in the next score."""
        if self._as_json:
            click.echo(json.dumps(score.as_json(), allow_nan=False))
        if self._as_csv:
            click.echo(frames_csv(score, has_heading=not self._has_heading), nl=False)
            self._has_heading = True
        if self._page is not None or not (self._as_json or self._as_csv):
            self._scores.append(score if self._page is not None else _without_rows(score))

    def end(self) -> None:
        """Show what is shown of all together.

        Raises:
            FormcheckError: The page cannot be written.
        """
        if not self._scores:
            return
        if self._page is not None:
            self._write_page(self._page)
        if not self._as_json and not self._as_csv:
            # A file or a pipe has no width in which names would have to be broken.
            console = plain_console()
            console = console if console.is_terminal else plain_console(width=200)
            console.print(score_table(self._scores))

    def _write_page(self, path: Path) -> None:
        # Only now: the charts take a second to load.
        from formcheck.report.clips import clips_page

        page = clips_page(self._scores, self._pose, datetime.now().astimezone())
        write_privately(
            path, lambda file: file.write(page.encode("utf-8")), force=self._may_replace
        )
        click.echo(printable(f"The page is in {path.absolute()}"), err=True)


def _without_rows(score: Score) -> Score:
    """Return a score that takes no room."""
    return score if isinstance(score, NoPose) else replace(score, rows=())
