"""Counts the seconds of a hip-flexor stretch, only while the form is within tolerance.

What other programs may use is in `__all__`, told in docs/api.md. Each name is loaded when it is
first asked for: importing `formcheck` costs nothing, and MediaPipe comes with the first picture.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from formcheck.body.landmarks import LANDMARK_NAMES, PoseLandmarks
    from formcheck.errors import FormcheckError
    from formcheck.io.detector import PoseDetector
    from formcheck.judge.form import Form
    from formcheck.judge.ledger import Interval, State
    from formcheck.picture.frame import Frame
    from formcheck.pose.definition import PoseDefinition
    from formcheck.pose.plan import Plan
    from formcheck.result.score import ClipScore, NoPose, PhotoScore
    from formcheck.scoring.public import history, load_pose, outcomes, pose_names, score, score_many
    from formcheck.scoring.scored import Scored
    from formcheck.scoring.tables import as_dict, as_frame
    from formcheck.session import Outcome, Session
    from formcheck.store.history import SessionRecord

    __version__: str

__all__ = [
    "LANDMARK_NAMES",
    "ClipScore",
    "Form",
    "FormcheckError",
    "Frame",
    "Interval",
    "NoPose",
    "Outcome",
    "PhotoScore",
    "Plan",
    "PoseDefinition",
    "PoseDetector",
    "PoseLandmarks",
    "Scored",
    "Session",
    "SessionRecord",
    "State",
    "__version__",
    "as_dict",
    "as_frame",
    "history",
    "load_pose",
    "outcomes",
    "pose_names",
    "score",
    "score_many",
]

_PLACES: Final = {
    "LANDMARK_NAMES": "body.landmarks",
    "ClipScore": "result.score",
    "Form": "judge.form",
    "FormcheckError": "errors",
    "Frame": "picture.frame",
    "Interval": "judge.ledger",
    "NoPose": "result.score",
    "Outcome": "session",
    "PhotoScore": "result.score",
    "Plan": "pose.plan",
    "PoseDefinition": "pose.definition",
    "PoseDetector": "io.detector",
    "PoseLandmarks": "body.landmarks",
    "Scored": "scoring.scored",
    "Session": "session",
    "SessionRecord": "store.history",
    "State": "judge.ledger",
    "as_dict": "scoring.tables",
    "as_frame": "scoring.tables",
    "history": "scoring.public",
    "load_pose": "scoring.public",
    "outcomes": "scoring.public",
    "pose_names": "scoring.public",
    "score": "scoring.public",
    "score_many": "scoring.public",
}
"""In which module each name is."""

if not TYPE_CHECKING:  # to a type checker a name that is not listed is a mistake

    def __getattr__(name: str) -> object:
        """Load what is asked for (PEP 562)."""
        if name == "__version__":
            from importlib.metadata import version

            value: object = version("formcheck")
        elif name in _PLACES:
            value = getattr(import_module(f"formcheck.{_PLACES[name]}"), name)
        else:
            raise AttributeError(f"module 'formcheck' has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """Return what is there, loaded or not."""
    return sorted({*globals(), *__all__})
