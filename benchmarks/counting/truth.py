"""A clip's truth file, read once and checked."""

import json
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from formcheck.body.landmarks import Side
from formcheck.errors import FormcheckError


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class TrueInterval(_Part):
    """What is true of a span of the clip; time that no interval covers is judged neither way."""

    start_s: Annotated[float, Field(ge=0, le=100_000)]
    end_s: Annotated[float, Field(ge=0, le=100_000)]
    held: bool
    stretched_side: Side | None = None
    fault: str | list[str] | None = None
    why: str = ""

    @model_validator(mode="after")
    def _goes_forward(self) -> Self:
        if not self.start_s <= self.end_s:
            raise ValueError("it ends before it starts")
        return self

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
    """Read the truth of a clip, from the file beside it.

    Raises:
        FormcheckError: There is none, or it is wrong.
    """
    path = truth_path(clip)
    try:
        return Truth.model_validate(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise FormcheckError(
            f"The truth file {path} cannot be read: {error.strerror}. Write one, or move the clip."
        ) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "file"
        raise FormcheckError(
            f"The truth file {path} has {error.error_count()} mistakes, the first: "
            f"{place:.200}: {first['msg']:.200}. Mend them."
        ) from error
    except (ValueError, RecursionError) as error:  # no JSON, no text, or nested beyond all reason
        raise FormcheckError(
            f"The truth file {path} is no JSON: {error!s:.200}. Mend it."
        ) from error
