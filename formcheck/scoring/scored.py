"""Scoring one file, clip or photo, in whichever process."""

from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from formcheck.errors import FormcheckError
from formcheck.picture.frame import Frame
from formcheck.result.score import ClipScorer, Score, score_photo
from formcheck.result.unnamed_pose import UnnamedPoseScorer, score_photo_of_unnamed_pose
from formcheck.run import Detector, watch
from formcheck.scoring.settings import Settings
from formcheck.session import Outcome, Session

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
    settings: Settings,
    progressed: Progressed = lambda done, total: None,
    is_to_stop: Callable[[], bool] = lambda: False,
) -> Scored:
    """Score a file by its settings' pose, or by the one of them that fits best.

    Args:
        file: A clip or a photo.
        settings: By what it is scored.
        progressed: Told of each frame of a clip.
        is_to_stop: Asked after each frame of a clip; from yes on it is interrupted.
    """
    from formcheck.io.files.photo import is_photo

    scored = Scored(file)
    try:
        if is_photo(file):
            scored.score = _score_photo(file, settings)
        else:
            _score_clip(scored, settings, progressed, is_to_stop)
    except FormcheckError as error:
        scored.problems.append(str(error))
    return scored


def watch_clip(
    file: Path,
    session: Session,
    model: Path | None,
    progressed: Progressed = lambda done, total: None,
    problems: list[str] | None = None,
) -> Generator[Outcome]:
    """Yield what each frame of a clip means to a session; the file is closed at the end.

    Args:
        problems: Takes what was wrong with the file, in sentences, once it is over.

    Raises:
        FormcheckError: There is no such file, it is no video, or the model is none.
    """
    from formcheck.io.detector import PoseDetector
    from formcheck.io.files.clip import Clip

    with ExitStack() as stack:
        clip = Clip(file)
        stack.callback(clip.close)
        detector: Future[Detector] = Future()
        detector.set_result(stack.enter_context(PoseDetector("video", model)))
        done = 0
        try:
            for moment in watch(clip, detector, session):
                if moment.outcome is not None:
                    done += 1
                    yield moment.outcome
                    progressed(done, clip.frame_count)
        finally:
            if clip.problem and problems is not None:
                problems.append(clip.problem)


def _score_clip(
    scored: Scored,
    settings: Settings,
    progressed: Progressed,
    is_to_stop: Callable[[], bool],
) -> None:
    gathering: ClipScorer | UnnamedPoseScorer = (
        UnnamedPoseScorer(settings.poses)
        if settings.is_sought
        else ClipScorer(Session(settings.poses[0]))
    )
    outcomes = watch_clip(
        scored.file, gathering.session, settings.model, progressed, scored.problems
    )
    with ExitStack() as stack:
        stack.callback(outcomes.close)
        try:
            for outcome in outcomes:
                gathering.add(outcome)
                if is_to_stop():
                    raise KeyboardInterrupt
        except KeyboardInterrupt as error:
            scored.interruption = error
    scored.score = gathering.score(str(scored.file))


def _score_photo(file: Path, settings: Settings) -> Score:
    from formcheck.io.detector import PoseDetector
    from formcheck.io.files.photo import read_photo

    image = read_photo(file)
    with PoseDetector("photo", settings.model) as detector:
        landmarks = detector.detect(Frame(image, 0.0, 0))
    if settings.is_sought:
        return score_photo_of_unnamed_pose(str(file), settings.poses, landmarks)
    pose = settings.poses[0]
    return score_photo(str(file), pose, Session(pose).step(0.0, landmarks))
