"""`formcheck calibrate [POSE] [SOURCE]`: learn how far the person goes comfortably."""

from math import isfinite
from pathlib import Path

import click

from formcheck.body.landmarks import SIDES, Side
from formcheck.catalogue import load_pose
from formcheck.cli.live.coaching import coach
from formcheck.cli.live.exercise import Exercise
from formcheck.cli.options import complete_pose, model_option, refuse_source, rotate_camera_option
from formcheck.cli.wishes.recording import NOT_RECORDED
from formcheck.cli.wishes.sound import SoundChoice, sound_options
from formcheck.cli.wishes.wishes import Wishes
from formcheck.errors import FormcheckError
from formcheck.judge.depth import CALM_S
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.plan import Plan
from formcheck.run import Moment
from formcheck.session import Session
from formcheck.store import Store, StoreError

_SETTLING_S = 3.0
"""Beyond the calm seconds: whoever has slid in still sinks a little at first."""


@click.command("calibrate", short_help="Learn how far you go comfortably: ten calm seconds a side.")
@click.argument(
    "pose_name", default="lunge-stretch", metavar="[POSE]", shell_complete=complete_pose
)
@click.argument("source", default="0")
@click.option("--terminal", is_flag=True, help="No window: show the state in the terminal.")
@sound_options
@rotate_camera_option
@model_option
def calibrate_command(
    *,
    pose_name: str,
    source: str,
    sound: SoundChoice,
    terminal: bool,
    rotate: int | None,
    model: Path | None,
) -> int:
    """Learn how far you go comfortably, and take that as the target from now on.

    POSE is a stretch, by default lunge-stretch; SOURCE a camera number, a device, a URL or a clip,
    by default camera 0.

    Go in slowly, only to a mild stretch, and hold still until the other side is asked for. Each
    side is kept as soon as it is found. What is less than the reference then counts as well, and
    more is never asked. Do it again whenever it has changed; `formcheck forget` removes it.
    """
    refuse_source(pose_name, "formcheck calibrate")
    pose = load_pose(pose_name)
    if pose.depth is None:
        raise FormcheckError(
            f"{pose.name} has no depth that differs between people. Try lunge-stretch."
        )
    store = Store()
    plan = Plan.of(pose, hold_s=CALM_S + _SETTLING_S)
    keeping = Keeping(store, pose)
    exercise = Exercise(pose, plan, find_depth=True, also=keeping.of)
    try:
        wishes = Wishes(source, sound, NOT_RECORDED, terminal, model, rotate)
        coach([exercise], wishes, store)
    finally:  # a Ctrl-C or a lost camera takes nothing back
        keeping.tell()
    if keeping.problem is not None:
        raise keeping.problem
    if not keeping.depths:
        raise FormcheckError(
            f"No side was held calmly for {CALM_S:.0f} s, so nothing was learnt. Try again."
        )
    return 0


class Keeping:
    """The sink that keeps the depth of each side as soon as it is found."""

    def __init__(self, store: Store, pose: PoseDefinition) -> None:
        """Keep depths of this pose here."""
        self.depths: dict[Side, float] = {}
        """What is kept, in degrees."""
        self.problem: StoreError | None = None
        """Why something found is not kept; None where all is."""
        self._store, self._pose = store, pose
        self._session: Session | None = None

    def of(self, session: Session) -> "Keeping":
        """Return itself, keeping what this session finds."""
        self._session = session
        return self

    def take(self, moment: Moment) -> None:
        """Keep what has been found by now."""
        if moment.outcome is not None and self.problem is None:
            self._keep()

    def close(self) -> None:
        """Try once more to keep what could not be kept when it was found."""
        self._keep()

    def tell(self) -> None:
        """Print what is kept, and which side is still to do."""
        for side, depth in self.depths.items():
            click.echo(f"Your own depth on the {side}: {depth:.0f} degrees. It is kept.")
        asked = self._session.plan.sides if self._session is not None else ()
        missing = [side for side in asked if side not in self.depths]
        if self.depths and missing and self.problem is None:
            click.echo(
                f"The {missing[0]} was not held calmly for {CALM_S:.0f} s, so nothing new is "
                "learnt of it. Calibrate again to add it."
            )

    def _keep(self) -> None:
        assert self._session is not None
        try:
            for side, depth in self._session.depths.items():
                if side not in self.depths:
                    kept = round(depth, 1)
                    self._store.settings.set(_name(self._pose, side), kept)
                    self.depths[side] = kept  # what is told is what is kept, to the degree
        except StoreError as error:
            self.problem = error
        else:
            self.problem = None


def known_depths(store: Store, pose: PoseDefinition) -> dict[Side, float]:
    """Return the person's own depth on each side, as far as it was learnt."""
    known: dict[Side, float] = {}
    for side in SIDES:
        depth = store.settings.get(_name(pose, side)) if pose.depth else None
        if isinstance(depth, bool) or not isinstance(depth, int | float):
            continue
        if isfinite(depth):
            known[side] = float(depth)
    return known


def _name(pose: PoseDefinition, side: Side) -> str:
    return f"depth/{pose.name}/{side}"
