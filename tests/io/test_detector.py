"""MediaPipe itself, on a bundled sample whose joints are known."""

import json
import stat
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from formcheck.body.landmarks import INDEX
from formcheck.errors import FormcheckError
from formcheck.io import model
from formcheck.io.detector import PoseDetector
from formcheck.io.files.clip import Clip
from formcheck.io.model import model_bundle
from tests.shared import CHECKOUT

SAMPLE = CHECKOUT / "samples" / "lunge-stretch-good.mp4"
JOINTS = ("shoulder", "hip", "knee", "ankle")

pytestmark = pytest.mark.mediapipe


def test_landmarks_lie_in_pixels_on_the_joints_of_the_person_in_the_picture() -> None:
    truth = json.loads(SAMPLE.with_suffix(".truth.json").read_text())["frames"]["joints"]
    clip = Clip(SAMPLE)
    off = []
    with PoseDetector() as detector:
        for number in range(90):
            frame = clip.read()
            assert frame is not None
            landmarks = detector.detect(frame)
            assert landmarks is not None
            assert landmarks.image_size == (640, 480)
            for name in (f"{side}_{joint}" for side in ("left", "right") for joint in JOINTS):
                x, y = landmarks.image_xy[INDEX[name]]
                off.append(np.hypot(x - truth[name]["x"][number], y - truth[name]["y"][number]))
    assert np.median(off) < 8
    assert np.percentile(off, 95) < 25


def test_the_bundle_is_made_once_and_read_by_two_starts_at_once(tmp_path: Path) -> None:
    made = 0

    def normalise(content: bytes, mean: float, std: float) -> bytes:
        nonlocal made
        made += 1
        return content

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: model_bundle(normalise, tmp_path), range(2))
    at_most = made
    assert model_bundle(normalise, tmp_path) == first == second
    assert made == at_most
    (kept,) = tmp_path.iterdir()
    with zipfile.ZipFile(kept) as bundle:
        assert set(bundle.namelist()) == {"pose_detector.tflite", "pose_landmarks_detector.tflite"}


def test_a_cache_that_is_cut_short_is_made_again(tmp_path: Path) -> None:
    whole = model_bundle(lambda content, mean, std: content, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(whole[:1000])
    assert model_bundle(lambda content, mean, std: content, tmp_path) == whole
    assert kept.read_bytes() == whole


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    assert model_bundle(lambda content, mean, std: content, in_the_way / "cache")
    assert not stat.S_ISDIR(in_the_way.stat().st_mode)


def test_a_mediapipe_without_models_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "find_spec", lambda _: None)
    with pytest.raises(FormcheckError, match=r"carries no pose model.*--model"):
        model_bundle(lambda content, mean, std: content)
