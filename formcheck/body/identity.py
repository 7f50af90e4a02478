"""Whether the body in the picture is still the one that has been holding."""

from math import hypot
from typing import Final

from formcheck.body.view import View

_SHUFFLE_TRUNKS_S: Final = 1.0
"""How fast the hips of someone kneeling in form can travel, in trunk lengths a second."""

_NOISE_TRUNKS: Final = 0.4
"""How far a detector may move the hips of one who is still."""

_GROWTH: Final = 1.5
"""How much larger or smaller the same trunk may be from one frame to the next."""


class IdentityKeeper:
    """Remembers the body in form, and tells another one that takes its place in the picture.

    MediaPipe follows one person and may jump to another who passes. The other one counts too,
    but as a new hold, never as the rest of this one.
    """

    def __init__(self, memory_s: float) -> None:
        """Forget the body when it has been away for longer than `memory_s`."""
        self._memory_s = memory_s
        self._last: tuple[float, View, tuple[int, int]] | None = None

    def is_another(self, time_s: float, view: View, picture: tuple[int, int]) -> bool:
        """Tell whether this body, in form, cannot be the one remembered; if it can, remember it.

        Args:
            time_s: Seconds, growing.
            view: Of the body.
            picture: The width and height of its picture, in pixels. In a picture of another size
                the same body has another size and place, so nothing can be told.
        """
        if self._last is not None:
            last_s, last, last_picture = self._last
            away_s = time_s - last_s
            if (
                away_s <= self._memory_s
                and picture == last_picture
                and not _can_be_one(last, view, away_s)
            ):
                return True
        self._last = (time_s, view, picture)
        return False


def _can_be_one(before: View, after: View, seconds: float) -> bool:
    scale = max(before.trunk_length_px, after.trunk_length_px)
    went = hypot(after.hips_xy[0] - before.hips_xy[0], after.hips_xy[1] - before.hips_xy[1]) / scale
    growth = scale / min(before.trunk_length_px, after.trunk_length_px)
    return went <= _NOISE_TRUNKS + _SHUFFLE_TRUNKS_S * seconds and growth <= _GROWTH
