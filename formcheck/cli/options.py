"""Options that several commands share."""

from pathlib import Path

import click

model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar="FILE.task",
    help="Another MediaPipe pose bundle, for instance heavy or lite.",
)
