"""The target figure behind the person, where they are and as large as they are."""

from dataclasses import dataclass
from math import inf, isfinite
from typing import Final

import cv2
import numpy as np

from formcheck.body.landmarks import MIN_VISIBILITY
from formcheck.body.measurements import DEGREES, MEASUREMENTS
from formcheck.body.roles import Body
from formcheck.figure.side_view import Figure, kneels
from formcheck.judge.form import Form, FormVerdict
from formcheck.pose.definition import PoseDefinition
from formcheck.session import Outcome
from formcheck.ui.drawing.colours import INK, PAPER
from formcheck.ui.drawing.layout import Layout, Rect
from formcheck.ui.drawing.sprite import Pixels, Sprite
from formcheck.ui.person.target import draw_figure
from formcheck.ui.steady import Steady

FILL: Final = 0.34
EDGE: Final = 1.0
"""How opaque its inside and its outline are: the person shows through."""

FAR_FAULTS: Final = 3
FAR_DEG: Final = 35.0
"""From so many faults at once on, or from so far outside a band, the whole pose is shown; before,
what to mend first."""

KEEPS_TRUNKS: Final = 0.35
"""The figure stays where it is while the person is so near to it, in trunk lengths."""
MOVES_AFTER_S: Final = 1.0

SHORTEST_TRUNK_PX: Final = 20.0
"""On the canvas; a smaller person is too far away to match anything."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the figure stands, in pixels of the mirrored picture."""

    x: float
    """Of the middle of the hips."""
    floor: float
    trunk_px: float
    faces_right: bool

    def is_near(self, other: "Place") -> bool:
        """Return whether a figure here passes for one there."""
        reach = KEEPS_TRUNKS * self.trunk_px
        return self.faces_right == other.faces_right and all(
            abs(here - there) <= reach
            for here, there in (
                (self.x, other.x),
                (self.floor, other.floor),
                (self.trunk_px, other.trunk_px),
            )
        )


class GhostPlace:
    """Decides when and where the figure is shown. It comes and moves rarely."""

    def __init__(self, pose: PoseDefinition, figure: Figure | None) -> None:
        """Start with none shown."""
        self._figure = figure
        self._feet = ("front_ankle", "rear_knee" if kneels(pose) else "rear_ankle")
        self._is_wanted: Steady[bool] = Steady()
        self._away_since_s: float | None = None
        self._changed_s = -inf
        self._place: Place | None = None

    def step(
        self, outcome: Outcome | None, layout: Layout | None, *, is_asked: bool = True
    ) -> Place | None:
        """Return where the figure stands in this frame; None where it is not shown.

        Args:
            outcome: None for a picture that is not judged.
            layout: Of the canvas; None where nothing is drawn.
            is_asked: The pose is to be taken up now.
        """
        if self._figure is None or outcome is None or layout is None:
            self._place = None
            return None
        is_wanted = self._is_wanted.step(is_asked and _is_far(outcome.verdict), outcome.time_s)
        if outcome.hold.is_holding:
            self._place = None
            return None
        there = self._there(self._figure, outcome, layout) if is_wanted else None
        if is_wanted and (there is None or self._keeps(there, outcome.time_s)):
            there = self._place
        if there != self._place and outcome.time_s - self._changed_s >= MOVES_AFTER_S:
            self._place, self._changed_s, self._away_since_s = there, outcome.time_s, None
        return self._place

    def forget(self) -> None:
        """Leave where it stands: the picture lies elsewhere now."""
        self._place = None

    def _keeps(self, there: Place, time_s: float) -> bool:
        if self._place is None:
            return False
        if self._place.is_near(there):
            self._away_since_s = None
        elif self._away_since_s is None:
            self._away_since_s = time_s
        return self._away_since_s is None or time_s - self._away_since_s < MOVES_AFTER_S

    def _there(self, figure: Figure, outcome: Outcome, layout: Layout) -> Place | None:
        """Return where the figure stands on the person's own feet.

        None where hips or shoulders are unseen, and where a foot is guessed to be far away.
        """
        landmarks, view = outcome.landmarks, outcome.view
        if landmarks is None or view is None:
            return None
        body = Body(landmarks, view)
        if not body.confidence(("mid_hip", "mid_shoulder")) >= MIN_VISIBILITY:
            return None
        # Seen from the side, one leg hides the other: where it must be is good enough here.
        feet = [layout.mirrored(*body.pixel(role), landmarks.image_size) for role in self._feet]
        trunk = view.trunk_length_px * layout.picture.width / landmarks.image_size[0]
        if not (isfinite(trunk) and SHORTEST_TRUNK_PX <= trunk <= layout.picture.height):
            return None
        if not all(_is_about(layout.picture, *foot) for foot in feet):
            return None
        faces_right = view.facing == "left"
        ahead = 1.0 if faces_right else -1.0
        reach = sum(figure.points[role][0] for role in self._feet) / len(self._feet)
        ankle = figure.points["front_ankle"][1]
        return Place(
            x=sum(x for x, _ in feet) / len(feet) - ahead * reach * trunk,
            floor=max(y for _, y in feet) + ankle * trunk,
            trunk_px=trunk,
            faces_right=faces_right,
        )


