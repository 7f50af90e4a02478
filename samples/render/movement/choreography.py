"""What a person does in a clip: the phases of a script, laid out into a posture for any time."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from samples.render.movement import paths
from samples.render.movement.paths import (
    ARMS,
    BEND,
    HEAD,
    KNEE_IN,
    LEAN,
    PELVIS_X,
    ROLL,
    SIDE,
    WIDTH,
)
from samples.render.movement.postures import Kneel, Postures, Way, other
from samples.render.movement.stances import Stances
from samples.render.script import Phase
from samples.render.skeleton import Array, Build, Posture, Side

Rule = Callable[[Array], Array]
"""From the times (T,) since its span began to what holds then."""


@dataclass(frozen=True)
class Span:
    """One piece of the clip in which one rule gives the posture."""

    start_s: float
    says: str
    """What the person is doing."""
    is_attempt: bool
    """On one knee or both, well or badly: faults have names here."""
    values: Rule
    """(T, 14) posture values."""
    heading: Rule
    """(T,) degrees turned from the first direction, anticlockwise from above."""
    forward: float
    """Metres along the first direction at which the body's frame stands."""


@dataclass
class _Stage:
    """Where the person is while the script is laid out."""

    values: Array
    rear: Side
    time_s: float = 0.0
    kneel: Kneel | None = None
    stance: Phase | None = None
    """The split stance, bridge or hang that the person is in."""
    is_on_both_knees: bool = False
    forward: float = 0.0
    heading: float = 0.0
    spans: list[Span] = field(default_factory=list)


