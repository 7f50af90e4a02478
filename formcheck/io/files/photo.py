"""Photos: files of one picture, whatever they are called."""

from itertools import islice
from pathlib import Path

from formcheck.errors import FormcheckError
from formcheck.io.files.file import check_is_file, first_bytes, has_letters
from formcheck.io.files.picture_file import is_animation, kind_of, read_picture, unreadable
from formcheck.io.files.presentation import Image
from formcheck.io.files.video_reader import VideoReader

_GIF = b"GIF8"


def is_photo(path: Path) -> bool:
    """Tell by its content whether a file is of one picture, be it one that cannot be read."""
    if not has_letters(path) or not (head := first_bytes(path, len(_GIF))):
        return False
    kind = kind_of(path)
    if kind is not None:
        return not is_animation(path, kind)
    try:
        pictures = _first_pictures(path)
    except FormcheckError:
        pictures = []
    # A GIF that is broken may be either; none was left of it to play.
    return len(pictures) == 1 or (not pictures and head == _GIF)


def read_photo(path: Path) -> Image:
    """Return a photo as its file says that it is to be shown: cropped, stretched, turned, mirrored.

    Raises:
        FormcheckError: There is no such file, or its picture cannot be read.
    """
    check_is_file(path)
    if kind_of(path) is not None:
        return read_picture(path)
    try:
        return _first_pictures(path)[0]
    except (FormcheckError, IndexError) as error:
        raise unreadable(path) from error


def _first_pictures(path: Path) -> list[Image]:
    """Return the picture of a film that has but one; two or none of any other.

    Raises:
        FormcheckError: It is no video.
    """
    video = VideoReader(path)
    try:
        told = video.count or 1
        pictures = [image for image, _ in islice(video.pictures(), 2)]
    finally:
        video.close()
    # One that has more by its own account is a clip that broke off.
    return [] if len(pictures) == 1 and told > 1 else pictures