class Ghost:
    """Draws the figure, anew only where it moved."""

    def __init__(self, figure: Figure | None) -> None:
        """Draw this one; none for a pose without one."""
        self._figure = figure
        self._drawn: tuple[Place, Sprite, tuple[int, int]] | None = None

    def draw(self, picture: Pixels, place: Place | None) -> None:
        """Draw it there, if anywhere."""
        if self._figure is None or place is None:
            return
        if self._drawn is None or self._drawn[0] != place:
            self._drawn = (place, *_outlined(self._figure, place))
        _, sprite, origin = self._drawn
        sprite.stamp(picture, round(place.x) - origin[0], round(place.floor) - origin[1])


def _is_about(picture: Rect, x: float, y: float) -> bool:
    """Tell whether a point lies in the picture, or no further outside than it is large."""
    return (
        abs(x - picture.x - picture.width / 2) <= 1.5 * picture.width
        and abs(y - picture.y - picture.height / 2) <= 1.5 * picture.height
    )


def _is_far(verdict: FormVerdict) -> bool:
    return verdict.form is Form.OUT_OF_FORM and (
        len(verdict.faults) >= FAR_FAULTS
        or any(
            gate.off_by >= FAR_DEG
            for gate in verdict.gates
            if MEASUREMENTS[gate.measurement].unit == DEGREES
        )
    )


def _outlined(figure: Figure, place: Place) -> tuple[Sprite, tuple[int, int]]:
    """Draw the figure faintly inside and clearly along its outline."""
    drawn = draw_figure(figure, place.trunk_px, faces_right=place.faces_right)
    solid = np.minimum(drawn.mask, 254) > 60
    whole = solid.astype(np.uint8) * 255
    width = max(3, round(place.trunk_px / 36)) | 1
    inner = cv2.erode(whole, np.ones((width, width), np.uint8))
    outer = cv2.dilate(whole, np.ones((width, width), np.uint8))
    soft = (width, width)
    edge = cv2.blur(cv2.subtract(whole, inner), soft).astype(np.float64) / 255 * EDGE
    dark = cv2.blur(cv2.subtract(outer, whole), soft).astype(np.float64) / 255 * 0.5
    fill = inner.astype(np.float64) / 255 * FILL
    light = np.maximum(edge, fill)
    keep = (1 - light) * (1 - dark)
    add = light[..., None] * np.array(PAPER) + ((1 - light) * dark)[..., None] * np.array(INK)
    return (
        Sprite(
            add=add.astype(np.uint8),
            keep=np.repeat((keep * 255).astype(np.uint8)[..., None], 3, axis=2),
        ),
        drawn.origin,
    )
