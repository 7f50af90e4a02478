"""What the person wants recorded, and into which file."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import click

if TYPE_CHECKING:
    from formcheck.io.recording.recorder import Draw, Recorder
    from formcheck.session import Session


@dataclass(frozen=True, slots=True)
class RecordingChoice:
    """Which file, if any, and which picture."""

    path: Path | None
    is_annotated: bool
    force: bool

    def of_step(self, number: int, pose_name: str) -> Self:
        """Return the choice for one exercise of several: a file of its own, named after it.

        Args:
            number: Of the exercise, from 1.
            pose_name: What is held in it.
        """
        if self.path is None or self.path.suffix.lower() != ".mp4":  # which `open` refuses
            return self
        return replace(self, path=self.path.with_stem(f"{self.path.stem}-{number}-{pose_name}"))

    def open(self, session: "Session") -> "Recorder | None":
        """Return the sink that records a session; None where nothing is to be recorded.

        Raises:
            FormcheckError: There are such files already, or they cannot be made there.
        """
        if self.path is None:
            return None
        from formcheck.io.recording.recorder import Recorder

        draw = _annotated(session) if self.is_annotated else None
        return Recorder(self.path, session, draw, force=self.force)


NOT_RECORDED: Final = RecordingChoice(None, is_annotated=False, force=False)


def recording_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add `--record`, `--annotated` and `--force` to a command, as its argument `recording`."""

    @click.option(
        "--record",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Keep the pictures in FILE (.mp4), with the landmarks and what was counted "
        "beside it. Otherwise no picture is kept.",
    )
    @click.option(
        "--annotated", is_flag=True, help="Record what the window shows, not the bare picture."
    )
    @click.option("--force", is_flag=True, help="Let --record replace its files if they are there.")
    @wraps(command)
    def with_recording(*, record: Path | None, annotated: bool, force: bool, **others: Any) -> int:
        if record is None and (annotated or force):
            raise click.UsageError("--annotated and --force belong to --record FILE.")
        return command(recording=RecordingChoice(record, annotated, force), **others)

    return with_recording


def _annotated(session: "Session") -> "Draw":
    # Drawn anew, since there may be no window, and one of another size.
    from formcheck.ui.window.overlay import Overlay

    return Overlay(session.pose, plan=session.plan).draw
