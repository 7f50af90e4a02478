"""A clip or photo is judged as it is shown: like its square, upright, unmirrored original."""

import json
import shutil
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from benchmarks.containers import ORIENTATIONS, crop_mp4, orient
from formcheck.cli.main import ExitStatus, run
from formcheck.io.files.clip import Clip
from formcheck.io.files.presentation import Presentation
from tests.io.clips import ffmpeg
from tests.io.heif import heic_of
from tests.io.test_photos import BACK, saved

SAMPLES = Path(__file__).parents[2] / "samples"
GOOD, TOO_FAR = SAMPLES / "lunge-stretch-good.mp4", SAMPLES / "fault-foot-too-far.mp4"

pytestmark = [
    pytest.mark.mediapipe,
    pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg makes the clips"),
]


def scores(files: list[Path], capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    command = ["score", *map(str, files), "--pose", "lunge-stretch", "--json", "--jobs", "2"]
    assert run(command) == ExitStatus.DONE
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.long
def test_clips_count_the_seconds_of_their_square_upright_original(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def stored(name: str, source: Path, filters: str) -> Path:
        path = tmp_path / name
        ffmpeg("-i", source, "-vf", filters, "-pix_fmt", "yuv420p", "-crf", "12", path)
        return path

    alike = {
        TOO_FAR: [
            stored("anamorphic.mp4", TOO_FAR, "scale=450:480,setsar=64/45"),
            orient(stored("all.mp4", TOO_FAR, "scale=640:360,setsar=3/4,transpose=cclock_flip"),
                   ORIENTATIONS[5]),
        ],
        GOOD: [
            crop_mp4(
                orient(stored("mirrored.mp4", GOOD, "hflip,pad=1280:480:600:0"), ORIENTATIONS[2]),
                (600, 40, 0, 0),
            ),
            stored("animated.webp", GOOD, "scale=480:360"),
        ],
    }  # fmt: skip
    for original, others in alike.items():
        first, *rows = scores([original, *others], capsys)
        assert first["held_s"]["total"] > 5
        for row in rows:
            assert row["held_s"] == pytest.approx(first["held_s"], abs=0.35), row["file"]
            assert row["duration_s"] == pytest.approx(first["duration_s"], abs=0.2)
            states = [interval["state"] for interval in row["intervals"]]
            assert states.count("held") == sum(
                interval["state"] == "held" for interval in first["intervals"]
            )


def test_photos_get_the_verdict_of_their_upright_original(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = Clip(GOOD)
    frame = next(frame for frame in iter(clip.read, None) if frame.time_s > 8)
    clip.close()
    original = tmp_path / "original.png"
    cv2.imwrite(str(original), frame.image)
    kinds = zip(("jpg", "png", "webp", "tiff", "heic", "avif"), (6, 2, 8, 5, 3, 7), strict=True)
    files = [saved(tmp_path / f"photo.{kind}", frame.image, turn) for kind, turn in kinds]
    tiled = tmp_path / "tiled.heic"
    stored = np.ascontiguousarray(Presentation(orientation=BACK[6]).apply(frame.image))
    tiled.write_bytes(heic_of(stored, tile=256, has_thumbnail_first=True, orientation=6))
    wide = tmp_path / "wide.png"
    ffmpeg("-i", original, "-vf", "scale=450:480,setsar=64/45", "-frames:v", "1",
           "-update", "1", wide)  # fmt: skip
    gif, film = tmp_path / "one.gif", tmp_path / "one.mp4"
    for path in (gif, film):
        ffmpeg("-i", original, "-frames:v", "1", path)
    first, *rows = scores([original, *files, tiled, wide, gif, film], capsys)
    assert first["in_form"]
    assert len(rows) == 10
    for row in rows:
        assert (row["state"], row["faults"]) == (first["state"], first["faults"]), row["file"]


def test_a_photo_that_cannot_be_read_has_status_1_and_no_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content in {"a.heic": b"\0\0\0\x18ftypheic", "b.jxl": b"\xff\x0a....."}.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert run(["score", str(path), "--json"]) == ExitStatus.FAILED
        said = capsys.readouterr()
        assert said.out == ""
        assert "Export it as JPEG" in said.err
