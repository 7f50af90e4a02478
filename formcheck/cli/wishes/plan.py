"""What the person wants to do of a stretch, or of each stretch of a routine."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from math import isnan
from typing import TYPE_CHECKING, Any

import click

from formcheck.body.landmarks import SIDES, Side

if TYPE_CHECKING:
    from formcheck.cli.live.exercise import Exercise
    from formcheck.pose.definition import PoseDefinition
    from formcheck.speech.rest import Rest
    from formcheck.store import Store


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """How long, on which sides, how often, and how deep."""

    hold_s: float | None
    """Seconds a side and set; None as the pose or the routine says."""
    sides: tuple[Side, ...]
    sets: int
    own_depth: bool
    """Find the person's own depth today, in place of what is known of it."""

    def exercise(
        self,
        pose: "PoseDefinition",
        store: "Store",
        *,
        hold_s: float | None = None,
        rest: "Rest | None" = None,
        is_last: bool = True,
    ) -> "Exercise":
        """Return the exercise that it makes of a pose.

        Args:
            pose: What to hold.
            store: Knows the person's own depth.
            hold_s: Seconds a side where none were chosen; the pose's own dose by default.
            rest: Before it; none by default.
            is_last: No other exercise follows.
        """
        from formcheck.cli.commands.calibrate import known_depths
        from formcheck.cli.live.exercise import Exercise
        from formcheck.pose.plan import Plan
        from formcheck.speech.rest import NO_REST

        plan = Plan.of(
            pose,
            hold_s=self.hold_s or hold_s,
            sides=self.sides,
            sets=self.sets,
            is_last=is_last,
        )
        return Exercise(
            pose,
            plan,
            depths={} if self.own_depth else known_depths(store, pose),
            find_depth=self.own_depth and pose.depth is not None,
            rest=NO_REST if rest is None else rest,
        )


def plan_options(who_says: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Return what adds `--hold`, `--sides`, `--sets` and `--own-depth` to a command.

    They come as its argument `plan`.

    Args:
        who_says: What says how long is held without `--hold`: "pose" or "routine".
    """

    def with_options(command: Callable[..., int]) -> Callable[..., int]:
        @click.option(
            "--hold",
            "hold_s",
            type=click.FloatRange(min=1, max=3600),
            show_default=f"as the {who_says} says",
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
        @wraps(command)
        def with_plan(
            *, hold_s: float | None, sides: Any, sets: int, own_depth: bool, **others: Any
        ) -> int:
            asked = SIDES if sides == "both" else (sides,)
            return command(plan=PlanChoice(hold_s, asked, sets, own_depth), **others)

        return with_plan

    return with_options


def _number(_context: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    if value is not None and isnan(value):  # lies in every range
        raise click.BadParameter("a number of seconds is needed, e.g. 60")
    return value
