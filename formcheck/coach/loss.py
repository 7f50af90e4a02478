"""Why seconds were lost, in words, and what would have mended it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from formcheck.body.landmarks import Side
from formcheck.coach.coach import ALIVE, BOUNCE, FACE, GET_IN_VIEW, SHOW_BODY, TURN, UNCOVER
from formcheck.judge.ledger import Interval, State, lost_by_reason
from formcheck.pose.definition import PoseDefinition

SMALLEST_LOSS_S: Final = 0.5
"""Less is not worth a line."""

_WORDS: Final[Mapping[str, str]] = {
    State.HELD.value: "held",
    State.NO_PERSON.value: "nobody in the picture",
    State.NEVER_MOVED.value: "never seen to move",
    State.UNSEEN.value: "not wholly in sight",
    State.TURNED.value: "turned too far",
    State.OUT_OF_FORM.value: "out of form",
    State.MOVING.value: "moving, or too short",
    State.PAUSED.value: "paused",
    State.NO_CAMERA.value: "no picture",
}

_REMEDIES: Final[Mapping[str, str]] = {
    State.NO_PERSON.value: GET_IN_VIEW.text,
    State.NEVER_MOVED.value: ALIVE.text,
    State.UNSEEN.value: SHOW_BODY.text,
    State.TURNED.value: TURN.text,
    State.MOVING.value: BOUNCE.text,
    State.NO_CAMERA.value: UNCOVER.text,
}
"""A pause was asked for: nothing mends it."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Seconds that were not held for one reason."""

    reason: str
    """A fault's name, or a state's."""
    seconds: float
    words: str
    remedy: str
    """The cue that mends it; empty where there is nothing to mend."""


def in_words(reason: str) -> str:
    """Return a reason in plain words: that of a fault is its name."""
    return _WORDS.get(reason, reason.replace("_", " "))


def remedy(reason: str, pose: PoseDefinition | None) -> str:
    """Return the cue that mends a reason; empty for none, or where the pose is not known."""
    fault = pose.fault_by_name.get(reason) if pose is not None else None
    if fault is not None:
        return fault.cue
    if reason == State.TURNED.value and pose is not None and pose.view.kind == "front":
        return FACE.text
    return _REMEDIES.get(reason, "")


def losses_of(lost_s: Mapping[str, float], pose: PoseDefinition | None) -> list[Loss]:
    """Return each reason with its seconds, most first, as `lost_by_reason` tells them."""
    return [
        Loss(reason, seconds, in_words(reason), remedy(reason, pose))
        for reason, seconds in lost_s.items()
    ]


def worth_telling(losses: Iterable[Loss]) -> list[Loss]:
    """Return the losses that are worth a line."""
    return [loss for loss in losses if loss.seconds >= SMALLEST_LOSS_S]


def largest_loss(intervals: Iterable[Interval], pose: PoseDefinition) -> Loss | None:
    """Return what most was lost to of what can be mended; None where hardly anything was.

    Coming, going and changing sides are no faults: between two holds of one side something was
    lost. Where nothing was held at all, everything was.
    """
    whole = tuple(intervals)
    is_held = any(each.state is State.HELD for each in whole)
    lost = lost_by_reason(_between_holds(whole) if is_held else whole)
    return next((loss for loss in worth_telling(losses_of(lost, pose)) if loss.remedy), None)


def _between_holds(intervals: Iterable[Interval]) -> Iterator[Interval]:
    side: Side | None = None
    since: list[Interval] = []
    for interval in intervals:
        if interval.state is not State.HELD:
            since.append(interval)
            continue
        if interval.side == side:
            yield from since
        side, since = interval.side, []


def told(loss: Loss) -> str:
    """Return a loss as a sentence, with what to do about it."""
    return f"Most was lost to {loss.words}: {loss.seconds:.1f} s. Next time: {loss.remedy.lower()}."
