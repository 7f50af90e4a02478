"""What is said, as it is written down."""

import json
from pathlib import Path

import pytest

from formcheck.cli.live.sound_output import SoundOutput
from formcheck.cli.wishes.sound import SoundChoice
from formcheck.errors import FormcheckError
from formcheck.io.recording.transcript import Transcript
from formcheck.pose.definition import load_pose
from formcheck.pose.plan import Plan
from formcheck.run import Moment
from formcheck.session import Session
from formcheck.speech.message import Chime, Kind, Message
from tests.factories import STRETCH, stay, track

LUNGE = load_pose("lunge-stretch")
FULL = Path("/dev/full")


def moments(seconds: float, start_s: float) -> list[Moment]:
    session = Session(LUNGE)
    return [
        Moment(None, session.step(time_s, landmarks))
        for time_s, landmarks in track(stay(seconds, STRETCH), fps=10, start_s=start_s)
    ]


def test_each_message_is_a_line_at_once_with_its_time_since_the_first_frame(tmp_path: Path) -> None:
    path = tmp_path / "said.jsonl"
    sound = SoundOutput.of(
        SoundChoice(is_muted=True, with_voice=True, transcript=path),
        LUNGE,
        Plan.of(LUNGE, hold_s=4),
    )
    for moment in moments(4.5, start_s=70_000.0):
        sound.take(moment)
    sound.take(Moment(None, None, silent_s=1.0))

    # Not closed yet: what was said is there already.
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    sound.close()

    assert [line["words"] for line in lines[:3]] == ["Hold and breathe", "Two", "One"]
    assert [line["time_s"] for line in lines[:3]] == pytest.approx([1.0, 2.1, 3.2], abs=0.11)
    assert lines[0]["kind"] == "start"
    assert lines[0]["tone"] == "start"
    assert lines[1]["tone"] is None
    assert lines[1]["held_s"]["left"] == pytest.approx(2.0, abs=0.1)
    assert lines[1]["held_s"]["right"] == 0.0
    assert lines[-1]["kind"] == "camera"
    assert sound.problems == []


def test_a_transcript_that_cannot_be_written_is_told_before_anything_begins(tmp_path: Path) -> None:
    with pytest.raises(FormcheckError, match="Cannot write the transcript"):
        Transcript(tmp_path / "no-such-folder" / "said.jsonl")


@pytest.mark.skipif(not FULL.exists(), reason="no full device on this system")
def test_a_full_disk_stops_the_transcript_and_not_the_stretch() -> None:
    transcript = Transcript(FULL)
    for number in range(3):
        transcript.take(Moment(None, None), [Message(float(number), Kind.STOP, tone=Chime.PAUSE)])
    transcript.close()
    transcript.close()

    assert transcript.problem is not None
    assert "No space left" in transcript.problem
