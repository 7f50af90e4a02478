"""One canvas for one moment: the mirrored picture, what is said about it, and the count."""

from math import isfinite
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.coach import Tone
from formcheck.pose import PoseDefinition
from formcheck.session import Outcome
from formcheck.ui.colours import INK
from formcheck.ui.correction import correction
from formcheck.ui.cue import CuePlace, cue_sprite
from formcheck.ui.display import Status
from formcheck.ui.glance import Glance, Mood, glance
from formcheck.ui.layout import Layout, Rect, Size, arrange
from formcheck.ui.panel import MOOD_COLOURS, Panel
from formcheck.ui.shapes import Point, shape_of
from formcheck.ui.skeleton import Skeleton, draw_body
from formcheck.ui.sprite import Pixels

DEFAULT_SIZE: Final[Size] = (1280, 720)
SMALLEST: Final = 160
DIMMED: Final = 0.4
"""How bright a picture stays that is not live, or paused."""

KNEE_REACH: Final = 30
"""Half the side of what must stay free around a knee, in pixels of a picture 720 high."""


class Overlay:
    """Draws canvases of one size. What does not change is drawn once."""

    def __init__(self, pose: PoseDefinition, size: Size = DEFAULT_SIZE) -> None:
        """Draw for this pose on canvases of this width and height in pixels."""
        self._pose = pose
        self._image: npt.NDArray[np.uint8] | None = None
        self._outcome: Outcome | None = None
        self._skeleton = Skeleton()
        self._cue_place = CuePlace()
        self._arrange(size, (640, 480))

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
        is_live = status is Status.LIVE and image is not None
        self._draw_picture(is_bright=image is not None and not now.is_paused)
        points: dict[str, Point] = {}
        if is_live and outcome is not None:
            points = self._skeleton.points(outcome, self.layout)
            if not now.is_paused:
                self._draw_body(now, outcome, points)
        self._panel.stamp(self._canvas, now)
        self._draw_border(now.mood)
        self._draw_cue(now, points, outcome if is_live else None)
        return self._canvas

    def _arrange(self, canvas: Size, image: Size) -> None:
        self._image_size = image
        self.layout: Layout = arrange(canvas, image)
        self._canvas: Pixels = np.empty((canvas[1], canvas[0], 3), np.uint8)
        self._canvas[:] = INK
        self._panel = Panel(self.layout, self._pose.title)
        self._borders = {mood: _border(self.layout, mood) for mood in Mood}

    @property
    def _scale(self) -> float:
        picture = self.layout.picture
        return min(picture.width / 720, picture.height / 720) if picture.width else 1.0

    def _draw_picture(self, *, is_bright: bool) -> None:
        picture = self._canvas[self.layout.picture.pixels]
        if self._image is None:
            picture[:] = INK
            return
        height, width = picture.shape[:2]
        # Whichever step comes first should handle fewer pixels.
        if self._image.shape[1] < width:
            cv2.resize(cv2.flip(self._image, 1), (width, height), dst=picture)
        elif self._image.shape[1] == width and self._image.shape[0] == height:
            cv2.flip(self._image, 1, dst=picture)
        else:
            small = cv2.resize(self._image, (width, height), interpolation=cv2.INTER_AREA)
            cv2.flip(small, 1, dst=picture)
        if not is_bright:
            cv2.convertScaleAbs(picture, dst=picture, alpha=DIMMED)

    def _draw_body(self, now: Glance, outcome: Outcome, points: dict[str, Point]) -> None:
        is_right = outcome.view is not None and outcome.view.facing == "right"
        draw_body(
            self._canvas[self.layout.picture.pixels],
            points,
            self._scale,
            is_good=now.mood is Mood.GOOD,
            marks=now.cue.marks if now.cue.tone is Tone.MEND else (),
            show=correction(self._pose, now.cue),
            ahead=-1.0 if is_right else 1.0,
        )

    def _draw_border(self, mood: Mood) -> None:
        for area, pixels in self._borders[mood]:
            self._canvas[area.pixels] = pixels

    def _draw_cue(self, now: Glance, points: dict[str, Point], outcome: Outcome | None) -> None:
        area = self.layout.open_picture
        # Short and wide pictures: the words follow the lesser of both.
        limit = (area.width - 2 * self.layout.border, min(area.height, area.width))
        sprite = cue_sprite(now.cue.text, shape_of(now.cue), limit)
        place = self._cue_place.choose(
            now.cue.text,
            layout=self.layout,
            size=sprite.size,
            body=self._body_box(outcome),
            knees=self._knee_boxes(points),
            time_s=self._outcome.time_s if self._outcome else 0.0,
        )
        sprite.stamp(self._canvas, place.x, place.y)

    def _body_box(self, outcome: Outcome | None) -> Rect | None:
        """What the person takes up on the canvas, from every landmark inside the picture."""
        if outcome is None or outcome.landmarks is None:
            return None
        landmarks, picture = outcome.landmarks, self.layout.picture
        width, height = landmarks.image_size
        inside = [
            self.layout.mirrored(x, y, landmarks.image_size)
            for x, y in landmarks.image_xy.tolist()
            if isfinite(x) and isfinite(y) and 0 <= x < width and 0 <= y < height
        ]
        if not inside:
            return None
        left, right = min(x for x, _ in inside), max(x for x, _ in inside)
        top, bottom = min(y for _, y in inside), max(y for _, y in inside)
        return Rect(
            picture.x + round(left),
            picture.y + round(top),
            round(right - left) + 1,
            round(bottom - top) + 1,
        )

    def _knee_boxes(self, points: dict[str, Point]) -> tuple[Rect, ...]:
        picture, reach = self.layout.picture, round(KNEE_REACH * self._scale)
        knees = [points[role] for role in ("front_knee", "rear_knee") if role in points]
        return tuple(
            Rect(picture.x + round(x), picture.y + round(y), 1, 1).grown(reach) for x, y in knees
        )


def _border(layout: Layout, mood: Mood) -> list[tuple[Rect, Pixels]]:
    """Draw the four strips of the frame around the picture, once.

    Unbroken where it counts, dashed where something is to be mended, thin while waiting: the
    corner of an eye tells them apart without their colour.
    """
    picture, thick = layout.picture, layout.border
    whole: Pixels = np.empty((picture.height, picture.width, 3), np.uint8)
    whole[:] = MOOD_COLOURS[mood]
    if mood is Mood.MEND:
        _dash(whole, thick)
    elif mood is Mood.WAIT:
        thick = max(2, thick // 3)
    x, y, right, bottom = picture.x, picture.y, picture.right, picture.bottom
    strips = [
        Rect(x, y, picture.width, thick),
        Rect(x, bottom - thick, picture.width, thick),
        Rect(x, y, thick, picture.height),
        Rect(right - thick, y, thick, picture.height),
    ]
    return [
        (strip, whole[Rect(strip.x - x, strip.y - y, strip.width, strip.height).pixels].copy())
        for strip in strips
    ]


def _dash(whole: Pixels, thick: int) -> None:
    """Cut gaps into the edges, evenly and alike from both ends."""
    height, width = whole.shape[:2]
    for length, across in ((width, False), (height, True)):
        count = max(3, round(length / (thick * 7))) | 1
        for number in range(1, count, 2):
            start, end = round(length * number / count), round(length * (number + 0.55) / count)
            for span in (slice(start, end), slice(length - end, length - start)):
                edges = np.s_[span, :thick], np.s_[span, -thick:]
                for rows, columns in edges:
                    if across:
                        whole[rows, columns] = INK
                    else:
                        whole[columns, rows] = INK
