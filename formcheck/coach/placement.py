"""Leads the person into place before a hold: one step at a time, the worst first.

Which way is which. The camera's picture is not mirrored (the window mirrors it later, for the eye
alone). Someone who is side-on knows "forward" and "backward" along the mat better than left and
right; someone who faces the camera, or turns the back to it, knows their own left and right:

    cut off at                     the picture's left edge     the picture's right edge
    side-on, facing picture right  move forward                move backward
    side-on, facing picture left   move backward               move forward
    chest to the camera            move to your left           move to your right
    back to the camera             move to your right          move to your left

Someone who faces picture right has the camera at their right hand, who faces left at their left.
With the chest half to the camera they have turned towards that hand and must turn back towards
the other one; with the back half to it, the reverse:

    to come side-on                chest half to the camera    back half to the camera
    facing picture right           turn left                   turn right
    facing picture left            turn right                  turn left

Turned by more than 50 degrees, which way they face cannot be read, and either way round will do.
"""

from collections.abc import Iterator
from typing import Final

from formcheck.body.camera.pose import CameraPose
from formcheck.body.framing import Edge, Framing, frame_body
from formcheck.body.landmarks import PoseLandmarks, Side, other_side
from formcheck.body.measurements import KNEE_HEIGHTS
from formcheck.body.view import View
from formcheck.coach.cue import Direction, SetupStep
from formcheck.coach.setup_step import Need, Wanted, step_for
from formcheck.picture.surroundings import Surroundings
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.parts import FrontView

_SURE_S: Final = 0.6
"""A step is said, and dropped, after it has been the one to take for so long."""

# Of each pair the first begins a step and the second ends it, so that nobody is sent to and fro.
# Light and sharpness: where MediaPipe starts to fail (65 pictures of real people, darkened, paled,
# blurred; benchmarks/README.md).
DARK_LUMA: Final = (30.0, 36.0)
"""Mean luma. At 32 one in 65 is lost, at 19 one in eleven."""
BLACK_LUMA: Final = 12.0
PALE_CONTRAST: Final = (8.0, 10.0)
"""Standard deviation of luma. At 17 one in 22 is lost, at 10 one in three, at 7 most."""
BLURRED: Final = (0.12, 0.13)
"""Sharpness. Sharp pictures have 0.15 and more; at 0.13 one in 22 is lost, at 0.10 two in five."""

_CUT: Final = (0.0, 0.03)
"""How far inside the picture a joint must be, as a share of it."""
_FILL: Final = (1.0, 0.94)
"""The largest share of the picture that the body may take."""
_COMFORTABLE_FILL: Final = 0.85
_FAR: Final = (0.11, 0.12)
"""Trunk length over the shorter edge: kneeling, a quarter of the picture's height."""
_NEAR_ENOUGH: Final = 0.16

_ROLLED_DEG: Final = (8.0, 5.0)
"""People stand with the shoulders a little ahead of the ankles (real ones -2 to 3 degrees), and
cannot lean as a whole by 8 degrees to either side of that for long: they would lose balance."""

_KNEE_UP: Final = 0.5
"""A pose that accepts no rear knee so far above the ankles, in trunk lengths, kneels."""
_TURN_SLACK: Final = 0.07
"""Trunk lengths of shoulder width that must be gained before a turn is enough."""
_READABLE_TURN_DEG: Final = 50.0
_FACES_CAMERA_DEG: Final = 45.0

_NEW_DEGREES: Final = 15.0
_NEW_METRES: Final = 0.6
"""An amount is told anew only once it has changed by so much."""

_OPPOSITE: Final[dict[Edge, Edge]] = {
    "bottom": "top",
    "top": "bottom",
    "left": "right",
    "right": "left",
}

_FROM_AN_EDGE: Final = (
    Need.AWAY,
    Need.TILT_UP,
    Need.TILT_DOWN,
    Need.FORWARD,
    Need.BACKWARD,
    Need.HEADWARD,
    Need.FOOTWARD,
    Need.LEFT,
    Need.RIGHT,
)

