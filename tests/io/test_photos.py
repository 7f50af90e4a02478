"""Photos of every kind that phones and browsers make, and what only looks like one."""

import io
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import numpy.typing as npt
import pillow_heif
import pytest
from PIL import Image as Pillow

from formcheck.errors import FormcheckError
from formcheck.io.files.clip import Clip
from formcheck.io.files.photo import is_photo, read_photo
from formcheck.io.files.presentation import Presentation
from formcheck.io.files.video_reader import VideoReader
from formcheck.io.source import open_source
from tests.io.clips import ffmpeg
from tests.io.heif import heic_of

SAMPLES = Path(__file__).parents[2] / "samples"
needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg makes the photo")

Picture = npt.NDArray[np.uint8]
KINDS = ("jpg", "png", "webp", "tiff", "heic", "avif")
TURNED_BY_FFMPEG = {"jpg", "heic"}
if av.library_versions["libavcodec"] >= (62, 28):  # PyAV 18; the one before reads no EXIF of these
    TURNED_BY_FFMPEG |= {"png", "webp", "tiff"}
BACK = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}
"""What has to be done to a picture so that the orientation then undoes it."""


@pytest.fixture(scope="module")
def upright() -> Picture:
    """One small picture of a sample, with an edge that no encoder's block divides."""
    clip = Clip(SAMPLES / "lunge-stretch-good.mp4")
    frame = clip.read()
    clip.close()
    assert frame is not None
    return np.asarray(cv2.resize(frame.image, (210, 158), interpolation=cv2.INTER_AREA), np.uint8)


def saved(path: Path, picture: Picture, orientation: int = 1, **options: Any) -> Path:
    """Write a photo, stored so that its orientation shows it upright."""
    pillow_heif.register_heif_opener()
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    stored = Presentation(orientation=BACK[orientation]).apply(picture)
    Pillow.fromarray(np.ascontiguousarray(stored[:, :, ::-1])).save(
        path, quality=95, exif=exif.tobytes(), **options
    )
    return path


def difference(ours: Picture, theirs: Picture) -> float:
    assert ours.shape == theirs.shape
    return float(np.abs(ours.astype(int) - theirs).mean())


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_comes_upright_whatever_its_kind_and_orientation(
    tmp_path: Path, upright: Picture, kind: str, orientation: int
) -> None:
    path = saved(tmp_path / f"photo.{kind}", upright, orientation)
    assert is_photo(path)
    assert difference(read_photo(path), upright) < 2
    if kind in TURNED_BY_FFMPEG or orientation == 1:
        (theirs, _) = next(VideoReader(path).pictures())
        assert difference(theirs, upright) < 3


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("has_thumbnail_first", [False, True])
@pytest.mark.parametrize("tile", [0, 64])
def test_a_phones_heic_comes_whole_in_tiles_or_behind_its_thumbnail(
    tmp_path: Path, upright: Picture, tile: int, has_thumbnail_first: bool, orientation: int
) -> None:
    stored = Presentation(orientation=BACK[orientation]).apply(upright)
    path = tmp_path / "photo.heic"
    path.write_bytes(
        heic_of(stored, tile=tile, has_thumbnail_first=has_thumbnail_first,
                orientation=orientation)
    )  # fmt: skip
    assert is_photo(path)
    assert difference(read_photo(path), upright) < 2


@needs_ffmpeg
@pytest.mark.parametrize("name", ["one.gif", "one.mp4", "one.mkv", "one.bmp", "one.jp2", "one.ppm"])
def test_a_file_of_one_picture_is_a_photo(tmp_path: Path, upright: Picture, name: str) -> None:
    source, path = saved(tmp_path / "photo.png", upright), tmp_path / name
    ffmpeg("-i", source, "-frames:v", "1", "-update", "1", path)
    assert is_photo(path)
    assert difference(read_photo(path), upright) < (20 if name == "one.gif" else 3)  # 256 colours
    with pytest.raises(FormcheckError, match="is a photo"):
        open_source(str(path))


@needs_ffmpeg
@pytest.mark.parametrize("kind", ["jpg", "png", "tiff", "gif"])
@pytest.mark.parametrize("aspect", ["1", "64/45", "8/15"])
def test_a_photo_with_pixels_that_are_not_square_is_stretched(
    tmp_path: Path, upright: Picture, kind: str, aspect: str
) -> None:
    source, path = saved(tmp_path / "square.png", upright), tmp_path / f"photo.{kind}"
    size = {"1": "210:158", "64/45": "148:158", "8/15": "210:84"}[aspect]
    ffmpeg("-i", source, "-vf", f"scale={size},setsar={aspect}", "-frames:v", "1",
           "-update", "1", path)  # fmt: skip
    assert read_photo(path).shape == pytest.approx(upright.shape, abs=1)


@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_a_resolution_to_print_by_has_pixels_as_wide_as_it_says(
    tmp_path: Path, upright: Picture, kind: str
) -> None:
    path = saved(tmp_path / f"photo.{kind}", upright, dpi=(300, 150))  # twice as high as wide
    assert read_photo(path).shape == (316, 210, 3)


def test_a_turned_tiff_is_stretched_along_its_stored_rows(tmp_path: Path, upright: Picture) -> None:
    path = saved(tmp_path / "photo.tiff", upright, 6, dpi=(300, 150))
    assert read_photo(path).shape == (158, 420, 3)


