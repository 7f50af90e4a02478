"""`formcheck POSE [SOURCE]`: coach a stretch live."""

import click

from formcheck.cli.live.coaching import coach
from formcheck.cli.live.exercise import Wishes, wishes_options
from formcheck.cli.live.planning import PlanChoice, plan_options
from formcheck.pose.definition import PoseDefinition
from formcheck.store import Store


def pose_command(pose: PoseDefinition) -> click.Command:
    """Return the command that coaches this pose."""

    @click.command(pose.name, short_help=pose.title, help=_help(pose))
    @plan_options(pose.dosage.hold_s)
    @wishes_options
    def command(*, plan: PlanChoice, wishes: Wishes) -> int:
        store = Store()
        coach([plan.exercise(pose, store)], wishes, store)
        return 0

    return command


def _help(pose: PoseDefinition) -> str:
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(pose.how, start=1))
    safety = "\n".join(f"- {note}" for note in pose.safety)
    return (
        f"{pose.summary}\n\nSOURCE is a camera number, a device, a URL or a clip; by default "
        f"camera 0. It ends by itself when every side is done, or when nobody has been seen for "
        f"five minutes. In the window: q or Esc ends, space pauses, f fills the screen.\n\n"
        f"\b\n{steps}\n\nSafety:\n\n\b\n{safety}"
    )
