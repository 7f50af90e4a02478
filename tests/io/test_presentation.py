"""Clips are shown as any player shows them: cropped, with square pixels, turned and mirrored."""

import io
import shutil
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image as Pillow

from benchmarks.containers import ORIENTATIONS, crop_mp4, orient
from formcheck.io.files.clip import Clip
from formcheck.io.files.presentation import Presentation, orientation_of
from tests.io.clips import ffmpeg

SAMPLE = Path(__file__).parents[2] / "samples" / "lunge-stretch-good.mp4"
needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg makes the clip")

Picture = npt.NDArray[np.uint8]


def clip_of(path: Path, aspect: str = "1", size: str = "160:120", frames: int = 3) -> Path:
    """Write the first frames of a sample with pixels of this shape."""
    ffmpeg("-ss", "8", "-i", SAMPLE, "-frames:v", str(frames), "-vf",
           f"scale={size},setsar={aspect}", "-pix_fmt", "yuv420p", "-crf", "10", path)  # fmt: skip
    return path


def pictures_of(path: Path) -> list[Picture]:
    clip = Clip(path)
    pictures = []
    while not clip.ended:
        frame = clip.read()
        assert frame is not None
        pictures.append(frame.image)
    clip.close()
    return pictures


def shown_by_ffmpeg(path: Path) -> Picture:
    """Return the first picture as FFmpeg shows it: its own turning, then its own square pixels."""
    square = "scale='iw*max(sar,1)':'ih*max(1/sar,1)',setsar=1"
    png = ffmpeg("-autorotate", "1", "-i", path, "-frames:v", "1", "-vf", square,
                 "-c:v", "png", "-f", "image2pipe", "-")  # fmt: skip
    return np.asarray(Pillow.open(io.BytesIO(png)).convert("RGB"), dtype=np.uint8)[:, :, ::-1]


def difference(ours: Picture, theirs: Picture) -> float:
    """Return the mean difference of two pictures, which may differ by a row in size."""
    assert ours.shape == pytest.approx(theirs.shape, abs=1)
    height, width = (min(each) for each in zip(ours.shape[:2], theirs.shape[:2], strict=True))
    return float(np.abs(ours[:height, :width].astype(int) - theirs[:height, :width]).mean())


@needs_ffmpeg
@pytest.mark.parametrize("aspect", ["1", "64/45", "8/15"])
@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_clip_is_turned_mirrored_and_stretched_as_ffmpeg_shows_it(
    tmp_path: Path, orientation: int, aspect: str
) -> None:
    path = orient(clip_of(tmp_path / "clip.mp4", aspect), ORIENTATIONS[orientation])
    ours, theirs = pictures_of(path)[0], shown_by_ffmpeg(path)
    assert difference(ours, theirs) < 3
    # No other orientation would do: the frame has nothing symmetrical about it.
    others = [Presentation(orientation=each).apply(ours) for each in range(2, 9)]
    assert all(difference(other, theirs) > 9 for other in others if other.shape == theirs.shape)


@needs_ffmpeg
@pytest.mark.parametrize("ending", ["mov", "mkv", "avi", "ts"])
def test_pixels_that_are_not_square_are_told_by_every_container(
    tmp_path: Path, ending: str
) -> None:
    height, width = pictures_of(clip_of(tmp_path / f"clip.{ending}", "64/45", "450:480"))[0].shape[
        :2
    ]
    assert (height, width) == (480, 640)


@needs_ffmpeg
@pytest.mark.parametrize(("ending", "orientation"), [("mp4", 1), ("mp4", 6), ("mkv", 1)])
def test_what_a_container_crops_is_not_shown(tmp_path: Path, ending: str, orientation: int) -> None:
    whole = clip_of(tmp_path / "whole.mp4", "2", size="160:240")
    (before,) = pictures_of(whole)[:1]
    cropped = crop_mp4(whole, (8, 20, 10, 40))
    if ending == "mkv":  # FFmpeg writes what it reads
        cropped = tmp_path / "cropped.mkv"
        with av.open(str(whole)) as source, av.open(str(cropped), "w") as target:
            stream = target.add_stream_from_template(source.streams.video[0])
            for packet in source.demux(video=0):
                if packet.dts is not None:
                    packet.stream = stream
                    target.mux(packet)
    else:
        orient(cropped, ORIENTATIONS[orientation])
    (after,) = pictures_of(cropped)[:1]
    after = Presentation(orientation={1: 1, 6: 8}[orientation]).apply(after)
    assert before.shape == (240, 320, 3)
    assert after.shape == (190, 264, 3)
    assert difference(after, before[10:200, 16:280]) < 1


