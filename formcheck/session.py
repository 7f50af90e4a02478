"""One session: from the landmarks of each frame to what is counted and what is said."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from formcheck.body.camera.bearing import Bearing
from formcheck.body.camera.way_in import WayIn
from formcheck.body.identity import IdentityKeeper
from formcheck.body.landmarks import MIN_VISIBILITY, SIDES, PoseLandmarks, Side
from formcheck.body.legs import LegKeeper
from formcheck.body.measurements import Measurement, Measurements, measure
from formcheck.body.view import View, see
from formcheck.coach.coach import Coach, Feedback
from formcheck.coach.placement import Placement
from formcheck.coach.sign import SignReader
from formcheck.judge.depth import DepthFinder, DepthTally, personal, unbounded
from formcheck.judge.form import BLANK, NOBODY, Form, FormVerdict, judge
from formcheck.judge.hold import Hold, HoldState
from formcheck.judge.ledger import Interval, State
from formcheck.judge.life import Life
from formcheck.judge.motion import Motion, MotionMeter
from formcheck.judge.pace import CALM, Pace, PaceMeter
from formcheck.picture.surroundings import Surroundings
from formcheck.pose.definition import PoseDefinition
from formcheck.pose.plan import Plan


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything one frame means, as it is handed to every sink."""

    time_s: float
    landmarks: PoseLandmarks | None
    view: View | None
    """None where nobody was seen."""
    measurements: dict[str, Measurement]
    """By name; empty where nobody was seen."""
    verdict: FormVerdict
    motion: Motion
    hold: HoldState
    feedback: Feedback
    surroundings: Surroundings | None = None
    """What the picture is like; None where that was not measured."""
    sign: float = 0.0
    """How far the sign that ends the session has been shown, 0 to 1 (it is to end)."""
    is_doubted: bool = False
    """Somebody is seen who may be a picture: nothing says yet that they are alive."""


