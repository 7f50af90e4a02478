"""Clips, frame by frame with their own times."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from formcheck.errors import FormcheckError
from formcheck.io.cameras.frozen import FrozenPicture
from formcheck.io.files.file import check_is_file
from formcheck.io.files.picture_file import Animation, is_animation, kind_of
from formcheck.io.files.video_reader import VideoReader
from formcheck.picture.frame import Frame

_SMALLEST_STEP_S: Final = 0.001
"""Between two frames to which a container gives the same time."""

_RESTART_S: Final = 0.5
"""Times that go back by more start over; by less, two frames were written in the wrong order."""

_USUAL_RATE: Final = 25.0
"""Frames a second where a clip tells neither times nor a rate."""

_NO_NEWS_S: Final = 3.0
"""So often a clip that stands still hands on a frame: longer than any gap that a pose allows."""

_MISSING_IS_CUT_SHORT_S: Final = 0.5
"""Containers round their length; less than this missing means nothing."""


_ROUNDING_S: Final = 0.001
"""Containers count in ticks: a frame is due that much earlier."""


class Clip:
    """Every frame of a recorded clip that shows something new, with the container's own times.

    Variable frame rates keep their times, pictures may change their size on the way, and each is
    as its file says that it is to be shown: cropped, stretched, turned, mirrored.
    The same picture again and again, as from a camera that hung, is left out, but for one every
    few seconds and the clip's last frame, which tell how the time passes.
    """

    is_live = False

    def __init__(self, path: Path) -> None:
        """Open the clip.

        Raises:
            FormcheckError: There is no such file, it is no video, or it has no frame.
        """
        self.name = path.name
        self.problem: str | None = None
        self._path = path
        check_is_file(path)
        kind = kind_of(path)
        is_animated = kind is not None and is_animation(path, kind)
        self._video = Animation(path) if is_animated else VideoReader(path)
        self._pictures = self._video.pictures()
        self._index = 0
        self._last_time_s = -1.0
        self._shift_s = 0.0
        self._frozen = FrozenPicture()
        self._next = self._decode_new()
        if self._next is None:
            self.close()
            raise FormcheckError(
                f"{path} holds no frame that can be read. Record it again, or copy it once more "
                "if the copy broke off."
            )

    @property
    def ended(self) -> bool:
        """Whether no frame is left."""
        return self._next is None

    @property
    def frame_count(self) -> int:
        """How many frames there are, as the container says or as its length tells; 0 if neither."""
        return self._video.count or round((self._video.length_s or 0) * self._rate)

    def read(self, timeout_s: float = 0.5) -> Frame | None:
        """Return the next frame; None at the end. Then `problem` says what could not be read."""
        frame, self._next = self._next, None
        if frame is not None:
            self._next = self._decode_new()
            if self._next is None:
                self.problem = self._what_is_missing()
        return frame

    def close(self) -> None:
        """Close the file."""
        self._pictures.close()
        self._video.close()
        self._next = None

    def _decode_new(self) -> Frame | None:
        since_s, repeated = self._last_time_s, None
        while (frame := self._decode()) is not None and self._frozen.is_same_again(frame.image):
            repeated = frame
            if frame.time_s - since_s > _NO_NEWS_S:
                break
        return frame or repeated

    def _decode(self) -> Frame | None:
        picture = next(self._pictures, None)
        if picture is None:
            return None
        image, written_s = picture
        self._last_time_s = self._time_s(written_s)
        frame = Frame(image, self._last_time_s, self._index)
        self._index += 1
        return frame

    @property
    def _rate(self) -> float:
        return self._video.rate or _USUAL_RATE

    def _time_s(self, written_s: float | None) -> float:
        """Return the time of the frame just read, later than that of the frame before."""
        if written_s is not None and written_s + self._shift_s > self._last_time_s:
            return written_s + self._shift_s
        if written_s is None or self._last_time_s - written_s - self._shift_s > _RESTART_S:
            # No times are written, or they start over: two clips that were put into one.
            time_s = 0.0 if self._last_time_s < 0 else self._last_time_s + 1 / self._rate
            self._shift_s = 0.0 if written_s is None else time_s - written_s
            return time_s
        return max(self._last_time_s, 0.0) + _SMALLEST_STEP_S

    def _what_is_missing(self) -> str | None:
        count, length_s = self._video.count, self._video.length_s
        read_s = self._last_time_s + 1 / self._rate
        is_short = length_s is not None and length_s - read_s > _MISSING_IS_CUT_SHORT_S
        if is_short and (count is None or self._index < count):
            return (
                f"{self._path} breaks off at {self._last_time_s:.1f} s of {length_s:.1f} s; up to "
                "there it was read. Copy it once more."
            )
        if self._video.damaged / self._rate > _MISSING_IS_CUT_SHORT_S:
            return (
                f"{self._video.damaged} frames of {self._path} are damaged and were left out. Copy "
                "it once more."
            )
        if self._index == 1:
            return f"Of {self._path} one frame alone can be read. Copy it once more."
        return None


class ThinnedClip:
    """A clip from which a picture is taken every so many seconds: a quick look at much."""

    is_live = False

    def __init__(self, clip: Clip, every_s: float) -> None:
        """Take pictures from `clip`, on average `every_s` seconds apart, and its first one."""
        self.name = clip.name
        self._clip = clip
        self._every_s = every_s
        self._due_s: float | None = None

    @property
    def ended(self) -> bool:
        """Whether no frame is left."""
        return self._clip.ended

    @property
    def problem(self) -> str | None:
        """Why the clip ended early."""
        return self._clip.problem

    def read(self, timeout_s: float = 0.5) -> Frame | None:
        """Return the next frame that is due, and the last one of the clip; None at the end."""
        while (frame := self._clip.read(timeout_s)) is not None:
            if self._due_s is None or frame.time_s >= self._due_s - _ROUNDING_S or self.ended:
                # On the beat, so that the rate is kept; after a gap on from the frame that came.
                is_on_beat = self._due_s is not None and frame.time_s - self._due_s < self._every_s
                beat_s = self._due_s if is_on_beat and self._due_s is not None else frame.time_s
                self._due_s = beat_s + self._every_s
                return frame
        return None

    def close(self) -> None:
        """Close the file."""
        self._clip.close()


class PacedClip:
    """A clip that plays at its own pace, for a person to watch. Late frames come at once."""

    is_live = False

    def __init__(
        self,
        clip: Clip,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Pace `clip` by the clock `now`, in seconds; the time runs from the first frame read."""
        self.name = clip.name
        self._clip = clip
        self._now = now
        self._sleep = sleep
        self._waiting: Frame | None = None
        self._starts_at: float | None = None

    @property
    def ended(self) -> bool:
        """Whether no frame is left."""
        return self._waiting is None and self._clip.ended

    @property
    def problem(self) -> str | None:
        """Why the clip ended early."""
        return self._clip.problem

    def read(self, timeout_s: float = 0.5) -> Frame | None:
        """Return the next frame when its time has come; None where that is later."""
        if self._waiting is None:
            self._waiting = self._clip.read()
        frame = self._waiting
        if frame is None:
            return None
        if self._starts_at is None:
            self._starts_at = self._now() - frame.time_s
        early_s = self._starts_at + frame.time_s - self._now()
        if early_s > 0:
            self._sleep(min(early_s, timeout_s))
            if early_s > timeout_s:
                return None
        else:  # a pause, or a machine that is too slow: go on from here, do not race
            self._starts_at -= early_s
        self._waiting = None
        return frame

    def close(self) -> None:
        """Close the file."""
        self._waiting = None
        self._clip.close()