@pytest.mark.parametrize("kind", ["webp", "png", "avif", "gif"])
def test_an_animation_is_a_clip_with_its_own_times(
    tmp_path: Path, upright: Picture, kind: str
) -> None:
    pictures = [np.roll(upright, 20 * number, axis=1) for number in range(4)]
    first, *others = [Pillow.fromarray(picture[:, :, ::-1]) for picture in pictures]
    path = tmp_path / f"clip.{kind}"
    options: dict[str, Any] = {} if kind in ("avif", "gif") else {"exif": _exif(2)}
    first.save(
        path, save_all=True, append_images=others, duration=[100, 250, 100, 100], loop=0, **options
    )
    assert not is_photo(path)
    clip = Clip(path)
    assert clip.frame_count == 4
    frames = [clip.read() for _ in range(4)]
    assert clip.ended
    assert clip.problem is None
    assert [frame and frame.time_s for frame in frames] == pytest.approx([0, 0.1, 0.35, 0.45])
    for frame, picture in zip(frames, pictures, strict=True):
        assert frame is not None
        shown = Presentation(orientation=2 if options else 1).apply(frame.image)
        assert difference(shown, picture) < 8


def _exif(orientation: int) -> bytes:
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    return exif.tobytes()


def test_a_first_picture_for_who_knows_no_animations_is_none_of_it(
    tmp_path: Path, upright: Picture
) -> None:
    path = tmp_path / "clip.png"
    frames = [Pillow.fromarray(np.roll(upright, 20 * n, axis=1)[:, :, ::-1]) for n in range(3)]
    Pillow.new("RGB", frames[0].size, "red").save(
        path, save_all=True, append_images=frames, duration=100, default_image=True
    )
    clip = Clip(path)
    assert clip.frame_count == 3
    first = clip.read()
    assert first is not None
    assert difference(first.image, upright) < 1


def test_an_animation_that_breaks_off_is_read_up_to_there_and_says_so(
    tmp_path: Path, upright: Picture
) -> None:
    path = tmp_path / "clip.png"
    frames = [Pillow.fromarray(np.roll(upright, 9 * n, axis=1)[:, :, ::-1]) for n in range(20)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    clip = Clip(path)
    count = 0
    while not clip.ended:
        count += clip.read() is not None
    assert 5 < count < 15
    assert f"{20 - count} frames of {path} are damaged" in (clip.problem or "")


@pytest.mark.parametrize("kind", [*KINDS, "gif"])
@pytest.mark.parametrize("damage", ["cut", "head", "noise"])
def test_a_photo_that_cannot_be_read_says_what_to_do(
    tmp_path: Path, upright: Picture, kind: str, damage: str
) -> None:
    path = tmp_path / f"photo.{kind}"
    Pillow.fromarray(upright[:, :, ::-1]).save(path)
    content = path.read_bytes()
    noise = np.random.default_rng(1).bytes(len(content))
    path.write_bytes(
        {"cut": content[: len(content) // 3], "head": content[:30], "noise": content[:20] + noise}[
            damage
        ]
    )
    if damage == "cut" and kind == "gif":
        return  # FFmpeg shows what is there
    assert is_photo(path)
    with pytest.raises(FormcheckError, match="Export it as JPEG"):
        read_photo(path)


def test_kinds_that_are_not_read_say_what_to_do(tmp_path: Path) -> None:
    box = struct.pack(">I4s4sI4s4s", 24, b"ftyp", b"heic", 0, b"mif1", b"heic")
    for name, content in {
        "camera.jxl": b"\xff\x0a" + bytes(100),
        "editor.psd": b"8BPS\0\1" + bytes(100),
        "phone.heic": box + bytes(100),
    }.items():
        (tmp_path / name).write_bytes(content)
        assert is_photo(tmp_path / name)
        with pytest.raises(FormcheckError, match="Export it as JPEG"):
            read_photo(tmp_path / name)


def test_exif_data_that_cannot_be_read_turn_nothing(tmp_path: Path, upright: Picture) -> None:
    for exif in (b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0" + b"\x99" * 40):
        for kind in ("jpg", "webp", "png"):
            path = tmp_path / f"photo.{kind}"
            Pillow.fromarray(upright[:, :, ::-1]).save(path, quality=95, exif=exif)
            assert read_photo(path).shape == upright.shape


@pytest.mark.parametrize(
    ("mode", "of"),
    [
        ("L", lambda grey: grey),
        ("I;16", lambda grey: grey.astype(np.uint16) * 257),
        ("LA", lambda grey: np.dstack([grey, np.full_like(grey, 255)])),
    ],
)
def test_grey_of_8_or_16_bits_is_as_bright_as_it_was(
    tmp_path: Path, upright: Picture, mode: str, of: Callable[[Picture], Any]
) -> None:
    grey = np.asarray(cv2.cvtColor(upright, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    path = tmp_path / "photo.png"
    picture = Pillow.fromarray(of(grey))
    assert picture.mode == mode
    picture.save(path)
    assert difference(read_photo(path), np.repeat(grey[:, :, np.newaxis], 3, axis=2)) < 1


def test_what_shines_through_a_photo_is_white(tmp_path: Path) -> None:
    content = io.BytesIO()
    Pillow.new("RGBA", (8, 8), (255, 0, 0, 0)).save(content, "PNG")
    path = tmp_path / "photo.png"
    path.write_bytes(content.getvalue())
    assert (read_photo(path) == 255).all()


def test_a_clip_of_which_one_picture_is_left_is_no_photo(tmp_path: Path) -> None:
    whole = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(whole), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    for seed in range(20):
        writer.write(np.random.default_rng(seed).integers(0, 255, (48, 64, 3), dtype=np.uint8))
    writer.release()
    content = whole.read_bytes()
    first = content.index(b"00dc", content.index(b"movi"))  # each picture begins so
    whole.write_bytes(content[: content.index(b"00dc", first + 4)])
    assert not is_photo(whole)
    clip = Clip(whole)
    clip.read()
    assert clip.ended
    assert clip.problem is not None
