"""What raised arms tell of the back: no shoulder lifts its arm far behind the chest.

A back that bends backwards in its upper part alone leaves the line from hips to shoulders almost
upright, and a head that is tipped back to look up is no bent back. An arm is carried by the chest:
lifted to the end, about 180 degrees in most people, it points where the chest does.
"""

from math import hypot
from typing import Final

from formcheck.body.landmarks import MIN_VISIBILITY
from formcheck.body.roles import Body, lean

_SEEN_TRUNKS: Final = 0.35
"""The least length of an upper arm in the picture, in trunk lengths, whose direction counts.
It is 0.65 (Drillis and Contini): a shorter one points at the camera by 57 degrees and more."""


def raised_arm_lean(body: Body) -> float:
    """Return how far the raised upper arm leans from the vertical, forward positive, in degrees.

    Of two raised arms the one that points less far back. 0 where an arm that is seen is not raised
    (its elbow above its shoulder), since a turned chest lets one arm alone reach back; where one
    points at the camera; and where none is seen.
    """
    leans = []
    for role in ("front", "rear"):
        shoulder, elbow = body[f"{role}_shoulder"], body[f"{role}_elbow"]
        if body.confidence((f"{role}_elbow",)) < MIN_VISIBILITY:
            continue
        length = hypot(elbow[0] - shoulder[0], elbow[1] - shoulder[1])
        is_raised = elbow[1] > shoulder[1]
        if not is_raised or length < _SEEN_TRUNKS * body.view.trunk_length_px:
            return 0.0
        leans.append(lean(shoulder, elbow))
    return max(leans, default=0.0)
