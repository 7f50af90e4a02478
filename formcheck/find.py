"""The score of a clip or a photo whose pose is not told: found first, then judged by it."""

from collections.abc import Sequence
from dataclasses import replace

from formcheck.form import Form
from formcheck.landmarks import PoseLandmarks
from formcheck.pose import PoseDefinition
from formcheck.recognise import Recogniser
from formcheck.score import ClipScore, ClipScorer, NoPose, PhotoScore, score_photo
from formcheck.session import Outcome, Session


class PoseFinder:
    """Gathers a clip's landmarks, finds the pose that fits best, and scores the clip by it."""

    def __init__(self, poses: Sequence[PoseDefinition]) -> None:
        """Look for these poses."""
        self._poses = {pose.name: pose for pose in poses}
        self._recogniser = Recogniser(poses)
        self._track: list[tuple[float, PoseLandmarks | None, bool]] = []
        """Time, landmarks and whether the picture was blank."""
        self.session = Session(poses[0])
        """Any: its outcomes hand on the landmarks."""

    def add(self, outcome: Outcome) -> None:
        """Take in one frame: the landmarks of its outcome."""
        is_blank = outcome.verdict.form is Form.NO_CAMERA
        self._track.append((outcome.time_s, outcome.landmarks, is_blank))
        self._recogniser.step(outcome.time_s, outcome.landmarks, is_blank=is_blank)

    def score(self, file: str) -> ClipScore | NoPose:
        """Return the score of all frames so far by the pose that fits best."""
        recognition = self._recogniser.recognition()
        if recognition.best is None:
            duration_s = self._track[-1][0] - self._track[0][0] if self._track else 0.0
            return NoPose(file, len(self._track), duration_s, recognition)
        session = Session(self._poses[recognition.best.pose])
        scorer = ClipScorer(session)
        for time_s, landmarks, is_blank in self._track:
            scorer.add(session.step(time_s, landmarks, is_blank=is_blank))
        return replace(scorer.score(file), recognition=recognition)


def find_pose_in_photo(
    file: str, poses: Sequence[PoseDefinition], landmarks: PoseLandmarks | None
) -> PhotoScore | NoPose:
    """Return the score of a photo by the pose that fits it best."""
    recogniser = Recogniser(poses)
    outcomes = recogniser.step(0.0, landmarks)
    recognition = recogniser.recognition(is_photo=True)
    if recognition.best is None:
        return NoPose(file, 1, 0.0, recognition)
    name = recognition.best.pose
    score = score_photo(file, recogniser.sessions[name].pose, outcomes[name])
    return replace(score, recognition=recognition)
