"""`--record FILE`: a session as a sample clip, with its landmarks and a truth file to fill in."""

import errno
import json
import math
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.body.landmarks import PoseLandmarks
from formcheck.errors import FormcheckError
from formcheck.io.recording import video_writer
from formcheck.io.recording.track import SUFFIX, PackedTrack
from formcheck.io.recording.video_writer import VideoWriter
from formcheck.judge.ledger import Interval, State
from formcheck.run import Moment
from formcheck.session import Outcome, Session
from formcheck.store.private_files import (
    check_may_be_written,
    kind_of,
    open_privately,
    write_privately,
)

Image = npt.NDArray[np.uint8]
Draw = Callable[[Image, Outcome | None], Image]
"""Makes the picture that is kept of a frame and of what may be drawn on it. Its pixels are good
until the next call."""

_WAITING: Final = 12
"""So many frames may wait to be written; then frames are dropped rather than delayed."""

_TRUTH_EVERY_S: Final = 1.0
"""So often what was counted is written anew, for a recording that is cut short."""

_LAST_WAIT_S: Final = 10.0
"""How long the end waits for what is still to be written."""


class Recorder:
    """Writes every judged frame in a thread; it never makes one wait and never ends a session."""

    def __init__(
        self,
        path: Path,
        session: Session,
        draw: Draw | None = None,
        *,
        force: bool = False,
    ) -> None:
        """Record a session into `path` and two files beside it, from its first judged frame.

        Args:
            path: An mp4 file.
            session: Whose ledger the truth file is filled with.
            draw: What to keep in place of the camera's own picture.
            force: Replace files that are there.

        Raises:
            FormcheckError: The files are there already, or cannot be made there.
        """
        _check(path, force=force)
        self.problem: str | None = None
        """What the recording lacks, in a sentence; None where it is whole."""
        self._path = path
        self._session = session
        self._draw = draw
        self._force = force
        self._first_s: float | None = None
        self._waiting: queue.Queue[Moment | None] = queue.Queue(_WAITING)
        self._dropped = 0
        self._track = PackedTrack()
        self._truth_due_s = -math.inf
        self._counted: str | None = None
        """The truth file's text, for the thread to write."""
        self._thread = threading.Thread(target=self._write, name="recorder", daemon=True)
        self._is_closed = False

    def take(self, moment: Moment) -> None:
        """Take in a moment; its frame is dropped where too many wait already."""
        if moment.frame is None or self._is_closed:
            return
        if self._first_s is None:
            if moment.outcome is None:
                return
            self._first_s = moment.frame.time_s
            self._thread.start()
        if moment.frame.time_s >= self._truth_due_s:
            self._truth_due_s = moment.frame.time_s + _TRUTH_EVERY_S
            self._counted = self._truth(self._first_s)
        try:
            self._waiting.put_nowait(moment)
        except queue.Full:
            self._dropped += 1

    def close(self) -> None:
        """Finish the files; twice is fine."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._first_s is None:
            return
        with suppress(queue.Full):
            self._waiting.put(None, timeout=_LAST_WAIT_S)
        self._thread.join(_LAST_WAIT_S)
        if self._thread.is_alive():
            self.problem = f"The recording {self._path} could not be finished in time."
            return
        if len(self._track) == 0:
            return
        self._counted = self._truth(self._first_s)
        try:
            write_privately(self._path.with_suffix(SUFFIX), self._track.save, force=True)
            self._write_counted()
        except FormcheckError as error:  # those that grew until now stay
            self.problem = self.problem or f"The recording {self._path} is not whole: {error}"
        if self._dropped and self.problem is None:
            self.problem = (
                f"{self._dropped} frames are missing in {self._path}: the machine was too busy to "
                "write them. Close other programs, or choose a smaller picture."
            )

    def report(self) -> str | None:
        """Return what was recorded, in a sentence; None where nothing was."""
        if len(self._track) == 0:
            return None
        return (
            f"Recorded {self._path}. What was counted is in {truth_path(self._path)}: correct it "
            "by eye before you call it true."
        )

    def _write(self) -> None:
        written: VideoWriter | None = None
        fit: Fit | None = None
        growing: IO[bytes] | None = None
        try:
            while (item := self._waiting.get()) is not None:
                frame, outcome = item.frame, item.outcome
                assert frame is not None
                image = frame.image if self._draw is None else self._draw(frame.image, item.shown)
                if written is None or fit is None:
                    if self._force:
                        for file in _files(self._path):
                            file.unlink(missing_ok=True)
                    fit = Fit.to_first(image)
                    written = VideoWriter(self._path, fit.size)
                    growing = open_privately(self._path.with_suffix(SUFFIX))
                    self._track = PackedTrack(growing)
                assert self._first_s is not None
                time_s = frame.time_s - self._first_s
                written.add(fit.image(image), time_s)
                if outcome is not None:
                    landmarks = outcome.landmarks
                    if landmarks is not None and self._draw is None:
                        landmarks = fit.landmarks(landmarks)
                    self._track.add(time_s, landmarks)
                self._write_counted()
        except OSError as error:
            self._break_off(error)
        except FormcheckError as error:
            self.problem = f"The recording {self._path} breaks off: {error}"
        for opened in (written, growing):
            try:
                if opened is not None:
                    opened.close()
            except OSError as error:
                self._break_off(error)
        while self.problem is not None and item is not None:
            item = self._waiting.get()  # nothing may pile up, nor block the end

    def _write_counted(self) -> None:
        counted, self._counted = self._counted, None
        if counted is not None:
            path = truth_path(self._path)
            write_privately(path, lambda file: file.write(counted.encode()), force=True)

    def _break_off(self, error: OSError) -> None:
        why = (
            "the disk is full; make room on it"
            if error.errno in (errno.ENOSPC, errno.EDQUOT)
            else f"it cannot be written ({error.strerror})"
        )
        self.problem = self.problem or (
            f"The recording {self._path} breaks off: {why}. What came before plays."
        )

    def _truth(self, first_s: float) -> str:
        truth = {
            "clip": self._path.name,
            "pose": self._session.pose.name,
            "view": "",
            "shows": "",
            "times": "counted by formcheck itself and NOT CORRECTED YET: set each start_s, end_s, "
            "held and stretched_side by eye, remove what is neither, then this line",
            "intervals": [_span(each, first_s) for each in self._session.intervals()],
        }
        return json.dumps(truth, indent=2) + "\n"


class Fit:
    """Brings every picture to the size of the first: a film has one size, a camera may change."""

    def __init__(self, size: tuple[int, int]) -> None:
        """Bring pictures to this width and height in pixels, both even."""
        self.size = size

    @classmethod
    def to_first(cls, image: Image) -> "Fit":
        """Keep the size of this picture, without an odd last column or row."""
        height, width = image.shape[:2]
        return cls((width - width % 2, height - height % 2))

    def image(self, image: Image) -> Image:
        """Return a picture of the size: cut by a pixel, or shrunk or grown with black beside it."""
        width, height = self.size
        scale, (left, top) = self._place(image.shape[1], image.shape[0])
        if scale == 1.0:
            return np.ascontiguousarray(image[:height, :width])
        size = (round(image.shape[1] * scale), round(image.shape[0] * scale))
        fitted = np.zeros((height, width, 3), np.uint8)
        fitted[top : top + size[1], left : left + size[0]] = cv2.resize(image, size)
        return fitted

    def landmarks(self, landmarks: PoseLandmarks) -> PoseLandmarks:
        """Return the landmarks where they are in the fitted picture."""
        scale, corner = self._place(*landmarks.image_size)
        return replace(
            landmarks, image_xy=landmarks.image_xy * scale + corner, image_size=self.size
        )

    def _place(self, width: int, height: int) -> tuple[float, tuple[int, int]]:
        if (width - width % 2, height - height % 2) == self.size:
            return 1.0, (0, 0)
        scale = min(self.size[0] / width, self.size[1] / height)
        return scale, (
            (self.size[0] - round(width * scale)) // 2,
            (self.size[1] - round(height * scale)) // 2,
        )


def truth_path(clip: Path) -> Path:
    """Return where the truth of a clip is kept."""
    return clip.with_suffix(".truth.json")


def _span(interval: Interval, first_s: float) -> dict[str, Any]:
    return {
        "start_s": round(interval.start_s - first_s, 2),
        "end_s": round(interval.end_s - first_s, 2),
        "held": interval.state is State.HELD,
        **({"stretched_side": interval.side} if interval.side else {}),
        **({"fault": list(interval.faults)} if interval.faults else {}),
        "why": interval.state.value.replace("_", " "),
    }


def _files(path: Path) -> tuple[Path, Path, Path]:
    return path, path.with_suffix(SUFFIX), truth_path(path)


def _check(path: Path, *, force: bool) -> None:
    if path.suffix.lower() != video_writer.SUFFIX:
        raise FormcheckError(
            f"A recording is an mp4 file: --record {path.stem}{video_writer.SUFFIX}"
        )
    if kind_of(path.parent) != "folder":
        raise FormcheckError(f"There is no folder {path.parent}. Make it, or record elsewhere.")
    for file in _files(path):
        check_may_be_written(file, force=force)
