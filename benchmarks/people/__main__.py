"""How formcheck judges real people: labelled photos and clips, a table a pose.

    python -m benchmarks.people [FOLDER] [--spans] [--plot POSE MEASUREMENT FILE.png]

FOLDER and the folders below it (default: the footage beside the checkout) hold photos with a
`labels.csv` (columns `file`, `pose`, `label`: yes, no or either) and clips, NAME.mp4, with
NAME.truth.json. Printed for each pose: how many good ones are right, refused or cannot be told, and
what is credited though it should not be; then each wrong one with its value against the band.
`--spans` adds what good ones measure in every gate beside its bands, and what bad ones do; `--plot`
draws that for one gate.

Exit status 1 where fewer than nine of ten good ones of a pose are in form, where anything is
credited that is labelled no or shows another pose, or where a clip's held time is credited by less
than 97 % or the rest by more than 0.2 s.
"""

import argparse
import sys
from pathlib import Path

from rich.console import Console

from benchmarks.people.judging import JudgedClip, judge_clip, judge_photo
from benchmarks.people.labels import LABELS, LabelledPhoto, labelled_clips, labelled_photos
from benchmarks.people.plot import plot_gate
from benchmarks.people.tables import PoseTally, print_clips, print_photos, print_spans, tally
from benchmarks.running.stage import SHARED
from formcheck.body.landmarks import PoseLandmarks
from formcheck.errors import FormcheckError
from formcheck.io.detector import PoseDetector
from formcheck.io.files.photo import read_photo
from formcheck.picture.frame import Frame
from formcheck.pose.definition import every_pose, load_pose


def look_at(photos: list[LabelledPhoto]) -> list[PoseLandmarks | None]:
    """Return the body that MediaPipe finds in each photo."""
    with PoseDetector("photo") as detector:
        return [detector.detect(Frame(read_photo(photo.file), 0.0, 0)) for photo in photos]


def judge_people(folder: Path) -> tuple[list[PoseTally], list[JudgedClip]]:
    """Judge every labelled photo and clip of a folder by every pose.

    Raises:
        FormcheckError: There is none, or a label is wrong.
    """
    photos, clips = labelled_photos(folder), labelled_clips(folder)
    if not photos and not clips:
        raise FormcheckError(
            f"{folder} holds no {LABELS} and no clip with a truth file beside it. Write one."
        )
    poses = every_pose()
    judged = [
        each
        for photo, landmarks in zip(photos, look_at(photos), strict=True)
        for each in judge_photo(photo, landmarks, poses)
    ]
    return tally(judged, poses), [judge_clip(clip, poses) for clip in clips]


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "footage")
    parser.add_argument("--spans", action="store_true", help="what each gate measures")
    parser.add_argument("--plot", nargs=3, metavar=("POSE", "MEASUREMENT", "FILE.png"))
    options = parser.parse_args()
    try:
        tallies, clips = judge_people(options.folder)
    except FormcheckError as error:
        parser.error(str(error))
    console = Console(width=150, soft_wrap=True)
    print_photos(console, tallies)
    print_clips(console, clips)
    if options.spans:
        print_spans(console, every_pose(), tallies, clips)
    if options.plot:
        name, measurement, file = options.plot
        (mine,) = (each for each in tallies if each.pose == name)
        plot_gate(load_pose(name), measurement, mine, clips, Path(file))
    are_met = [*(each.meets_its_mark for each in tallies), *(each.meets_its_mark for each in clips)]
    return int(not all(are_met))


if __name__ == "__main__":
    sys.exit(main())
