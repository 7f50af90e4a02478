"""Bodies before a session, and what it makes of them."""

from formcheck.pose.definition import load_pose
from formcheck.session import Outcome, Session
from tests.factories import (
    KNEELING,
    STANDING,
    STRETCH,
    Body,
    Track,
    slide,
    stay,
    track,
)

LUNGE = load_pose("lunge-stretch")
FRAME_S = 1 / 30


def watch(frames: Track) -> tuple[Session, list[Outcome]]:
    session = Session(LUNGE)
    return session, [session.step(time_s, landmarks) for time_s, landmarks in frames]


def total_s(frames: Track) -> float:
    return sum(watch(frames)[0].held_s.values())


def told(frames: Track) -> list[tuple[str, str]]:
    """Return the ledger without its times: each state with its worst fault or its side."""
    ledger = watch(frames)[0].intervals()
    said = [
        (each.state.value, each.faults[0] if each.faults else each.side or "") for each in ledger
    ]
    return [each for index, each in enumerate(said) if index == 0 or each != said[index - 1]]


def the_way_in(stretch: Body = STRETCH) -> Track:
    return track(
        stay(1.0, STANDING),
        slide(1.5, STANDING, KNEELING),
        stay(1.0, KNEELING),
        slide(1.5, KNEELING, stretch),
        stay(10.0, stretch),
    )
