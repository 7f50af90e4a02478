"""The hold: every moment belongs to one interval of the ledger, and only good ones count."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf
from typing import Final

from formcheck.body.landmarks import SIDES, Side
from formcheck.judge.form import Form, FormVerdict
from formcheck.judge.ledger import Interval, Run, State, append
from formcheck.judge.motion import LAG_S, Movement
from formcheck.pose.parts import HoldRules

_LOST_FROM_SIGHT = (State.UNSEEN, State.NO_PERSON)
"""A detector that loses a limb or the whole person for a moment says nothing about the form."""

_ROUNDING_S: Final = 1e-6
"""Four frames of 0.1 s may come out longer than 0.4 s; where the clock stands must not decide."""


@dataclass(frozen=True, slots=True)
class HoldState:
    """Where the hold stands after one frame."""

    state: State
    """What the moment just past is, as far as can be known yet."""
    is_holding: bool
    """A hold is under way: its seconds count, or were lost for no longer than the grace."""
    settling_s: float
    """In form and calm for so long towards the start of a hold; 0 when none is about to start."""
    side: Side | None
    """The side of the hold under way."""
    held_s: dict[Side, float]
    """Seconds that are known to be held so far on each side; never less than before."""

    @property
    def total_s(self) -> float:
        """Seconds held so far on both sides together."""
        return sum(self.held_s.values())


class Hold:
    """Counts a hold from a sequence of times and verdicts, and keeps its ledger.

    It holds no clock. The time between two successive frames in form may be held; any other span
    belongs to the reason of the frame that was not in form. A hold starts once form has been in
    band and the body calm for `settle_s`, and counts from the start of that time; it ends where
    the body begins to move out of it. Losing sight, or moving within form, for at most `grace_s`
    is forgiven and counts; losing form for so long is not counted but does not break the hold;
    anything longer pauses it. Of losses that come again and again no more is forgiven than was
    seen between them, and one grace: most of what counts has been seen. A movement is over once
    the body has rested for `grace_s`, and is as long as all its parts: whoever bounces rests for a
    moment at every turn, and holds nothing. A pause never takes away what was held, and a new
    start settles again.

    Motion is known only after a while (`motion.LAG_S`), so the newest seconds' part that may still
    turn out to be the way out waits as long before it is shown as held.
    """

    def __init__(self, rules: HoldRules) -> None:
        """Start with nothing held."""
        self._rules = rules
        self._closed: list[Interval] = []
        self._closed_held_s: dict[Side, float] = dict.fromkeys(SIDES, 0.0)
        self._longest_s = 0.0
        self._run: Run | None = None
        self._candidate: list[Interval] = []
        """Spans in form that are not held yet: the body may be moving, or calm for too short."""
        self._movement: Movement | None = None
        """The body has been moving out of, or within, the hold under way."""
        self._lost: list[Interval] = []
        """Spans since the last frame in form, while the grace lasts."""
        self._last_in_form_s: float | None = None
        """None once the grace is over."""
        self._forgivable_s = rules.grace_s
        """How much loss of sight may be forgiven now; sight earns as much again."""
        self._before: tuple[float, FormVerdict, bool] | None = None
        """Time, verdict and whether paused, of the frame before."""

    def step(
        self,
        time_s: float,
        verdict: FormVerdict,
        stretched_leg: Side | None,
        calm_since_s: float | None,
        *,
        is_moving: bool = False,
        is_swinging: bool = False,
        is_paused: bool = False,
    ) -> HoldState:
        """Take in one frame.

        Args:
            time_s: When the frame was captured, in seconds; later than the one before.
            stretched_leg: As this frame has it. The side of a hold is that of most of its time,
                so a detector that swaps left and right for a while changes nothing.
            calm_since_s: Since when the body has been calm without a break; None where it is not.
            is_moving: The body has been moving too fast for a hold, about `motion.LAG_S` ago.
            is_swinging: It goes to and fro: where it is calm it may only be turning.
            is_paused: The person asked for a pause: nothing counts.

        Raises:
            ValueError: The time did not grow.
        """
        in_form = verdict.form is Form.IN_FORM and not is_paused
        before = self._before
        if before is not None and not time_s > before[0]:
            raise ValueError(f"times must grow: {time_s} came after {before[0]}")
        is_too_late = self.is_broken_by(time_s)
        self._before = (time_s, verdict, is_paused)
        if before is None:
            self._last_in_form_s = time_s if in_form else None
            return self._state(verdict, calm_since_s, in_form=in_form, is_paused=is_paused)
        last_s, last_verdict, was_paused = before
        was_in_form = last_verdict.form is Form.IN_FORM and not was_paused

        if is_paused:
            self._break_off()
            self._close([Interval(last_s, time_s, State.PAUSED)])
        elif is_too_late:
            self._break_off()
            self._close([Interval(last_s, time_s, State.NO_CAMERA)])
        elif in_form and was_in_form:
            is_full = verdict.is_full and last_verdict.is_full
            self._candidate.append(
                Interval(last_s, time_s, State.HELD, side=stretched_leg, is_full=is_full)
            )
            self._forgivable_s = min(self._rules.grace_s, self._forgivable_s + time_s - last_s)
        elif in_form:
            lost = (
                Interval(last_s, time_s, State.PAUSED)
                if was_paused
                else _not_held(last_s, time_s, last_verdict)
            )
            self._return_to_form(lost, stretched_leg)
        else:
            self._lose_form(_not_held(last_s, time_s, verdict))

        if (is_moving or is_swinging) and self._run is not None and self._movement is None:
            self._movement = Movement(time_s - LAG_S)
        if in_form:
            self._last_in_form_s = time_s
            if self._run is not None:
                self._continue(time_s, None if is_swinging else calm_since_s)
            if self._run is None:
                self._start_if_settled(time_s, calm_since_s, is_swinging=is_swinging)
        if is_swinging:
            calm_since_s = None
        return self._state(verdict, calm_since_s, in_form=in_form, is_paused=is_paused)

    @property
    def side(self) -> Side | None:
        """The side of the hold under way."""
        return self._run.side if self._run else None

    def is_broken_by(self, time_s: float) -> bool:
        """Tell whether a frame of this time comes too late for a hold to go on."""
        return self._before is not None and _is_longer(
            time_s - self._before[0], self._rules.longest_gap_s
        )

    @property
    def held_s(self) -> dict[Side, float]:
        """Seconds held on each side."""
        held = dict(self._closed_held_s)
        if self._run is not None:
            held[self._run.side] += self._run.held_s + self._fresh_s
        return held

    @property
    def longest_unbroken_s(self) -> float:
        """The most seconds held without a pause."""
        return max(self._longest_s, self._run.held_s + self._fresh_s if self._run else 0.0)

    @property
    def known_until_s(self) -> float:
        """Up to then, in seconds, the ledger will not change any more; -inf before a frame."""
        if self._before is None:
            return -inf
        undecided = (*self._candidate[:1], *self._lost[:1])
        return min((span.start_s for span in undecided), default=self._before[0])

    def intervals(self) -> tuple[Interval, ...]:
        """Return the ledger: disjoint, in order, from the first frame to the last.

        What is still open is told as if nothing more came: a start that has not settled was
        moving, a loss that has not ended was not held, a movement that has not ended goes on.
        """
        ledger: list[Interval] = []
        fresh = self._fresh()
        for interval in (
            *self._closed,
            *(self._run.ledger() if self._run else ()),
            *(replace(span, side=self._run.side) for span in fresh if self._run),
            *map(_moving, self._candidate[len(fresh) :]),
            *self._lost,
        ):
            append(ledger, interval)
        return tuple(ledger)

    def _fresh(self) -> list[Interval]:
        """Return the candidates that belong to the hold under way as far as is known."""
        if self._run is None:
            return []
        if self._movement is None:
            return self._candidate
        return [span for span in self._candidate if span.end_s <= self._movement.since_s]

    @property
    def _fresh_s(self) -> float:
        return sum(span.duration_s for span in self._fresh())

    def _return_to_form(self, span: Interval, stretched_leg: Side | None) -> None:
        """Form is back: within the grace the hold goes on, and a loss of sight is forgiven."""
        if self._is_grace_over(span.end_s):
            self._break_off()
            self._close([span])
            return
        lost, self._lost = [*self._lost, span], []
        # A frame in form at either end stands for the span beside it; only the middle is unseen.
        unseen_s = sum(part.duration_s for part in lost[1:-1])
        is_forgiven = not _is_longer(unseen_s, self._forgivable_s)
        if is_forgiven and all(part.state in _LOST_FROM_SIGHT for part in lost):
            self._forgivable_s -= unseen_s
            # One span: it counts whole, or not at all where the body moves at its end.
            self._candidate.append(
                Interval(
                    lost[0].start_s, span.end_s, State.HELD, side=stretched_leg, is_bridged=True
                )
            )
        elif self._run is not None:
            self._count_fresh()
            for part in [*map(_moving, self._candidate), *lost]:
                append(self._run.intervals, part)
            self._candidate = []
        else:
            self._break_off()
            self._close(lost)

    def _lose_form(self, span: Interval) -> None:
        self._lost.append(span)
        if self._is_grace_over(span.end_s):
            self._break_off()

    def _is_grace_over(self, time_s: float) -> bool:
        return self._last_in_form_s is None or _is_longer(
            time_s - self._last_in_form_s, self._rules.grace_s
        )

    def _break_off(self) -> None:
        """Pause the hold: what was held stays held, what was about to start has not."""
        if self._movement is not None:
            # Its earlier parts were short enough to forgive; the last one alone led out.
            last_s = self._movement.part_since_s
            self._movement = None if last_s is None else Movement(last_s)
        self._end_run()
        self._close(map(_moving, self._candidate))
        self._close(self._lost)
        self._candidate, self._lost = [], []
        self._last_in_form_s = None
        self._forgivable_s = self._rules.grace_s

    def _end_run(self) -> None:
        """End the hold under way, if any; what came after the body moved stays a candidate."""
        if self._run is None:
            return
        self._count_fresh()
        self._close(self._run.ledger())
        self._closed_held_s[self._run.side] += self._run.held_s
        self._longest_s = max(self._longest_s, self._run.held_s)
        self._run, self._movement = None, None

    def _count_fresh(self, until_s: float = inf) -> None:
        """Count the candidates of the hold under way that end before `until_s`."""
        assert self._run is not None
        ready = [span for span in self._fresh() if span.end_s <= until_s]
        for span in ready:
            self._run.count(span)
        del self._candidate[: len(ready)]

    def _continue(self, time_s: float, calm_since_s: float | None) -> None:
        """Count what is known to be held; pause a hold in which the body moves for too long."""
        if self._movement is None:
            self._count_fresh(time_s - LAG_S)
            return
        self._movement.step(time_s, calm_since_s)
        if _is_longer(self._movement.moved_s, self._rules.grace_s):
            self._end_run()
        elif calm_since_s is not None and not _is_longer(
            self._rules.grace_s, time_s - calm_since_s
        ):
            self._movement = None

    def _start_if_settled(
        self, time_s: float, calm_since_s: float | None, *, is_swinging: bool
    ) -> None:
        # Once the body is known to be calm, it has been so for a while already.
        moved_until_s = time_s - LAG_S if calm_since_s is None else calm_since_s
        while self._candidate and self._candidate[0].start_s < moved_until_s:
            self._close([_moving(self._candidate.pop(0))])
        if calm_since_s is None or is_swinging or not self._candidate:
            return
        if not _is_longer(self._rules.settle_s, time_s - self._candidate[0].start_s):
            self._run = Run()
            for span in self._candidate:
                self._run.count(span)
            self._candidate = []

    def _close(self, intervals: Iterable[Interval]) -> None:
        for interval in intervals:
            append(self._closed, interval)

    def _state(
        self, verdict: FormVerdict, calm_since_s: float | None, *, in_form: bool, is_paused: bool
    ) -> HoldState:
        if is_paused:
            state = State.PAUSED
        elif in_form:
            is_held = self._run is not None and self._movement is None
            state = State.HELD if is_held else State.MOVING
        else:
            state = State(verdict.form.value)
        is_settling = self._run is None and bool(self._candidate) and calm_since_s is not None
        shown_s = dict(self._closed_held_s)
        if self._run is not None:
            shown_s[self._run.side] += self._run.held_s
        return HoldState(
            state=state,
            is_holding=self._run is not None,
            settling_s=(
                self._candidate[-1].end_s - self._candidate[0].start_s if is_settling else 0.0
            ),
            side=self.side,
            held_s=shown_s,
        )


def _is_longer(span_s: float, limit_s: float) -> bool:
    return span_s > limit_s + _ROUNDING_S


def _not_held(start_s: float, end_s: float, verdict: FormVerdict) -> Interval:
    return Interval(start_s, end_s, State(verdict.form.value), verdict.faults, verdict.unseen)


def _moving(span: Interval) -> Interval:
    return Interval(span.start_s, span.end_s, State.MOVING)
