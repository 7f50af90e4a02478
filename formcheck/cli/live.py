"""`formcheck POSE [SOURCE]`: coach a stretch live."""

from math import isnan
from pathlib import Path
from typing import Literal

import click

from formcheck.cli.calibrate import known_depths
from formcheck.cli.coaching import coach
from formcheck.cli.hearing import HearingChoice, hearing_options
from formcheck.cli.options import model_option
from formcheck.cli.performance import Exercise, Wishes
from formcheck.cli.recording import RecordingChoice, recording_options
from formcheck.ledger import SIDES
from formcheck.plan import Plan
from formcheck.pose import PoseDefinition
from formcheck.store import Store


def pose_command(pose: PoseDefinition) -> click.Command:
    """Return the command that coaches this pose."""

    @click.command(pose.name, short_help=pose.title, help=_help(pose))
    @click.argument("source", default="0")
    @click.option(
        "--hold",
        "target_s",
        type=click.FloatRange(min=1, max=3600),
        default=pose.dosage.hold_s,
        show_default=True,
        metavar="SECONDS",
        callback=_number,
        help="How long to hold each side.",
    )
    @click.option(
        "--sides",
        type=click.Choice(("both", *SIDES)),
        default="both",
        show_default=True,
        help="Which sides to hold.",
    )
    @click.option(
        "--sets",
        type=click.IntRange(min=1, max=20),
        default=1,
        show_default=True,
        help="How often each side is to be held so long.",
    )
    @click.option(
        "--own-depth",
        is_flag=True,
        help="Take the depth of the first ten calm seconds of each side as yours, today.",
    )
    @hearing_options
    @recording_options
    @click.option("--terminal", is_flag=True, help="No window: show the state in the terminal.")
    @model_option
    def command(
        *,
        source: str,
        target_s: float,
        sides: Literal["both", "left", "right"],
        sets: int,
        own_depth: bool,
        hearing: HearingChoice,
        recording: RecordingChoice,
        terminal: bool,
        model: Path | None,
    ) -> int:
        plan = Plan.of(
            pose, hold_s=target_s, sides=SIDES if sides == "both" else (sides,), sets=sets
        )
        store = Store()
        exercise = Exercise(
            pose,
            plan,
            depths={} if own_depth else known_depths(store, pose),
            find_depth=own_depth and pose.depth is not None,
        )
        coach([exercise], Wishes(source, hearing, recording, terminal, model), store)
        return 0

    return command


def _number(_context: click.Context, _option: click.Parameter, value: float) -> float:
    if isnan(value):  # lies in every range
        raise click.BadParameter("a number of seconds is needed, e.g. 60")
    return value


def _help(pose: PoseDefinition) -> str:
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(pose.how, start=1))
    safety = "\n".join(f"- {note}" for note in pose.safety)
    return (
        f"{pose.summary}\n\nSOURCE is a camera number, a device, a URL or a clip; by default "
        f"camera 0. It ends by itself when every side is done. In the window: q or Esc ends, "
        f"space pauses, f fills the screen.\n\n"
        f"\b\n{steps}\n\nSafety:\n\n\b\n{safety}"
    )
