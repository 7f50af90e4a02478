"""Measured figures become a mark, words and a remedy; only what stops a session is marked bad."""

from dataclasses import replace

import pytest

from formcheck.body.camera.pose import CameraPose
from formcheck.coach.checkup import (
    CameraFigures,
    Finding,
    Mark,
    judge_camera,
    judge_model,
    judge_place,
    judge_stand,
    judge_storage,
)
from formcheck.coach.cue import Cue, SetupStep, Tone
from formcheck.picture.surroundings import Surroundings

GOOD_LIGHT = Surroundings(brightness=150.0, contrast=30.0, sharpness=0.22, people=1)
GOOD = CameraFigures("camera 0", 0.4, 30.0, (640, 480), GOOD_LIGHT, is_blank=False)


def found(figures: CameraFigures) -> dict[str, Finding]:
    return {finding.name: finding for finding in judge_camera(figures)}


def with_light(**changes: float | None) -> CameraFigures:
    return replace(GOOD, surroundings=replace(GOOD_LIGHT, **changes))  # type: ignore[arg-type]


def test_a_good_camera_is_good_in_all() -> None:
    findings = found(GOOD)

    assert list(findings) == ["camera", "frame rate", "picture size", "light", "sharpness"]
    assert {finding.mark for finding in findings.values()} == {Mark.GOOD}
    assert findings["frame rate"].says == "30 pictures a second"


@pytest.mark.parametrize(
    ("figures", "name", "mark"),
    [
        (replace(GOOD, frames_per_s=7.0), "frame rate", Mark.POOR),
        (replace(GOOD, frames_per_s=1.5), "frame rate", Mark.BAD),
        (replace(GOOD, frames_per_s=None), "frame rate", Mark.BAD),
        (replace(GOOD, size=(320, 240)), "picture size", Mark.POOR),
        (replace(GOOD, size=(160, 100)), "picture size", Mark.BAD),
        (replace(GOOD, is_blank=True), "light", Mark.BAD),
        (with_light(brightness=3.0), "light", Mark.BAD),
        (with_light(brightness=22.0), "light", Mark.POOR),
        (with_light(brightness=245.0), "light", Mark.POOR),
        (with_light(contrast=5.0), "light", Mark.POOR),
        (with_light(sharpness=0.08), "sharpness", Mark.POOR),
    ],
)
def test_what_is_poor_is_marked_alone_and_has_a_remedy(
    figures: CameraFigures, name: str, mark: Mark
) -> None:
    findings = found(figures)

    assert {each.name for each in findings.values() if each.mark is not Mark.GOOD} == {name}
    assert findings[name].mark is mark
    assert findings[name].remedy


def test_a_black_picture_that_never_changes_is_told_once() -> None:
    findings = found(replace(with_light(brightness=0.0), frames_per_s=None, is_blank=True))

    assert findings["frame rate"].mark is Mark.UNKNOWN
    assert findings["light"].mark is Mark.BAD


def test_an_even_picture_tells_nothing_of_sharpness() -> None:
    assert found(with_light(sharpness=None))["sharpness"].mark is Mark.UNKNOWN


@pytest.mark.parametrize(
    ("look_ms", "mark"), [(30.0, Mark.GOOD), (180.0, Mark.POOR), (700.0, Mark.BAD)]
)
def test_the_model_must_look_more_often_than_the_longest_gap(look_ms: float, mark: Mark) -> None:
    assert judge_model("pose.task", "0" * 64, 1.0, look_ms, saw_person=True).mark is mark


def test_how_the_person_stands_is_told_with_the_step_to_take() -> None:
    step = SetupStep(Cue("Tilt the camera down", Tone.MEND), spoken="Tilt it by 5 degrees.")

    assert judge_place(None, saw_person=False).mark is Mark.UNKNOWN
    assert judge_place(None, saw_person=True).mark is Mark.GOOD
    poor = judge_place(step, saw_person=True)
    assert (poor.mark, poor.remedy) == (Mark.POOR, "Tilt it by 5 degrees.")


def test_how_the_camera_stands_is_told_with_its_errors_once_it_is_known() -> None:
    assert judge_stand(None).mark is Mark.UNKNOWN
    told = judge_stand(CameraPose(-4.2, 3.0, 8.1, 1.6, 0.62, 0.15))
    assert told.says == (
        "looks up by 4° (± 3), its right edge lower by 8° (± 2), 0.6 m (± 0.1) above the floor"
    )
    assert told.figures["height_m"] == 0.62


def test_storage_stops_no_session() -> None:
    assert judge_storage("/home/x", 10**10, None).mark is Mark.GOOD
    assert judge_storage("/home/x", 10**6, None).mark is Mark.POOR
    assert judge_storage("/home/x", None, "It is read-only.").remedy == "It is read-only."
