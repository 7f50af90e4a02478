"""What people's photos and clips show, as somebody labelled them by eye."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from benchmarks.counting.truth import truth_path
from formcheck.errors import FormcheckError

Label = Literal["yes", "no", "either"]

_LABELS: Final[dict[str, Label]] = {label: label for label in get_args(Label)}

LABELS: Final = "labels.csv"
NO_POSE: Final = "none"
"""The pose of a photo that shows none of them."""

_OF_ONE_POSE: Final = ("in_", "_form")
"""What stands before and behind the name of the pose in the heading of a column of labels."""


@dataclass(frozen=True, slots=True)
class LabelledPhoto:
    """A photo, and what somebody saw in it."""

    file: Path
    pose: str
    """`NO_POSE` where it shows none of them."""
    label: Label
    """Whether the pose is in good form; "either" where people would disagree."""
    note: str


def labelled_photos(folder: Path) -> list[LabelledPhoto]:
    """Return the photos of every `labels.csv` in a folder and below it, sorted.

    A row names a `file` beside it and either the `pose` and its `label`, or the label alone in a
    column that is named after the pose: `in_lunge_stretch_form`.

    Raises:
        FormcheckError: A row lacks one of them, or names no photo that is there.
    """
    return [photo for table in sorted(folder.rglob(LABELS)) for photo in _read(table)]


def labelled_clips(folder: Path) -> list[Path]:
    """Return the clips in a folder and below it that have a truth file beside them, sorted."""
    return sorted(clip for clip in folder.rglob("*.mp4") if truth_path(clip).exists())


def _read(table: Path) -> Iterator[LabelledPhoto]:
    with table.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            photo = table.parent / (row.get("file") or "")
            pose, written = _pose_and_label(row)
            label = _LABELS.get(written or "")
            if pose is None or label is None or not photo.is_file():
                raise FormcheckError(
                    f"Line {number} of {table} needs a file that is beside it, a pose, and a label "
                    f"({', '.join(_LABELS)}). Mend it."
                )
            yield LabelledPhoto(photo, pose, label, row.get("note") or row.get("shows") or "")


def _pose_and_label(row: dict[str, str]) -> tuple[str | None, str | None]:
    """Return the pose and the label of a row; None for what it lacks."""
    if "pose" in row:
        return row["pose"] or None, row.get("label")
    before, behind = _OF_ONE_POSE
    for heading, label in row.items():
        if heading and heading.startswith(before) and heading.endswith(behind):
            return heading.removeprefix(before).removesuffix(behind).replace("_", "-"), label
    return None, None