_TURNS: Final = (Need.SIDE_ON, Need.SIDE_ON_LEFT, Need.SIDE_ON_RIGHT, Need.FACE)


class Placement:
    """Chooses the next step from picture to picture, and stays with it until it is taken.

    A camera that is rolled is found out while the person stands straight, and said only while they
    stand: on the knees it is taken off the angles, and nobody need get up for it.
    """

    def __init__(self, pose: PoseDefinition, turned_deg: int = 0) -> None:
        """Lead into the place that this pose needs.

        Args:
            pose: What is to be held there.
            turned_deg: By how many degrees clockwise the pictures were turned already.
        """
        self._turned_deg = turned_deg
        self._wants = pose.view
        self._will_kneel = any(
            gate.measurement in KNEE_HEIGHTS and gate.accept[1] < _KNEE_UP for gate in pose.gates
        )
        self._shown: Wanted | None = None
        self._newest: Need | None = None
        self._newest_since_s: float | None = None

    def step(
        self,
        time_s: float,
        landmarks: PoseLandmarks | None,
        view: View | None,
        surroundings: Surroundings | None = None,
        more_deg: int = 0,
        *,
        camera: CameraPose | None = None,
    ) -> SetupStep | None:
        """Take in one picture; return the step to take, or None where the person is in place.

        Args:
            time_s: Seconds, growing.
            landmarks: None where nobody was found.
            view: Of these landmarks; None where they tell none.
            surroundings: None where they are not known: then nothing is asked of them.
            more_deg: By how many degrees it has to be turned clockwise to stand upright.
            camera: How it stands; None where that is not known.
        """
        found = next(self._wanted(landmarks, view, surroundings, more_deg, camera), None)
        need = found.need if found else None
        if self._newest_since_s is None:
            self._newest, self._newest_since_s, self._shown = need, time_s, found
        elif need is not self._newest:
            self._newest, self._newest_since_s = need, time_s
        if need is (self._shown.need if self._shown else None):
            is_due = _is_news(found, self._shown)
        else:
            is_due = time_s - self._newest_since_s >= _SURE_S
        if is_due:
            self._shown = found
        return step_for(self._shown) if self._shown else None

    def _wanted(
        self,
        landmarks: PoseLandmarks | None,
        view: View | None,
        surroundings: Surroundings | None,
        more_deg: int,
        camera: CameraPose | None,
    ) -> Iterator[Wanted]:
        """Yield everything that is to mend, worst first."""
        if surroundings is not None:
            yield from self._light(surroundings)
        if more_deg:  # what follows would be said of a picture that stands upright
            yield aslant(more_deg, self._turned_deg)
        if landmarks is None or view is None:
            yield Wanted(Need.NOBODY)
            return
        framing = frame_body(landmarks, view, self._wants.in_picture, will_kneel=self._will_kneel)
        if surroundings is not None and (surroundings.people or 0) > 1:
            yield Wanted(Need.COMPANY)
        yield from self._place(framing, view)
        yield from self._level(framing, camera)
        yield from self._turn(view)

    def _limit(self, pair: tuple[float, float], *needs: Need) -> float:
        """Return the limit at which one of these needs ends if it is shown, else begins."""
        return pair[self._shown is not None and self._shown.need in needs]

    def _light(self, surroundings: Surroundings) -> Iterator[Wanted]:
        if surroundings.brightness < self._limit(DARK_LUMA, Need.DARK, Need.BLACK):
            yield Wanted(Need.BLACK if surroundings.brightness < BLACK_LUMA else Need.DARK)
        if surroundings.contrast < self._limit(PALE_CONTRAST, Need.PALE):
            yield Wanted(Need.PALE)
        sharpness = surroundings.sharpness
        if sharpness is not None and sharpness < self._limit(BLURRED, Need.BLURRED):
            yield Wanted(Need.BLURRED)

    def _place(self, framing: Framing, view: View) -> Iterator[Wanted]:
        if framing.fill > self._limit(_FILL, Need.AWAY):
            yield _away(framing)
        inside = self._limit(_CUT, *_FROM_AN_EDGE)
        # Who is on the way back need not tilt the lid as well.
        is_going = self._shown is not None and self._shown.need is Need.AWAY
        for edge, opposite in _OPPOSITE.items():
            length = framing.length_px(edge)
            if framing.over_px(edge) > -inside * length:
                need_px = framing.over_px(edge) + _CUT[1] * length
                has_room = need_px <= -framing.over_px(opposite) and not is_going
                yield _from_edge(framing, view, edge, need_px) if has_room else _away(framing)
        if framing.trunk_share < self._limit(_FAR, Need.NEARER):
            share_to_go = 1.0 - framing.trunk_share / _NEAR_ENOUGH
            yield Wanted(Need.NEARER, framing.distance_m * share_to_go)

    def _level(self, framing: Framing, camera: CameraPose | None) -> Iterator[Wanted]:
        if camera is None or not framing.is_standing or not camera.is_surely_rolled:
            return
        rolled_deg = abs(camera.roll_deg)
        if rolled_deg > self._limit(_ROLLED_DEG, Need.LEVEL):
            yield Wanted(Need.LEVEL, rolled_deg)

    def _turn(self, view: View) -> Iterator[Wanted]:
        slack = self._limit((0.0, _TURN_SLACK), *_TURNS)
        if isinstance(self._wants, FrontView):
            if view.is_turned_away or view.shoulder_width <= self._wants.min_shoulder_width + slack:
                from_side_on = -view.turn_deg if view.is_turned_away else view.turn_deg
                yield Wanted(Need.FACE, 90.0 - from_side_on)
        elif view.turned_width >= self._wants.max_shoulder_width - slack:
            yield Wanted(_way_round(view), view.turn_deg)


