"""One frame as the hold takes it in: when, what was judged, and why it is not held if it is not."""

from dataclasses import dataclass

from formcheck.body.landmarks import Side
from formcheck.judge.form import Form, FormVerdict
from formcheck.judge.ledger import Interval, State


@dataclass(frozen=True, slots=True)
class JudgedFrame:
    """What one frame says about the hold."""

    time_s: float
    """When it was captured, in seconds."""
    verdict: FormVerdict
    stretched_leg: Side | None
    """As this frame alone has it."""
    is_paused: bool
    """The person asked for a pause."""
    is_doubted: bool = False
    """Of the body it is not known that it is alive."""

    @property
    def in_form(self) -> bool:
        """Whether time beside it may be held."""
        return self.verdict.form is Form.IN_FORM and not self.is_paused

    @property
    def state(self) -> State:
        """Of a frame that is not in form: why time beside it is not held."""
        return State.PAUSED if self.is_paused else State(self.verdict.form.value)

    def held(
        self, start_s: float, end_s: float, *, is_full: bool = False, is_bridged: bool = False
    ) -> Interval:
        """Return a span that may be held, up to this frame or across a loss of sight before it."""
        return Interval(
            *(start_s, end_s, State.HELD),
            side=self.stretched_leg,
            is_full=is_full,
            is_bridged=is_bridged,
            is_doubted=self.is_doubted,
        )

    def reason(self, start_s: float, end_s: float) -> Interval:
        """Return a span that is not held because of this frame."""
        if self.is_paused:
            return Interval(start_s, end_s, State.PAUSED)
        faults, unseen = self.verdict.faults, self.verdict.unseen
        return Interval(start_s, end_s, self.state, faults, unseen)
