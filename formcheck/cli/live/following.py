"""Follows one exercise from its first picture to its end, and shows that for a while."""

from dataclasses import replace
from typing import Final

from formcheck.cli.live.absence import Absence
from formcheck.cli.live.exercise import ExerciseUnderWay
from formcheck.cli.live.perception import Perception
from formcheck.cli.live.sound_output import SoundOutput
from formcheck.picture.frame import FrameSource
from formcheck.run import Moment, watch
from formcheck.session import Outcome
from formcheck.speech.announcer import SILENT_CAMERA_S
from formcheck.store import End
from formcheck.ui.display import Display, Key, Looking, Status
from formcheck.ui.ending import ending_of

_FAREWELL_S: Final = 5.0
"""How long the end is shown before the program ends by itself: nobody is at the keys."""

_PATIENCE_S: Final = 0.1
"""How long the farewell waits for a frame before it lets the keys be read."""


class Following:
    """Shows every moment and obeys keys and signs."""

    def __init__(
        self, source: FrameSource, under_way: ExerciseUnderWay, display: Display, sound: SoundOutput
    ) -> None:
        """Take in the pictures of this source."""
        self._source = source
        self._sound = sound
        self._under_way = under_way
        self._display = display
        self._is_paused = False
        self._absence = Absence()

    def until_it_ends(self, perception: Perception) -> End:
        """Follow until the source, the person or the work ends, and say which."""
        moments = watch(
            self._source,
            perception.detector,
            self._under_way.session,
            lambda: self._is_paused,
            perception,
        )
        for moment in moments:
            for sink in (*self._under_way.sinks, self._sound):
                sink.take(moment)
            self._show(moment)
            outcome = moment.outcome or moment.settled
            if moment.settled is not None:
                self._sound.take(Moment(None, moment.settled))
            if outcome is not None and outcome.feedback.is_done:
                self._under_way.end(End.DONE)
                ending = ending_of(self._under_way.session)
                if ending is not None:
                    self._display.sum_up(ending)
                return self._bid_farewell(outcome) or End.DONE
            if outcome is not None and outcome.sign >= 1.0:
                return End.SIGN
            end = self._end_asked()
            if end is not None:
                return end
            if self._source.is_live and self._is_left(moment):
                self._sound.end(self._absence.now_s + moment.silent_s)
                return End.LEFT
        return End.OVER

    def _is_left(self, moment: Moment) -> bool:
        """Tell whether no picture, or nobody in one, has come for so long that none will."""
        if moment.frame is not None:
            seen = moment.outcome
            is_somebody = seen is not None and seen.landmarks is not None and not seen.is_doubted
            self._absence.see(moment.frame.time_s, is_somebody=is_somebody)
        return self._absence.is_long(moment.silent_s)

    def _bid_farewell(self, last: Outcome) -> End | None:
        """Show the end for a while, as it was told: whoever still holds has been told the seconds.

        Args:
            last: The outcome that ended it; nothing is judged after it.

        Returns:
            How the person ended it, who asked for no more.
        """
        silent_s = 0.0
        while not self._source.ended and silent_s < _FAREWELL_S:
            frame = self._source.read(_PATIENCE_S)
            if frame is None:
                silent_s += _PATIENCE_S
            else:
                silent_s = 0.0
                outcome = replace(last, time_s=frame.time_s)
                self._sound.take(Moment(frame, outcome))  # the last words may have to wait
                self._display.show(frame.image, outcome)
                if frame.time_s - last.time_s > _FAREWELL_S:
                    return None
            end = self._end_asked()
            if end is not None:
                return end
        return None

    def _show(self, moment: Moment) -> None:
        if moment.is_spared:
            return
        if moment.frame is not None:
            status = Status.LIVE if moment.shown else Status.GETTING_READY
            # How fast a clip was taken is no news.
            is_live = self._source.is_live
            looking = Looking(moment.looks_per_s if is_live else None, moment.is_calm)
            self._display.show(moment.frame.image, moment.shown, status, looking)
        elif self._source.is_live and moment.silent_s >= SILENT_CAMERA_S:
            self._display.show(None, moment.settled, Status.NO_CAMERA)

    def _end_asked(self) -> End | None:
        for key in self._display.keys():
            if key is Key.QUIT:
                return End.KEY
            if key is Key.PAUSE:
                self._is_paused = not self._is_paused
        return End.CLOSED if self._display.is_closed else None
