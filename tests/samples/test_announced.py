"""What is heard of the recorded samples, replayed from their landmarks."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.counting.track import SUFFIX, load_track
from benchmarks.counting.truth import TrueInterval, read_truth
from formcheck.pose.plan import Plan
from formcheck.speech.announcer import CUE_AGAIN_S
from formcheck.speech.message import Chime, Kind
from tests.samples.whole_session import true_held_s, whole_session_track
from tests.shared import CHECKOUT
from tests.speech.listening import LUNGE, Heard, listen_to, obey, times

SAMPLES = sorted(
    clip for clip in (CHECKOUT / "samples").glob("*.mp4") if read_truth(clip).pose == LUNGE.name
)
LONG_S = 3.0
"""A fault that lasts so long is to be heard, if it was not just before."""

LATE_S = 3.0
"""A cue that was being said, and the pause after it, hold the next one up for so long at most."""


@cache
def heard_of(clip: Path) -> list[Heard]:
    return listen_to(load_track(clip.with_suffix(SUFFIX)), Plan.of(LUNGE))


@pytest.mark.parametrize("clip", SAMPLES, ids=lambda clip: clip.stem)
def test_one_message_at_a_time_and_none_within_its_pause(clip: Path) -> None:
    heard = heard_of(clip)

    obey(heard)
    assert heard, "nobody is left without a word for so long"


def test_a_lasting_fault_is_named_aloud() -> None:
    faults = [
        (clip, span) for clip in SAMPLES for span in read_truth(clip).intervals if _lasts(span)
    ]
    missed = [
        (clip.stem, span.faults)
        for clip, span in faults
        if not any(
            span.start_s - CUE_AGAIN_S <= at_s <= span.end_s + LATE_S
            for fault in span.faults
            for at_s in times(heard_of(clip), LUNGE.fault_by_name[fault].cue)
        )
    ]

    assert len(faults) >= 8
    assert len(missed) <= len(faults) / 8, missed


def test_nothing_is_to_mend_while_the_truth_is_a_hold() -> None:
    for clip in SAMPLES:
        held = [span for span in read_truth(clip).intervals if span.held]
        for each in heard_of(clip):
            if each.message.kind in (Kind.CUE, Kind.SETUP, Kind.READY):
                at_s = each.message.time_s
                # A cue may come within the second that it takes to see that the body is still.
                assert not any(s.start_s + 1.5 <= at_s <= s.end_s for s in held), (clip.stem, each)


def test_a_session_over_both_sides_is_heard_from_the_first_second_to_the_summary() -> None:
    heard = listen_to(whole_session_track(), Plan.of(LUNGE))
    obey(heard)
    first, second = true_held_s()

    count = ["Five", "Four", "Three", "Two", "One"]
    a_side = ["quarter", "30 seconds", "45 seconds", *count]
    events = [each.what for each in heard if each.message.kind not in (Kind.CUE, Kind.READY)]
    starts = [what for what in events if what in ("Hold and breathe", "That's it")]
    assert events == [
        starts[0], *a_side, "Well done. Switch sides", starts[1], *a_side, events[-1]
    ]  # fmt: skip
    for side, those in ((first, heard[: len(heard) // 2]), (second, heard[len(heard) // 2 :])):
        for words, left_s in zip(count, (5, 4, 3, 2, 1), strict=True):
            (seconds,) = [h.held_s[side] for h in those if h.message.words == words]
            assert 60 - left_s - 1e-6 <= seconds <= 60 - left_s + 0.1 + 1e-6
    last = heard[-1].message
    assert last.tone is Chime.ALL_DONE
    assert last.words in (
        "Left 60 seconds, right 61 seconds. Well done",
        "Left 60 seconds, right 62 seconds. Well done",
    )
    said = [each.message.time_s for each in heard]
    assert all(earlier < later for earlier, later in pairwise(said))


def _lasts(span: TrueInterval) -> bool:
    return not span.held and bool(span.faults) and span.duration_s >= LONG_S
