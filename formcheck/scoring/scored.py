"""Scoring one file, clip or photo, in whichever process."""

from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from formcheck.body.landmarks import PoseLandmarks
from formcheck.errors import FormcheckError
from formcheck.picture.frame import Frame
from formcheck.picture.rotation import TurnedSource, turned
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

    def as_json(self) -> dict[str, Any]:
        """Return the line of `formcheck score --out`: the score, or `error`, and what else is wrong
        with the file as `problem`."""
        row: dict[str, Any] = {"file": str(self.file)}
        if self.score is not None:
            row |= self.score.as_json()
        if self.problems:
            row["error" if self.score is None else "problem"] = " ".join(self.problems)
        return row


class PhotoModel:
    """The model for photos, loaded with the first one: no photo is to it what another one was."""

    def __init__(self, model: Path | None) -> None:
        """Use this bundle, or that of the package."""
        self._model = model
        self._stack = ExitStack()
        self._detector: Detector | None = None

    def detect(self, frame: Frame) -> PoseLandmarks | None:
        """Return the landmarks of a photo, or None for nobody.

        Raises:
            FormcheckError: There is no model, or it is none.
        """
        from formcheck.io.detector import PoseDetector

        if self._detector is None:
            self._detector = self._stack.enter_context(PoseDetector("photo", self._model))
        return self._detector.detect(frame)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the model."""
        self._stack.close()


def score_file(
    file: Path,
    settings: Settings,
    progressed: Progressed = lambda done, total: None,
    is_to_stop: Callable[[], bool] = lambda: False,
    photo_model: PhotoModel | None = None,
) -> Scored:
    """Score a file by its settings' pose, or by the one of them that fits best.

    Args:
        file: A clip or a photo.
        settings: By what it is scored.
        progressed: Told of each frame of a clip.
        is_to_stop: Asked after each frame of a clip; from yes on it is interrupted.
        photo_model: Looks at the file if it is a photo; one is loaded for it without.
    """
    from formcheck.io.files.photo import is_photo

    scored = Scored(file)
    try:
        if is_photo(file):
            with ExitStack() as stack:
                alone = photo_model or stack.enter_context(PhotoModel(settings.model))
                scored.score = _score_photo(file, settings, alone)
        else:
            _score_clip(scored, settings, progressed, is_to_stop)
    except FormcheckError as error:
        scored.problems.append(str(error))
    return scored


def watch_clip(
    file: Path,
    session: Session,
    settings: Settings,
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
    from formcheck.io.files.clip import Clip, ThinnedClip

    with ExitStack() as stack:
        clip = Clip(file)
        stack.callback(clip.close)
        detector: Future[Detector] = Future()
        detector.set_result(stack.enter_context(PoseDetector("video", settings.model)))
        try:
            source = clip if settings.every_s is None else ThinnedClip(clip, settings.every_s)
            for moment in watch(TurnedSource(source, settings.rotate_deg), detector, session):
                if moment.outcome is not None and moment.frame is not None:
                    yield moment.outcome
                    progressed(moment.frame.index + 1, clip.frame_count)
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
        UnnamedPoseScorer(
            settings.poses, turned_deg=settings.rotate_deg, keeps_frames=settings.keeps_frames
        )
        if settings.is_sought
        else ClipScorer(
            Session(settings.poses[0], turned_deg=settings.rotate_deg),
            keeps_frames=settings.keeps_frames,
        )
    )
    outcomes = watch_clip(scored.file, gathering.session, settings, progressed, scored.problems)
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


def _score_photo(file: Path, settings: Settings, model: PhotoModel) -> Score:
    from formcheck.io.files.photo import read_photo

    landmarks = model.detect(turned(Frame(read_photo(file), 0.0, 0), settings.rotate_deg))
    if settings.is_sought:
        return score_photo_of_unnamed_pose(str(file), settings.poses, landmarks)
    pose = settings.poses[0]
    return score_photo(str(file), pose, Session(pose).step(0.0, landmarks))
