"""A recording: exact times, whole where it was cut short, and never in anybody's way."""

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from benchmarks.counting.truth import TrueInterval, read_truth
from formcheck.cli.main import ExitStatus, run
from formcheck.errors import FormcheckError
from formcheck.io.files.clip import Clip
from formcheck.io.recording.recorder import Draw, Recorder, truth_path
from formcheck.io.recording.track import SUFFIX, PackedTrack, load_track
from formcheck.picture.frame import Frame
from formcheck.pose.definition import load_pose
from formcheck.run import Moment
from formcheck.session import Session
from tests.factories import STRETCH, Track, stay, track
from tests.filesystem import in_a_file_system
from tests.shared import CHECKOUT

HELD_3_S = track(stay(3.0, STRETCH), fps=10, start_s=1000.0)
SIZE = (320, 240)


def brightness_of(number: int) -> int:
    """Tell the brightness of a picture by its number; neighbours differ clearly."""
    return 40 + 7 * (number % 25)


def picture(number: int, size: tuple[int, int] = SIZE) -> npt.NDArray[np.uint8]:
    """Return a picture that tells its number by its brightness."""
    return np.full((size[1], size[0], 3), brightness_of(number), np.uint8)


class Recording:
    """A session that is recorded, at the pace at which it can be written."""

    def __init__(self, path: Path, draw: Draw | None = None, *, force: bool = False) -> None:
        self.session = Session(load_pose("lunge-stretch"))
        self.recorder = Recorder(path, self.session, draw, force=force)

    def see(self, frames: Track, *, size: tuple[int, int] = SIZE, pace_s: float = 0.004) -> None:
        for number, (time_s, landmarks) in enumerate(frames):
            outcome = self.session.step(time_s, landmarks)
            frame = Frame(picture(number, size), time_s, number)
            self.recorder.take(Moment(frame, outcome, shown=outcome))
            time.sleep(pace_s)


def inverted(image: npt.NDArray[np.uint8], _: object) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.bitwise_not(image), dtype=np.uint8)


def frames_of(path: Path) -> list[Frame]:
    clip = Clip(path)
    frames = []
    while (frame := clip.read()) is not None:
        frames.append(frame)
    assert clip.problem is None
    return frames


def uneven(frames: Track) -> Track:
    return [(time_s + 0.03 * (number % 3), body) for number, (time_s, body) in enumerate(frames)]


def test_a_recording_keeps_pictures_times_and_landmarks_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "mine.mp4"
    recording = Recording(path)
    recording.see(uneven(HELD_3_S))
    recording.recorder.close()
    assert recording.recorder.problem is None
    frames = frames_of(path)
    times_s = [time_s - 1000.0 for time_s, _ in uneven(HELD_3_S)]
    assert [frame.time_s for frame in frames] == pytest.approx(times_s, abs=0.001)
    brightness = [frame.image.mean() for frame in frames]
    assert brightness == pytest.approx([brightness_of(number) for number in range(31)], abs=2)
    replayed = Session(load_pose("lunge-stretch"))
    for time_s, landmarks in load_track(path.with_suffix(SUFFIX)):
        replayed.step(time_s, landmarks)
    assert replayed.held_s == pytest.approx(recording.session.held_s, abs=0.001)
    assert replayed.held_s["left"] > 2


def test_the_truth_file_is_filled_with_what_was_counted_and_marked_as_not_corrected(
    tmp_path: Path,
) -> None:
    recording = Recording(tmp_path / "mine.mp4")
    recording.see(track(stay(3.0, STRETCH), stay(1.0, None), fps=10, start_s=1000.0))
    recording.recorder.close()
    truth = read_truth(tmp_path / "mine.mp4")
    held, lost = truth.intervals
    assert (held.held, held.stretched_side, held.start_s) == (True, "left", 0.0)
    assert held.end_s == pytest.approx(3.0, abs=0.2)
    assert (lost.held, lost.end_s) == (False, 4.0)
    assert "NOT CORRECTED" in json.loads(truth_path(tmp_path / "mine.mp4").read_text())["times"]
    assert str(truth_path(tmp_path / "mine.mp4")) in (recording.recorder.report() or "")


