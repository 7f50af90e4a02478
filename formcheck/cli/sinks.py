"""What takes in every moment of a session."""

from typing import Protocol

from formcheck.result.score import ClipScorer
from formcheck.run import Moment


class Sink(Protocol):
    """Takes in every moment of a session: to keep it, to say it, to write it down."""

    def take(self, moment: Moment) -> None:
        """Take in a moment; it must come back at once."""

    def close(self) -> None:
        """Finish; the session is over, however it ended."""


class Scoring:
    """The sink that gathers the summary."""

    def __init__(self, scorer: ClipScorer) -> None:
        """Gather into this."""
        self._scorer = scorer

    def take(self, moment: Moment) -> None:
        """Add what was judged, if anything was."""
        if moment.outcome is not None:
            self._scorer.add(moment.outcome)

    def close(self) -> None:
        """Do nothing: the scorer is asked by whoever made it."""
