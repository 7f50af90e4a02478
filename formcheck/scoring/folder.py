"""The clips and photos of a folder, and of those inside it."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

SUFFIXES: Final = {
    *(".3gp", ".avi", ".flv", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts"),
    *(".ogv", ".webm", ".wmv"),
    *(".avif", ".bmp", ".gif", ".heic", ".heif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"),
}
"""What clips and photos are called, in small letters. A file that is named itself may have any."""


def files_of(places: Iterable[Path], problems: list[str]) -> Iterator[Path]:
    """Yield the files that are named, and the clips and photos in the folders that are.

    In the order of their names, so that two walks of one folder go the same way. Links to files are
    followed, links to folders are not: they may lead round in a circle. What begins with a dot is
    left out, as shells do.

    Args:
        places: Files and folders.
        problems: Takes a sentence for each folder that cannot be looked into, or has none.
    """
    for place in places:
        if not os.path.isdir(place):  # noqa: PTH112 - pathlib's raises for a name that is none
            yield place
            continue
        found, before = 0, len(problems)
        for file in _walk(place, problems):
            found += 1
            yield file
        if not found and len(problems) == before:
            problems.append(
                f"In {place} there is no clip and no photo. Name the files themselves where they "
                f"end in none of {', '.join(sorted(SUFFIXES))}."
            )


def _walk(folder: Path, problems: list[str]) -> Iterator[Path]:
    def tell(error: OSError) -> None:
        problems.append(
            f"The folder {error.filename} cannot be looked into: {error.strerror}. "
            "See to its rights."
        )

    for top, folders, names in os.walk(folder, onerror=tell):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and os.path.splitext(name)[1].lower() in SUFFIXES:  # noqa: PTH122
                yield Path(top, name)
