"""The sign that ends a session without a key: forearms crossed before the chest, held.

Chosen by test against a hand raised high (benchmarks/README.md). No stretch contains it, it can be
made on the knees, and it stays in a picture that shows no more than a kneeling person. It has to
be shown with the chest to the camera: seen from the side, crossed forearms and praying hands are
the same picture.
"""

from math import hypot, isfinite
from typing import Final

from formcheck.body.landmarks import INDEX, MIN_VISIBILITY, PoseLandmarks

HELD_S: Final = 1.5
"""The sign ends the session after so long: nobody crosses the forearms so long in passing."""

_BLINK_S: Final = 0.4
"""Lost for so long, the sign neither grows nor falls: a detector may miss a hand."""
_LONGEST_GAP_S: Final = 0.5
"""More time than that between two frames is not known to have been filled by the sign."""
_FALL: Final = 2.0
"""Let go of, the sign empties so many times as fast as it fills."""

# All lengths are in trunk lengths, along the trunk and across it.
_CHEST_TO_CAMERA: Final = 0.3
"""Shoulder width of someone turned by about 25 degrees from side-on, and more."""
_CROSSED: Final = 0.08
"""How far each wrist is on the other one's side. Praying hands meet at 0."""
_TOGETHER: Final = 0.75
"""The wrists' greatest distance across: a hand's breadth beyond each other."""
_STEEP: Final = 0.15
"""How far each wrist is above its elbow; the forearms of folded arms lie level."""
_BEFORE_THE_CHEST: Final = (-0.45, 0.35)
"""The height of the wrists against the shoulders, from the chest up to the mouth."""
_ELBOWS_APART: Final = 0.05
"""The elbows do not cross; before the face they come close."""

_POINTS: Final = tuple(
    f"{side}_{joint}"
    for joint in ("shoulder", "elbow", "wrist", "hip")
    for side in ("left", "right")
)


class SignReader:
    """Follows from frame to frame how far the sign has been shown."""

    def __init__(self) -> None:
        """Start with no sign."""
        self._shown_s = 0.0
        self._last_s: float | None = None
        self._seen_s: float | None = None

    def step(self, time_s: float, landmarks: PoseLandmarks | None) -> float:
        """Take in one frame; return how far the sign is shown: 0 not at all, 1 it is to end.

        It fills within `HELD_S` seconds, empties within half of that when it is let go of, and
        stays at 1.

        Args:
            time_s: Seconds, growing.
            landmarks: None where nobody was found.
        """
        passed_s = 0.0 if self._last_s is None else time_s - self._last_s
        was_seen = self._seen_s is not None and self._seen_s == self._last_s
        self._last_s = time_s
        if self._shown_s >= HELD_S:
            return 1.0
        if landmarks is not None and is_sign(landmarks):
            self._seen_s = time_s
            if was_seen and passed_s <= _LONGEST_GAP_S:
                self._shown_s += passed_s
        elif self._seen_s is None or time_s - self._seen_s > _BLINK_S:
            self._shown_s = max(0.0, self._shown_s - _FALL * passed_s)
        return min(1.0, self._shown_s / HELD_S)


def is_sign(landmarks: PoseLandmarks) -> bool:
    """Tell whether one picture shows the forearms crossed before the chest.

    A point that is hidden or has no finite place shows no sign.
    """
    points: dict[str, tuple[float, float]] = {}
    for name in _POINTS:
        x, y = landmarks.image_xy[INDEX[name]].tolist()
        is_seen = "hip" in name or landmarks.visibility[INDEX[name]] >= MIN_VISIBILITY
        if not (is_seen and isfinite(x) and isfinite(y)):
            return False
        points[name] = x, y
    shoulders, hips = _middle(points, "shoulder"), _middle(points, "hip")
    up_x, up_y = shoulders[0] - hips[0], shoulders[1] - hips[1]
    trunk = hypot(up_x, up_y)
    if trunk < 1.0:
        return False
    up_x, up_y = up_x / trunk, up_y / trunk

    def across(name: str) -> float:
        """Towards the left hand of someone who faces the camera, from the middle of the chest."""
        x, y = points[name]
        return ((y - shoulders[1]) * up_x - (x - shoulders[0]) * up_y) / trunk

    def above(name: str) -> float:
        x, y = points[name]
        return ((x - shoulders[0]) * up_x + (y - shoulders[1]) * up_y) / trunk

    low, high = _BEFORE_THE_CHEST
    return (
        across("left_shoulder") - across("right_shoulder") >= _CHEST_TO_CAMERA
        and across("left_elbow") - across("right_elbow") >= _ELBOWS_APART
        and _CROSSED <= across("right_wrist") - across("left_wrist") <= _TOGETHER
        and all(
            low <= above(f"{side}_wrist") <= high
            and above(f"{side}_wrist") - above(f"{side}_elbow") >= _STEEP
            for side in ("left", "right")
        )
    )


def _middle(points: dict[str, tuple[float, float]], joint: str) -> tuple[float, float]:
    (x1, y1), (x2, y2) = points[f"left_{joint}"], points[f"right_{joint}"]
    return (x1 + x2) / 2, (y1 + y2) / 2
