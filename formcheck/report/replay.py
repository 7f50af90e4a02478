"""A recorded session as a figure that moves along its ribbon."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from formcheck.body.landmarks import PoseLandmarks
from formcheck.body.view import see
from formcheck.coach.loss import in_words
from formcheck.figure.any_view import LIMBS
from formcheck.figure.seen import seen_figure
from formcheck.figure.side_view import Figure
from formcheck.judge.ledger import Interval, State
from formcheck.pose.definition import PoseDefinition
from formcheck.report.charts import clock

STEP_S: Final = 0.5
"""From one picture of the replay to the next."""

_MOST: Final = 600
"""Of a longer session the pictures are further apart."""

_WIDTH: Final = 340
_HEIGHT: Final = 240
_TRUNK: Final = 66
"""How long a trunk is drawn, so that who lies has room as well as who stands, hands up."""
_FLOOR: Final = 225

Track = Iterable[tuple[float, PoseLandmarks | None]]
"""Times in seconds since the session's first frame, and the landmarks of each frame."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What the page's script moves the figure by."""

    limbs: int
    frames: Sequence[dict[str, Any]]
    """Of each moment what is told of it, and the lines of the limbs with the middle of the head;
    none of these where no body was seen."""


def replay(track: Track, pose: PoseDefinition, intervals: Sequence[Interval]) -> Replay | None:
    """Return the replay of a session; None where nobody is in it.

    Args:
        track: As it was recorded.
        pose: What was held.
        intervals: The session's ledger, from 0.
    """
    step_s = STEP_S
    if intervals:
        step_s *= max(1, ceil(intervals[-1].end_s / STEP_S / _MOST))
    frames: list[dict[str, Any]] = []
    number = 0
    for time_s, landmarks in track:
        if time_s < len(frames) * step_s:
            continue
        while number + 1 < len(intervals) and intervals[number].end_s < time_s:
            number += 1
        told = _told(intervals[number]) if intervals else ""
        view = None if landmarks is None else see(landmarks, pose.view.kind)
        figure = None
        if landmarks is not None and view is not None:
            figure = seen_figure(landmarks, view)
        frames.append({"told": f"{clock(time_s)}, {told}", **_drawn(figure)})
    if not any("limbs" in frame for frame in frames):
        return None
    return Replay(len(LIMBS[pose.view.kind]), frames)


def _told(interval: Interval) -> str:
    if interval.state is State.HELD:
        return f"held, {interval.side}"
    return in_words(interval.faults[0] if interval.faults else interval.state.value)


def _drawn(figure: Figure | None) -> dict[str, Any]:
    if figure is None:
        return {}

    def at(role: str) -> str:
        x, y = figure.points[role]
        return f"{_WIDTH / 2 + _TRUNK * x:.0f} {_FLOOR - _TRUNK * y:.0f}"

    limbs = [f"M{at(start)}L{at(end)}" for start, end in LIMBS[figure.kind]]
    return {"limbs": limbs, "head": at("head").split()}
