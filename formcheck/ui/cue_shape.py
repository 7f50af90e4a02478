"""Which shape stands beside a cue."""

from formcheck.coach.coach import AWAY, PAUSED
from formcheck.coach.cue import Cue, Tone
from formcheck.ui.drawing.shapes import Shape


def shape_of(cue: Cue) -> Shape:
    """Return the shape that says what a cue asks."""
    if cue in (PAUSED, AWAY):
        return Shape.BARS
    return {Tone.GOOD: Shape.CHECK, Tone.WAIT: Shape.DOTS, Tone.MEND: Shape.TRIANGLE}[cue.tone]
