"""`formcheck ROUTINE [SOURCE]`: several stretches one after the other."""

import click

from formcheck.catalogue import poses_of
from formcheck.cli.live.coaching import coach
from formcheck.cli.wishes.plan import PlanChoice, plan_options
from formcheck.cli.wishes.wishes import Wishes, wishes_options
from formcheck.pose.routine import Routine
from formcheck.speech.rest import rest_before
from formcheck.store import Store


def routine_command(routine: Routine) -> click.Command:
    """Return the command that coaches this routine."""

    @click.command(routine.name, short_help=routine.title, help=_help(routine))
    @plan_options("routine")
    @wishes_options
    def command(*, plan: PlanChoice, wishes: Wishes) -> int:
        store, poses = Store(), poses_of(routine)
        exercises = [
            plan.exercise(
                poses[step.pose],
                store,
                hold_s=step.hold_s,
                rest=rest_before(routine, number, poses),
                is_last=number + 1 == len(routine.steps),
            )
            for number, step in enumerate(routine.steps)
        ]
        coach(exercises, wishes, store)
        return 0

    return command


def _help(routine: Routine) -> str:
    poses = poses_of(routine)
    steps = "\n".join(
        f"{number}. {poses[step.pose].title} (formcheck {step.pose} --help)"
        for number, step in enumerate(routine.steps, start=1)
    )
    return (
        f"{routine.summary}\n\n{routine.why}\n\n\b\n{steps}\n\nThe options are for each of them; "
        f"--record makes a file of each, FILE-1-{routine.steps[0].pose}.mp4 and so on. SOURCE is "
        f"a camera number, a device, a URL or a clip; by default camera 0. It goes on by itself, "
        f"and ends when nobody has been seen for five minutes. In the window: q or Esc ends, "
        f"space pauses, or ends a rest, f fills the screen."
    )
