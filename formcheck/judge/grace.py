"""What a hold forgives: for how long form may be lost, and how much of it may count."""

from typing import Final

from formcheck.judge.ledger import Interval, State, is_longer

_LOST_FROM_SIGHT: Final = (State.UNSEEN, State.NO_PERSON)
"""A detector that loses a limb or the whole person for a moment says nothing about the form."""


class Grace:
    """Keeps the spans since the last frame in form, until form is back or the grace is over.

    Losing sight for at most the grace is forgiven and counts; losing form for so long is not
    counted, but does not break the hold. Of losses that come again and again no more is forgiven
    than was seen between them, and one grace: most of what counts has been seen.
    """

    def __init__(self, grace_s: float) -> None:
        """Begin before any frame in form: there is nothing to come back to."""
        self._grace_s = grace_s
        self.lost: list[Interval] = []
        """Spans since the last frame in form, while the grace lasts."""
        self._last_in_form_s: float | None = None
        """None once the grace is over."""
        self._forgivable_s = grace_s
        """How much loss of sight may be forgiven now; sight earns as much again."""

    def is_over(self, time_s: float) -> bool:
        """Whether form was last there too long ago to come back to."""
        return self._last_in_form_s is None or is_longer(
            time_s - self._last_in_form_s, self._grace_s
        )

    def see(self, time_s: float) -> None:
        """Take in a frame in form."""
        self._last_in_form_s = time_s

    def earn(self, seen_s: float) -> None:
        """Take in a span with form at both its ends."""
        self._forgivable_s = min(self._grace_s, self._forgivable_s + seen_s)

    def lose(self, span: Interval) -> None:
        """Take in a span that ends out of form, or out of sight."""
        self.lost.append(span)

    def come_back(self, span: Interval) -> tuple[list[Interval], bool]:
        """Take in the span at whose end form is back, while the grace lasts.

        Returns:
            All the spans of the loss, and whether it is forgiven.
        """
        lost, self.lost = [*self.lost, span], []
        # A frame in form at either end stands for the span beside it; only the middle is unseen.
        unseen_s = sum(part.duration_s for part in lost[1:-1])
        is_forgiven = not is_longer(unseen_s, self._forgivable_s) and all(
            part.state in _LOST_FROM_SIGHT for part in lost
        )
        if is_forgiven:
            self._forgivable_s -= unseen_s
        return lost, is_forgiven

    def renew(self) -> list[Interval]:
        """Forget the hold that is broken off; return what was lost since."""
        lost, self.lost = self.lost, []
        self._last_in_form_s = None
        self._forgivable_s = self._grace_s
        return lost
