"""One canvas for one moment: the mirrored picture, what is said about it, and the count."""

from math import isfinite
from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.cue import Tone
from formcheck.pose import PoseDefinition
from formcheck.session import Outcome
from formcheck.ui.colours import INK
from formcheck.ui.correction import Point, correction
from formcheck.ui.cue import CuePlace, cue_sprite
from formcheck.ui.display import Status
from formcheck.ui.glance import Glance, Mood, glance
from formcheck.ui.layout import Layout, PanelPlace, Rect, Size, arrange, box_around
from formcheck.ui.panel import Panel
from formcheck.ui.picture import Border, draw_picture
from formcheck.ui.shapes import shape_of
from formcheck.ui.skeleton import JointFinder, ShownBody, draw_body
from formcheck.ui.sprite import Pixels
from formcheck.ui.steady import SteadyChoice

DEFAULT_SIZE: Final[Size] = (1280, 720)
USUAL_IMAGE: Final[Size] = (640, 480)
"""What the canvas is laid out for until the first image comes."""
SMALLEST: Final = 160
"""Pixels each way: a smaller canvas has no room for words."""

KNEE_REACH: Final = 30
"""Half the side of what must stay free around a knee, in pixels of a picture 720 high."""
ARROW_REACH: Final = 24
"""The same around an arrow."""


class Overlay:
    """Draws canvases of one size. What does not change is drawn once."""

    def __init__(self, pose: PoseDefinition, size: Size = DEFAULT_SIZE) -> None:
        """Draw for this pose on canvases of this width and height in pixels."""
        self._pose = pose
        self._image: npt.NDArray[np.uint8] | None = None
        self._outcome: Outcome | None = None
        self._joints = JointFinder()
        self._cue_place = CuePlace()
        self._panel_edge = SteadyChoice()
        self.cue: Rect | None = None
        """Where the cue lies on the last canvas."""
        self._arrange(size, USUAL_IMAGE)

    @property
    def size(self) -> Size:
        """Width and height of the canvas."""
        return self.layout.canvas

    def resize(self, size: Size) -> None:
        """Draw on canvases of another size from now on."""
        width, height = size
        self._arrange((max(SMALLEST, width), max(SMALLEST, height)), self._image_size)

    def draw(
        self,
        image: npt.NDArray[np.uint8] | None,
        outcome: Outcome | None,
        status: Status = Status.LIVE,
    ) -> Pixels:
        """Draw one moment.

        Args:
            image: (height, width, 3) blue-green-red and not mirrored; None keeps the last one.
            outcome: Of this very image; None before the first.
            status: Where the pictures stand.

        Returns:
            The canvas, (height, width, 3) blue-green-red: the same array each time, good until
            the next call.
        """
        if outcome is not None:
            self._outcome = outcome
        if image is not None:
            self._image = image
            size = (image.shape[1], image.shape[0])
            if size != self._image_size:
                self._arrange(self.size, size)
        now = glance(self._outcome, status, self._pose.dosage.hold_s)
        seen = outcome if status is Status.LIVE and image is not None else None
        self._move_panel(now, seen)

        picture = self._canvas[self.layout.picture.pixels]
        draw_picture(picture, self._image, is_bright=image is not None and not now.is_paused)
        body = self._body(now, seen)
        if not now.is_paused:
            draw_body(picture, body)
        self._panel.stamp(self._canvas, now)
        self._border.stamp(self._canvas, now.mood)
        self._draw_cue(now, body, self._body_box(seen))
        return self._canvas

    def _arrange(self, canvas: Size, image: Size, *, covers_left: bool = False) -> None:
        self._image_size = image
        self._covers_left = covers_left
        self.layout: Layout = arrange(canvas, image, covers_left=covers_left)
        self._canvas: Pixels = np.empty((canvas[1], canvas[0], 3), np.uint8)
        self._canvas[:] = INK
        self._panel = Panel(self.layout, self._pose.title)
        self._border = Border(self.layout)

    def _move_panel(self, now: Glance, outcome: Outcome | None) -> None:
        """Let a panel over the picture cover the edge where the person is not.

        Never during a hold: the screen is calm while all is well.
        """
        if self.layout.place is not PanelPlace.OVER or now.is_counting or outcome is None:
            return
        body = self._body_box(outcome)
        if body is None:
            return
        right, left = (
            arrange(self.size, self._image_size, covers_left=covers_left).panel.overlap(body)
            for covers_left in (False, True)
        )
        covers_left = self._panel_edge.choose(right / body.area, left / body.area, outcome.time_s)
        if covers_left != self._covers_left:
            self._arrange(self.size, self._image_size, covers_left=covers_left)

    @property
    def _scale(self) -> float:
        picture = self.layout.picture
        return min(picture.width, picture.height) / 720

    def _body(self, now: Glance, outcome: Outcome | None) -> ShownBody:
        is_to_mend = now.cue.tone is Tone.MEND
        faces_right = outcome is not None and outcome.view and outcome.view.facing == "right"
        return ShownBody(
            points=self._joints.find(outcome, self.layout),
            ahead=-1.0 if faces_right else 1.0,
            scale=self._scale,
            is_good=now.mood is Mood.GOOD,
            marks=now.cue.marks if is_to_mend else (),
            show=correction(self._pose, now.cue) if is_to_mend else None,
        )

    def _draw_cue(self, now: Glance, body: ShownBody, body_box: Rect | None) -> None:
        most_width = self.layout.cue_area.width - 2 * self.layout.border
        words = self.layout.largest_words
        sprite = cue_sprite(now.cue.text, shape_of(now.cue), most_width, words)
        knees = [body.points[role] for role in ("front_knee", "rear_knee") if role in body.points]
        self.cue = self._cue_place.choose(
            now.cue.text,
            layout=self.layout,
            size=sprite.size,
            body=body_box,
            knees=tuple(self._around([knee], KNEE_REACH) for knee in knees),
            target=self._around(body.arrow, ARROW_REACH) if body.arrow else None,
            time_s=self._outcome.time_s if self._outcome else 0.0,
        )
        sprite.stamp(self._canvas, self.cue.x, self.cue.y)

    def _body_box(self, outcome: Outcome | None) -> Rect | None:
        """What the person takes up on the canvas, from every landmark inside the picture."""
        if outcome is None or outcome.landmarks is None:
            return None
        size = outcome.landmarks.image_size
        inside = [
            self.layout.mirrored(x, y, size)
            for x, y in outcome.landmarks.image_xy.tolist()
            if isfinite(x) and isfinite(y) and 0 <= x < size[0] and 0 <= y < size[1]
        ]
        return self._around(inside, 0) if inside else None

    def _around(self, points: list[Point], reach: float) -> Rect:
        """The box on the canvas around points of the picture, with so much to spare."""
        box = box_around(points).grown(round(reach * self._scale))
        picture = self.layout.picture
        return Rect(picture.x + box.x, picture.y + box.y, box.width, box.height)
