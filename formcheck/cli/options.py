"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from click.shell_completion import CompletionItem

from formcheck.errors import FormcheckError
from formcheck.picture.rotation import TURNS
from formcheck.redaction import without_secrets

F = TypeVar("F", bound=Callable[..., object])

model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar="FILE.task",
    help="Another MediaPipe pose bundle, for instance heavy or lite.",
)

_SO_FAR = click.Choice([str(turn) for turn in TURNS])


def rotate_option(of_what: str) -> Callable[[F], F]:
    """Return the option that turns pictures upright, worded for a camera or for files."""
    return click.option(
        "--rotate",
        type=_SO_FAR,
        callback=lambda _context, _option, value: None if value is None else int(value),
        metavar="DEGREES",
        help=f"Turn {of_what} clockwise by 90, 180 or 270.",
    )


rotate_camera_option = rotate_option("the picture")
"""For a command that looks at a camera, of which it is remembered; 0 forgets it."""


def complete_pose(
    _ctx: click.Context, _parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Return the poses whose names begin so, for a shell; for a path it looks by itself."""
    from formcheck.catalogue import pose_names

    names = [CompletionItem(name) for name in pose_names() if name.startswith(begun)]
    return names or [CompletionItem(begun, type="file")]


def refuse_source(name: str, command: str) -> None:
    """Refuse a camera, a clip or a URL where a pose has to be named before it: none is called so.

    Raises:
        FormcheckError: `name` is one; it tells the command with a pose.
    """
    if name.isdecimal() or not set(name).isdisjoint("./\\:"):
        name = without_secrets(name)
        raise FormcheckError(
            f"{name:.200} is what to look at, not a stretch. Name the stretch first: "
            f"{command} lunge-stretch {name:.200}"
        )
