"""Every state of the window, as real sessions of hand-made bodies bring it about.

Where a state comes from what only a camera can show (two people, little light) the step is put
into the outcome as `formcheck.coach.placement` would word it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from math import sin
from typing import Final

import cv2
import numpy as np

from formcheck.body.landmarks import INDEX, MIN_VISIBILITY, PoseLandmarks
from formcheck.coach.coach import Phase
from formcheck.coach.cue import Direction
from formcheck.coach.setup_step import Need, Wanted, step_for
from formcheck.pose.definition import PoseDefinition, load_pose
from formcheck.pose.plan import Plan
from formcheck.session import Outcome, Session
from formcheck.speech.rest import NEXT, RESTING
from formcheck.ui.display import USUAL, Looking, Resting, Status
from formcheck.ui.drawing.layout import Size, arrange
from formcheck.ui.drawing.sprite import Pixels
from formcheck.ui.window.overlay import Overlay
from tests.factories import Body, Track, slide, stay, track

FPS: Final = 10.0
WALL, FLOOR, MAT = (176, 184, 190), (92, 128, 160), (150, 140, 96)
SHIRT, TROUSERS, SKIN = (150, 96, 66), (74, 64, 60), (136, 166, 206)

GOOD: Final = Body(
    stretched="left", facing="left", picture=(640, 480), trunk_px=118, hips_at=(330, 290)
)
UPRIGHT: Final = replace(
    GOOD, rear_thigh_tilt=0.0, rear_knee_flexion=90.0, front_knee_flexion=90.0, front_shank_lean=0.0
)
STANDING: Final = replace(
    GOOD,
    trunk_lean=0.0,
    rear_thigh_tilt=0.0,
    rear_knee_flexion=2.0,
    front_knee_flexion=2.0,
    front_shank_lean=0.0,
    hips_at=(330, 220),
)
OTHER_SIDE: Final = replace(GOOD, stretched="right")

FAULTS: Final[dict[str, dict[str, float]]] = {
    "trunk-back": {"trunk_lean": -22.0},
    "too-deep": {"rear_thigh_tilt": 78.0, "trunk_lean": 0.0, "rear_knee_flexion": 40.0},
    "knee-lifted": {"rear_thigh_tilt": 30.0, "rear_knee_flexion": 45.0, "front_knee_flexion": 78.0},
    "foot-too-far": {"front_shank_lean": -38.0, "front_knee_flexion": 75.0},
    "front-knee-straight": {"front_knee_flexion": 52.0, "front_shank_lean": -25.0},
    "leaning-forward": {"trunk_lean": 34.0, "rear_thigh_tilt": 50.0},
    "rear-knee-straight": {
        "trunk_lean": 14.0,
        "rear_thigh_tilt": 72.0,
        "rear_knee_flexion": 20.0,
        "front_knee_flexion": 126.0,
        "front_shank_lean": -10.0,
    },
    "rear-knee-folded": {"rear_knee_flexion": 140.0},
    "sunk": {"front_knee_flexion": 158.0, "front_shank_lean": 55.0},
    "hips-back": {"rear_thigh_tilt": 8.0, "front_knee_flexion": 92.0, "front_shank_lean": 0.0},
}
"""What differs from good form, for each fault."""


@dataclass(frozen=True)
class State:
    """How one state comes about, and on what canvas it is drawn."""

    frames: Track
    pose: str = "lunge-stretch"
    hold_s: float = 60.0
    sets: int = 1
    ends_paused: bool = False
    status: Status | Resting = Status.LIVE
    looking: Looking = USUAL
    change: Callable[[Outcome], Outcome] | None = None
    canvas: Size = (640, 360)
    picture: Size = (640, 480)

    @property
    def definition(self) -> PoseDefinition:
        return load_pose(self.pose)

    @property
    def plan(self) -> Plan:
        return Plan.of(self.definition, hold_s=self.hold_s, sets=self.sets)

    def outcomes(self) -> Iterator[Outcome]:
        """Play it through a session."""
        session = Session(self.definition, self.plan)
        for number, (time_s, landmarks) in enumerate(self.frames):
            is_last_second = number >= len(self.frames) - FPS
            is_paused = self.ends_paused and is_last_second
            outcome = session.step(time_s, landmarks, is_paused=is_paused)
            yield self.change(outcome) if self.change is not None else outcome

    def draw(self) -> Pixels:
        """Play it, and return the last canvas."""
        overlay = Overlay(self.definition, self.canvas, self.plan)
        layout = arrange(self.canvas, self.picture)
        outcome: Outcome | None = None
        for outcome in self.outcomes():
            overlay.presenter.step(
                outcome, Status.LIVE, layout, has_image=True, looking=self.looking
            )
        landmarks = outcome.landmarks if outcome else None
        image = room(self.picture, landmarks)
        if outcome is None:
            return overlay.draw(image, None, self.status)
        canvas = overlay.draw(image, outcome, Status.LIVE, self.looking)
        if self.status is Status.NO_CAMERA:
            return overlay.draw(None, None, Status.NO_CAMERA)
        return canvas


def room(size: Size, landmarks: PoseLandmarks | None) -> Pixels:
    """Paint a room, and a person in it where there is one."""
    width, height = size
    image: Pixels = np.empty((height, width, 3), np.uint8)
    image[:] = WALL
    image[round(height * 0.72) :] = FLOOR
    image[round(height * 0.84) : round(height * 0.92), round(width * 0.1) : round(width * 0.9)] = (
        MAT
    )
    if landmarks is None:
        return image
    xy = landmarks.image_xy

    def limb(start: str, end: str, thick: float, colour: tuple[int, int, int]) -> None:
        ends = [xy[INDEX[name]] for name in (start, end)]
        if all(landmarks.visibility[INDEX[name]] >= MIN_VISIBILITY for name in (start, end)):
            a, b = ((int(x), int(y)) for x, y in ends)
            cv2.line(image, a, b, colour, max(1, round(thick * trunk)), cv2.LINE_AA)

    trunk = float(np.hypot(*(xy[INDEX["left_shoulder"]] - xy[INDEX["left_hip"]])))
    for side in ("right", "left"):
        limb(f"{side}_hip", f"{side}_knee", 0.24, TROUSERS)
        limb(f"{side}_knee", f"{side}_ankle", 0.17, TROUSERS)
        limb(f"{side}_heel", f"{side}_foot_index", 0.12, SKIN)
    limb("left_hip", "left_shoulder", 0.36, SHIRT)
    limb("right_hip", "right_shoulder", 0.36, SHIRT)
    limb("left_shoulder", "left_elbow", 0.12, SKIN)
    x, y = xy[INDEX["nose"]]
    cv2.circle(image, (int(x), int(y)), max(1, round(0.2 * trunk)), SKIN, cv2.FILLED, cv2.LINE_AA)
    return image


def replaced(body: Body, changes: dict[str, float]) -> Body:
    """Return the body with other angles."""
    return replace(body, **changes)  # type: ignore[arg-type]


def film(*phases: tuple[float, Body | None, Body | None]) -> Track:
    return track(*phases, fps=FPS)


def setting_up(wanted: Wanted) -> Callable[[Outcome], Outcome]:
    """Let a session be at this step of setting up."""

    def change(outcome: Outcome) -> Outcome:
        step = step_for(wanted)
        feedback = replace(outcome.feedback, cue=step.cue, phase=Phase.SETTING_UP, setup=step)
        return replace(outcome, feedback=feedback)

    return change


def at_step(body: Body | None, need: Need, amount: float | None = None, **how: Direction) -> State:
    return State(film(stay(3, body)), change=setting_up(Wanted(need, amount, how.get("way"))))


def signed(share: float, outcome: Outcome) -> Outcome:
    return replace(outcome, sign=share)


def held(seconds: float, body: Body = GOOD) -> Track:
    return film(stay(seconds + 0.3, body))


def bouncing() -> Track:
    """Held well, and then bounced in."""
    frames: Track = []
    for index in range(round(9 * FPS)):
        time_s = index / FPS
        swing = 14 * sin(time_s * 9) if time_s > 4 else 0.0
        body = replace(GOOD, rear_thigh_tilt=GOOD.rear_thigh_tilt + swing)
        frames.append((time_s, body.landmarks()))
    return frames


def sides(*seconds: float) -> Track:
    """Hold the left side and the right side in turn for so long, standing up in between."""
    frames: Track = []
    for number, held_s in enumerate(seconds):
        body = OTHER_SIDE if number % 2 else GOOD
        start_s = frames[-1][0] + 1 / FPS if frames else 0.0
        other = GOOD if number % 2 else OTHER_SIDE
        change = slide(1, body, STANDING), stay(1, STANDING), slide(2.5, STANDING, other)
        is_last = number == len(seconds) - 1
        phases = stay(held_s + 0.3, body), *(() if is_last else change)
        frames += track(*phases, fps=FPS, start_s=start_s)
    return frames


def switched(stands_s: float) -> Track:
    """A side done, and standing up."""
    return film(stay(12.5, GOOD), slide(1, GOOD, STANDING), stay(stands_s, STANDING))


def faulty(changes: dict[str, float]) -> State:
    """Held well, and then left by a fault."""
    wrong = replaced(GOOD, changes)
    return State(film(stay(5, GOOD), slide(1, GOOD, wrong), stay(3, wrong)))


STATES: Final[dict[str, State]] = {
    "getting-ready": State([], status=Status.GETTING_READY),
    "no-person": State(film(stay(3, None))),
    "step-back": at_step(replace(GOOD, trunk_px=240.0), Need.AWAY, 1.0),
    "nearer": at_step(replace(STANDING, trunk_px=50.0), Need.NEARER, 1.0),
    "left": at_step(STANDING, Need.FORWARD, 0.4, way=Direction.LEFT),
    "right": at_step(STANDING, Need.BACKWARD, 0.4, way=Direction.RIGHT),
    "turn": State(film(stay(3, replace(GOOD, shoulder_width=0.6)))),
    "turn-left": at_step(replace(GOOD, shoulder_width=0.5), Need.SIDE_ON_LEFT, 38.0),
    "turn-right": at_step(replace(GOOD, shoulder_width=0.5), Need.SIDE_ON_RIGHT, 24.0),
    "lid-up": at_step(STANDING, Need.TILT_UP, 10.0),
    "lid-down": at_step(STANDING, Need.TILT_DOWN, 10.0),
    "light": at_step(STANDING, Need.DARK),
    "alone": at_step(STANDING, Need.COMPANY),
    "feet": State(film(stay(3, replace(GOOD, hips_at=(330, 395))))),
    "ready": State(film(stay(3, STANDING))),
    "way-in": State(film(stay(3, UPRIGHT))),
    "too-fast": State(film(stay(3, UPRIGHT), slide(0.5, UPRIGHT, GOOD), stay(1, GOOD))),
    "settling": State(film(stay(2, UPRIGHT), slide(1.5, UPRIGHT, GOOD), stay(0.6, GOOD))),
    "held": State(held(12)),
    "held-last-seconds": State(held(16.6), hold_s=20),
    "held-facing-right": State(held(12, replace(GOOD, facing="right"))),
    "bouncing": State(bouncing()),
    **{f"fault-{name}": faulty(changes) for name, changes in FAULTS.items()},
    "paused": State(held(9), ends_paused=True),
    "away": State(film(stay(8, GOOD), stay(3, None))),
    "back-again": State(film(stay(8, GOOD), stay(3, None), stay(3, GOOD))),
    "switch": State(switched(1.5), hold_s=12),
    "ready-for-the-other": State(switched(6), hold_s=12),
    "other-side-held": State(sides(13, 6), hold_s=12),
    "second-set": State(sides(13, 13, 6), hold_s=12, sets=2),
    "sign": State(film(stay(3, STANDING)), change=partial(signed, 0.6)),
    "done": State(sides(13, 13.5), hold_s=12),
    "camera-lost": State(held(9), status=Status.NO_CAMERA),
    "slow-machine": State(held(9), looking=Looking(7.6)),
    "looking-less-often": State(held(9), looking=Looking(6.7, is_resting=True)),
    "wide-picture": State(
        held(9, replace(GOOD, picture=(1280, 720), trunk_px=180, hips_at=(640, 400))),
        picture=(1280, 720),
    ),
    "portrait-picture": State(
        held(9, replace(GOOD, picture=(480, 854), trunk_px=110, hips_at=(240, 520))),
        picture=(480, 854),
    ),
    "narrow-window": State(held(9), canvas=(480, 360)),
    "window-on-end": State(held(9), canvas=(360, 640)),
    "lying-pose": State([], pose="bridge", status=Status.GETTING_READY),
    "front-pose": State([], pose="low-lunge-side-bend", status=Status.GETTING_READY),
    "resting": State([], pose="couch-stretch", status=Resting(20.0, RESTING)),
    "next-up": State([], pose="low-lunge-side-bend", status=Resting(9.3, NEXT["front"])),
    "two-minutes": State(held(104), hold_s=120),
}
