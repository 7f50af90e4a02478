"""The whole program before a camera that misbehaves: each fault is told, counts nothing, passes."""

from pathlib import Path

import pytest

from benchmarks.faults import SCENARIOS, run
from tests.shared import needs_fakecam

BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}

pytestmark = [pytest.mark.long, pytest.mark.mediapipe]


@needs_fakecam
def test_a_webcam_that_freezes_goes_black_stalls_and_is_unplugged(tmp_path: Path) -> None:
    report = run(BY_NAME["one after the other"], tmp_path)

    assert report.is_right(), report
    assert [words == "The picture is back" for _, words in report.told] == [False, True] * 4


def test_a_network_camera_that_drops_and_comes_back(tmp_path: Path) -> None:
    report = run(BY_NAME["network"], tmp_path)

    assert report.is_right(), report
    assert [words.startswith("No picture") for _, words in report.told] == [True, False]
