"""Labelled photos are held against what the poses say of them."""

from pathlib import Path

import av
import cv2
import pytest

from benchmarks.people.__main__ import judge_people
from benchmarks.people.judging import Said, judge_photo, may_credit
from benchmarks.people.labels import Label, LabelledPhoto, labelled_photos
from benchmarks.people.tables import tally
from benchmarks.people.variants import VARIANTS, nearest_edges, vary
from formcheck.errors import FormcheckError
from formcheck.pose.definition import every_pose, load_pose
from tests.factories import STANDING, STRETCH
from tests.shared import CHECKOUT, PEOPLE, needs_people

POSES = every_pose()
IN_THE_STRETCH = CHECKOUT / "samples" / "starts-in-pose.mp4"


def photo(pose: str, label: Label) -> LabelledPhoto:
    return LabelledPhoto(Path("a.jpg"), pose, label, "")


def write(folder: Path, table: str, *photos: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "labels.csv").write_text(table)
    for name in photos:
        (folder / name).write_bytes(b"")
    return folder


def test_labels_name_the_pose_in_the_row_or_in_the_heading(tmp_path: Path) -> None:
    write(tmp_path / "one", "file,pose,label,note\na.jpg,crescent,yes,tall\n", "a.jpg")
    write(tmp_path / "two", "file,in_lunge_stretch_form,shows\nb.jpg,no,a squat\n", "b.jpg")

    found = [
        (each.file.name, each.pose, each.label, each.note) for each in labelled_photos(tmp_path)
    ]

    assert found == [
        ("a.jpg", "crescent", "yes", "tall"),
        ("b.jpg", "lunge-stretch", "no", "a squat"),
    ]


@pytest.mark.parametrize("row", ["a.jpg,crescent,good", "gone.jpg,crescent,yes", "a.jpg,,yes"])
def test_a_row_that_labels_nothing_is_told_by_its_line(tmp_path: Path, row: str) -> None:
    write(tmp_path, f"file,pose,label\na.jpg,crescent,yes\n{row}\n", "a.jpg")

    with pytest.raises(FormcheckError, match=r"Line 3 of .*labels\.csv needs"):
        labelled_photos(tmp_path)


def test_a_label_tells_which_poses_may_credit_the_photo() -> None:
    stretch, crescent = load_pose("lunge-stretch"), load_pose("crescent")

    assert may_credit(photo("lunge-stretch", "yes"), stretch) is True
    assert may_credit(photo("low-lunge", "yes"), stretch) is True  # its file includes it
    assert may_credit(photo("low-lunge", "yes"), crescent) is False
    assert may_credit(photo("lunge-stretch", "no"), stretch) is False
    assert may_credit(photo("lunge-stretch", "no"), crescent) is None  # it may be a good one
    assert may_credit(photo("none", "no"), stretch) is False


def test_what_is_judged_against_its_label_is_told_with_its_values() -> None:
    refused = photo("lunge-stretch", "yes")
    judged = judge_photo(refused, STANDING.landmarks(), POSES)
    judged += judge_photo(photo("lunge-stretch", "yes"), None, POSES)
    judged += judge_photo(photo("none", "no"), STRETCH.landmarks(), POSES)

    (stretch,) = (each for each in tally(judged, POSES) if each.pose == "lunge-stretch")

    assert [each.said for each in stretch.yes] == [Said.REFUSED, Said.CANNOT_TELL]
    assert "rear_hip_extension" in stretch.yes[0].why
    assert "below 10 to 65" in stretch.yes[0].why
    assert stretch.yes[1].why == "no_person"
    assert [each.photo.pose for each in stretch.credited] == ["none"]
    assert not stretch.meets_its_mark


def write_a_good_stretch(folder: Path) -> None:
    with av.open(IN_THE_STRETCH) as clip:
        frame = next(each for number, each in enumerate(clip.decode(video=0)) if number == 30)
        cv2.imwrite(str(folder / "a.png"), frame.to_ndarray(format="bgr24"))
    write(folder, "file,pose,label\na.png,lunge-stretch,yes\n")


@pytest.mark.mediapipe
def test_a_photo_is_judged_in_every_variant_of_its_picture(tmp_path: Path) -> None:
    write_a_good_stretch(tmp_path)

    (stretch,) = (each for each in vary(labelled_photos(tmp_path)) if each.is_good)

    extensions = stretch.values("rear_hip_extension")
    edges = {(gate, edge): deviations for gate, _, edge, deviations in nearest_edges([stretch])}
    assert stretch.judged.keys() == VARIANTS.keys()
    assert stretch.in_form > 0.9 * len(VARIANTS)
    assert 0 < max(extensions) - min(extensions) < 15
    assert edges["rear_hip_extension", 10.0] > 1
    assert ("front_hip_flexion", float("inf")) not in edges


@pytest.mark.mediapipe
def test_a_folder_of_photos_is_judged_with_mediapipe_itself(tmp_path: Path) -> None:
    write_a_good_stretch(tmp_path)

    tallies, clips = judge_people(tmp_path)

    (stretch,) = (each for each in tallies if each.yes)
    assert (stretch.pose, stretch.right, stretch.credited, clips) == ("lunge-stretch", 1, [], [])
    assert all(each.meets_its_mark for each in tallies)
    assert 20 < stretch.yes[0].measured["rear_hip_extension"] < 50


@needs_people
@pytest.mark.mediapipe
def test_nine_of_ten_good_ones_are_in_form_and_no_bad_one_is_credited() -> None:
    tallies, _ = judge_people(PEOPLE)
    labelled = [each for each in tallies if each.yes]

    assert {each.pose for each in labelled} >= {"low-lunge", "crescent", "bridge"}
    assert [each.pose for each in labelled if each.right < 0.9 * len(each.yes)] == []
    assert [one.photo.file.name for each in tallies for one in each.credited] == []
