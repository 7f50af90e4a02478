"""Scored clips as a page, and frame by frame."""

import csv
import io
import re
from dataclasses import replace

import numpy as np
import pytest

from formcheck.body.landmarks import SIDES
from formcheck.body.measurements import MEASUREMENTS
from formcheck.cli.output.frames_csv import COLUMNS, frames_csv
from formcheck.judge.ledger import State
from formcheck.pose.definition import load_pose
from formcheck.report.clips import clips_page
from formcheck.result.recognise import Recognition
from formcheck.result.score import ClipScore, ClipScorer, NoPose, score_photo
from formcheck.session import Session
from tests.factories import FOLDED, STANDING, STRETCH, slide, stay, track
from tests.report.histories import NOW, Page

POSE = load_pose("lunge-stretch")


def scored(name: str = "a clip.mp4", *, keeps_frames: bool = True) -> ClipScore:
    session = Session(POSE)
    scorer = ClipScorer(session, keeps_frames=keeps_frames)
    right = replace(STRETCH, stretched="right")
    frames = track(
        stay(2.0, STANDING), slide(2.0, STANDING, STRETCH), stay(5.0, STRETCH), stay(2.0, None),
        stay(2.0, FOLDED), stay(5.0, right), fps=10, start_s=7.0,
    )  # fmt: skip
    for time_s, landmarks in frames:
        scorer.add(session.step(time_s, landmarks))
    return scorer.score(name)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_there_is_a_line_a_frame_and_its_time_adds_up_to_the_score() -> None:
    score = scored()
    found = rows(frames_csv(score, has_heading=True))
    assert tuple(found[0]) == COLUMNS
    assert len(found) == score.frames
    times = np.array([float(row["time_s"]) for row in found])
    spans = np.diff(times, prepend=times[0])
    for side in SIDES:
        held = [row["ledger"] == "held" and row["side"] == side for row in found]
        assert spans[held].sum() == pytest.approx(score.held_s[side], abs=0.01)
    faults = {row["form"]: row["faults"].split() for row in found}
    assert faults["out_of_form"][0] in POSE.fault_by_name
    assert not faults["in_form"]
    held_deg = [float(row["rear_hip_extension"]) for row in found if row["ledger"] == "held"]
    assert np.median(held_deg) == pytest.approx(score.measurements["rear_hip_extension"]["median"])
    nobody = [row for row in found if row["form"] == "no_person"]
    assert nobody
    assert {row[name] for row in nobody for name in MEASUREMENTS} == {""}


def test_frames_are_kept_only_where_they_are_asked_for() -> None:
    assert scored(keeps_frames=False).rows == ()
    assert "rows" not in scored().as_json()


def test_a_photo_is_one_line_and_a_clip_of_no_pose_is_none() -> None:
    outcome = Session(POSE).step(0.0, FOLDED.landmarks())
    (row,) = rows(frames_csv(score_photo("photo.jpg", POSE, outcome), has_heading=True))
    assert (row["form"], row["ledger"]) == ("out_of_form", "")
    nothing = NoPose("walk.mp4", 10, 1.0, Recognition(None, None, ()))
    assert rows(frames_csv(nothing, has_heading=True)) == []
    assert frames_csv(nothing, has_heading=False) == ""


def test_the_page_has_the_numbers_of_the_score_and_every_judged_angle() -> None:
    score = scored()
    page = Page(clips_page([score], POSE, NOW))
    (told,) = page.articles
    assert told.numbers["left_s"] == pytest.approx(score.held_s["left"], abs=0.001)
    assert told.numbers["right_s"] == pytest.approx(score.held_s["right"], abs=0.001)
    assert told.numbers["full_band_s"] == pytest.approx(score.full_band_s, abs=0.001)
    for reason, seconds in score.lost_s().items():
        if seconds >= 0.5:
            assert told.numbers[f"lost {reason}"] == pytest.approx(seconds, abs=0.001)
    assert page.tags.count("svg") == 1 + len(State) + 2 + len(POSE.gates)
    for gate in POSE.gates:
        spread = score.measurements[gate.measurement]
        for name, value in spread.items():
            assert told.numbers[f"{gate.measurement} {name}"] == pytest.approx(value, abs=0.001)


def test_the_fault_and_what_mends_it_are_under_the_pointer() -> None:
    page = clips_page([scored()], POSE, NOW)
    assert re.search(
        r"<title>trunk forward, 1[01]\.\d to 1[23]\.\d s: Lift your chest</title>", page
    )
    assert re.search(r"<title>held, \d\.\d to \d\.\d s</title>", page)


def test_photos_strangers_and_hostile_names_have_their_place() -> None:
    hostile = "<img src=x onerror=alert(1)>.mp4"
    photo = score_photo("photo.jpg", POSE, Session(POSE).step(0.0, FOLDED.landmarks()))
    nothing = NoPose("walk.mp4", 10, 1.0, Recognition(None, None, ()))
    page = Page(clips_page([scored(hostile), photo, nothing], None, NOW))
    assert len(page.articles) == 3
    assert "img" not in page.tags
    assert hostile in page.text
    assert "out of form: trunk forward" in page.text
    assert "None of the poses was held" in page.text


def test_a_clip_of_one_frame_or_of_nobody_makes_a_page() -> None:
    for frames in (track(stay(3.0, None), fps=10), [(0.0, STRETCH.landmarks())]):
        session = Session(POSE)
        scorer = ClipScorer(session, keeps_frames=True)
        for time_s, landmarks in frames:
            scorer.add(session.step(time_s, landmarks))
        assert len(Page(clips_page([scorer.score("x.mp4")], POSE, NOW)).articles) == 1
