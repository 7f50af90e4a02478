"""How the person wants to be coached, whatever the exercise."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from formcheck.cli.options import model_option, rotate_camera_option
from formcheck.cli.wishes.recording import RecordingChoice, recording_options
from formcheck.cli.wishes.sound import SoundChoice, sound_options


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the person wants to be coached, whatever the exercise."""

    source: str
    sound: SoundChoice
    recording: RecordingChoice
    terminal: bool
    """In the terminal, even where there is a screen."""
    model: Path | None
    rotate: int | None = None
    """Degrees clockwise by which to turn the picture; None for what is known of the camera."""


def wishes_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add SOURCE and what else `Wishes` has to a command, as its argument `wishes`."""

    @click.argument("source", default="0")
    @sound_options
    @recording_options
    @click.option("--terminal", is_flag=True, help="No window: show the state in the terminal.")
    @rotate_camera_option
    @model_option
    @wraps(command)
    def with_wishes(
        *,
        source: str,
        sound: SoundChoice,
        recording: RecordingChoice,
        terminal: bool,
        rotate: int | None,
        model: Path | None,
        **others: Any,
    ) -> int:
        wishes = Wishes(source, sound, recording, terminal, model, rotate)
        return command(wishes=wishes, **others)

    return with_wishes
