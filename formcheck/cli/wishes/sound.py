"""What the person wants to hear, and where it is written down."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click


@dataclass(frozen=True, slots=True)
class SoundChoice:
    """What the person wants to hear, and where it is written down."""

    is_muted: bool
    with_voice: bool
    transcript: Path | None


def sound_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add `--mute`, `--no-voice` and `--transcript` to a command, as its argument `sound`."""

    @click.option("--mute", is_flag=True, help="Play no sound.")
    @click.option("--no-voice", is_flag=True, help="Play tones, and say nothing.")
    @click.option(
        "--transcript",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write down what is said, and when: JSON lines, also with --mute.",
    )
    @wraps(command)
    def with_hearing(*, mute: bool, no_voice: bool, transcript: Path | None, **others: Any) -> int:
        return command(sound=SoundChoice(mute, not no_voice, transcript), **others)

    return with_hearing
