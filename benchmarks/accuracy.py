"""How exactly formcheck counts: counted seconds and angles against the truth of each clip.

    python -m benchmarks.accuracy [FOLDER] [--recorded | --every S] [--confusion] [--json]
                                  [--plot FILE.png]

FOLDER (default: samples) holds NAME.mp4 with NAME.truth.json. Printed for each clip: the true and
the counted seconds, the error, the overlap (intersection over union of held time), the seconds
wrongly credited, the share of fault time in which the right fault was named, and the delay until
the right cue was shown. Where the truth has angles, also the error of each measurement by yaw.

Time that no true interval covers is judged neither way. `--recorded` takes the landmarks that
were saved behind the detector in place of running MediaPipe; `--record` saves them. `--every`
looks at one picture every S seconds, as `score --every` does. `--confusion` adds what every pose
credits while each is truly held.
"""

import argparse
import json
from concurrent.futures import Future
from dataclasses import asdict
from pathlib import Path

from benchmarks.counting.comparison import Accuracy, compare
from benchmarks.counting.confusion import confusion, leaks, print_confusion
from benchmarks.counting.tables import plot_errors, print_accuracy
from benchmarks.counting.track import SUFFIX, Track, load_track, save_track
from benchmarks.counting.truth import read_truth, truth_path
from formcheck.pose.definition import load_pose
from formcheck.run import Detector, watch
from formcheck.session import Session


def clip_track(clip: Path, every_s: float | None = None) -> Track:
    """Run MediaPipe over a clip, or over one of its pictures every so many seconds."""
    from formcheck.io.detector import PoseDetector
    from formcheck.io.files.clip import Clip, ThinnedClip

    track: Track = []
    source = Clip(clip) if every_s is None else ThinnedClip(Clip(clip), every_s)
    with PoseDetector() as detector:
        ready: Future[Detector] = Future()
        ready.set_result(detector)
        for moment in watch(source, ready, Session(load_pose(read_truth(clip).pose))):
            if moment.outcome is not None:
                track.append((moment.outcome.time_s, moment.outcome.landmarks))
    return track


def judge_clip(clip: Path, track: Track) -> Accuracy:
    """Judge a track afresh and compare it with the truth of its clip."""
    truth = read_truth(clip)
    session = Session(load_pose(truth.pose))
    outcomes = [session.step(time_s, landmarks) for time_s, landmarks in track]
    return compare(clip, truth, outcomes, session.intervals())


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path("samples"))
    parser.add_argument("--recorded", action="store_true", help="replay saved landmarks")
    parser.add_argument("--every", type=float, metavar="S", help="one picture every S seconds")
    parser.add_argument("--record", action="store_true", help="save the landmarks")
    parser.add_argument("--confusion", action="store_true", help="judge each clip by every pose")
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--plot", type=Path, metavar="FILE.png", help="error against yaw")
    options = parser.parse_args()
    results, tracks = [], {}
    for clip in sorted(options.folder.glob("*.mp4")):
        if not truth_path(clip).exists():
            continue
        saved = clip.with_suffix(SUFFIX)
        track = list(load_track(saved)) if options.recorded else clip_track(clip, options.every)
        if options.record:
            save_track(saved, track)
        results.append(judge_clip(clip, track))
        tracks[clip] = track
    if not results:
        parser.error(f"{options.folder} holds no clip with a truth file beside it")
    if options.json:
        for result in results:
            print(json.dumps({**asdict(result), "error_s": result.error_s}))
    else:
        print_accuracy(results)
    if options.confusion:
        print_confusion(confusion(tracks), leaks(tracks))
    if options.plot:
        plot_errors(results, options.plot)


if __name__ == "__main__":
    main()