@needs_ffmpeg
@pytest.mark.parametrize("matrix", [(0, 0, 0, 0), (1, 0, 0, 0), (0, 0, 0, -1)])
def test_a_matrix_that_turns_nothing_anywhere_is_left_alone(
    tmp_path: Path, matrix: tuple[int, ...]
) -> None:
    path = clip_of(tmp_path / "clip.mp4")
    before = pictures_of(path)[0]
    np.testing.assert_array_equal(pictures_of(orient(path, matrix))[0], before)


@needs_ffmpeg
def test_pictures_that_carry_what_their_reader_does_not_know_are_turned_all_the_same(
    tmp_path: Path,
) -> None:
    # A camera's Motion JPEG with EXIF data in each picture, which PyAV before 19 has no name for.
    (stored,) = pictures_of(clip_of(tmp_path / "whole.mp4"))[:1]
    exif = Pillow.Exif()
    exif[0x0112] = 7
    path = tmp_path / "camera.mov"
    with av.open(str(path), "w") as target:
        stream = target.add_stream("mjpeg", rate=10)
        stream.height, stream.width, stream.pix_fmt = 120, 160, "yuvj420p"
        for number in range(3):
            jpeg = io.BytesIO()
            picture = np.roll(stored, 8 * number, axis=1)
            Pillow.fromarray(picture[:, :, ::-1]).save(jpeg, "JPEG", quality=95, exif=exif)
            packet = av.Packet(jpeg.getvalue())
            packet.stream, packet.pts, packet.dts = stream, number, number
            packet.time_base = Fraction(1, 10)
            target.mux(packet)
    shown = pictures_of(path)
    assert len(shown) == 3
    assert difference(shown[0], Presentation(orientation=7).apply(stored)) < 4


@needs_ffmpeg
def test_a_stream_whose_pixels_change_their_shape_is_followed(tmp_path: Path) -> None:
    # As television does between a film and what comes after it.
    first = clip_of(tmp_path / "first.ts", "1", size="160:120")
    second = clip_of(tmp_path / "second.ts", "4/3", size="160:120")
    both = tmp_path / "both.ts"
    both.write_bytes(first.read_bytes() + second.read_bytes())
    widths = [picture.shape[1] for picture in pictures_of(both)]
    assert widths[0] == 160
    assert widths[-1] == 213


def test_a_matrix_with_a_scale_or_a_small_tilt_is_the_orientation_next_to_it() -> None:
    for orientation, (a, b, c, d) in ORIENTATIONS.items():
        for tilt_deg in (-30, 0, 30):
            cos, sin = np.cos(np.radians(tilt_deg)), np.sin(np.radians(tilt_deg))
            tilted = np.array([[a, b], [c, d]]) @ np.array([[cos, sin], [-sin, cos]])
            matrix = np.zeros((3, 3))
            matrix[:2, :2], matrix[2, 2] = tilted * [[2.0], [0.5]] * 65536, 1 << 30
            assert orientation_of(matrix.astype(np.int32).tobytes()) == orientation


def test_a_crop_or_a_shape_that_cannot_be_is_left_alone() -> None:
    picture = np.arange(48 * 64 * 3, dtype=np.uint8).reshape(48, 64, 3)
    for wrong in (
        Presentation(crop=(60, 4, 0, 0)),
        Presentation(crop=(0, 0, 2**32 - 1, 0)),
        Presentation(pixel_aspect=1e6),
        Presentation(pixel_aspect=0.0),
        Presentation(pixel_aspect=float("nan")),
    ):
        np.testing.assert_array_equal(wrong.apply(picture), picture)
