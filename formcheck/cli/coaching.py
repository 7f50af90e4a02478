"""Coaches one exercise after another before one camera, from the first picture to the summary."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from formcheck.cli import interrupts
from formcheck.cli.eyes import Eyes
from formcheck.cli.hearing import Hearing, HearingChoice
from formcheck.cli.recording import RecordingChoice
from formcheck.cli.resting import rest_until_over
from formcheck.cli.safety import SafetyNotes, ask_discomfort
from formcheck.cli.sinks import Scoring, Sink
from formcheck.errors import FormcheckError
from formcheck.frame import FrameSource
from formcheck.landmarks import Side
from formcheck.plan import Plan
from formcheck.pose import PoseDefinition
from formcheck.routine import NO_REST, Rest
from formcheck.run import Moment, watch
from formcheck.score import ClipScorer
from formcheck.session import Session
from formcheck.store import End, Store
from formcheck.store.journal import Journal
from formcheck.ui.display import Display, Key, Looking, Status

if TYPE_CHECKING:
    from formcheck.cli.opening import Opening

_NO_PICTURE_S: Final = 1.0
"""A camera that is silent for so long is told to the person."""

_FAREWELL_S: Final = 5.0
"""How long the end is shown before the program ends by itself: nobody is at the keys."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the person wants to be coached, whatever the exercise."""

    source: str
    hearing: HearingChoice
    recording: RecordingChoice
    terminal: bool
    """In the terminal, even where there is a screen."""
    model: Path | None


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


class _Performance:
    """One exercise being done: its session, and everything that takes it in."""

    def __init__(self, exercise: Exercise, wishes: Wishes, store: Store) -> None:
        """Make it ready; whatever cannot be kept as wished is told before a camera is on."""
        self.exercise = exercise
        self._wishes, self._store = wishes, store
        self.session = Session(
            exercise.pose, exercise.plan, depths=exercise.depths, find_depth=exercise.find_depth
        )
        self._recorder = wishes.recording.open(self.session)
        self._scorer = ClipScorer(self.session)
        self.notes = SafetyNotes(exercise.pose, store)
        self._journal: Journal | None = None
        self.sinks: list[Sink] = []

    def begin(self, source: FrameSource) -> None:
        """Take in moments of this source from now on."""
        self._journal = Journal(
            self._store, self.session, source=source.name, is_live=source.is_live
        )
        self.sinks = [Scoring(self._scorer), self._journal, self.notes]
        if self._recorder is not None:
            self.sinks.append(self._recorder)
        if self.exercise.also is not None:
            self.sinks.append(self.exercise.also(self.session))

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
        from formcheck.cli.console import plain_console
        from formcheck.cli.tables import summary

        score = self._scorer.score(source.name)
        depths = self.session.depths_reached
        plain_console().print(summary(score, self.exercise.pose, self.exercise.plan, depths))
        if self._recorder is not None and (report := self._recorder.report()):
            click.echo(report)
        for keeper in (self._journal, self._recorder):
            if keeper is not None and keeper.problem:
                click.echo(f"formcheck: {keeper.problem}", err=True)

    def ask(self) -> None:
        """Ask how it felt, where somebody held something."""
        if self._journal is not None and any(self.session.held_s.values()):
            ask_discomfort(self._journal)


def coach(exercises: Sequence[Exercise], wishes: Wishes, store: Store) -> list[Session]:
    """Coach one exercise after the other, print what they came to, and return their sessions.

    The next one begins only where the one before was done.

    Raises:
        FormcheckError: The camera, the clip or the model could not be used.
        KeyboardInterrupt: A signal ended it; what was held is printed and kept.
    """
    # Imported here, so that `formcheck --help` need not load OpenCV.
    from formcheck.cli.opening import Opening

    opening = Opening(wishes.source, exercises[0].pose.name)
    performances = [_Performance(exercise, wishes, store) for exercise in exercises]
    _tell_beforehand(performances, wishes, store)
    hearing = wishes.hearing.open(exercises[0].pose, exercises[0].plan)
    interruption: KeyboardInterrupt | None = None
    try:
        display = _open_display(exercises[0], opening, terminal=wishes.terminal)
        try:
            source = opening.source(meanwhile=lambda: _show_waiting(display))
            interrupts.heed()
            try:
                _perform(performances, source, display, hearing, wishes.model)
            except KeyboardInterrupt as error:
                interruption = error
                for performance in performances:
                    performance.end(End.INTERRUPTED)
            finally:
                source.close()
                for performance in performances:
                    performance.end(End.FAILED)
        finally:
            display.close()
    finally:
        hearing.close()
    begun = [performance for performance in performances if performance.is_begun]
    _tell_afterwards(begun, source, hearing)
    if interruption is not None:
        raise interruption
    if source.problem:
        raise FormcheckError(source.problem)
    if source.is_live and begun:
        begun[-1].ask()
    return [each.session for each in begun]


