"""What every display can do, whether a window or lines of text."""

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import numpy.typing as npt

from formcheck.coach.cue import Cue, Tone

if TYPE_CHECKING:
    from formcheck.pose.definition import PoseDefinition
    from formcheck.pose.plan import Plan
    from formcheck.session import Outcome
    from formcheck.ui.ending import Ending

READY_SOON: Final = Cue("Getting ready", Tone.WAIT)
"""Said until something can be judged; by the first window, too, before what judges has loaded."""


class Status(Enum):
    """Where the pictures stand, beside what the session makes of them."""

    GETTING_READY = "getting_ready"
    """The camera may show a picture already, but nothing is judged yet."""
    LIVE = "live"
    NO_CAMERA = "no_camera"
    """No picture comes."""


@dataclass(frozen=True, slots=True)
class Resting:
    """Between two exercises: nothing is judged."""

    left_s: float
    """Seconds until the next one begins."""
    cue: Cue
    sign: float = 0.0
    """How far the sign that ends has been shown, 0 to 1."""


SLOW_PER_S: Final = 15.0
"""Fewer looks a second than this are told: bounces and the way in are no longer seen well."""


@dataclass(frozen=True, slots=True)
class Looking:
    """How often the program looks."""

    looks_per_s: float | None = None
    """None where not known."""
    is_resting: bool = False
    """Less often on purpose, in a calm hold."""

    @property
    def note(self) -> str:
        """What to tell of it; empty where all is as usual."""
        if self.is_resting:
            return "looking less often while you hold"
        if self.looks_per_s is not None and self.looks_per_s < SLOW_PER_S:
            count = max(1, round(self.looks_per_s))
            return f"{count} picture{'s' if count > 1 else ''} a second"
        return ""


USUAL: Final = Looking()


class Key(Enum):
    """What a person asked for."""

    QUIT = "quit"
    PAUSE = "pause"
    """Pause, or go on."""
    FULL_SCREEN = "full_screen"


class Display(Protocol):
    """Shows one state after another; closing twice is fine."""

    def take_up(self, pose: "PoseDefinition", plan: "Plan") -> None:
        """Show this pose by this plan from now on."""

    def show(
        self,
        image: npt.NDArray[np.uint8] | None,
        outcome: "Outcome | None",
        status: Status | Resting = Status.LIVE,
        looking: Looking = USUAL,
    ) -> None:
        """Show one state.

        Args:
            image: (height, width, 3) blue-green-red and not mirrored; None where there is none.
            outcome: What the session made of this very image; None before the first. The numbers
                of the last one stay.
            status: Where the pictures stand.
            looking: How often is looked.
        """

    def sum_up(self, ending: "Ending") -> None:
        """Show from now on, where the end is shown, what the session came to."""

    def keys(self) -> list[Key]:
        """Return what was pressed since the last call; a window also comes alive in this call."""

    @property
    def is_closed(self) -> bool:
        """Whether the person closed it."""

    def close(self) -> None:
        """Take it away."""
