"""`formcheck ROUTINE [SOURCE]`: several stretches one after the other."""

from pathlib import Path

import click

from formcheck.cli.calibrate import known_depths
from formcheck.cli.coaching import coach
from formcheck.cli.hearing import HearingChoice, hearing_options
from formcheck.cli.options import model_option
from formcheck.cli.performance import Exercise, Wishes
from formcheck.cli.recording import NOT_RECORDED
from formcheck.plan import Plan
from formcheck.routine import Routine, poses_of
from formcheck.store import Store


def routine_command(routine: Routine) -> click.Command:
    """Return the command that coaches this routine."""

    @click.command(routine.name, short_help=routine.title, help=_help(routine))
    @click.argument("source", default="0")
    @click.option(
        "--hold",
        "hold_s",
        type=click.FloatRange(min=1, max=3600),
        metavar="SECONDS",
        help="How long to hold each side of each stretch; as the routine says by default.",
    )
    @hearing_options
    @click.option("--terminal", is_flag=True, help="No window: show the state in the terminal.")
    @model_option
    def command(
        *,
        source: str,
        hold_s: float | None,
        hearing: HearingChoice,
        terminal: bool,
        model: Path | None,
    ) -> int:
        store, poses = Store(), poses_of(routine)
        exercises = [
            Exercise(
                poses[step.pose],
                Plan.of(poses[step.pose], hold_s=hold_s or step.hold_s),
                depths=known_depths(store, poses[step.pose]),
                rest=routine.rest_before(number, poses),
            )
            for number, step in enumerate(routine.steps)
        ]
        coach(exercises, Wishes(source, hearing, NOT_RECORDED, terminal, model), store)
        return 0

    return command


def _help(routine: Routine) -> str:
    poses = poses_of(routine)
    steps = "\n".join(
        f"{number}. {poses[step.pose].title} (formcheck {step.pose} --help)"
        for number, step in enumerate(routine.steps, start=1)
    )
    return (
        f"{routine.summary}\n\n{routine.why}\n\n\b\n{steps}\n\nSOURCE is a camera number, a "
        f"device, a URL or a clip; by default camera 0. It goes on by itself. In the window: q or "
        f"Esc ends, space pauses, or ends a rest, f fills the screen."
    )
