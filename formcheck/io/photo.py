"""Photos: files of one picture, whatever they are called."""

from itertools import islice
from pathlib import Path

from formcheck.errors import FormcheckError
from formcheck.io.file import check_is_file, first_bytes, has_letters
from formcheck.io.picture_file import is_animation, kind_of, read_picture, unreadable
from formcheck.io.presentation import Image
from formcheck.io.video import Video

_GIF = b"GIF8"


def is_photo(path: Path) -> bool:
    """Tell by its content whether a file is of one picture, be it one that cannot be read."""
    if not has_letters(path) or not (head := first_bytes(path, len(_GIF))):
        return False
    kind = kind_of(path)
    if kind is not None:
        return not is_animation(path, kind)
    try:
        return _only_picture(path) is not None
    except FormcheckError:
        return head == _GIF


def read_photo(path: Path) -> Image:
    """Return a photo as its file says that it is to be shown: cropped, stretched, turned, mirrored.

    Raises:
        FormcheckError: There is no such file, or its picture cannot be read.
    """
    check_is_file(path)
    if kind_of(path) is not None:
        return read_picture(path)
    try:
        image = _only_picture(path)
    except FormcheckError as error:
        raise unreadable(path) from error
    if image is None:
        raise unreadable(path)
    return image


def _only_picture(path: Path) -> Image | None:
    """Return the picture of a film that has but one; None where it has more, or none at all.

    Raises:
        FormcheckError: It is no video.
    """
    video = Video(path)
    try:
        if video.count is not None and video.count > 1:
            return None
        images = [image for image, _ in islice(video.pictures(), 2)]
        return images[0] if len(images) == 1 else None
    finally:
        video.close()
