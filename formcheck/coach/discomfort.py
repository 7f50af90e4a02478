"""What to do about discomfort, by the rule that is told before the first session.

0 to 3 of 10 is fine, ease off at 4, stop at 5 or at any sharp, pinching or radiating pain: the
traffic light and the "3 of 10" rule of physiotherapists' pages, at their more careful ends
(fusionphysiochilliwack.com; elevateptperformance.com).
"""

from typing import Final

WORST: Final = 10
EASE_FROM: Final = 4
STOP_FROM: Final = 5

_FINE: Final = "That is mild enough. Keep it there."
_EASE: Final = "Go less deep next time, to 3 of 10 at most; formcheck calibrate learns that depth."
_STOP: Final = (
    "Leave this stretch out until that has settled. If it lasts, or was sharp, pinching or "
    "radiating, ask a physiotherapist or doctor before the next time."
)


def advice(discomfort: int) -> str:
    """Return what to do next time, in a sentence or two.

    Args:
        discomfort: 0 (none) to 10 (the worst).

    Raises:
        ValueError: It is not on that scale.
    """
    if not 0 <= discomfort <= WORST:
        raise ValueError(f"discomfort runs from 0 to {WORST}, not to {discomfort}")
    if discomfort >= STOP_FROM:
        return _STOP
    return _EASE if discomfort >= EASE_FROM else _FINE


def read_answer(text: str) -> int | None:
    """Return the number somebody typed, 0 to 10; None for anything else, which means: skipped."""
    text = text.strip()
    if not (text.isascii() and text.isdecimal()) or len(text) > 2:
        return None
    return int(text) if int(text) <= WORST else None
