"""Coaches one exercise after another before one camera, from the first picture to the summary."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

import click

from formcheck.cli import interrupts
from formcheck.cli.garbage import collect_as_usual
from formcheck.cli.live.absence import LEFT
from formcheck.cli.live.beginning import Beginning
from formcheck.cli.live.exercise import Exercise, ExerciseUnderWay
from formcheck.cli.live.following import Following
from formcheck.cli.live.perception import Perception
from formcheck.cli.live.resting import rest_until_over
from formcheck.cli.live.rotation import rotation_of
from formcheck.cli.live.safety import wait_until_read
from formcheck.cli.live.sound_output import SoundOutput
from formcheck.cli.wishes.recording import RecordingChoice
from formcheck.cli.wishes.wishes import Wishes
from formcheck.errors import FormcheckError
from formcheck.io.source import is_camera
from formcheck.picture.frame import FrameSource
from formcheck.session import Session
from formcheck.store import End, Store, StoreError
from formcheck.ui.display import Display, Status


def coach(
    exercises: Sequence[Exercise],
    wishes: Wishes,
    store: Store,
    beginning: Beginning | None = None,
) -> list[Session]:
    """Coach one exercise after the other, print what they came to, and return their sessions.

    The next one begins only where the one before was done.

    Args:
        exercises: In their order, at least one.
        wishes: The person's.
        store: Keeps what was held.
        beginning: What has begun already; it is let go of here.

    Raises:
        FormcheckError: The camera, the clip or the model could not be used.
        KeyboardInterrupt: A signal ended it; what was held is printed and kept.
    """
    interruption: KeyboardInterrupt | None = None
    ended: End | None = None
    with beginning or Beginning(wishes, exercises[0].pose.name) as begun:
        rotate_deg = rotation_of(wishes.source, wishes.rotate, store)
        opening = begun.opening
        all_under_way = [
            ExerciseUnderWay(exercise, recording, store, rotate_deg)
            for exercise, recording in zip(
                exercises, _recordings(exercises, wishes.recording), strict=True
            )
        ]
        _tell_beforehand(all_under_way, wishes, store)
        sound = SoundOutput.of(wishes.sound, exercises[0].pose, exercises[0].plan)
        try:
            display = begun.display(exercises[0])
            perception = begun.perception  # loads while the camera starts
            source = opening.source(rotate_deg, meanwhile=lambda: _show_waiting(display))
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
            begun.close()  # the window need not wait for the last words
            sound.close()
    done = [under_way for under_way in all_under_way if under_way.is_begun]
    _tell_afterwards(all_under_way, source, sound, store)
    if ended is End.LEFT:
        click.echo(LEFT)
    if done and (upright_deg := done[-1].session.rotate_deg) is not None:
        click.echo(f"The picture did not stand upright. Next time: --rotate {upright_deg}")
    if interruption is not None:
        raise interruption
    if source.problem:
        raise FormcheckError(source.problem)
    if source.is_live:
        for under_way in done:
            under_way.ask(by_name=len(exercises) > 1)
    return [each.session for each in done]


def _tell_beforehand(
    all_under_way: Sequence[ExerciseUnderWay], wishes: Wishes, store: Store
) -> None:
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
