"""`formcheck POSE [SOURCE]`: coach a stretch live."""

from pathlib import Path

import click

from formcheck.cli.live.coaching import coach
from formcheck.cli.live.exercise import Wishes
from formcheck.cli.live.planning import PlanChoice, plan_options
from formcheck.cli.live.recording import RecordingChoice, recording_options
from formcheck.cli.live.sound_output import SoundChoice, sound_options
from formcheck.cli.options import model_option, rotate_camera_option
from formcheck.pose.definition import PoseDefinition
from formcheck.store import Store


def pose_command(pose: PoseDefinition) -> click.Command:
    """Return the command that coaches this pose."""

    @click.command(pose.name, short_help=pose.title, help=_help(pose))
    @click.argument("source", default="0")
    @plan_options(pose.dosage.hold_s)
    @sound_options
    @recording_options
    @click.option("--terminal", is_flag=True, help="No window: show the state in the terminal.")
    @rotate_camera_option
    @model_option
    def command(
        *,
        source: str,
        plan: PlanChoice,
        sound: SoundChoice,
        recording: RecordingChoice,
        terminal: bool,
        rotate: int | None,
        model: Path | None,
    ) -> int:
        store = Store()
        wishes = Wishes(source, sound, recording, terminal, model, rotate)
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
