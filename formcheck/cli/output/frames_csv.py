"""What was measured in each frame of a clip, as CSV."""

import csv
import io
from math import isfinite
from typing import Final

from formcheck.body.measurements import MEASUREMENTS
from formcheck.printable import printable
from formcheck.result.frames import FrameRow, interval_at
from formcheck.result.score import ClipScore, NoPose, Score

COLUMNS: Final = (
    "file",
    "pose",
    "time_s",
    "form",
    "faults",
    "unseen",
    "ledger",
    "side",
    *MEASUREMENTS,
)
"""`form` is what the frame alone shows, `ledger` and `side` are what became of the time up to it;
both are empty for a photo. Measurements are in degrees or trunk lengths, as `formcheck poses`
tells, and empty where there are none."""


def frames_csv(score: Score, *, has_heading: bool) -> str:
    """Return a line for each frame of a score; none where no pose was found."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    if has_heading:
        writer.writerow(COLUMNS)
    if not isinstance(score, NoPose):
        for row in score.rows:
            writer.writerow(
                [printable(cell) for cell in _cells(score.file, score.pose, row, score)]
            )
    return text.getvalue()


def _cells(file: str, pose: str, row: FrameRow, score: Score) -> list[str]:
    here = interval_at(score.intervals, row.time_s) if isinstance(score, ClipScore) else None
    values = (row.values.get(name) for name in MEASUREMENTS)
    return [
        file,
        pose,
        f"{row.time_s:.3f}",
        row.form,
        " ".join(row.faults),
        " ".join(row.unseen),
        here.state.value if here is not None else "",
        here.side or "" if here is not None else "",
        *(f"{each:.2f}" if each is not None and isfinite(each) else "" for each in values),
    ]
