"""Films of a hold, made of what each frame brings, and what the hold makes of them."""

from dataclasses import dataclass

from formcheck.body.landmarks import Side
from formcheck.judge.form import Form, FormVerdict
from formcheck.judge.hold import Hold, HoldState
from formcheck.judge.motion import LAG_S
from formcheck.pose.parts import HoldRules
from tests.factories import IN_FORM

RULES = HoldRules()
LOST_FROM_SIGHT = (Form.UNSEEN, Form.NO_PERSON)


@dataclass(frozen=True)
class Shot:
    """What one frame brings."""

    time_s: float
    verdict: FormVerdict = IN_FORM
    leg: Side = "left"
    is_calm: bool = True
    is_paused: bool = False
    is_moving: bool = False

    @property
    def is_good(self) -> bool:
        return self.verdict.form is Form.IN_FORM and not self.is_paused


@dataclass(frozen=True)
class Phase:
    """Something that lasts."""

    seconds: float
    verdict: FormVerdict = IN_FORM
    leg: Side = "left"
    is_calm: bool = True
    is_paused: bool = False
    is_moving: bool = False
    """Fast; it is never calm then."""


def film(*phases: Phase, fps: int = 10, start_s: float = 0.0) -> list[Shot]:
    """Film the phases one after the other: each has its frames from its start on."""
    shots: list[Shot] = []
    for phase in phases:
        for _ in range(round(phase.seconds * fps)):
            time_s = start_s + len(shots) / fps
            is_calm = phase.is_calm and not phase.is_moving
            shots.append(
                Shot(time_s, phase.verdict, phase.leg, is_calm, phase.is_paused, phase.is_moving)
            )
    return shots


def watch(shots: list[Shot], rules: HoldRules = RULES) -> tuple[Hold, list[HoldState]]:
    hold = Hold(rules)
    states = []
    calm_since_s: float | None = None
    was_moving = False
    for shot in shots:
        if not shot.is_calm:
            calm_since_s = None
        elif calm_since_s is None:
            # A body that moved is called calm when the middle of the window was.
            calm_since_s = shot.time_s - (LAG_S if was_moving else 0.0)
        was_moving = shot.is_moving
        states.append(
            hold.step(
                shot.time_s,
                shot.verdict,
                shot.leg,
                calm_since_s,
                is_moving=shot.is_moving,
                is_paused=shot.is_paused,
            )
        )
    return hold, states


def told(*phases: Phase, fps: int = 10) -> list[tuple[float, float, str]]:
    """Return the ledger of a film: start, end, state."""
    hold, _ = watch(film(*phases, fps=fps))
    return [
        (
            round(interval.start_s, 6),
            round(interval.end_s, 6),
            interval.state.value + (" bridged" if interval.is_bridged else ""),
        )
        for interval in hold.intervals()
    ]


def held_s(shots: list[Shot]) -> float:
    return sum(watch(shots)[0].held_s.values())
