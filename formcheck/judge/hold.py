"""The hold: every moment belongs to one interval of the ledger, and only good ones count.

Its ledger (`judge.ledger`), its forgiveness of losses (`judge.grace`) and its rule for movements
(`judge.movement`) are put together here. What a frame does, by what came before it:

========================  ===============================  =======================================
frame                     before a hold                    in a hold
========================  ===============================  =======================================
in form and calm          settles; after `settle_s` the    counts
                          hold starts as the calm did
in form, moving           was moving; settles anew         waits; at rest for `grace_s` all counts,
                                                           moved for longer it ended as that began
form or sight lost        waits                            waits
back within `grace_s`,    settles on, marked as bridged    counts, marked as bridged
but for sight
back within `grace_s`,    the reason it was not held;      the reason it was not held; the hold
from anything else        settles anew                     goes on
lost for longer           the reason it was not held       the same; it ended where form was last
                                                           seen, or began to be left
asked to pause; no frame  paused; no camera                the same; it ended with the frame before
for `longest_gap_s`
========================  ===============================  =======================================
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf

from formcheck.body.landmarks import Side
from formcheck.judge.form import FormVerdict
from formcheck.judge.grace import Grace
from formcheck.judge.judged_frame import JudgedFrame
from formcheck.judge.ledger import Interval, Ledger, State, append, is_longer
from formcheck.judge.motion import LAG_S
from formcheck.judge.movement import Movement
from formcheck.pose.parts import HoldRules


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
    doubted_s: float = 0.0
    """It would be held for so long already, were the body known to be alive; 0 where it is."""

    @property
    def total_s(self) -> float:
        """Seconds held so far on both sides together."""
        return sum(self.held_s.values())


class Hold:
    """Counts a hold from a sequence of times and verdicts, and keeps its ledger.

    It holds no clock. Time between two frames in form may be held; any other belongs to the reason
    of the frame that was not. Nothing takes away what was held, and each start settles again.
    Motion is known only after a while (`motion.LAG_S`), so the newest seconds' part that may still
    turn out to be the way out waits as long before it is shown as held.
    """

    def __init__(self, rules: HoldRules) -> None:
        """Start with nothing held."""
        self._rules = rules
        self._ledger = Ledger()
        self._grace = Grace(rules.grace_s)
        self._candidate: list[Interval] = []
        """Spans in form that are not held yet: the body may be moving, or calm for too short."""
        self._movement: Movement | None = None
        """The body has been moving out of, or within, the hold under way."""
        self._before: JudgedFrame | None = None

    def step(
        self,
        time_s: float,
        verdict: FormVerdict,
        stretched_leg: Side | None,
        calm_since_s: float | None,
        *,
        is_moving: bool = False,
        is_swinging: bool = False,
        motion_lag_s: float = LAG_S,
        is_paused: bool = False,
        is_doubted: bool = False,
    ) -> HoldState:
        """Take in one frame.

        Args:
            time_s: When the frame was captured, in seconds; later than the one before.
            stretched_leg: As this frame has it. The side of a hold is that of most of its time,
                so a detector that swaps left and right for a while changes nothing.
            calm_since_s: Since when the body has been calm without a break; None where it is not.
            is_moving: The body has been moving too fast for a hold, `motion_lag_s` ago.
            is_swinging: It goes to and fro: where it is calm it may only be turning.
            motion_lag_s: So long ago it moved so.
            is_paused: The person asked for a pause: nothing counts.
            is_doubted: The body may be no living one: nothing counts until somebody vouches.

        Raises:
            ValueError: The time did not grow.
        """
        before = self._before
        now = JudgedFrame(time_s, verdict, stretched_leg, is_paused, is_doubted)
        if before is not None and not time_s > before.time_s:
            raise ValueError(f"times must grow: {time_s} came after {before.time_s}")
        if before is not None:
            self._take_span(before, now)
        if now.in_form:
            self._grace.see(time_s)
        self._before = now
        if before is None:
            return self._state(now, calm_since_s)
        if (is_moving or is_swinging) and self._ledger.run and self._movement is None:
            self._movement = Movement(time_s - motion_lag_s)
        if now.in_form and self._ledger.run is not None:
            self._continue(time_s, None if is_swinging else calm_since_s, motion_lag_s)
        if now.in_form and self._ledger.run is None:
            self._start_if_settled(time_s, calm_since_s, is_swinging=is_swinging)
        return self._state(now, None if is_swinging else calm_since_s)

    def settle(self) -> HoldState | None:
        """Decide what was undecided, as the next frame would if it came too late for a hold.

        Call it once no frame has come for `longest_gap_s`: nothing that may still come changes
        it. None before the first frame.
        """
        if self._before is None:
            return None
        self._break_off()
        return self._state(self._before, None)

    def vouch(self, since_s: float) -> None:
        """Count what was held in doubt since then, in seconds: the body seen since is alive."""
        self._candidate = [span.as_known(since_s) for span in self._candidate]
        self._ledger.vouch(since_s)

    @property
    def side(self) -> Side | None:
        """The side of the hold under way, in doubt or not."""
        return self._ledger.run.side if self._ledger.run else None

    def is_broken_by(self, time_s: float) -> bool:
        """Tell whether a frame of this time comes too late for a hold to go on."""
        return self._before is not None and is_longer(
            time_s - self._before.time_s, self._rules.longest_gap_s
        )

    @property
    def held_s(self) -> dict[Side, float]:
        """Seconds held on each side."""
        return self._ledger.held_s(self._fresh_s)

    @property
    def longest_unbroken_s(self) -> float:
        """The most seconds held without a pause."""
        return self._ledger.longest_unbroken_s(self._fresh_s)

    @property
    def known_until_s(self) -> float:
        """Up to then, in seconds, the ledger will not change any more; -inf before a frame."""
        if self._before is None:
            return -inf
        undecided = (*self._candidate[:1], *self._grace.lost[:1])
        known_s = min((span.start_s for span in undecided), default=self._before.time_s)
        return min(known_s, self._ledger.doubted_since_s)

    def intervals(self) -> tuple[Interval, ...]:
        """Return the ledger: disjoint, in order, from the first frame to the last.

        What is still open is told as if nothing more came: a start that has not settled was
        moving, a loss that has not ended was not held, a movement that has not ended goes on.
        """
        fresh = self._fresh()
        return self._ledger.told_with(
            (
                *(replace(span, side=self.side) for span in fresh),
                *map(Interval.as_moving, self._candidate[len(fresh) :]),
                *self._grace.lost,
            )
        )

    def _take_span(self, before: JudgedFrame, now: JudgedFrame) -> None:
        """Take in the time from the frame before to this one."""
        start_s, end_s = before.time_s, now.time_s
        if now.is_paused:
            self._break_off([now.reason(start_s, end_s)])
        elif self.is_broken_by(end_s):
            self._break_off([Interval(start_s, end_s, State.NO_CAMERA)])
        elif not now.in_form:
            self._grace.lose(now.reason(start_s, end_s))
            if self._grace.is_over(end_s):
                self._break_off()
        elif before.in_form:
            is_full = now.verdict.is_full and before.verdict.is_full
            self._candidate.append(now.held(start_s, end_s, is_full=is_full))
            self._grace.earn(end_s - start_s)
        else:
            self._return_to_form(before.reason(start_s, end_s), now)

    def _return_to_form(self, span: Interval, now: JudgedFrame) -> None:
        """Form is back: within the grace the hold goes on, and a loss of sight is forgiven."""
        if self._grace.is_over(span.end_s):
            self._break_off([span])
            return
        lost, is_forgiven = self._grace.come_back(span)
        if is_forgiven:
            # One span: it counts whole, or not at all where the body moves at its end.
            self._candidate.append(now.held(lost[0].start_s, span.end_s, is_bridged=True))
        elif self._ledger.run is not None:
            self._count_fresh()
            for part in [*map(Interval.as_moving, self._candidate), *lost]:
                append(self._ledger.run.intervals, part)
            self._candidate = []
        else:
            self._break_off(lost)

    def _break_off(self, then: Iterable[Interval] = ()) -> None:
        """Pause the hold: what was held stays held, what was about to start has not."""
        if self._movement is not None:
            self._movement = self._movement.way_out()
        self._end_run()
        self._ledger.close(map(Interval.as_moving, self._candidate))
        self._candidate = []
        self._ledger.close(self._grace.renew())
        self._ledger.close(then)

    def _end_run(self) -> None:
        """End the hold under way, if any; what came after the body moved stays a candidate."""
        if self._ledger.run is not None:
            self._count_fresh()
            self._ledger.end_run()
            self._movement = None

    def _fresh(self) -> list[Interval]:
        """Return the candidates that belong to the hold under way as far as is known."""
        if self._ledger.run is None:
            return []
        if self._movement is None:
            return self._candidate
        return [span for span in self._candidate if span.end_s <= self._movement.since_s]

    @property
    def _fresh_s(self) -> float:
        return sum(span.duration_s for span in self._fresh() if not span.is_doubted)

    def _count_fresh(self, until_s: float = inf) -> None:
        """Count the candidates of the hold under way that end before `until_s`."""
        assert self._ledger.run is not None
        ready = [span for span in self._fresh() if span.end_s <= until_s]
        for span in ready:
            self._ledger.run.count(span)
        del self._candidate[: len(ready)]

    def _continue(self, time_s: float, calm_since_s: float | None, motion_lag_s: float) -> None:
        """Count what is known to be held; pause a hold in which the body moves for too long."""
        if self._movement is None:
            self._count_fresh(time_s - motion_lag_s)
            return
        self._movement.step(time_s, calm_since_s, motion_lag_s)
        if self._movement.is_too_long(self._rules.grace_s):
            self._end_run()
        elif self._movement.is_over(time_s, calm_since_s, self._rules.grace_s):
            self._movement = None

    def _start_if_settled(
        self, time_s: float, calm_since_s: float | None, *, is_swinging: bool
    ) -> None:
        # Once the body is known to be calm, it has been so for a while already.
        moved_until_s = time_s - LAG_S if calm_since_s is None else calm_since_s
        while self._candidate and self._candidate[0].start_s < moved_until_s:
            self._ledger.close([self._candidate.pop(0).as_moving()])
        if calm_since_s is None or is_swinging or not self._candidate:
            return
        if not is_longer(self._rules.settle_s, time_s - self._candidate[0].start_s):
            self._ledger.start_run(self._candidate)
            self._candidate = []

    def _state(self, now: JudgedFrame, calm_since_s: float | None) -> HoldState:
        run = self._ledger.run
        is_holding = run is not None and not now.is_doubted
        if now.in_form:
            state = State.HELD if is_holding and self._movement is None else State.MOVING
        else:
            state = now.state
        settling_s = doubted_s = 0.0
        if run is None and self._candidate and calm_since_s is not None:
            settling_s = self._candidate[-1].end_s - self._candidate[0].start_s
        elif run is not None and now.is_doubted:
            doubted_s = now.time_s - run.intervals[0].start_s
        held_s = self._ledger.held_s()
        return HoldState(state, is_holding, settling_s, self.side, held_s, doubted_s)
