"""Where the body lies in the picture: what is cut off, how large it is, and what would mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import atan, atan2, degrees, isfinite
from typing import Final, Literal

from formcheck.body.landmarks import INDEX, PoseLandmarks
from formcheck.body.roles import landmarks_of
from formcheck.body.view import View

Edge = Literal["top", "bottom", "left", "right"]
"""Of the picture as the camera takes it, not mirrored."""

Point = tuple[float, float]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

_TRUNK_M: Final = 0.49
"""Middle of the hips to middle of the shoulders: 0.288 of a stature of 1.70 m (Drillis and
Contini)."""

_FOCAL_OF_LONG_EDGE: Final = 0.83
"""Focal length over the picture's longer edge for a horizontal view of 62 degrees, as laptop
cameras have (55 to 70, so distances are good to about a fifth)."""

STANDING_LEG: Final = 1.15
"""Trunk lengths from hips down to ankles of who stands: 1.7 in people (Drillis and Contini), 1.25
from a camera 1.5 m high. Half-kneeling, no hip is more than 1.1 above its ankle."""

STANDING_LEAN_DEG: Final = 30.0
"""The most that the trunk of who stands leans."""

_KNEELING_NOSE: Final = 2.2
"""Trunk lengths from the ankles up to the nose of someone who kneels upright: a shin's thickness,
a thigh of 0.85, the trunk and two thirds of the head."""


@dataclass(frozen=True, slots=True)
class Framing:
    """The body against the edges of the picture."""

    box: Box
    """Around what has to be in the picture; its sides may lie outside of it."""
    size: tuple[int, int]
    """Width and height of the picture in pixels."""
    trunk_px: float
    """Length of the trunk; above 0."""
    is_standing: bool
    """Upright on two legs that are about straight."""

    def length_px(self, edge: Edge) -> int:
        """Return the picture's length from this edge to the one across."""
        return self.size[0] if edge in ("left", "right") else self.size[1]

    @property
    def off_middle(self) -> float:
        """How far the body is to the right of the picture's middle, as a share of its width."""
        left, _, right, _ = self.box
        return (left + right) / 2 / self.size[0] - 0.5

    def over_px(self, edge: Edge) -> float:
        """Return how far the body reaches beyond an edge; negative: how much room is left."""
        left, top, right, bottom = self.box
        width, height = self.size
        return {"left": -left, "top": -top, "right": right - width, "bottom": bottom - height}[edge]

    @property
    def fill(self) -> float:
        """How much of the picture the body takes, in the direction in which it fits worse."""
        left, top, right, bottom = self.box
        return max((right - left) / self.size[0], (bottom - top) / self.size[1])

    @property
    def trunk_share(self) -> float:
        """Trunk length over the picture's shorter edge."""
        return self.trunk_px / min(self.size)

    @property
    def focal_px(self) -> float:
        """Focal length of a usual laptop camera, in pixels of this picture."""
        return _FOCAL_OF_LONG_EDGE * max(self.size)

    @property
    def distance_m(self) -> float:
        """About how far away the person is."""
        return self.focal_px * _TRUNK_M / self.trunk_px

    def metres(self, pixels: float) -> float:
        """Return about how long this many pixels are where the person is."""
        return pixels * _TRUNK_M / self.trunk_px

    def tilt_deg(self, pixels: float) -> float:
        """Return by how much the camera must tilt to shift the picture by so many pixels."""
        return degrees(atan(pixels / self.focal_px))


def frame_body(
    landmarks: PoseLandmarks, view: View, in_picture: Iterable[str], *, will_kneel: bool
) -> Framing:
    """Return where the body lies in the picture.

    Args:
        landmarks: The body; that of `view`, so its trunk and legs have finite places.
        view: How it is seen.
        in_picture: The roles that have to be in the picture, as a pose names them. The nose has to
            be, too: MediaPipe's model card calls a hidden head out of its scope.
        will_kneel: The pose is done kneeling. Then of someone who still stands only so much must
            be in the picture as will be needed on the knees: a camera at the height of a chair's
            seat shows no standing head, and need not.
    """
    points: dict[str, list[float]] = {
        name: landmarks.image_xy[index].tolist() for name, index in INDEX.items()
    }
    needed = {"nose", *(name for role in in_picture for name in landmarks_of(role, view))}
    placed = [(x, y) for x, y in map(points.__getitem__, needed) if isfinite(x) and isfinite(y)]
    left, right = min(x for x, _ in placed), max(x for x, _ in placed)
    top, bottom = min(y for _, y in placed), max(y for _, y in placed)
    trunk = view.trunk_length_px
    shoulders, hips, ankles = (_middle(points, joint) for joint in ("shoulder", "hip", "ankle"))
    lean_deg = degrees(atan2(shoulders[0] - hips[0], hips[1] - shoulders[1]))
    is_standing = ankles[1] - hips[1] >= STANDING_LEG * trunk and abs(lean_deg) <= STANDING_LEAN_DEG
    if is_standing and will_kneel:
        top = max(top, ankles[1] - _KNEELING_NOSE * trunk)
    return Framing(
        box=(left, top, right, bottom),
        size=landmarks.image_size,
        trunk_px=trunk,
        is_standing=is_standing,
    )


def _middle(points: dict[str, list[float]], joint: str) -> Point:
    (x1, y1), (x2, y2) = points[f"left_{joint}"], points[f"right_{joint}"]
    return (x1 + x2) / 2, (y1 + y2) / 2
