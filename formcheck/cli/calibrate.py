"""`formcheck calibrate [POSE] [SOURCE]`: learn how far the person goes comfortably."""

from math import isfinite
from pathlib import Path

import click

from formcheck.cli.coaching import Exercise, Wishes, coach
from formcheck.cli.hearing import HearingChoice, hearing_options
from formcheck.cli.options import model_option, refuse_source
from formcheck.cli.recording import NOT_RECORDED
from formcheck.depth import CALM_S
from formcheck.errors import FormcheckError
from formcheck.landmarks import Side
from formcheck.ledger import SIDES
from formcheck.plan import Plan
from formcheck.pose import PoseDefinition, load_pose
from formcheck.store import Store

_SETTLING_S = 3.0
"""Beyond the calm seconds: whoever has slid in still sinks a little at first."""


@click.command("calibrate", short_help="Learn how far you go comfortably: ten calm seconds a side.")
@click.argument("pose_name", default="lunge-stretch", metavar="[POSE]")
@click.argument("source", default="0")
@click.option("--terminal", is_flag=True, help="No window: show the state in the terminal.")
@hearing_options
@model_option
def calibrate_command(
    *, pose_name: str, source: str, hearing: HearingChoice, terminal: bool, model: Path | None
) -> int:
    """Learn how far you go comfortably, and take that as the target from now on.

    Go in slowly, only to a mild stretch, and hold still until the other side is asked for. What is
    less than the reference then counts as well, and more is never asked. Do it again whenever it
    has changed; `formcheck forget` removes it.
    """
    refuse_source(pose_name, "formcheck calibrate")
    pose = load_pose(pose_name)
    if pose.depth is None:
        raise FormcheckError(
            f"{pose.name} has no depth that differs between people. Try lunge-stretch."
        )
    store = Store()
    plan = Plan.of(pose, hold_s=CALM_S + _SETTLING_S)
    exercise = Exercise(pose, plan, find_depth=True)
    (session,) = coach([exercise], Wishes(source, hearing, NOT_RECORDED, terminal, model), store)
    if not session.depths:
        raise FormcheckError(
            f"No side was held calmly for {CALM_S:.0f} s, so nothing was learnt. Try again."
        )
    for side, depth in session.depths.items():
        store.settings.set(_name(pose, side), round(depth, 1))
        click.echo(f"Your own depth on the {side}: {depth:.0f} degrees. It is kept.")
    return 0


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