def aslant(more_deg: int, turned_deg: int) -> Wanted:
    """Return what mends a picture that does not stand upright.

    Args:
        more_deg: By how many degrees it has to be turned clockwise: 90, 180 or 270.
        turned_deg: By how many it was turned already.
    """
    need = Need.HEAD_DOWN if more_deg == 180 else Need.ON_ITS_SIDE
    return Wanted(need, (turned_deg + more_deg) % 360)


def _away(framing: Framing) -> Wanted:
    extra = framing.distance_m * (framing.fill / _COMFORTABLE_FILL - 1.0)
    return Wanted(Need.AWAY, max(0.0, extra))


def _from_edge(framing: Framing, view: View, edge: Edge, need_px: float) -> Wanted:
    """Return what brings the body inside an edge, by so many pixels."""
    if edge == "top":
        return Wanted(Need.TILT_UP, framing.tilt_deg(need_px))
    if edge == "bottom":
        return Wanted(Need.TILT_DOWN, framing.tilt_deg(need_px))
    towards: Side = "right" if edge == "left" else "left"
    if view.kind == "lying":
        need = Need.HEADWARD if towards == view.facing else Need.FOOTWARD
    elif view.kind == "front" or view.turn_deg > _FACES_CAMERA_DEG:
        # Of who faces the camera, the left hand is at the picture's right.
        own = towards if view.is_turned_away else other_side(towards)
        need = Need.LEFT if own == "left" else Need.RIGHT
    else:
        need = Need.FORWARD if towards == view.facing else Need.BACKWARD
    mirrored = Direction.LEFT if towards == "right" else Direction.RIGHT
    return Wanted(need, framing.metres(need_px), mirrored)


def _way_round(view: View) -> Need:
    if view.kind == "lying" or view.turn_deg > _READABLE_TURN_DEG:
        return Need.SIDE_ON
    to_the_left = (view.facing == "right") is not view.is_turned_away
    return Need.SIDE_ON_LEFT if to_the_left else Need.SIDE_ON_RIGHT


def _is_news(found: Wanted | None, shown: Wanted | None) -> bool:
    """Tell whether the amount of the same need has changed enough to be told anew."""
    if found is None or shown is None or found.amount is None or shown.amount is None:
        return False
    enough = _NEW_DEGREES if found.need.is_angle else _NEW_METRES
    return abs(found.amount - shown.amount) > enough