@pytest.mark.skipif(sys.platform == "win32", reason="rights are the folder's own there")
def test_a_recording_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        recording = Recording(tmp_path / "mine.mp4")
        recording.see(HELD_3_S[:5])
        recording.recorder.close()
    finally:
        os.umask(before)
    rights = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert rights == dict.fromkeys(("mine.mp4", "mine.landmarks.npz", "mine.truth.json"), 0o600)


def test_what_is_there_is_replaced_only_when_told(tmp_path: Path) -> None:
    for name in ("mine.mp4", "mine.truth.json", "mine.landmarks.npz"):
        (tmp_path / name).write_text("precious")
        with pytest.raises(FormcheckError, match="--force"):
            Recording(tmp_path / "mine.mp4")
        if name != "mine.landmarks.npz":
            (tmp_path / name).unlink()
    recording = Recording(tmp_path / "mine.mp4", force=True)
    recording.recorder.close()
    assert (tmp_path / "mine.landmarks.npz").read_text() == "precious"  # nothing was recorded
    recording = Recording(tmp_path / "mine.mp4", force=True)
    recording.see(HELD_3_S[:5])
    recording.recorder.close()
    assert len(list(load_track(tmp_path / "mine.landmarks.npz"))) == 5


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("mine.avi", "mine.mp4"), ("nowhere/mine.mp4", "no folder"), ("folder.mp4", "no file")],
)
def test_a_place_that_cannot_be_is_said_before_the_session(
    tmp_path: Path, name: str, remedy: str
) -> None:
    (tmp_path / "folder.mp4").mkdir()
    with pytest.raises(FormcheckError, match=remedy):
        Recording(tmp_path / name, force=True)


