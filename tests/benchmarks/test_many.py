"""The benchmark of many clips: what it says of a kill in the middle."""

import sys
from pathlib import Path

import pytest

from benchmarks.many import kill, linked, small_files

pytestmark = [
    pytest.mark.long,
    pytest.mark.mediapipe,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
]


def test_nothing_is_lost_and_nothing_is_twice_whoever_is_killed_in_the_middle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("distributed")
    kill(tmp_path, 6)
    said = capsys.readouterr().out
    assert said.count("6 lines, 0 lost, 0 twice, same: True") == 3


def test_the_small_files_are_photos_and_a_clip_of_the_sample(tmp_path: Path) -> None:
    files = small_files(tmp_path / "small")
    folder = linked(tmp_path / "links", files, 40)
    assert len(list(folder.iterdir())) == 40
    assert sum(file.suffix == ".mp4" for file in folder.iterdir()) == 2
