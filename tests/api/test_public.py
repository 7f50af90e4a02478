"""What other programs may rely on: what is public, that it is quick to import, and its guide."""

import json
import subprocess
import sys
import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import pytest

import formcheck
from formcheck.store import Store
from formcheck.store.history import insert
from tests.api.examples import GUIDE, Example, examples, printed_by
from tests.api.public import COMMITTED, public
from tests.io.clips import first_pictures, write_beginning, write_clip
from tests.shared import CHECKOUT
from tests.store.sessions import RECORD

SAMPLE = CHECKOUT / "samples" / "starts-in-pose.mp4"


def test_what_is_public_is_what_was_decided() -> None:
    assert public() == COMMITTED.read_text("utf-8"), "if so meant: python -m tests.api.public"


def test_every_public_name_is_there_and_told_in_the_guide() -> None:
    guide = GUIDE.read_text("utf-8")
    for name in formcheck.__all__:
        assert getattr(formcheck, name) is not None
        assert name in guide, name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = formcheck.nothing  # type: ignore[attr-defined]


def test_importing_formcheck_loads_nothing_but_itself() -> None:
    script = (
        "import sys; before = {*sys.modules}; import formcheck;"
        "print(*{each.split('.')[0] for each in {*sys.modules} - before})"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    assert set(loaded.stdout.split()) <= {"formcheck", *sys.stdlib_module_names}


def test_neither_mediapipe_nor_opencv_is_loaded_before_a_picture_is_looked_at() -> None:
    script = (
        "import sys, formcheck; formcheck.Session(formcheck.load_pose('lunge-stretch'));"
        "formcheck.history(); formcheck.pose_names(); formcheck.Plan; formcheck.as_dict;"
        "print({'mediapipe', 'cv2', 'av', 'pandas'} & set(sys.modules))"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    assert said.stdout == "set()\n"


@pytest.mark.mediapipe
@pytest.mark.parametrize(
    "example",
    [
        pytest.param(
            example,
            id=example.title,
            marks=pytest.mark.long if "score_many" in example.code else (),  # starts processes
        )
        for example in examples()
    ],
)
def test_every_example_of_the_guide_prints_what_it_says(
    example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "as_frame" in example.code:
        pytest.importorskip("pandas")
    monkeypatch.chdir(CHECKOUT)
    assert printed_by(example.code) == example.prints


def test_no_python_of_the_guide_is_left_out() -> None:
    assert len(examples()) == GUIDE.read_text("utf-8").count("```python")


@pytest.mark.mediapipe
def test_a_clip_that_cannot_be_read_is_an_error_and_one_that_breaks_off_a_warning(
    tmp_path: Path,
) -> None:
    with pytest.raises(formcheck.FormcheckError, match="There is no file"):
        formcheck.score(tmp_path / "none.mp4", "lunge-stretch")
    whole, cut = tmp_path / "whole.mp4", tmp_path / "cut.mp4"
    write_beginning(whole, SAMPLE, packets=45)
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 8 // 10])
    with pytest.warns(UserWarning, match="breaks off"):
        score = formcheck.score(cut, "lunge-stretch")
    assert isinstance(score, formcheck.ClipScore)
    assert 0 < score.frames < 30


@pytest.mark.mediapipe
def test_a_photo_and_a_clip_without_a_pose_are_told_as_such(tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    cv2.imwrite(str(photo), first_pictures(SAMPLE, 31)[-1])
    found = formcheck.score(photo)
    assert isinstance(found, formcheck.PhotoScore)
    assert (found.pose, found.in_form) == ("lunge-stretch", True)
    nothing = formcheck.score(write_clip(tmp_path / "clip.mp4", frames=5))
    assert isinstance(nothing, formcheck.NoPose)


def test_an_outcome_without_a_place_for_a_landmark_is_still_json() -> None:
    session = formcheck.Session(formcheck.load_pose("lunge-stretch"))
    nowhere = np.full((33, 2), np.nan)
    landmarks = formcheck.PoseLandmarks(nowhere, np.zeros((33, 3)), np.zeros(33), (640, 480))
    for time_s, seen in ((0.0, None), (0.1, landmarks)):
        plain = formcheck.as_dict(session.step(time_s, seen))
        assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    with pytest.raises(TypeError, match="not int"):
        formcheck.as_dict(cast(formcheck.Outcome, 3))


def test_the_history_of_a_folder_is_read(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.database.transaction() as connection:
        insert(connection, RECORD)
    (session,) = formcheck.history(tmp_path)
    assert session == RECORD
    plain = formcheck.as_dict(session)
    assert json.loads(json.dumps(plain)) == plain
    assert datetime.fromisoformat(plain["started_at"]).astimezone(UTC) == RECORD.started_at
    assert formcheck.as_dict(formcheck.load_pose("bridge"))["name"] == "bridge"


def test_sessions_and_scores_become_tables() -> None:
    pytest.importorskip("pandas")
    table = formcheck.as_frame([RECORD, RECORD])
    assert len(table) == 2
    assert table.left_s[0] == RECORD.held_s["left"]
    assert len(formcheck.as_frame([])) == 0


def test_without_pandas_a_table_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(formcheck.FormcheckError, match="pip install"):
        formcheck.as_frame([RECORD])


@pytest.fixture(autouse=True)
def no_warning_goes_unseen() -> None:
    warnings.simplefilter("error", UserWarning)