def _tell_beforehand(performances: Sequence[_Performance], wishes: Wishes, store: Store) -> None:
    from formcheck.io.source import is_camera

    for news in store.news():
        click.echo(news)
    if is_camera(wishes.source):  # a clip that is played is nobody's exercise
        told: set[str] = set()
        for performance in performances:
            name = performance.exercise.pose.name
            if name not in told:  # a routine may take a pose twice
                performance.notes.tell()
            told.add(name)


def _tell_afterwards(begun: Sequence[_Performance], source: FrameSource, hearing: Hearing) -> None:
    for performance in begun:
        performance.tell(source)
    for problem in hearing.problems:
        click.echo(problem)


def _perform(
    performances: Sequence[_Performance],
    source: FrameSource,
    display: Display,
    hearing: Hearing,
    model: Path | None,
) -> None:
    """Do the exercises one after the other, for as long as each is done."""
    with closing(Eyes(model)) as eyes:
        for number, performance in enumerate(performances):
            if number > 0:
                exercise = performance.exercise
                for follower in (display, hearing):
                    follower.take_up(exercise.pose, exercise.plan)
                if rest_until_over(exercise.rest, source, display, hearing) is not None:
                    break
            performance.begin(source)
            ended = _Following(source, performance, display, hearing).until_it_ends(eyes)
            performance.end(ended)
            if ended is not End.DONE:
                break


def _show_waiting(display: Display) -> None:
    display.show(None, None, Status.GETTING_READY)
    display.keys()


def _open_display(exercise: Exercise, opening: "Opening", *, terminal: bool) -> Display:
    from formcheck.ui.screen import has_screen

    if not terminal and has_screen():
        from formcheck.ui.window import WindowDisplay

        opening.check()
        return WindowDisplay(exercise.pose, plan=exercise.plan)
    from formcheck.cli.console import plain_console
    from formcheck.ui.terminal import text_display

    opening.check()
    return text_display(exercise.pose, plain_console(), exercise.plan)


class _Following:
    """Shows every moment and obeys keys and signs."""

    def __init__(
        self, source: FrameSource, performance: _Performance, display: Display, hearing: Hearing
    ) -> None:
        self._source = source
        self._hearing = hearing
        self._performance = performance
        self._display = display
        self._is_paused = False
        self._done_since_s: float | None = None

    def until_it_ends(self, eyes: Eyes) -> End:
        """Follow until the source, the person or the work ends, and say which."""
        moments = watch(
            self._source,
            eyes.detector,
            self._performance.session,
            lambda: self._is_paused,
            eyes,
        )
        for moment in moments:
            for sink in (*self._performance.sinks, self._hearing):
                sink.take(moment)
            self._show(moment)
            end = self._end_of(moment) or self._end_asked()
            if end is not None:
                return End.DONE if self._done_since_s is not None else end
        return End.DONE if self._done_since_s is not None else End.OVER

    def _show(self, moment: Moment) -> None:
        if moment.is_spared:
            return
        if moment.frame is not None:
            status = Status.LIVE if moment.shown else Status.GETTING_READY
            # How fast a clip was taken is no news.
            is_live = self._source.is_live
            looking = Looking(moment.looks_per_s if is_live else None, moment.is_calm)
            self._display.show(moment.frame.image, moment.shown, status, looking)
        elif self._source.is_live and moment.silent_s >= _NO_PICTURE_S:
            self._display.show(None, None, Status.NO_CAMERA)

    def _end_of(self, moment: Moment) -> End | None:
        """Return how it ends by itself: the work is done, or the sign was given."""
        outcome = moment.outcome
        if outcome is None:
            is_gone = self._done_since_s is not None and moment.silent_s >= _FAREWELL_S
            return End.DONE if is_gone else None
        if outcome.feedback.is_done and self._done_since_s is None:
            self._done_since_s = outcome.time_s
        if self._done_since_s is not None and outcome.time_s - self._done_since_s > _FAREWELL_S:
            return End.DONE
        return End.SIGN if outcome.sign >= 1.0 else None

    def _end_asked(self) -> End | None:
        for key in self._display.keys():
            if key is Key.QUIT:
                return End.KEY
            if key is Key.PAUSE:
                self._is_paused = not self._is_paused
        return End.CLOSED if self._display.is_closed else None
