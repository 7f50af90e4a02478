"""A session over both sides at full length, before the webcam, with nobody at the keys.

Both displays run at once, each before a webcam of its own; what was said is read from the
transcripts, what was counted from the summaries. It takes as long as a session does.
"""

import os
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from benchmarks.running.stage import virtual_screen
from formcheck.body.landmarks import SIDES
from formcheck.pose.definition import load_pose
from tests.samples.whole_session import make_whole_session, true_held_s
from tests.shared import needs_fakecam, needs_screen
from tests.webcam import LOADING_S, Finished, Running

LAST = ["Five", "Four", "Three", "Two", "One"]
A_SIDE = ["quarter", "30 seconds", "45 seconds", *LAST]
CUE_AGAIN_S = 8.0

pytestmark = [
    pytest.mark.long,
    pytest.mark.screen,
    pytest.mark.mediapipe,
    needs_fakecam,
    needs_screen,
]


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Finished]]:
    clip = make_whole_session(tmp_path_factory.mktemp("clip"), stands_s=LOADING_S)
    with virtual_screen() as screen:
        no_screen = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
        running = {
            "window": Running("lunge-stretch", clip, tmp_path_factory.mktemp("window"), screen),
            "terminal": Running(
                "lunge-stretch", clip, tmp_path_factory.mktemp("terminal"), no_screen
            ),
        }
        yield {name: session.finish() for name, session in running.items()}


@pytest.fixture(params=["window", "terminal"])
def session(request: pytest.FixtureRequest, sessions: dict[str, Finished]) -> Finished:
    return sessions[request.param]


def test_it_ends_by_itself_with_the_right_seconds_on_each_side(session: Finished) -> None:
    assert session.status == 0
    assert session.errors == ""
    (first, first_s), (last, _) = true_held_s().items()
    assert session.seconds(first) == pytest.approx(first_s, abs=1.0)
    # Whoever holds on after the last second is past the end.
    assert session.seconds(last) == pytest.approx(load_pose("lunge-stretch").dosage.hold_s, abs=1.0)


def test_what_is_said_comes_in_order_and_at_the_held_second(session: Finished) -> None:
    advice = ("cue", "setup", "ready")
    events = [line for line in session.said if line["kind"] not in advice]
    told = [line["words"] or line["tone"] for line in events]
    begun = ("Hold and breathe", "That's it")

    assert [words for words in told if words not in begun][:-1] == [
        *A_SIDE, "Well done. Switch sides", *A_SIDE
    ]  # fmt: skip
    assert [line["kind"] for line in events].count("start") == 2
    assert re.fullmatch(r"Left \d\d seconds, right \d\d seconds\. Well done", told[-1])
    first, second = true_held_s()
    for side, those in ((first, events[: len(A_SIDE) + 2]), (second, events[len(A_SIDE) + 2 :])):
        for words, due_s in zip(
            ["30 seconds", "45 seconds", *LAST], [30, 45, *range(55, 60)], strict=True
        ):
            (line,) = [line for line in those if line["words"] == words]
            # A camera's frames come a tenth of a second apart, on a busy machine more.
            assert due_s - 1e-3 <= line["held_s"][side] <= due_s + 0.5


def test_nothing_is_repeated_within_its_pause(session: Finished) -> None:
    assert len(session.said) >= 2 * len(A_SIDE) + 4
    assert all(earlier["time_s"] <= later["time_s"] for earlier, later in pairwise(session.said))
    for words in {line["words"] for line in session.said if line["kind"] in ("cue", "setup")}:
        at_s = [line["time_s"] for line in session.said if line["words"] == words]
        assert all(later - earlier >= CUE_AGAIN_S for earlier, later in pairwise(at_s)), words


def test_seconds_never_shrink_from_one_message_to_the_next(session: Finished) -> None:
    for earlier, later in pairwise(session.said):
        assert all(earlier["held_s"][side] <= later["held_s"][side] for side in SIDES)