class Session:
    """Judges one person's stretch frame by frame. It knows no clock: time comes with the frames."""

    def __init__(
        self,
        pose: PoseDefinition,
        plan: Plan | None = None,
        *,
        depths: Mapping[Side, float] | None = None,
        find_depth: bool = False,
        turned_deg: int = 0,
    ) -> None:
        """Start a session.

        Args:
            pose: What to hold.
            plan: How long, where not the pose's own dose.
            depths: The person's own depth on each side, in degrees of the pose's depth, where it
                is known: their lower bound in place of the pose's, where that is stricter.
            find_depth: Take the depth of the first calm seconds of each side as the person's own.
            turned_deg: By how many degrees clockwise the pictures were turned already.
        """
        self.pose = pose
        self.plan = plan or Plan.of(pose)
        self.depths: dict[Side, float] = dict(depths or {})
        """The person's own depth on each side, as given or found."""
        usual = unbounded(pose) if find_depth else pose
        self._judged: dict[Side, PoseDefinition] = {
            side: personal(pose, self.depths[side]) if side in self.depths else usual
            for side in SIDES
        }
        self._finders = {
            side: DepthFinder() for side in SIDES if find_depth and side not in self.depths
        }
        self._tally = DepthTally()
        self._pace = _pace_meter(pose)
        self._hold = Hold(pose.hold)
        self._meter = MotionMeter(pose.hold.calm_deg_s, pose.watched, pose.hold.moving_deg_s)
        self._placement = Placement(pose, turned_deg)
        self._bearing = Bearing(may_lie=pose.view.kind == "lying")
        self._turned_deg = turned_deg
        self.rotate_deg: int | None = None
        """By how many degrees the camera's pictures have to be turned clockwise to stand upright:
        0, 90, 180 or 270, as the person in them tells; None while they do stand upright."""
        self.way_in = WayIn()
        """What is known of how the camera stands."""
        self._sign = SignReader()
        self._coach = Coach(pose, self.plan)
        self._keeper = IdentityKeeper(pose.hold.grace_s)
        self._legs = LegKeeper() if pose.view.kind == "side" else None
        self._entered: frozenset[str] = frozenset()
        self._life: Life | None = None
        self._last: Outcome | None = None

    def step(
        self,
        time_s: float,
        landmarks: PoseLandmarks | None,
        *,
        is_paused: bool = False,
        is_blank: bool = False,
        surroundings: Surroundings | None = None,
    ) -> Outcome:
        """Take in the landmarks of one frame, or None where nobody was found in it.

        Args:
            time_s: When the frame was captured, in seconds.
            landmarks: What was found in it.
            is_paused: The person asked for a pause.
            is_blank: The picture shows nothing (`formcheck.picture.blank`): what was found in it
                is a ghost, and the time belongs to the camera.
            surroundings: What the picture is like, as last measured.

        Raises:
            ValueError: `time_s` is not later than that of the frame before.
        """
        if is_blank:
            landmarks = None
        if landmarks is not None and self._legs is not None:
            landmarks = self._legs.step(time_s, landmarks)
        view = see(landmarks, self.pose.view.kind) if landmarks is not None else None
        view = self.way_in.step(time_s, landmarks, view)
        measurements: dict[str, Measurement] = {}
        if landmarks is None or view is None:
            verdict = BLANK if is_blank else NOBODY
            motion = self._meter.step(time_s, None)
        else:
            measurements = measure(landmarks, view)
            if self._hold.is_broken_by(time_s):
                self._entered = frozenset()
            # A detector that swaps left and right for a while changes no hold under way, nor
            # whose depth it is judged by.
            pose = self._judged[self._hold.side or view.rear_leg]
            verdict = judge(pose, landmarks, view, measurements, self._entered)
            # Out of form only the form matters, and a detector that jumps to another body for a
            # moment must not look like a movement of this one.
            in_form = verdict.form is Form.IN_FORM
            size = landmarks.image_size
            if in_form and self._keeper.is_another(time_s, view, size):
                in_form, verdict = False, FormVerdict(Form.UNSEEN, unseen=("left_hip", "right_hip"))
            motion = self._meter.step(time_s, measurements if in_form else None)
        is_doubted = self._is_doubted(time_s, landmarks, surroundings)
        hold = self._hold.step(
            time_s,
            verdict,
            self._side_of(view),
            motion.calm_since_s,
            is_moving=motion.speed_deg_s is not None
            and motion.speed_deg_s > self.pose.hold.moving_deg_s,
            is_swinging=motion.is_swinging,
            motion_lag_s=motion.lag_s,
            is_paused=is_paused,
            is_doubted=is_doubted,
        )
        # The wider bands belong to a hold, or to one that may be starting, and end with it.
        if verdict.form is Form.IN_FORM and not is_paused:
            self._entered = verdict.entered
        elif self._hold.side is None:
            self._entered = frozenset()
        pace = self._follow_depth(time_s, verdict, measurements, hold)
        # Whoever is in form is in place.
        is_in_place = hold.is_holding or verdict.form in (Form.IN_FORM, Form.NO_CAMERA)
        more_deg = self._bearing.step(time_s, landmarks)
        self.rotate_deg = (self._turned_deg + more_deg) % 360 if more_deg else None
        setup = None
        if not is_in_place:
            setup = self._placement.step(
                time_s, landmarks, view, surroundings, more_deg, camera=self.way_in.certain
            )
        feedback = self._coach.step(time_s, verdict, hold, setup, pace)
        self._last = Outcome(
            time_s,
            landmarks,
            view,
            measurements,
            verdict,
            motion,
            hold,
            feedback,
            surroundings=surroundings,
            sign=self._sign.step(time_s, landmarks),
            is_doubted=is_doubted,
        )
        return self._last

    def ask_for_life(self, life: Life | None = None) -> Life:
        """Count from now on only whoever is known to be alive, once that is known from the start.

        For what a camera shows: a clip may be of anything, and is judged as it is.

        Args:
            life: Of the session before, before the same camera; its knowledge is taken over.

        Returns:
            What this session knows of it.
        """
        self._life = life or Life()
        return self._life

    def _is_doubted(
        self, time_s: float, landmarks: PoseLandmarks | None, surroundings: Surroundings | None
    ) -> bool:
        if self._life is None:
            return False
        brightness = None if surroundings is None else surroundings.brightness
        alive_since_s = self._life.step(time_s, landmarks, brightness)
        if alive_since_s is not None and alive_since_s < time_s:
            self._hold.vouch(alive_since_s)
        return landmarks is not None and alive_since_s is None

    def settle(self) -> Outcome | None:
        """Decide what was undecided, since no frame has come for the pose's longest gap.

        Returns:
            The last outcome as it stands now; None before the first frame.
        """
        hold = self._hold.settle()
        if hold is None or self._last is None:
            return None
        self._entered = frozenset()
        last = self._last
        feedback = self._coach.step(last.time_s, last.verdict, hold, None, CALM)
        self._last = replace(last, hold=hold, feedback=feedback)
        return self._last

    def _follow_depth(
        self, time_s: float, verdict: FormVerdict, measurements: Measurements, hold: HoldState
    ) -> Pace:
        """Note how deep the stretch is, and return how fast it became so."""
        name = self.pose.depth
        if name is None or self._pace is None:
            return CALM
        measured = measurements.get(name)
        is_seen = measured is not None and measured.confidence >= MIN_VISIBILITY
        depth = measured.value if measured is not None and is_seen else None
        for side in SIDES:
            is_held = hold.state is State.HELD and hold.side == side and depth is not None
            if is_held and depth is not None:
                self._tally.add(side, depth)
            finder = self._finders.get(side)
            # A moment's loss of sight that breaks no hold says nothing of how deep it is.
            is_lost = verdict.form in (Form.UNSEEN, Form.NO_PERSON) and hold.side == side
            if finder is None or is_lost:
                continue
            found = finder.step(time_s, depth if is_held else None)
            if found is not None:
                self.depths[side] = found
                self._judged[side] = personal(self.pose, found)
                del self._finders[side]
        is_near = verdict.form is Form.IN_FORM or (
            verdict.form is Form.OUT_OF_FORM
            and all(self.pose.fault_by_name[f].measurement == name for f in verdict.faults)
        )
        return self._pace.step(time_s, depth if is_near else None)

    def _side_of(self, view: View | None) -> Side | None:
        """Return the side that a hold in this view counts for: always one where both legs work."""
        if view is None:
            return None
        return view.rear_leg if self.pose.dosage.sides == 2 else "left"

    @property
    def depths_reached(self) -> Mapping[Side, float]:
        """The middle depth of the time held on each side, in degrees; none for a side not held."""
        return self._tally.medians()

    @property
    def held_s(self) -> dict[Side, float]:
        """Seconds held on each side so far."""
        return self._hold.held_s

    @property
    def longest_unbroken_s(self) -> float:
        """The most seconds held without a pause."""
        return self._hold.longest_unbroken_s

    @property
    def known_until_s(self) -> float:
        """Up to then, in seconds, the ledger will not change any more."""
        return self._hold.known_until_s

    def intervals(self) -> tuple[Interval, ...]:
        """Return the ledger so far: disjoint intervals from the first frame to the last."""
        return self._hold.intervals()


def _pace_meter(pose: PoseDefinition) -> PaceMeter | None:
    if pose.depth is None:
        return None
    return PaceMeter(pose.hold.hasty_deg_s, pose.gate_by_measurement[pose.depth].accept[0])
