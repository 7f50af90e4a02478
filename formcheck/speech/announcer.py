"""What is said aloud, and when: one message at a time, and silence when all is well."""

from collections.abc import Mapping
from math import inf
from typing import Final

from formcheck.body.landmarks import SIDES, Side
from formcheck.coach.coach import BOUNCE, OTHER_SIDE, SETTLE, SLOWLY, Feedback, Phase
from formcheck.coach.cue import Tone
from formcheck.judge.ledger import State
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.plan import Plan
from formcheck.session import Outcome
from formcheck.speech.arbiter import Arbiter
from formcheck.speech.countdown import marks
from formcheck.speech.cue_onset import CueOnset
from formcheck.speech.message import Chime, Kind, Message
from formcheck.speech.repeats import Repeats

STANDS_S: Final = 0.5
"""A cue must have stood for so long before it is said: a flicker says nothing."""

WAY_IN_S: Final = 1.5
"""On the way in it must have stood for longer: whoever is still going down has done no wrong."""

UNSETTLED_S: Final = 3.0
"""Settling takes a second; whoever has not settled after three is asked to."""

CUE_AGAIN_S: Final = 8.0
"""The same cue again at the earliest after two calm breaths, time to hear, move and settle."""

INVITE_AGAIN_S: Final = 30.0
"""What is no correction, only an invitation, again after so long."""

BETWEEN_CUES_S: Final = 2.0
"""From the end of a cue to the next one: one thing at a time can be done."""

SILENT_CAMERA_S: Final = 1.0
"""A camera without a picture for so long is told."""

_OF_PACE: Final = (SLOWLY, BOUNCE)
"""Said at once, since the pace was watched for long enough before it was called too fast, and
without a pause after another cue: it is the body that would pay for it."""

_ROUNDING_S: Final = 1e-6
"""Spans add up to a hair less than what they are."""

GOOD: Final = "That's it"
BREATHE: Final = "Hold and breathe"
PAUSED: Final = "Paused"
SWITCH: Final = "Well done. Switch sides"
AGAIN: Final = "Well done. Once more"
ENDED: Final = "The session is over"
WELL_DONE: Final = "Well done"
REST_NOW: Final = "Well done, rest now"
"""In place of that where another exercise follows."""
CAMERA_GONE: Final = "No picture. Check the camera"
CAMERA_BACK: Final = "The picture is back"


