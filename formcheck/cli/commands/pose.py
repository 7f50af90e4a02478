"""`formcheck POSE [SOURCE]`: coach a stretch live."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formcheck.cli.live.beginning import Beginning
from formcheck.cli.wishes.plan import PlanChoice, plan_options
from formcheck.cli.wishes.wishes import Wishes, wishes_options

if TYPE_CHECKING:
    from formcheck.pose.definition import PoseDefinition


def pose_command(path: Path, *, is_sure: bool) -> click.Command:
    """Return the command that coaches the pose of this file, which is read when it is needed.

    Args:
        path: Of the pose's file.
        is_sure: It is one of formcheck's own: nothing in it will be wrong once a window is up.
    """

    @click.command(path.stem, cls=_PoseCommand, path=path)
    @plan_options("pose")
    @wishes_options
    def command(*, plan: PlanChoice, wishes: Wishes) -> int:
        with Beginning(wishes, path.stem) as beginning:
            if is_sure:
                beginning.hurry()
            pose = beginning.load(lambda: _ready(path))
            from formcheck.cli.live.coaching import coach
            from formcheck.store import Store

            store = Store()
            coach([plan.exercise(pose, store)], wishes, store, beginning)
        return 0

    return command


class _PoseCommand(click.Command):
    """A command whose help is its pose's."""

    def __init__(self, *arguments: Any, path: Path, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._path = path

    def get_short_help_str(self, limit: int = 45) -> str:
        return _read(self._path).title

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = _help(_read(self._path))
        super().format_help_text(ctx, formatter)


def _ready(path: Path) -> "PoseDefinition":
    """Load what coaches, and return the pose."""
    import_module("formcheck.cli.live.coaching")
    return _read(path)


def _read(path: Path) -> "PoseDefinition":
    from formcheck.pose.definition import read_pose

    return read_pose(path)


def _help(pose: "PoseDefinition") -> str:
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(pose.how, start=1))
    safety = "\n".join(f"- {note}" for note in pose.safety)
    return (
        f"{pose.summary}\n\nSOURCE is a camera number, a device, a URL or a clip; by default "
        f"camera 0. Each side is held for {pose.dosage.hold_s:g} seconds, or as --hold says. "
        f"It ends by itself when every side is done, or when nobody has been seen for "
        f"five minutes. In the window: q or Esc ends, space pauses, f fills the screen.\n\n"
        f"\b\n{steps}\n\nSafety:\n\n\b\n{safety}"
    )
