"""Files of pictures, as phones, browsers and editors make them: of one, or of several in a row."""

import struct
import warnings
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final

import numpy as np
from PIL import Image as Pillow
from PIL import ImageMode, TiffImagePlugin

from formcheck.errors import FormcheckError
from formcheck.io.files.file import first_bytes
from formcheck.io.files.presentation import UPRIGHT, Image, Presentation

UNREADABLE: Final = (
    OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error,
    ArithmeticError, LookupError, TypeError, AttributeError, RuntimeError, MemoryError,
    Pillow.DecompressionBombError,
)  # fmt: skip
"""What Pillow's readers raise on a file that is not what it says: each its own."""

_HEAD_BYTES: Final = 64

_MARKS: Final = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"II+\0": "TIFF",
    b"MM\0+": "TIFF",
    b"BM": "BMP",
    b"\0\0\0\x0cjP  \r\n": "JPEG2000",
    b"\xff\x4f\xff\x51": "JPEG2000",
    b"\0\0\0\x0cJXL \r\n": "JPEG XL",
    b"\xff\x0a": "JPEG XL",
    b"8BPS": "PSD",
    **{b"P%d%c" % (kind, space): "PPM" for kind in range(1, 8) for space in b" \n\r\t"},
}
"""How the kinds begin. GIF is left to FFmpeg, which knows how wide its pixels are."""

_HEIF_BRANDS: Final = {
    b"heic": "HEIF", b"heix": "HEIF", b"heim": "HEIF", b"heis": "HEIF", b"mif1": "HEIF",
    b"mif2": "HEIF", b"avif": "AVIF", b"avis": "AVIF",
}  # fmt: skip
"""ISO/IEC 23008-12. A sequence in HEVC (`hevc`, `msf1`) is a film to FFmpeg, as an mp4 is."""

_ORIENTATION: Final = 0x0112
_X_RESOLUTION, _Y_RESOLUTION = 282, 283

_MOST_PIXELS: Final = 2**28
"""A phone's picture has up to 200 million; one of more than these is read no more."""

_MOST_ANIMATED_PIXELS: Final = 2**26
"""Twice a film of 8K: many pictures of more would take minutes each."""

_SHORTEST_MS: Final = 10
_USUAL_MS: Final = 100
"""So long browsers show a picture that, as its file says, is shown for hardly any time."""


def kind_of(path: Path) -> str | None:
    """Tell from its first bytes of which kind a picture's file is, broken or not; None if none.

    A GIF is none here: it is read as a video.
    """
    head = first_bytes(path, _HEAD_BYTES)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        # The major brand, or among those that it is compatible with: "mif1" tells no codec.
        length = min(int.from_bytes(head[:4], "big"), len(head))
        brands = [head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4))]
        kinds = [_HEIF_BRANDS[brand] for brand in brands if brand in _HEIF_BRANDS]
        if brands[0] not in _HEIF_BRANDS:
            return None
        return "AVIF" if "AVIF" in kinds else "HEIF"
    return next((kind for mark, kind in _MARKS.items() if head.startswith(mark)), None)


def is_animation(path: Path, kind: str) -> bool:
    """Tell whether a file of pictures holds several that follow each other in time.

    The pages of a TIFF and the small copies in a JPEG or HEIC do not.
    """
    if kind not in ("WEBP", "PNG", "AVIF"):
        return False
    try:
        with _unwarned(), _opened(path) as picture:
            return _count(picture) > 1
    except UNREADABLE:
        return False


def read_picture(path: Path) -> Image:
    """Return a file's one picture as it says that it is to be shown.

    Raises:
        FormcheckError: It is broken, or of a kind that cannot be read.
    """
    try:
        with _unwarned(), _opened(path) as picture:
            return _as_shown(picture)
    except UNREADABLE as error:
        raise unreadable(path) from error


def unreadable(path: Path) -> FormcheckError:
    """Return what to tell of a picture that cannot be read."""
    return FormcheckError(
        f"The picture {path} cannot be read. Export it as JPEG, or copy it once more if the copy "
        "broke off."
    )


