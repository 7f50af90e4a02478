"""One exercise being done, and everything that takes it in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import click

from formcheck.body.landmarks import Side
from formcheck.cli.live.safety import SafetyNotes, ask_discomfort
from formcheck.cli.sinks import Scoring, Sink
from formcheck.cli.wishes.recording import RecordingChoice
from formcheck.judge.life import Life
from formcheck.picture.frame import FrameSource
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.plan import Plan
from formcheck.result.score import ClipScorer
from formcheck.session import Session
from formcheck.speech.rest import NO_REST, Rest
from formcheck.store import End, Store
from formcheck.store.journal import Journal


@dataclass(frozen=True, slots=True)
class Exercise:
    """One pose to hold, by a plan."""

    pose: PoseDefinition
    plan: Plan
    depths: Mapping[Side, float] = field(default_factory=dict)
    """The person's own depth on each side, where it is known."""
    find_depth: bool = False
    """Find it in the first calm seconds of each side."""
    rest: Rest = NO_REST
    """Before it, but before the first."""
    also: Callable[[Session], Sink] | None = None
    """Makes what takes in its moments too, beside the usual."""


class ExerciseUnderWay:
    """One exercise being done: its session, and everything that takes it in."""

    def __init__(
        self, exercise: Exercise, recording: RecordingChoice, store: Store, turned_deg: int = 0
    ) -> None:
        """Make it ready; whatever cannot be kept as wished is told before a camera is on.

        Its pictures are turned by `turned_deg` degrees clockwise.
        """
        self.exercise = exercise
        self._store = store
        self.session = Session(
            exercise.pose,
            exercise.plan,
            depths=exercise.depths,
            find_depth=exercise.find_depth,
            turned_deg=turned_deg,
        )
        self._recorder = recording.open(self.session)
        self._recording = recording.path
        self._scorer = ClipScorer(self.session)
        self.notes = SafetyNotes(exercise.pose, store)
        self._journal: Journal | None = None
        self.sinks: list[Sink] = []

    def begin(self, source: FrameSource, life: Life | None = None) -> Life | None:
        """Take in moments of this source from now on.

        Args:
            source: Before a camera only somebody alive is counted.
            life: What is known of that from the exercise before.

        Returns:
            What this one comes to know of it; None for a clip.
        """
        known = self.session.ask_for_life(life) if source.is_live else None
        self._journal = Journal(
            self._store,
            self.session,
            source=source.name,
            is_live=source.is_live,
            recording=self._recording,
        )
        self.sinks = [Scoring(self._scorer), self._journal, self.notes]
        if self._recorder is not None:
            self.sinks.append(self._recorder)
        if self.exercise.also is not None:
            self.sinks.append(self.exercise.also(self.session))
        return known

    @property
    def is_begun(self) -> bool:
        """Whether it ever took anything in."""
        return self._journal is not None

    def end(self, how: End) -> None:
        """Note how it ended, and finish every sink; only the first time counts."""
        if self._journal is not None and self.sinks:
            self._journal.ended = how
        sinks, self.sinks = self.sinks, []
        for sink in sinks:
            sink.close()

    def tell(self, source: FrameSource) -> None:
        """Print what it came to."""
        # Only now: it takes a while to load, and somebody may be waiting for a first picture.
        from formcheck.cli.output.console import plain_console
        from formcheck.cli.output.ribbon_lines import RibbonLines
        from formcheck.cli.output.tables import summary
        from formcheck.ui.ending import ending_of
        from formcheck.ui.window.farewell import rows_of

        score = self._scorer.score(source.name)
        depths = self.session.depths_reached
        console = plain_console()
        console.print(summary(score, self.exercise.pose, self.exercise.plan, depths))
        ending = ending_of(self.session)
        if ending is not None:
            pose, plan = self.exercise.pose, self.exercise.plan
            rows = rows_of(has_sides=pose.dosage.sides == 2, sides=plan.sides)
            console.print(RibbonLines(ending, rows))
        if self._recorder is not None and (report := self._recorder.report()):
            click.echo(report)
        for keeper in (self._journal, self._recorder):
            if keeper is not None and keeper.problem:
                click.echo(f"formcheck: {keeper.problem}", err=True)

    def tell_not_begun(self) -> None:
        """Print that it was not done."""
        from formcheck.cli.output.console import plain_console
        from formcheck.cli.output.tables import not_begun

        plain_console().print(not_begun(self.exercise.pose, self.exercise.plan))

    def ask(self, *, by_name: bool) -> None:
        """Ask how it felt, where somebody held something; name it where it is one of several."""
        if self._journal is not None and any(self.session.held_s.values()):
            ask_discomfort(self._journal, self.exercise.pose.title if by_name else "")
