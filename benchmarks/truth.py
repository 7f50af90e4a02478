"""A clip's truth file, read once and checked."""

import json
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from formcheck.landmarks import Side


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class TrueInterval(_Part):
    """What is true of a span of the clip; time that no interval covers is judged neither way."""

    start_s: float
    end_s: float
    held: bool
    stretched_side: Side | None = None
    fault: str | list[str] | None = None
    why: str = ""

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.end_s - self.start_s

    @property
    def faults(self) -> tuple[str, ...]:
        """The faults that are there, by name."""
        if self.fault is None:
            return ()
        return (self.fault,) if isinstance(self.fault, str) else tuple(self.fault)


class TrueCamera(_Part):
    """How a rendered clip was seen."""

    yaw_deg: float = 0.0
    height_m: float = 0.85


class TrueFrames(_Part):
    """What is true of each frame of a rendered clip."""

    time_s: list[float]
    measurements: dict[str, list[float]]


class Truth(_Part):
    """A clip's truth."""

    pose: str
    intervals: Annotated[list[TrueInterval], Field(min_length=1)]
    camera: TrueCamera | None = None
    frames: TrueFrames | None = None


def truth_path(clip: Path) -> Path:
    """Return where the truth of a clip is kept."""
    return clip.with_suffix(".truth.json")


def read_truth(clip: Path) -> Truth:
    """Read the truth of a clip, from the file beside it."""
    return Truth.model_validate(json.loads(truth_path(clip).read_text("utf-8")))