class Announcer:
    """Decides what is heard at each frame. It holds no clock and plays nothing."""

    def __init__(self, pose: PoseDefinition, plan: Plan) -> None:
        """Announce this pose by this plan."""
        self._pose = pose
        self._plan = plan
        self._marks = marks(plan.hold_s)
        self._repeats = Repeats()
        self._arbiter = Arbiter()
        self._cue_onset = CueOnset(pose)
        self._time_s = 0.0
        self._held_s: dict[Side, float] = dict.fromkeys(SIDES, 0.0)
        self._was_holding = False
        self._was_paused = False
        self._is_over = False
        self._is_blind = False
        self._has_held = False
        """Since the pose was last invited: what is wrong now is to mend, not the way in."""
        self._is_to_praise = False
        """A cue was said, and nothing has been held since."""
        self._greeted: set[tuple[Side, int]] = set()
        """The sides and sets that were begun."""
        self._cue_over_s = -inf

    def step(self, outcome: Outcome) -> tuple[Message, ...]:
        """Return what is to be heard at this frame: at most one message with words.

        Args:
            outcome: Of a frame later than the one before.
        """
        self._time_s = outcome.time_s
        events = self._events(outcome)
        if not events and not self._is_over:
            events = self._cue(outcome)
        return self._arbiter.give(outcome.time_s, events)

    def no_picture(self, silent_s: float) -> tuple[Message, ...]:
        """Return what is to be heard where no frame has come for so many seconds."""
        time_s = self._time_s + silent_s
        if self._is_over or silent_s < SILENT_CAMERA_S:
            return ()
        tone = None if self._is_blind else Chime.PAUSE
        self._is_blind = True
        words = CAMERA_GONE if self._repeats.may_say(CAMERA_GONE, time_s) else None
        if words is not None:
            self._repeats.say(words, time_s, INVITE_AGAIN_S)
        elif tone is None:
            return ()
        return self._arbiter.give(time_s, [Message(time_s, Kind.CAMERA, words, tone)])

    def end(self, time_s: float) -> tuple[Message, ...]:
        """Return the last words of a session that is ended for whoever has gone."""
        if self._is_over:
            return ()
        self._time_s, self._is_over = time_s, True
        return self._arbiter.give(time_s, [self._summary()])

    def phrases(self) -> tuple[str, ...]:
        """Return the words that will probably be needed, those that must be quick first."""
        counted = [mark.words for mark in reversed(self._marks) if mark.words]
        cues = [fault.cue for fault in self._pose.faults]
        return (*counted, BREATHE, GOOD, SWITCH, *cues, PAUSED, CAMERA_GONE, CAMERA_BACK)

    @property
    def is_over(self) -> bool:
        """Whether the last words were said."""
        return self._is_over

    def _events(self, outcome: Outcome) -> list[Message]:
        """Return what has just happened and is to be heard."""
        time_s, hold = outcome.time_s, outcome.hold
        before_s, self._held_s = self._held_s, dict(hold.held_s)
        was_holding, self._was_holding = self._was_holding, hold.is_holding
        was_paused, self._was_paused = self._was_paused, hold.state is State.PAUSED
        was_blind, self._is_blind = self._is_blind, False
        if self._is_over:
            return []
        if self._plan.is_done(hold.held_s) or outcome.sign >= 1.0:
            self._is_over = True
            return [self._summary()]
        events = []
        if was_blind:
            events.append(Message(time_s, Kind.CAMERA, CAMERA_BACK))
        if self._was_paused:
            if not was_paused:
                events.append(Message(time_s, Kind.PAUSED, PAUSED, Chime.PAUSE))
            return events
        for side in self._plan.sides:
            events += self._counted(time_s, side, before_s[side], hold.held_s)
        feedback = outcome.feedback
        is_wanted = feedback.side is not None and feedback.next_side == feedback.side
        if hold.is_holding and not was_holding and is_wanted:
            events.append(self._start(time_s, feedback))
        elif was_holding and not hold.is_holding and is_wanted:
            events.append(Message(time_s, Kind.STOP, tone=Chime.PAUSE))
        return events

    def _counted(
        self, time_s: float, side: Side, before_s: float, held_s: Mapping[Side, float]
    ) -> list[Message]:
        """Return what the seconds that were just added to a side are worth to tell."""
        before = self._plan.sets_done(side, {**held_s, side: before_s})
        done = self._plan.sets_done(side, held_s)
        if done > before:
            self._repeats.start_afresh()
            is_other = self._plan.next_side(side, held_s) != side
            words = SWITCH if is_other else AGAIN
            self._repeats.say(words, time_s, CUE_AGAIN_S)
            return [Message(time_s, Kind.SIDE_DONE, words, Chime.SIDE_DONE)]
        if done >= self._plan.sets:
            return []
        since_s = done * self._plan.hold_s
        passed = [
            mark
            for mark in self._marks
            if before_s + _ROUNDING_S < since_s + mark.at_s <= held_s[side] + _ROUNDING_S
        ]
        if not passed:
            return []
        mark = passed[-1]
        return [Message(time_s, Kind.COUNT if mark.words else Kind.QUARTER, mark.words, mark.tone)]

    def _start(self, time_s: float, feedback: Feedback) -> Message:
        assert feedback.side is not None
        begun = (feedback.side, feedback.set_number)
        words = GOOD if self._is_to_praise else None if begun in self._greeted else BREATHE
        if words == GOOD:
            if self._repeats.may_say(GOOD, time_s):
                self._repeats.say(GOOD, time_s, CUE_AGAIN_S)
            else:
                words = None
        self._greeted.add(begun)
        self._is_to_praise, self._has_held = False, True
        self._repeats.start_afresh()
        return Message(time_s, Kind.START, words, Chime.START)

    def _cue(self, outcome: Outcome) -> list[Message]:
        """Return the cue, once it has stood long enough and its pause is over."""
        time_s, feedback = outcome.time_s, outcome.feedback
        stood_s = self._cue_onset.step(outcome)
        kind = _kind(feedback)
        if kind in (Kind.READY, Kind.AWAY, Kind.SIDE_DONE):
            self._has_held = self._is_to_praise = False
        if kind is None or stood_s < self._must_stand_s(feedback):
            return []
        words = feedback.cue.text
        if kind is Kind.SIDE_DONE:
            words = SWITCH
        elif feedback.setup is not None:
            words = feedback.setup.spoken or words
        subject = SWITCH if kind is Kind.SIDE_DONE else feedback.cue.text
        is_advice = kind in (Kind.CUE, Kind.SETUP)
        if not self._repeats.may_say(subject, time_s) or not self._arbiter.is_free(time_s, kind):
            return []
        is_urgent = feedback.cue in _OF_PACE
        if is_advice and not is_urgent and time_s < self._cue_over_s + BETWEEN_CUES_S:
            return []
        message = Message(time_s, kind, words)
        is_invitation = kind in (Kind.READY, Kind.AWAY)
        self._repeats.say(subject, time_s, INVITE_AGAIN_S if is_invitation else CUE_AGAIN_S)
        if is_advice:
            self._cue_over_s = time_s + message.spoken_s
            self._is_to_praise |= kind is Kind.CUE
        return [message]

    def _must_stand_s(self, feedback: Feedback) -> float:
        if feedback.cue == SETTLE:
            return UNSETTLED_S
        if feedback.cue in _OF_PACE and feedback.phase in (Phase.WAY_IN, Phase.HOLDING):
            return 0.0
        is_way_in = feedback.cue.fault is not None and not self._has_held
        return WAY_IN_S if is_way_in else STANDS_S

    def _summary(self) -> Message:
        if not any(seconds >= 1 for seconds in self._held_s.values()):
            return Message(self._time_s, Kind.SUMMARY, ENDED, Chime.ALL_DONE)
        told = _sides(self._held_s)
        if self._pose.dosage.sides == 1:
            told = f"{_whole(sum(self._held_s.values()))} seconds"
        goes_on = self._plan.is_done(self._held_s) and not self._plan.is_last
        praise = REST_NOW if goes_on else WELL_DONE
        return Message(self._time_s, Kind.SUMMARY, f"{told}. {praise}", Chime.ALL_DONE)


def _kind(feedback: Feedback) -> Kind | None:
    """Return what saying the cue would be; None for one that is only shown."""
    match feedback.phase:
        case Phase.PAUSED | Phase.DONE:
            return None
        case Phase.AWAY:
            return Kind.AWAY
        case Phase.SWITCH:
            return Kind.CUE if feedback.cue == OTHER_SIDE else Kind.SIDE_DONE
        case Phase.READY:
            return Kind.READY
        case Phase.SETTING_UP:
            return Kind.SETUP
        case Phase.WAY_IN | Phase.HOLDING:
            return None if feedback.cue.tone is Tone.GOOD else Kind.CUE


def _sides(held_s: Mapping[Side, float]) -> str:
    """Say the whole seconds of each side that has any."""
    told = [f"{side} {_whole(held_s[side])} seconds" for side in SIDES if held_s[side] >= 1]
    return ", ".join(told).capitalize()


def _whole(seconds: float) -> int:
    return int(seconds + _ROUNDING_S)
