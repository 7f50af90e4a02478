"""Clips and photos whose words about themselves are wrong: turns, shapes, crops, EXIF, counts.

    python -m benchmarks.fuzz.metadata SEED COUNT

Run by `videos.check_many`, in a process of its own.
"""

import faulthandler
import random
import struct
import sys
import tempfile
import time
import zlib
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
import numpy as np
import pillow_heif
from av.video.stream import VideoStream
from PIL import Image

from benchmarks.containers import ORIENTATIONS, crop_mp4, orient
from benchmarks.fuzz.target import LONGEST_CASE_S
from benchmarks.fuzz.videos import read
from formcheck.errors import FormcheckError
from formcheck.io.files.photo import is_photo, read_photo

_SIZE: Final = (96, 72)
_MARKS: Final = (
    b"tkhd", b"clap", b"pasp", b"avc1", b"stsd", b"mvhd", b"mdhd", b"stts",
    b"irot", b"imir", b"ispe", b"pitm", b"iloc", b"infe", b"ipma", b"dimg", b"hvcC", b"av1C",
    b"VP8X", b"ANIM", b"ANMF", b"EXIF", b"IHDR", b"pHYs", b"acTL", b"fcTL", b"eXIf", b"tRNS",
    b"JFIF", b"Exif\0\0", b"II*\0", b"MM\0*", b"GIF8", b"\x12\x01", b"\x01\x12", b"\x54\xb0",
    b"\x53\xc0", b"V_MPEG4",
)  # fmt: skip
"""What such words begin with; the last are EXIF's orientation, Matroska's width and track."""

_NUMBERS: Final = (
    b"\0" * 4, b"\xff" * 4, b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\0\0\0\1", b"\1\0\0\0",
    b"\0\1\0\0", b"\xff\xff\0\0", b"\0\0\x7f\xff", b"\0\x09", b"\0\0", b"\xff\xff", b"\x7f", b"\0",
)  # fmt: skip


def _pictures() -> list[np.ndarray[Any, np.dtype[np.uint8]]]:
    noise = np.random.default_rng(1)
    pictures = [noise.integers(0, 60, (_SIZE[1], _SIZE[0], 3), dtype=np.uint8) for _ in range(8)]
    for number, picture in enumerate(pictures):
        picture[10:50, 5 * number : 5 * number + 30] += 150
    return pictures


def wholes(folder: Path) -> dict[str, bytes]:
    """Return whole files by their endings, each of which says as much about itself as it can."""
    exif = Image.Exif()
    exif[0x0112], exif[0x011A], exif[0x011B] = 6, 72.0, 100.0
    first, *others = [Image.fromarray(picture) for picture in _pictures()]
    pillow_heif.register_heif_opener()
    told: dict[str, Any] = {"exif": exif.tobytes()}
    several: dict[str, Any] = {"save_all": True, "append_images": others, "duration": 100}

    def saved(name: str, **options: Any) -> bytes:
        first.save(folder / name, **options)
        return (folder / name).read_bytes()

    found = {
        "jpg": saved("a.jpg", dpi=(72, 100), **told),
        "png": saved("a.png", dpi=(72, 100), **told),
        "tiff": saved("a.tiff", dpi=(72, 100), **told),
        "webp": saved("a.webp", **told),
        "heic": saved("a.heic", **told),
        "avif": saved("a.avif", **told),
        "gif": saved("a.gif"),
        "animated.webp": saved("b.webp", **told, **several),
        "animated.png": saved("b.png", **told, **several),
        "animated.avif": saved("b.avif", **several),
        "animated.gif": saved("b.gif", **several),
    }
    # Tiles, as a phone stores them.
    large = np.tile(np.asarray(first), (2, 2, 1))
    pillow_heif.options.GRID_TILE_SIZE = 64
    Image.fromarray(large).save(folder / "c.heic", **told)
    found["tiled.heic"] = (folder / "c.heic").read_bytes()
    for ending in ("mp4", "mkv"):
        found[ending] = _film(folder / f"d.{ending}")
    return found


def _film(path: Path) -> bytes:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = _SIZE
        stream.pix_fmt = "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(64, 45)
        for picture in _pictures():
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    if path.suffix == ".mp4":
        orient(crop_mp4(path, (4, 8, 6, 2)), ORIENTATIONS[7])
    return path.read_bytes()


def _lie(content: bytes, chance: random.Random) -> bytes:
    """Change some numbers that stand shortly behind a mark."""
    changed = bytearray(content)
    marks = [mark for mark in _MARKS if mark in content]
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        mark = chance.choice(marks)
        places = [at for at in range(len(changed)) if changed.startswith(mark, at)]
        at = chance.choice(places or [0]) + len(mark) + chance.randrange(48)
        number = chance.choice((*_NUMBERS, chance.randbytes(1), chance.randbytes(4)))
        changed[at : at + len(number)] = number[: max(0, len(changed) - at)]
    if content.startswith(b"\x89PNG"):
        _mend_checksums(changed)
    return bytes(changed)


def _mend_checksums(png: bytearray) -> None:
    """Make a PNG's checksums right again, without which nobody heeds what it says."""
    at = 8
    while at + 12 <= len(png):
        length = struct.unpack_from(">I", png, at)[0]
        end = at + 8 + length
        if end + 4 > len(png):
            return
        struct.pack_into(">I", png, end, zlib.crc32(png[at + 4 : end]))
        at = end + 4


def check(path: Path) -> None:
    """Read a file as the program does: a picture or frames of a sensible size, or a sentence."""
    if not is_photo(path):
        read(path)
        return
    try:
        image = read_photo(path)
    except FormcheckError:
        return
    assert image.ndim == 3
    assert image.shape[2] == 3
    assert image.dtype == np.uint8
    assert image.size


def main() -> None:
    """Make and read so many files, each by its number."""
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        folder = Path(name)
        whole = wholes(folder)
        for number in range(seed, seed + count):
            print(number, flush=True)
            chance = random.Random(number)
            ending = chance.choice(sorted(whole))
            path = folder / f"lies.{ending}"
            path.write_bytes(_lie(whole[ending], chance))
            started = time.monotonic()
            faulthandler.dump_traceback_later(2 * LONGEST_CASE_S, exit=True)  # it never ends
            check(path)
            faulthandler.cancel_dump_traceback_later()
            assert time.monotonic() - started < LONGEST_CASE_S, f"{ending}: it stalled"


if __name__ == "__main__":
    main()
