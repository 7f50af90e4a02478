"""One canvas for one moment: what is said, the mirrored picture, and the count."""

from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.coach.cue import Tone
from formcheck.figure.any_view import figure_for
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.plan import Plan
from formcheck.session import Outcome
from formcheck.ui.cue_shape import shape_of
from formcheck.ui.display import USUAL, Looking, Resting, Status
from formcheck.ui.drawing.colours import INK
from formcheck.ui.drawing.layout import DEFAULT_SIZE, USUAL_IMAGE, Layout, Size, arrange
from formcheck.ui.drawing.sprite import Pixels
from formcheck.ui.ending import Ending
from formcheck.ui.person.correction import correction
from formcheck.ui.person.ghost import Ghost
from formcheck.ui.person.skeleton import JointFinder, ShownBody, draw_body
from formcheck.ui.presenter import Presenter, Shown
from formcheck.ui.readout import Mood
from formcheck.ui.window.band import band
from formcheck.ui.window.camera_picture import Border, draw_picture
from formcheck.ui.window.farewell import draw_farewell, rows_of
from formcheck.ui.window.panel import Panel

SMALLEST: Final = 160
"""Pixels each way: a smaller canvas has no room for words."""


class Overlay:
    """Draws canvases of one size. What does not change is drawn once."""

    def __init__(
        self, pose: PoseDefinition, size: Size = DEFAULT_SIZE, plan: Plan | None = None
    ) -> None:
        """Draw on canvases of this width and height in pixels.

        Args:
            pose: That is held.
            size: Width and height in pixels.
            plan: What is to be reached; the pose's own dose by default.
        """
        self._pose = pose
        self._plan = plan or Plan.of(pose)
        self._rows = rows_of(has_sides=pose.dosage.sides == 2, sides=self._plan.sides)
        self._figure = figure_for(pose)
        behind = self._figure if pose.view.kind == "side" else None
        self._image: npt.NDArray[np.uint8] | None = None
        self._joints = JointFinder()
        self._ending: Ending | None = None
        self.presenter = Presenter(pose, self._plan, behind)
        """Decides what is shown; `draw` lets it take in each moment."""
        self._ghost = Ghost(behind)
        self._arrange(size, USUAL_IMAGE)

    @property
    def size(self) -> Size:
        """Width and height of the canvas."""
        return self.layout.canvas

    def resize(self, size: Size) -> None:
        """Draw on canvases of another size from now on."""
        width, height = size
        self._arrange((max(SMALLEST, width), max(SMALLEST, height)), self._image_size)

    def sum_up(self, ending: Ending) -> None:
        """Draw from now on, where the end is shown, what the session came to."""
        self._ending = ending

    def draw(
        self,
        image: npt.NDArray[np.uint8] | None,
        outcome: Outcome | None,
        status: Status | Resting = Status.LIVE,
        looking: Looking = USUAL,
    ) -> Pixels:
        """Draw one moment.

        Args:
            image: (height, width, 3) blue-green-red and not mirrored; None keeps the last one.
            outcome: Of this very image; None before the first.
            status: Where the pictures stand.
            looking: How often is looked.

        Returns:
            The canvas, (height, width, 3) blue-green-red: the same array each time, good until
            the next call.
        """
        if image is not None:
            self._image = image
            size = (image.shape[1], image.shape[0])
            if size != self._image_size:
                self._arrange(self.size, size)
        shown = self.presenter.step(
            outcome, status, self.layout, has_image=image is not None, looking=looking
        )
        now = shown.now

        picture = self._canvas[self.layout.picture.pixels]
        draw_picture(picture, self._image, is_bright=shown.is_bright)
        if shown.is_bright:
            self._ghost.draw(picture, shown.ghost)
            seen = outcome if status is Status.LIVE else None
            draw_body(picture, self._body(shown, seen))
        elif now.is_done:
            draw_farewell(picture, now, self._rows, self._ending)
        self._border.stamp(self._canvas, now.mood)
        self._panel.stamp(self._canvas, now, faces_right=shown.faces_right)
        words = self.layout.band
        self._canvas[words.area.pixels] = band(now.cue.text, shape_of(now.cue), words)
        return self._canvas

    def _arrange(self, canvas: Size, image: Size) -> None:
        self._image_size = image
        self.layout: Layout = arrange(canvas, image)
        self._canvas: Pixels = np.empty((canvas[1], canvas[0], 3), np.uint8)
        self._canvas[:] = INK
        self._panel = Panel(self.layout, self._figure, self._rows)
        self._border = Border(self.layout)
        self.presenter.forget_place()

    @property
    def _scale(self) -> float:
        picture = self.layout.picture
        return min(picture.width, picture.height) / 720

    def _body(self, shown: Shown, outcome: Outcome | None) -> ShownBody:
        cue = shown.now.cue
        # The figure shows the whole pose; one joint of it is for who is nearly there.
        is_to_mend = outcome is not None and cue.tone is Tone.MEND and shown.ghost is None
        is_facing_right = outcome is not None and outcome.view and outcome.view.facing == "left"
        return ShownBody(
            points=self._joints.find(outcome, self.layout),
            ahead=1.0 if is_facing_right else -1.0,
            scale=self._scale,
            is_good=shown.now.mood is Mood.GOOD,
            marks=cue.marks if is_to_mend else (),
            show=(
                correction(self._pose, cue, outcome.measurements)
                if is_to_mend and outcome is not None
                else None
            ),
        )