def test_options_of_a_recording_need_a_recording(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lunge-stretch", "x.mp4", "--annotated"]) == ExitStatus.WRONG_USAGE
    assert "--record FILE" in capsys.readouterr().err


def test_a_camera_that_changes_its_size_is_fitted_with_its_landmarks(tmp_path: Path) -> None:
    path = tmp_path / "mine.mp4"
    recording = Recording(path)
    recording.see(HELD_3_S[:10], size=(321, 241))
    recording.see(HELD_3_S[10:], size=(240, 480))
    recording.recorder.close()
    assert recording.recorder.problem is None
    shapes = {frame.image.shape for frame in frames_of(path)}
    assert shapes == {(240, 320, 3)}
    assert frames_of(path)[-1].image[:, :90].mean() < 5  # black beside the narrow picture


def test_what_is_drawn_is_recorded_where_that_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "mine.mp4"
    recording = Recording(path, inverted)
    recording.see(HELD_3_S[:5])
    recording.recorder.close()
    assert [frame.image.mean() for frame in frames_of(path)] == pytest.approx(
        [255 - brightness_of(number) for number in range(5)], abs=2
    )


def test_frames_are_dropped_and_counted_rather_than_delayed(tmp_path: Path) -> None:
    def slowly(image: npt.NDArray[np.uint8], _: object) -> npt.NDArray[np.uint8]:
        time.sleep(0.05)
        return image

    recording = Recording(tmp_path / "mine.mp4", slowly)
    recording.see(HELD_3_S, pace_s=0.0)
    recording.recorder.close()
    written = len(frames_of(tmp_path / "mine.mp4"))
    assert written == len(list(load_track(tmp_path / "mine.landmarks.npz")))
    assert written < 31
    assert f"{31 - written} frames are missing" in (recording.recorder.problem or "")


_RECORDS = """
import sys
from pathlib import Path
from tests.io.test_recorder import Recording
from tests.factories import STRETCH, stay, track
recording = Recording(Path(sys.argv[1]) / "mine.mp4")
recording.see(track(stay(6.0, STRETCH), fps=30, start_s=1000.0), pace_s=0.02)
print("recorded", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_a_recording_that_kill_9_cuts_short_is_kept_up_to_a_second_before(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _RECORDS, tmp_path],
        cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip
        assert program.stdout is not None
        assert program.stdout.readline() == "recorded\n"
        program.kill()
    frames = frames_of(tmp_path / "mine.mp4")
    assert frames[-1].time_s >= 5.0
    saved = list(load_track(tmp_path / f"mine{SUFFIX}"))
    assert saved[-1][0] >= 5.0
    replayed = Session(load_pose("lunge-stretch"))
    for time_s, landmarks in saved:
        replayed.step(time_s, landmarks)
    assert replayed.held_s["left"] >= 5.0
    assert _held(read_truth(tmp_path / "mine.mp4").intervals) >= 4.8
    owner_alone = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("mine.*")}
    assert owner_alone == {0o600}


def test_landmarks_that_break_off_within_a_frame_are_read_up_to_it(tmp_path: Path) -> None:
    path = tmp_path / f"mine{SUFFIX}"
    with path.open("wb", buffering=0) as file:
        growing = PackedTrack(file)
        for time_s, landmarks in HELD_3_S:
            growing.add(time_s, landmarks)
    whole = [time_s for time_s, _ in load_track(path)]
    assert whole == [time_s for time_s, _ in HELD_3_S]
    path.write_bytes(path.read_bytes()[:-7])
    assert [time_s for time_s, _ in load_track(path)] == whole[:-1]


_FILLS = """
import sys
from pathlib import Path
import numpy as np
from tests.io import test_recorder
from tests.factories import STRETCH, stay, track
noise = np.random.default_rng(0)
test_recorder.picture = lambda *_: noise.integers(0, 255, (240, 320, 3), dtype=np.uint8)
path = Path(sys.argv[1]) / "mine.mp4"
recording = test_recorder.Recording(path)
recording.see(track(stay(4.0, STRETCH), fps=30, start_s=1000.0), pace_s=0.02)
recording.recorder.close()
print(recording.recorder.problem)
print(len(test_recorder.frames_of(path)))
print(sum(recording.session.held_s.values()))
"""


def test_a_full_disk_breaks_off_the_recording_and_not_the_session(tmp_path: Path) -> None:
    done = in_a_file_system("size=800k", tmp_path, _FILLS)
    problem, frames, held_s = done.stdout.splitlines()
    assert problem.startswith(f"The recording {tmp_path / 'mine.mp4'} breaks off: the disk is full")
    assert int(frames) > 3
    assert float(held_s) > 3


def test_nothing_is_left_of_a_session_without_a_judged_frame(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "mine.mp4")
    recording.recorder.take(Moment(Frame(picture(0), 0.0, 0), None))
    recording.recorder.close()
    assert list(tmp_path.iterdir()) == []
    assert recording.recorder.report() is None
    assert recording.recorder.problem is None


@pytest.mark.long
@pytest.mark.mediapipe
def test_what_was_recorded_scores_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = CHECKOUT / "samples" / "starts-in-pose.mp4"
    path = tmp_path / "mine.mp4"
    live = ["lunge-stretch", str(sample), "--terminal", "--mute", "--record", str(path)]
    assert run(live) == ExitStatus.DONE
    capsys.readouterr()
    assert run(["score", str(path), str(sample), "--pose", "lunge-stretch", "--json"]) == 0
    mine, original = map(json.loads, capsys.readouterr().out.splitlines())
    assert mine["held_s"]["total"] == pytest.approx(original["held_s"]["total"], abs=0.2)
    assert original["held_s"]["left"] > 5
    assert _held(read_truth(path).intervals) == pytest.approx(original["held_s"]["total"], abs=0.2)


def _held(intervals: Iterable[TrueInterval]) -> float:
    return sum(each.duration_s for each in intervals if each.held)
