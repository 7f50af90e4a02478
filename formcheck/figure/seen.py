"""The figure of a body as it was seen, to be drawn beside the one that a pose asks for."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from formcheck.body.landmarks import INDEX, PoseLandmarks
from formcheck.body.view import View
from formcheck.figure.side_view import Figure, Point

_JOINTS: Final[Mapping[str, str]] = {
    "shoulder": "shoulder",
    "elbow": "elbow",
    "wrist": "wrist",
    "hip": "hip",
    "knee": "knee",
    "ankle": "ankle",
    "heel": "heel",
    "toe": "foot_index",
}
"""The landmark of a side for each joint of a figure."""

_HEAD: Final = ("left_ear", "right_ear")


def seen_figure(landmarks: PoseLandmarks, view: View) -> Figure | None:
    """Return the figure of a body in its view, as `formcheck.figure` draws them.

    In trunk lengths, x forward from the middle of the hips and y up from the lowest joint; from
    the front x points to the front leg's side; lying, x points to the head and y up.

    Args:
        landmarks: The body, in pixels.
        view: How it was seen.

    Returns:
        None where a joint has no place.
    """
    forward, up = np.array(view.forward_xy), np.array(view.up_xy)
    if view.kind == "lying":
        # A lying body is measured as if it stood; drawn it lies, the head to the right.
        forward, up = up, forward
    origin = np.array(view.hips_xy)

    def at(*names: str) -> Point:
        middle = landmarks.image_xy[[INDEX[name] for name in names]].mean(axis=0) - origin
        return float(middle @ forward / view.trunk_length_px), float(
            middle @ up / view.trunk_length_px
        )

    points = {
        f"{role}_{joint}": at(f"{leg}_{landmark}")
        for role, leg in (("front", view.front_leg), ("rear", view.rear_leg))
        for joint, landmark in _JOINTS.items()
    }
    points |= {
        "mid_hip": at("left_hip", "right_hip"),
        "mid_shoulder": at("left_shoulder", "right_shoulder"),
        "head": at(*_HEAD),
    }
    if not np.isfinite(list(points.values())).all():
        return None
    lowest = min(y for _, y in points.values())
    return Figure({role: (x, y - lowest) for role, (x, y) in points.items()}, view.kind)