class Choreography:
    """The postures of one clip, at any time."""

    def __init__(self, build: Build, stretched: Side, phases: tuple[Phase, ...]) -> None:
        """Lay out the phases one after another; `stretched` is the first rear leg."""
        self._postures, self._stances = Postures(build), Stances(build)
        self._stage = _Stage(self._postures.standing(), stretched)
        for phase in phases:
            self._lay_out(phase)
        self.spans = tuple(self._stage.spans)
        self.duration_s = self._stage.time_s

    def span_at(self, times: Array) -> Array:
        """Return (T,) the index of the span that each time falls into."""
        starts = np.array([span.start_s for span in self.spans])
        return np.clip(np.searchsorted(starts, times, side="right") - 1, 0, None)

    def posture(self, times: Array, turn_deg: float) -> Posture:
        """Return the posture at these times, of a person whose first direction is turned so.

        `turn_deg` is anticlockwise from above, from the world's x axis.
        """
        values = np.zeros((len(times), WIDTH))
        forward, heading = np.zeros(len(times)), np.zeros(len(times))
        index = self.span_at(times)
        for number, span in enumerate(self.spans):
            here = index == number
            if here.any():
                since = times[here] - span.start_s
                values[here] = span.values(since)
                heading[here] = span.heading(since)
                forward[here] = span.forward
        turn = np.deg2rad(turn_deg)
        return Posture(
            pelvis=values[:, :2],
            lean=values[:, LEAN],
            bend=values[:, BEND],
            head=values[:, HEAD],
            toes={"left": values[:, 5:7], "right": values[:, 8:10]},
            feet={"left": values[:, 7], "right": values[:, 10]},
            side=values[:, SIDE],
            roll=values[:, ROLL],
            knee_in=values[:, KNEE_IN],
            arms=values[:, ARMS:],
            front=other(self._stage.rear),
            origin=np.stack([forward * np.cos(turn), -forward * np.sin(turn)], -1),
            heading=heading + turn_deg,
        )

    def _lay_out(self, phase: Phase) -> None:
        stage = self._stage
        if phase.side is not None:
            stage.rear = phase.side
        match phase.do:
            case "walk":
                self._walk(phase)
            case "turn":
                self._turn(phase)
            case "kneel":
                self._kneel(phase)
            case "lunge" | "bridge" | "hang":
                self._take_stance(phase)
            case _:
                was_on_knees = stage.is_on_both_knees
                stage.is_on_both_knees = phase.do == "kneel_both"
                stays = was_on_knees and stage.is_on_both_knees
                way = self._way_to(phase, was_on_knees=was_on_knees)
                self._move(phase.over_s, way, phase.says_way, is_attempt=stays)
                stage.kneel = stage.stance = None
                if phase.do == "stand":
                    self._stand_here(phase)
                still = stage.values
                self._add(
                    phase.for_s,
                    lambda t: paths.resting(still, t, phase.for_s),
                    phase.says,
                    is_attempt=stage.is_on_both_knees,
                )

    def _add(
        self,
        seconds: float,
        values: Rule,
        says: str,
        *,
        is_attempt: bool = False,
        heading: Rule | None = None,
    ) -> None:
        stage, facing = self._stage, self._stage.heading
        if seconds <= 0:
            return
        stays: Rule = lambda t: np.full_like(t, facing)  # noqa: E731
        stage.spans.append(
            Span(stage.time_s, says, is_attempt, values, heading or stays, stage.forward)
        )
        stage.time_s = round(stage.time_s + seconds, 6)

    def _move(self, seconds: float, way: Way, says: str, *, is_attempt: bool) -> None:
        """Go along a way within the seconds; at once where there are none."""
        stops, keys = way
        self._add(
            seconds,
            lambda t: paths.through(stops, keys, paths.ease(t / seconds)),
            says,
            is_attempt=is_attempt,
        )
        self._stage.values = keys[-1]

    def _kneel(self, phase: Phase) -> None:
        stage, before = self._stage, self._stage.kneel
        kneel = self._postures.place(stage.rear, phase, before)
        if before is None:
            way = self._postures.way_down(stage.values, kneel)
        else:
            way = self._postures.way_across(before, kneel)
        self._move(phase.over_s, way, phase.says_way, is_attempt=before is not None)
        stage.kneel = kneel
        self._add(
            phase.for_s,
            lambda t: self._postures.kneeling(kneel, t),
            phase.says,
            is_attempt=True,
        )

    def _take_stance(self, phase: Phase) -> None:
        stage, before, stances = self._stage, self._stage.stance, self._stances
        do, rear = phase.do, stage.rear
        if before is None:
            way = stances.way_in(stage.values, do, rear, phase)
        else:
            way = stances.way_across(do, rear, before, phase)
        self._move(phase.over_s, way, phase.says_way, is_attempt=before is not None)
        stage.stance = phase
        self._add(
            phase.for_s,
            lambda t: stances.values(do, rear, phase, t),
            phase.says,
            is_attempt=True,
        )

    def _way_to(self, phase: Phase, *, was_on_knees: bool) -> Way:
        """From where the person is to standing, a squat or kneeling on both knees."""
        stage = self._stage
        if phase.do == "stand" and stage.kneel is not None:
            return self._postures.way_up(stage.kneel, stage.values)
        if phase.do == "stand" and stage.stance is not None:
            standing, do = self._postures.standing(), stage.stance.do
            return self._stances.way_out(standing, do, stage.rear, stage.stance, stage.values)
        if phase.do == "kneel_both" and was_on_knees:
            return [0.0, 1.0], [stage.values, self._postures.on_both_knees(stage.rear, phase)]
        if phase.do == "kneel_both":
            return self._postures.way_to_both_knees(stage.values, stage.rear, phase)
        if phase.do == "squat":
            return [0.0, 1.0], [stage.values, self._postures.squatting()]
        return [0.0, 1.0], [stage.values, self._standing(phase)]

    def _turn(self, phase: Phase) -> None:
        stage, seconds = self._stage, phase.over_s
        still, start = stage.values, stage.heading
        self._add(
            seconds,
            lambda t: paths.stepping(still, t, seconds),
            phase.says,
            heading=lambda t: start + phase.by * paths.ease(t / seconds),
        )
        stage.heading += phase.by

    def _walk(self, phase: Phase) -> None:
        stage, seconds, still = self._stage, phase.over_s, self._stage.values
        build = self._postures.build
        self._add(seconds, lambda t: paths.walking(build, still, t, seconds, phase.by), phase.says)
        stage.forward += phase.by * self._ahead()

    def _standing(self, phase: Phase) -> Array:
        return self._postures.standing(arms=phase.arms or "down")

    def _stand_here(self, phase: Phase) -> None:
        """Count x from where the person stands now."""
        stage, standing = self._stage, self._standing(phase)
        stage.forward += (stage.values[PELVIS_X] - standing[PELVIS_X]) * self._ahead()
        stage.values = standing

    def _ahead(self) -> float:
        """Return 1 where the person faces the first direction, -1 where the opposite one."""
        return float(round(np.cos(np.deg2rad(self._stage.heading))))
