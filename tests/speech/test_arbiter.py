import pytest

from formcheck.speech.arbiter import Arbiter
from formcheck.speech.message import Chime, Kind, Message
from formcheck.speech.repeats import LONGEST_S, Repeats

CUE = Message(0.0, Kind.CUE, "Five words are two seconds")


def said(messages: tuple[Message, ...]) -> list[str | None]:
    return [message.words for message in messages]


def test_the_lesser_waits_for_the_end_of_what_is_being_said() -> None:
    arbiter = Arbiter()
    arbiter.give(0.0, [CUE])

    assert arbiter.give(0.5, [Message(0.5, Kind.READY, "Ready")]) == ()
    assert arbiter.give(1.9, []) == ()
    assert arbiter.give(2.0, []) == (Message(2.0, Kind.READY, "Ready"),)
    assert arbiter.give(9.0, []) == ()


def test_the_more_important_cuts_it_short_and_what_waited_for_less_is_forgotten() -> None:
    arbiter = Arbiter()
    arbiter.give(0.0, [CUE])
    arbiter.give(0.2, [Message(0.2, Kind.READY, "Ready")])

    assert said(arbiter.give(0.5, [Message(0.5, Kind.COUNT, "Five")])) == ["Five"]
    assert arbiter.give(1.0, []) == ()


def test_of_those_that_wait_the_most_important_is_kept_and_of_equals_the_newest() -> None:
    arbiter = Arbiter()
    arbiter.give(0.0, [Message(0.0, Kind.COUNT, "Five words are two seconds")])
    arbiter.give(0.5, [Message(0.5, Kind.CUE, "First")])
    arbiter.give(0.6, [Message(0.6, Kind.CUE, "Second")])
    arbiter.give(0.7, [Message(0.7, Kind.READY, "Ready")])

    assert said(arbiter.give(2.0, [])) == ["Second"]


def test_what_has_waited_for_too_long_is_not_said() -> None:
    arbiter = Arbiter()
    arbiter.give(0.0, [Message(0.0, Kind.COUNT, "Ten words or so are said in about four seconds")])
    arbiter.give(0.5, [Message(0.5, Kind.CUE, "Late")])

    assert arbiter.give(4.1, []) == ()


def test_two_at_once_are_heard_one_after_the_other_and_with_one_tone() -> None:
    arbiter = Arbiter()
    count = Message(0.0, Kind.COUNT, "30 seconds", Chime.QUARTER)
    start = Message(0.0, Kind.START, "That's it", Chime.START)

    assert arbiter.give(0.0, [start, count]) == (count,)
    assert arbiter.give(0.8, []) == (Message(0.8, Kind.START, "That's it"),)


def test_a_tone_waits_for_nothing() -> None:
    arbiter = Arbiter()
    arbiter.give(0.0, [CUE])
    stop = Message(0.1, Kind.STOP, tone=Chime.PAUSE)

    assert arbiter.give(0.1, [stop]) == (stop,)
    assert arbiter.give(0.2, [Message(0.2, Kind.READY, "Ready", Chime.START)]) == (
        Message(0.2, Kind.READY, tone=Chime.START),
    )


def test_a_message_has_something_to_hear() -> None:
    with pytest.raises(ValueError, match="words or a tone"):
        Message(0.0, Kind.CUE)


def test_pauses_grow_are_bounded_and_begin_anew_when_it_is_news_or_long_ago() -> None:
    repeats = Repeats()
    time_s, pauses = 0.0, []
    for _ in range(5):
        repeats.say("Again", time_s, 8.0)
        pauses.append(next(s for s in range(200) if repeats.may_say("Again", time_s + s)))
        time_s += pauses[-1]
    assert pauses == [8, 16, 32, LONGEST_S, LONGEST_S]
    assert repeats.may_say("Something else", 0.0)

    repeats.say("Again", time_s, 8.0)
    repeats.start_afresh()
    assert not repeats.may_say("Again", time_s + 7.9)
    assert repeats.may_say("Again", time_s + 8.0)

    for at_s in (time_s + 100, time_s + 108):
        repeats.say("Again", at_s, 8.0)
    repeats.say("Again", time_s + 108 + 2 * LONGEST_S + 1, 8.0)
    assert repeats.may_say("Again", time_s + 108 + 2 * LONGEST_S + 9)
