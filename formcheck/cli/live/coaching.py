"""Coaches one exercise after another before one camera, from the first picture to the summary."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import click

from formcheck.cli import interrupts
from formcheck.cli.garbage import collect_as_usual
from formcheck.cli.live.absence import LEFT
from formcheck.cli.live.exercise import Exercise, ExerciseUnderWay, Wishes
from formcheck.cli.live.following import Following
from formcheck.cli.live.perception import Perception
from formcheck.cli.live.recording import RecordingChoice
from formcheck.cli.live.resting import rest_until_over
from formcheck.cli.live.safety import wait_until_read
from formcheck.cli.live.sound_output import SoundOutput
from formcheck.errors import FormcheckError
from formcheck.picture.frame import FrameSource
from formcheck.session import Session
from formcheck.store import End, Store, StoreError
from formcheck.ui.display import Display, Status

if TYPE_CHECKING:
    from formcheck.cli.live.opening import Opening


def coach(exercises: Sequence[Exercise], wishes: Wishes, store: Store) -> list[Session]:
    """Coach one exercise after the other, print what they came to, and return their sessions.

    The next one begins only where the one before was done.

    Raises:
        FormcheckError: The camera, the clip or the model could not be used.
        KeyboardInterrupt: A signal ended it; what was held is printed and kept.
    """
    # Imported here, so that `formcheck --help` need not load OpenCV.
    from formcheck.cli.live.opening import Opening
    from formcheck.cli.live.rotation import rotation_of

    rotate_deg = rotation_of(wishes.source, wishes.rotate, store)
    opening = Opening(wishes.source, exercises[0].pose.name, rotate_deg)
    all_under_way = [
        ExerciseUnderWay(exercise, recording, store, rotate_deg)
        for exercise, recording in zip(
            exercises, _recordings(exercises, wishes.recording), strict=True
        )
    ]
    _tell_beforehand(all_under_way, wishes, store)
    sound = wishes.sound.open(exercises[0].pose, exercises[0].plan)
    interruption: KeyboardInterrupt | None = None
    ended: End | None = None
    try:
        display = _open_display(exercises[0], opening, terminal=wishes.terminal)
        perception = Perception(wishes.model)  # loads while the camera starts
        try:
            source = opening.source(meanwhile=lambda: _show_waiting(display))
            interrupts.heed()
            collect_as_usual()
            try:
                ended = _perform(all_under_way, source, display, sound, perception)
            except KeyboardInterrupt as error:
                interruption = error
                for under_way in all_under_way:
                    under_way.end(End.INTERRUPTED)
            finally:
                source.close()
                for under_way in all_under_way:
                    under_way.end(End.FAILED)
        finally:
            perception.close()
            display.close()
    finally:
        sound.close()
    begun = [under_way for under_way in all_under_way if under_way.is_begun]
    _tell_afterwards(all_under_way, source, sound, store)
    if ended is End.LEFT:
        click.echo(LEFT)
    if begun and (upright_deg := begun[-1].session.rotate_deg) is not None:
        click.echo(f"The picture did not stand upright. Next time: --rotate {upright_deg}")
    if interruption is not None:
        raise interruption
    if source.problem:
        raise FormcheckError(source.problem)
    if source.is_live:
        for under_way in begun:
            under_way.ask(by_name=len(exercises) > 1)
    return [each.session for each in begun]


def _tell_beforehand(
    all_under_way: Sequence[ExerciseUnderWay], wishes: Wishes, store: Store
) -> None:
    from formcheck.io.source import is_camera

    for news in store.news():
        click.echo(news)
    if is_camera(wishes.source):  # a clip that is played is nobody's exercise
        # A routine may take a pose twice.
        notes = {each.exercise.pose.name: each.notes for each in reversed(all_under_way)}
        were_shown = [each.tell() for each in reversed(notes.values())]
        if any(were_shown):
            wait_until_read()


def _recordings(
    exercises: Sequence[Exercise], wished: RecordingChoice
) -> Sequence[RecordingChoice]:
    """Return what to record of each exercise: a film has one pose, as its truth file has."""
    if len(exercises) == 1:
        return [wished]
    return [
        wished.of_step(number, exercise.pose.name)
        for number, exercise in enumerate(exercises, start=1)
    ]


def _tell_afterwards(
    all_under_way: Sequence[ExerciseUnderWay],
    source: FrameSource,
    sound: SoundOutput,
    store: Store,
) -> None:
    for under_way in all_under_way:
        if under_way.is_begun:
            under_way.tell(source)
        else:
            under_way.tell_not_begun()
    for problem in sound.problems:
        click.echo(problem)
    if source.is_live:
        _tell_week(store)


def _tell_week(store: Store) -> None:
    """Print what is still to do this week, where that can be read."""
    from formcheck.report.week import week_in_words

    with suppress(StoreError):  # the journal said why
        click.echo(week_in_words(store, store.history.sessions(), date.today()))


def _perform(
    all_under_way: Sequence[ExerciseUnderWay],
    source: FrameSource,
    display: Display,
    sound: SoundOutput,
    perception: Perception,
) -> End:
    """Do the exercises one after the other, for as long as each is done; return how they ended."""
    ended, life = End.DONE, None
    for number, under_way in enumerate(all_under_way):
        if number > 0:
            exercise = under_way.exercise
            for follower in (display, sound):
                follower.take_up(exercise.pose, exercise.plan)
            broken_off = rest_until_over(exercise.rest, source, perception.find, display, sound)
            if broken_off is not None:
                return broken_off
        life = under_way.begin(source, life)
        ended = Following(source, under_way, display, sound).until_it_ends(perception)
        under_way.end(ended)
        if ended is not End.DONE:
            break
    return ended


def _show_waiting(display: Display) -> None:
    display.show(None, None, Status.GETTING_READY)
    display.keys()


def _open_display(exercise: Exercise, opening: "Opening", *, terminal: bool) -> Display:
    from formcheck.ui.screen import has_screen

    if not terminal and has_screen():
        from formcheck.ui.window.window import WindowDisplay

        opening.check()
        return WindowDisplay(exercise.pose, plan=exercise.plan)
    from formcheck.cli.output.console import plain_console
    from formcheck.ui.terminal import text_display

    opening.check()
    return text_display(exercise.pose, plain_console(), exercise.plan)
