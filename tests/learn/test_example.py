"""A pose learnt from an example counts it, and nothing that is another thing."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.counting.track import load_track
from formcheck.body.measurements import MEASUREMENTS
from formcheck.errors import FormcheckError
from formcheck.judge.form import Form
from formcheck.learn.example import ACCEPT_MARGIN, Example, learn
from formcheck.learn.pose_file import pose_text
from formcheck.learn.suggested_cues import SUGGESTED_CUES
from formcheck.pose.definition import PoseDefinition, read_pose
from formcheck.pose.parts import MAX_CUE_LETTERS, MAX_CUE_WORDS
from formcheck.session import Session
from tests.factories import STANDING, STRETCH, Body, Track, slide, stay, track

SAMPLES = Path(__file__).parents[2] / "samples"


def sample(name: str) -> Track:
    return list(load_track(SAMPLES / f"{name}.landmarks.npz"))


def written(folder: Path, example: Example, source: str = "a.mp4") -> PoseDefinition:
    path = folder / "mine.toml"
    path.write_text(pose_text("mine", source, example), "utf-8")
    return read_pose(path)


def held_s(pose: PoseDefinition, frames: Track) -> float:
    session = Session(pose)
    for time_s, landmarks in frames:
        session.step(time_s, landmarks)
    return sum(session.held_s.values())


def test_a_pose_learnt_from_a_clip_counts_it_and_no_other_things(tmp_path: Path) -> None:
    clip = sample("lunge-stretch-good")

    pose = written(tmp_path, learn(clip))

    assert held_s(pose, clip) == pytest.approx(9.3, abs=0.3)
    assert held_s(pose, sample("loose-pale")) > 5  # another body, the same stretch
    assert held_s(pose, sample("other-things")) == 0


def test_the_held_part_is_the_longest_calm_one_and_can_be_told() -> None:
    short, long = replace(STRETCH, trunk_lean=-5.0, rear_thigh_tilt=5.0), STRETCH
    frames = track(
        stay(4.0, short), slide(1.0, short, long), stay(6.0, long), slide(1.0, long, STANDING)
    )

    example = learn(frames)
    assert example.start_s == pytest.approx(5.3, abs=0.3)
    assert example.end_s == pytest.approx(10.7, abs=0.3)
    assert example.start_s <= example.best_s <= example.end_s

    told = learn(frames, between_s=(0.0, 4.0))
    lean = next(each for each in told.taken if each.measurement == "trunk_lean")
    assert lean.median == pytest.approx(-5.0)


def test_bands_are_what_was_measured_and_the_error_of_the_measurement() -> None:
    taken = {each.measurement: each for each in learn(track(stay(4.0, STRETCH))).taken}

    lean = taken["trunk_lean"]
    assert lean.accept == (STRETCH.trunk_lean - ACCEPT_MARGIN[True], 5.0 + ACCEPT_MARGIN[True])
    assert lean.accept[0] < lean.full[0] < lean.median < lean.full[1] < lean.accept[1]
    assert "shoulder_width" not in taken


def test_a_straight_knee_has_no_lower_bound() -> None:
    high_lunge = replace(STRETCH, rear_thigh_tilt=45.0, rear_knee_flexion=5.0)

    taken = {each.measurement: each for each in learn([(0.0, high_lunge.landmarks())]).taken}

    assert taken["rear_knee_flexion"].accept == (-float("inf"), 19)


def test_what_is_not_seen_or_not_steady_is_left_out_and_said() -> None:
    hidden = replace(STRETCH, hidden={"left_ankle": 0.2})
    assert "seen in 0 %" in learn(track(stay(4.0, hidden))).left_out["rear_knee_flexion"]

    # The rear shin swings slowly: no watched angle moves.
    swing = slide(5.0, STRETCH, replace(STRETCH, rear_knee_flexion=100.0))
    assert learn(track(swing)).left_out["rear_knee_flexion"].startswith("not steady")


def test_a_photo_is_an_example_too(tmp_path: Path) -> None:
    landmarks = STRETCH.landmarks()

    pose = written(tmp_path, learn([(0.0, landmarks)]), source='my "best"\n.jpg')

    assert Session(pose).step(0.0, landmarks).verdict.form is Form.IN_FORM
    assert Session(pose).step(0.0, STANDING.landmarks()).verdict.form is Form.OUT_OF_FORM


def test_a_body_seen_from_the_front_or_lying_is_learnt_as_such(tmp_path: Path) -> None:
    front = replace(STRETCH, shoulder_width=0.7)
    assert learn([(0.0, front.landmarks())]).kind == "front"

    lying = learn([(0.0, replace(STRETCH, trunk_lean=85.0).landmarks())])
    assert lying.kind == "lying"
    assert written(tmp_path, lying).view.kind == "lying"


@pytest.mark.parametrize(
    ("frames", "says"),
    [
        ([(0.0, None)], "Nobody is seen"),
        (track(slide(3.0, STANDING, STRETCH)), "Nobody holds still"),
        (track(stay(1.0, STRETCH)), "Nobody holds still"),
        ([(0.0, replace(STRETCH, visibility=0.3).landmarks())], "Too little of the body"),
    ],
)
def test_what_teaches_nothing_is_refused_with_a_remedy(frames: Track, says: str) -> None:
    with pytest.raises(FormcheckError, match=says) as caught:
        learn(frames)

    assert "Take " in str(caught.value)


def test_someone_turned_too_far_is_refused_where_the_side_view_is_asked_for() -> None:
    turned: Body = replace(STRETCH, shoulder_width=0.7)
    with pytest.raises(FormcheckError, match="turned too far"):
        learn([(0.0, turned.landmarks())], kind="side")


def test_every_measurement_has_a_cue_for_each_way_out_that_can_be_read() -> None:
    assert set(SUGGESTED_CUES) == set(MEASUREMENTS)
    for both in SUGGESTED_CUES.values():
        assert set(both) == {"below", "above"}
        for cue in both.values():
            assert len(cue.split()) <= MAX_CUE_WORDS
            assert len(cue) <= MAX_CUE_LETTERS