class Animation:
    """The pictures of an animated WebP, PNG or AVIF, each with its time.

    (Pillow, since FFmpeg before 8.1 reads no animated WebP, and no version turns one as its EXIF
    data say.)
    """

    length_s: float | None = None
    """Nothing tells it before the last picture."""

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises:
            FormcheckError: It is no picture that can be read.
        """
        try:
            with _unwarned():
                self._picture = _opened(path)
                if self._picture.width * self._picture.height > _MOST_ANIMATED_PIXELS:
                    raise ValueError("pictures larger than of any film")
                # A PNG may have a first picture for those who know no animations.
                self._first = int(bool(self._picture.info.get("default_image")))
                self.count: int | None = _count(self._picture) - self._first
                self._picture.seek(self._first)
                self._picture.load()
        except UNREADABLE as error:
            raise unreadable(path) from error
        self.rate: float | None = 1 / self._shown_for_s()
        self.damaged = 0
        """How many pictures could not be read."""

    def pictures(self) -> Generator[tuple[Image, float | None], None, None]:
        """Yield every picture up to the first that is damaged: each builds on those before."""
        time_s, count = 0.0, self.count or 0
        for number in range(count):
            try:
                with _unwarned():
                    self._picture.seek(self._first + number)
                    image = _as_shown(self._picture)
            except UNREADABLE:
                self.damaged = count - number
                return
            yield image, time_s
            time_s += self._shown_for_s()

    def close(self) -> None:
        """Close the file."""
        self._picture.close()

    def _shown_for_s(self) -> float:
        duration_ms = float(self._picture.info.get("duration") or 0)
        return (duration_ms if duration_ms > _SHORTEST_MS else _USUAL_MS) / 1000


@cache
def _pillow() -> ModuleType:
    """Return Pillow once it knows HEIC, and how large a phone's pictures are."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    Pillow.MAX_IMAGE_PIXELS = _MOST_PIXELS // 2  # up to this it warns, up to twice as many it reads
    return Pillow


@contextmanager
def _unwarned() -> Iterator[None]:
    """Keep what Pillow has to say about a file's metadata from the person's terminal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _opened(path: Path) -> Pillow.Image:
    kind = kind_of(path)
    formats = ("JPEG", "MPO") if kind == "JPEG" else (kind or "",)
    picture: Pillow.Image = _pillow().open(path, formats=formats)
    return picture


def _count(picture: Pillow.Image) -> int:
    return int(getattr(picture, "n_frames", 1))


def _as_shown(picture: Pillow.Image) -> Image:
    pixel_aspect = _pixel_aspect(picture)  # as stored: Pillow turns a TIFF as it loads it
    picture.load()
    # After the last of it: a PNG may tell its orientation behind the pixels.
    return Presentation(pixel_aspect=pixel_aspect, orientation=_orientation(picture)).apply(
        _pixels(picture)
    )


def _orientation(picture: Pillow.Image) -> int:
    """Return what is left to do of the orientation; that of HEIC is done as it is read."""
    try:
        written = picture.getexif().get(_ORIENTATION)
    except UNREADABLE:
        return UPRIGHT
    return written if isinstance(written, int) and 1 <= written <= 8 else UPRIGHT


def _pixel_aspect(picture: Pillow.Image) -> float:
    """Return the width of a pixel over its height, as Pillow will hand the picture over."""
    try:
        info = picture.info
        if isinstance(picture, TiffImagePlugin.TiffImageFile):
            tags = picture.tag_v2
            aspect = float(tags.get(_Y_RESOLUTION, 1)) / float(tags.get(_X_RESOLUTION, 1))
            return 1 / aspect if tags.get(_ORIENTATION, UPRIGHT) >= 5 else aspect
        if info.get("jfif_unit") == 0:
            # No densities, but the ratio itself: so FFmpeg writes and reads it, nobody else does.
            across, down = info["jfif_density"]
            return float(across / down)
        if "aspect" in info:  # the same in a PNG
            across, down = info["aspect"]
            return float(across / down)
        across, down = info.get("dpi", (1, 1))
        return float(down / across)
    except UNREADABLE:
        return 1.0


def _pixels(picture: Pillow.Image) -> Image:
    """Return blue, green and red, each of 8 bits; what shines through is white, as on a page."""
    if picture.mode.startswith("I"):  # grey of 16 bits, which Pillow would cut off at 8
        grey = np.clip(np.asarray(picture, dtype=np.int64) >> 8, 0, 255).astype(np.uint8)
        return np.repeat(grey[:, :, np.newaxis], 3, axis=2)
    if picture.mode == "F":
        raise ValueError("no range is written for pixels of floating point")
    if "A" in ImageMode.getmode(picture.mode).bands or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        picture = Pillow.new("RGBA", seen.size, "white")
        picture.alpha_composite(seen)
    return np.asarray(picture.convert("RGB"), dtype=np.uint8)[:, :, ::-1]
