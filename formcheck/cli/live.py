"""`formcheck POSE [SOURCE]`: coach a stretch live."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import click

from formcheck.cli import interrupts
from formcheck.cli.hearing import HearingChoice, hearing_options
from formcheck.cli.options import model_option
from formcheck.cli.recording import RecordingChoice, recording_options
from formcheck.errors import FormcheckError
from formcheck.frame import FrameSource
from formcheck.ledger import SIDES
from formcheck.plan import Plan
from formcheck.pose import PoseDefinition
from formcheck.run import Detector, Moment, watch
from formcheck.score import ClipScorer
from formcheck.session import Session
from formcheck.store import End, Store
from formcheck.store.journal import Journal
from formcheck.ui.display import Display, Key, Looking, Status

if TYPE_CHECKING:
    from formcheck.cli.opening import Opening

_NO_PICTURE_S = 1.0
"""A camera that is silent for so long is told to the person."""

_FAREWELL_S = 5.0
"""How long the end is shown before the program ends by itself: nobody is at the keys."""


class Sink(Protocol):
    """Takes in every moment of a session: to keep it, to say it, to write it down."""

    def take(self, moment: Moment) -> None:
        """Take in a moment; it must come back at once."""

    def close(self) -> None:
        """Finish; the session is over, however it ended."""


class _Scoring:
    """The sink that gathers the summary."""

    def __init__(self, scorer: ClipScorer) -> None:
        self._scorer = scorer

    def take(self, moment: Moment) -> None:
        if moment.outcome is not None:
            self._scorer.add(moment.outcome)

    def close(self) -> None:
        pass


def pose_command(pose: PoseDefinition) -> click.Command:
    """Return the command that coaches this pose."""

    @click.command(pose.name, short_help=pose.title, help=_help(pose))
    @click.argument("source", default="0")
    @click.option(
        "--hold",
        "target_s",
        type=click.FloatRange(min=1, max=3600),
        default=pose.dosage.hold_s,
        show_default=True,
        metavar="SECONDS",
        callback=_number,
        help="How long to hold each side.",
    )
    @click.option(
        "--sides",
        type=click.Choice(("both", *SIDES)),
        default="both",
        show_default=True,
        help="Which sides to hold.",
    )
    @click.option(
        "--sets",
        type=click.IntRange(min=1, max=20),
        default=1,
        show_default=True,
        help="How often each side is to be held so long.",
    )
    @hearing_options
    @recording_options
    @click.option("--terminal", is_flag=True, help="No window: show the state in the terminal.")
    @model_option
    def command(
        *,
        source: str,
        target_s: float,
        sides: Literal["both", "left", "right"],
        sets: int,
        hearing: HearingChoice,
        recording: RecordingChoice,
        terminal: bool,
        model: Path | None,
    ) -> int:
        plan = Plan.of(
            pose, hold_s=target_s, sides=SIDES if sides == "both" else (sides,), sets=sets
        )
        return _coach(pose, source, plan, hearing, recording, terminal=terminal, model=model)

    return command


def _number(_context: click.Context, _option: click.Parameter, value: float) -> float:
    if isnan(value):  # lies in every range
        raise click.BadParameter("a number of seconds is needed, e.g. 60")
    return value


def _help(pose: PoseDefinition) -> str:
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(pose.how, start=1))
    safety = "\n".join(f"- {note}" for note in pose.safety)
    return (
        f"{pose.summary}\n\nSOURCE is a camera number, a device, a URL or a clip; by default "
        f"camera 0. It ends by itself when every side is done. In the window: q or Esc ends, "
        f"space pauses, f fills the screen.\n\n"
        f"\b\n{steps}\n\nSafety:\n\n\b\n{safety}"
    )


def _coach(
    pose: PoseDefinition,
    source_text: str,
    plan: Plan,
    choice: HearingChoice,
    recording: RecordingChoice,
    *,
    terminal: bool,
    model: Path | None,
) -> int:
    # Imported here, so that `formcheck --help` need not load OpenCV.
    from formcheck.cli.opening import Opening

    opening = Opening(source_text, pose.name)
    session = Session(pose, plan)
    recorder = recording.open(session)
    store = Store()
    for news in store.news():
        click.echo(news)
    display = _open_display(pose, plan, opening, terminal=terminal)
    interruption: KeyboardInterrupt | None = None
    try:
        hearing = choice.open(pose, plan)
        source = opening.source(meanwhile=lambda: _show_waiting(display))
        interrupts.heed()
        scorer = ClipScorer(session)
        journal = Journal(store, session, source=source.name, is_live=source.is_live)
        sinks: list[Sink] = [_Scoring(scorer), journal, *([recorder] if recorder else []), hearing]
        try:
            with ThreadPoolExecutor(1, thread_name_prefix="detector") as pool:
                detector: Future[Detector] = pool.submit(_load_detector, model)
                journal.ended = _follow(source, detector, session, sinks, display)
        except KeyboardInterrupt as error:
            journal.ended, interruption = End.INTERRUPTED, error
        finally:
            source.close()
            for sink in sinks:
                sink.close()
    finally:
        display.close()
    from rich.console import Console

    from formcheck.cli.tables import summary

    Console().print(summary(scorer.score(source.name), pose, plan))
    for problem in hearing.problems:
        Console().print(problem, style="dim", markup=False, highlight=False)
    if recorder is not None and (report := recorder.report()):
        click.echo(report)
    if recorder is not None and recorder.problem:
        click.echo(f"formcheck: {recorder.problem}", err=True)
    if journal.problem:
        click.echo(f"formcheck: {journal.problem}", err=True)
    if interruption is not None:
        raise interruption
    if source.problem:
        raise FormcheckError(source.problem)
    return 0


def _load_detector(model: Path | None) -> Detector:
    from formcheck.io.detector import PoseDetector

    return PoseDetector("video", model)


def _show_waiting(display: Display) -> None:
    display.show(None, None, Status.GETTING_READY)
    display.keys()


def _open_display(
    pose: PoseDefinition, plan: Plan, opening: "Opening", *, terminal: bool
) -> Display:
    from formcheck.ui.screen import has_screen

    if not terminal and has_screen():
        from formcheck.ui.window import WindowDisplay

        opening.check()
        return WindowDisplay(pose, plan=plan)
    from rich.console import Console

    from formcheck.ui.terminal import text_display

    opening.check()
    return text_display(pose, Console(), plan)


def _follow(
    source: FrameSource,
    detector: "Future[Detector]",
    session: Session,
    sinks: Sequence[Sink],
    display: Display,
) -> End:
    """Show every moment and obey the keys until source, person or work ends; say which."""
    is_paused = False
    done_since_s: float | None = None

    def paused() -> bool:
        return is_paused

    for moment in watch(source, detector, session, paused):
        for sink in sinks:
            sink.take(moment)
        if moment.outcome is not None:
            if moment.outcome.feedback.is_done and done_since_s is None:
                done_since_s = moment.outcome.time_s
            if done_since_s is not None and moment.outcome.time_s - done_since_s > _FAREWELL_S:
                return End.DONE
        if moment.frame is not None:
            status = Status.LIVE if moment.shown else Status.GETTING_READY
            looking = Looking(moment.looks_per_s, moment.is_calm)
            display.show(moment.frame.image, moment.shown, status, looking)
        elif source.is_live and moment.silent_s >= _NO_PICTURE_S:
            display.show(None, None, Status.NO_CAMERA)
        for key in display.keys():
            if key is Key.QUIT:
                return End.DONE if done_since_s is not None else End.KEY
            if key is Key.PAUSE:
                is_paused = not is_paused
        if display.is_closed:
            return End.DONE if done_since_s is not None else End.CLOSED
    return End.DONE if done_since_s is not None else End.OVER
