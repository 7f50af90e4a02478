"""Bodies before the camera in, words and tones out; and the rules that all speech obeys."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from formcheck.body.landmarks import SIDES, PoseLandmarks, Side
from formcheck.pose.definition import PoseDefinition, load_pose
from formcheck.pose.plan import Plan
from formcheck.session import Session
from formcheck.speech import announcer
from formcheck.speech.announcer import Announcer
from formcheck.speech.message import Kind, Message
from tests.factories import STRETCH, Body, track

LUNGE = load_pose("lunge-stretch")
OTHER = replace(STRETCH, stretched="right")
LEANING_BACK = replace(STRETCH, trunk_lean=-25.0)
AWAY_FROM_US = replace(STRETCH, shoulder_width=0.7)
CHEST = LUNGE.fault_by_name["trunk_forward"].cue
RIBS = LUNGE.fault_by_name["trunk_back"].cue
FPS = 10.0
FRAME_S = 1 / FPS
MENDING = (Kind.CUE, Kind.SETUP)


@dataclass(frozen=True)
class Heard:
    """A message, and the seconds held on each side when it came."""

    message: Message
    held_s: dict[Side, float]

    @property
    def what(self) -> str | None:
        """Return its words, else the name of its tone."""
        return self.message.words or (self.message.tone.value if self.message.tone else None)


def listen(
    *phases: tuple[float, Body | None, Body | None],
    target_s: float = 60.0,
    sets: int = 1,
    pose: PoseDefinition = LUNGE,
    paused: tuple[float, float] = (0.0, 0.0),
) -> list[Heard]:
    """Return all that is heard while these phases are before the camera."""
    return listen_to(
        track(*phases, fps=FPS), Plan.of(pose, hold_s=target_s, sets=sets), pose, paused
    )


def listen_to(
    frames: Iterable[tuple[float, PoseLandmarks | None]],
    plan: Plan,
    pose: PoseDefinition = LUNGE,
    paused: tuple[float, float] = (0.0, 0.0),
) -> list[Heard]:
    session, mouth = Session(pose, plan), Announcer(pose, plan)
    heard: list[Heard] = []
    for time_s, landmarks in frames:
        outcome = session.step(time_s, landmarks, is_paused=paused[0] <= time_s < paused[1])
        messages = mouth.step(outcome)
        assert sum(message.words is not None for message in messages) <= 1
        assert all(message.time_s == time_s for message in messages)
        heard += [Heard(message, dict(outcome.hold.held_s)) for message in messages]
    return heard


def whats(heard: Iterable[Heard]) -> list[str | None]:
    return [each.what for each in heard]


def times(heard: Iterable[Heard], words: str) -> list[float]:
    return [each.message.time_s for each in heard if each.message.words == words]


def obey(heard: list[Heard]) -> None:
    """Check what holds of everything that is heard."""
    spoken = [each.message for each in heard if each.message.words]
    for earlier, later in pairwise(spoken):
        cuts = later.kind.rank < earlier.kind.rank
        assert later.time_s >= earlier.time_s + earlier.spoken_s - 1e-6 or cuts
    advice = [message for message in spoken if message.kind in MENDING]
    for earlier, later in pairwise(advice):
        is_urgent = later.words in ("Slowly and gently", "Hold still, breathe")
        assert later.time_s - earlier.time_s >= earlier.spoken_s + 2.0 - 1e-6 or is_urgent
    for words in {message.words for message in advice} | {announcer.GOOD}:
        said = [message.time_s for message in spoken if message.words == words]
        assert all(later - earlier >= 8.0 - 1e-6 for earlier, later in pairwise(said))
    for index, each in enumerate(heard):
        if each.message.words == announcer.GOOD:
            before = [other.message.kind for other in heard[:index]]
            assert Kind.CUE in before[before.index(Kind.START) if Kind.START in before else 0 :]
        if each.message.kind is Kind.SUMMARY:
            assert index == len(heard) - 1
    for side in SIDES:
        counts = [each.what for each in heard if each.message.kind is Kind.COUNT]
        assert len(counts) <= 7 * len(SIDES), side
