"""The score of a clip or a photo whose pose is not told: every pose is tried, the best is told."""

from collections.abc import Sequence
from dataclasses import replace

from formcheck.body.landmarks import PoseLandmarks
from formcheck.judge.form import Form
from formcheck.pose.definition import PoseDefinition
from formcheck.result.recognise import Recogniser
from formcheck.result.score import ClipScore, ClipScorer, NoPose, PhotoScore, score_photo
from formcheck.session import Outcome, Session


class UnnamedPoseScorer:
    """Scores a clip by every pose at once, and tells the score of the one that fits best."""

    def __init__(
        self, poses: Sequence[PoseDefinition], *, turned_deg: int = 0, keeps_frames: bool = False
    ) -> None:
        """Look for these poses.

        Args:
            poses: Any of them may be held.
            turned_deg: By how many degrees clockwise the pictures were turned already.
            keeps_frames: Keep what was measured in each frame.
        """
        self._recogniser = Recogniser(poses)
        self._scorers = {
            name: ClipScorer(session, keeps_frames=keeps_frames)
            for name, session in self._recogniser.sessions.items()
        }
        self._frames = 0
        self._first_s = self._last_s = 0.0
        upright = [pose for pose in poses if pose.view.kind != "lying"]
        self.session = Session((upright or poses)[0], turned_deg=turned_deg)
        """Any: its outcomes hand on the landmarks. Best an upright one, which knows a picture that
        lies on its side."""

    def add(self, outcome: Outcome) -> None:
        """Take in one frame: the landmarks of its outcome."""
        if not self._frames:
            self._first_s = outcome.time_s
        self._frames += 1
        self._last_s = outcome.time_s
        outcomes = self._recogniser.step(
            outcome.time_s,
            outcome.landmarks,
            is_blank=outcome.verdict.form is Form.NO_CAMERA,
        )
        for name, each in outcomes.items():
            self._scorers[name].add(each)

    def score(self, file: str) -> ClipScore | NoPose:
        """Return the score of all frames so far by the pose that fits best."""
        recognition = self._recogniser.recognition()
        if recognition.best is None:
            duration_s = self._last_s - self._first_s
            return NoPose(file, self._frames, duration_s, recognition, self.session.rotate_deg)
        score = self._scorers[recognition.best.pose].score(file)
        return replace(score, recognition=recognition)


def score_photo_of_unnamed_pose(
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
