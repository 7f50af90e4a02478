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

    Of two raised arms the one that points less far back. 0 where none is raised (an elbow above its
    shoulder), is seen, and lies in the plane of the picture: hanging arms tell nothing of the back.
    """
    leans = []
    for role in ("front", "rear"):
        shoulder, elbow = body[f"{role}_shoulder"], body[f"{role}_elbow"]
        is_raised = elbow[1] > shoulder[1]
        length = hypot(elbow[0] - shoulder[0], elbow[1] - shoulder[1])
        if (
            is_raised
            and length >= _SEEN_TRUNKS * body.view.trunk_length_px
            and body.confidence((f"{role}_elbow",)) >= MIN_VISIBILITY
        ):
            leans.append(lean(shoulder, elbow))
    return max(leans, default=0.0)
