"""Scoring one file, clip or photo, in whichever process."""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from formcheck.errors import FormcheckError
from formcheck.picture.frame import Frame
from formcheck.picture.rotation import TurnedSource, turned
from formcheck.pose.definition import PoseDefinition, every_pose
from formcheck.result.score import ClipScorer, Score, score_photo
from formcheck.result.unnamed_pose import UnnamedPoseScorer, score_photo_of_unnamed_pose
from formcheck.run import Detector, watch
from formcheck.session import Session

Progressed = Callable[[int, int], None]
"""Called as a clip goes on: how many frames are done, and how many it has (0 if not known)."""


@dataclass(slots=True)
class Scored:
    """What became of one file."""

    file: Path
    score: Score | None = None
    """None where it cannot be read."""
    problems: list[str] = field(default_factory=list)
    """What is wrong with the file, in sentences."""
    interruption: KeyboardInterrupt | None = None
    """What cut it short; the score is that of the clip up to there."""


def score_file(
    file: Path,
    pose: PoseDefinition | None,
    model: Path | None,
    progressed: Progressed,
    is_to_stop: Callable[[], bool] = lambda: False,
    *,
    rotate_deg: int = 0,
) -> Scored:
    """Score a file by this pose, or by the one that fits best.

    Args:
        file: A clip or a photo.
        pose: None to look for it.
        model: The model's file; None for the usual one.
        progressed: Told of each frame of a clip.
        is_to_stop: Asked after each frame of a clip; from yes on it is interrupted.
        rotate_deg: By how many degrees clockwise to turn it before it is looked at.
    """
    from formcheck.io.files.photo import is_photo

    scored = Scored(file)
    try:
        if is_photo(file):
            scored.score = _score_photo(file, pose, model, rotate_deg)
        else:
            _score_clip(scored, pose, model, progressed, is_to_stop, rotate_deg=rotate_deg)
    except FormcheckError as error:
        scored.problems.append(str(error))
    return scored


def _score_clip(
    scored: Scored,
    pose: PoseDefinition | None,
    model: Path | None,
    progressed: Progressed,
    is_to_stop: Callable[[], bool],
    *,
    rotate_deg: int,
) -> None:
    from formcheck.io.detector import PoseDetector
    from formcheck.io.files.clip import Clip

    gathering: ClipScorer | UnnamedPoseScorer = (
        UnnamedPoseScorer(every_pose(), rotate_deg)
        if pose is None
        else ClipScorer(Session(pose, turned_deg=rotate_deg))
    )
    with ExitStack() as stack:
        clip = Clip(scored.file)
        stack.callback(clip.close)
        detector: Future[Detector] = Future()
        detector.set_result(stack.enter_context(PoseDetector("video", model)))
        done = 0
        try:
            for moment in watch(TurnedSource(clip, rotate_deg), detector, gathering.session):
                if moment.outcome is not None:
                    gathering.add(moment.outcome)
                    done += 1
                    progressed(done, clip.frame_count)
                if is_to_stop():
                    raise KeyboardInterrupt
        except KeyboardInterrupt as error:
            scored.interruption = error
        if clip.problem:
            scored.problems.append(clip.problem)
    scored.score = gathering.score(str(scored.file))


def _score_photo(
    file: Path, pose: PoseDefinition | None, model: Path | None, rotate_deg: int
) -> Score:
    from formcheck.io.detector import PoseDetector
    from formcheck.io.files.photo import read_photo

    image = read_photo(file)
    with PoseDetector("photo", model) as detector:
        landmarks = detector.detect(turned(Frame(image, 0.0, 0), rotate_deg))
    if pose is None:
        return score_photo_of_unnamed_pose(str(file), every_pose(), landmarks)
    return score_photo(str(file), pose, Session(pose).step(0.0, landmarks))
