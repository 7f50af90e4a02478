"""Bodies, tracks and verdicts made from literals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from math import cos, radians, sin
from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.body.landmarks import INDEX, LANDMARK_NAMES, PoseLandmarks, Side, other_side
from formcheck.judge.form import Form, FormVerdict
from formcheck.pose.definition import PoseDefinition

THIGH: Final = 0.9
SHANK: Final = 0.85
"""In trunk lengths, as is everything about a body but its picture."""

Point = tuple[float, float]
"""x forward and y up, from the middle of the hips."""

Track = list[tuple[float, PoseLandmarks | None]]


@dataclass(frozen=True)
class Body:
    """A body made by hand, in a good stretch unless told otherwise."""

    trunk_lean: float = 5.0
    rear_thigh_tilt: float = 35.0
    rear_knee_flexion: float = 70.0
    front_knee_flexion: float = 105.0
    front_shank_lean: float = 10.0
    toes_ahead: float = 0.3
    """How far the toes are ahead of the heels; negative where the feet point back."""
    shoulder_width: float = 0.1
    stretched: Side = "left"
    facing: Side = "left"
    picture: tuple[int, int] = (1280, 720)
    trunk_px: float = 180.0
    hips_at: Point = (640.0, 330.0)
    """In pixels, y down."""
    roll_deg: float = 0.0
    """How far the picture is turned about the hips, so that someone upright leans forward."""
    visibility: float = 0.9
    hidden: Mapping[str, float] = field(default_factory=dict)
    """The visibility of some landmarks, by name."""
    moved_px: Mapping[str, Point] = field(default_factory=dict)
    """Some landmarks moved by so many pixels, x right and y down, by name."""

    def landmarks(self) -> PoseLandmarks:
        """Return what a detector would see of it."""
        places = self._places()
        ahead = 1.0 if self.facing == "right" else -1.0
        turn = radians(self.roll_deg)
        image_xy = np.zeros((len(LANDMARK_NAMES), 2))
        for name, index in INDEX.items():
            x, y = places[name]
            forward, up = x * cos(turn) + y * sin(turn), y * cos(turn) - x * sin(turn)
            moved = self.moved_px.get(name, (0.0, 0.0))
            image_xy[index] = (
                self.hips_at[0] + ahead * forward * self.trunk_px + moved[0],
                self.hips_at[1] - up * self.trunk_px + moved[1],
            )
        return PoseLandmarks(
            image_xy=image_xy,
            world_xyz=self._in_space(image_xy),
            visibility=np.array([self.hidden.get(name, self.visibility) for name in INDEX]),
            image_size=self.picture,
        )

    def _in_space(self, image_xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return what is in the picture in metres from the hips, flat: a trunk is half a metre."""
        metre = 0.5 / self.trunk_px if self.trunk_px else 0.0
        metres = (image_xy - np.array(self.hips_at)) * metre
        return np.concatenate([metres, np.zeros((len(metres), 1))], axis=1)

    def _places(self) -> dict[str, Point]:
        neck = _far((0.0, 0.0), 90.0 - self.trunk_lean, 1.0)
        rear_thigh = -90.0 - self.rear_thigh_tilt
        front_shank = -90.0 - self.front_shank_lean
        front_thigh = front_shank + self.front_knee_flexion
        rear_knee = _far((0.0, 0.0), rear_thigh, THIGH)
        front_knee = _far((0.0, 0.0), front_thigh, THIGH)
        legs = {
            self.stretched: (
                rear_knee,
                _far(rear_knee, rear_thigh - self.rear_knee_flexion, SHANK),
            ),
            other_side(self.stretched): (front_knee, _far(front_knee, front_shank, SHANK)),
        }
        head = _far(neck, 90.0 - self.trunk_lean, 0.4)
        places = dict.fromkeys(LANDMARK_NAMES, head)
        for side, (knee, ankle) in legs.items():
            beside = self.shoulder_width / 2 * (-1 if side == self.stretched else 1)
            shoulder = (neck[0] + beside, neck[1])
            hand = _far(shoulder, -90.0, 1.1)
            places |= {f"{side}_{part}": hand for part in ("wrist", "pinky", "index", "thumb")}
            places |= {
                f"{side}_shoulder": shoulder,
                f"{side}_elbow": _far(shoulder, -90.0, 0.6),
                f"{side}_hip": (0.0, 0.0),
                f"{side}_knee": knee,
                f"{side}_ankle": ankle,
                f"{side}_heel": (ankle[0] - 0.05, ankle[1] - 0.08),
                f"{side}_foot_index": (ankle[0] - 0.05 + self.toes_ahead, ankle[1] - 0.08),
            }
        return places


def _far(start: Point, direction_deg: float, length: float) -> Point:
    direction = radians(direction_deg)
    return start[0] + length * cos(direction), start[1] + length * sin(direction)


STRETCH: Final = Body()
KNEELING: Final = Body(
    trunk_lean=0.0,
    rear_thigh_tilt=0.0,
    rear_knee_flexion=90.0,
    front_knee_flexion=90.0,
    front_shank_lean=0.0,
)
STANDING: Final = Body(
    trunk_lean=0.0,
    rear_thigh_tilt=0.0,
    rear_knee_flexion=2.0,
    front_knee_flexion=2.0,
    front_shank_lean=0.0,
)
FOLDED: Final = replace(STRETCH, trunk_lean=45.0)


def between(start: Body, end: Body, share: float) -> Body:
    """Return the body on its way: `start` at 0, `end` at 1."""
    return replace(
        end,
        **{
            each.name: (1 - share) * getattr(start, each.name) + share * getattr(end, each.name)
            for each in fields(Body)
            if isinstance(getattr(start, each.name), float)
        },
    )


def stay(seconds: float, body: Body | None) -> tuple[float, Body | None, Body | None]:
    """Return a phase of a track: one body, or nobody, for so long."""
    return seconds, body, body


def slide(seconds: float, start: Body, end: Body) -> tuple[float, Body | None, Body | None]:
    """Return a phase of a track: an even movement from one body to another."""
    return seconds, start, end


def track(
    *phases: tuple[float, Body | None, Body | None], fps: float = 30.0, start_s: float = 0.0
) -> Track:
    """Film these phases one after the other; a last frame closes the last one."""
    frames: Track = []
    ends_s = np.cumsum([seconds for seconds, _, _ in phases])
    for index in range(round(float(ends_s[-1]) * fps) + 1):
        time_s = index / fps
        number = min(int(np.searchsorted(ends_s, time_s + 1e-9, side="right")), len(phases) - 1)
        seconds, start, end = phases[number]
        share = 1.0 - (float(ends_s[number]) - time_s) / seconds
        body = between(start, end, share) if start and end else None
        frames.append((start_s + time_s, body.landmarks() if body else None))
    return frames


def thinned(frames: Track, keep_every: int) -> Track:
    """Return every so-manieth frame, as a slower camera would have seen the same."""
    return frames[::keep_every]


def mirrored(landmarks: PoseLandmarks) -> PoseLandmarks:
    """Return what a mirror shows: x from the other edge, left and right exchanged."""
    xy = landmarks.image_xy.copy()
    xy[:, 0] = landmarks.image_size[0] - xy[:, 0]
    xyz = landmarks.world_xyz * (-1.0, 1.0, 1.0)
    return swapped(replace(landmarks, image_xy=xy, world_xyz=xyz))


def swapped(landmarks: PoseLandmarks, names: Iterable[str] = LANDMARK_NAMES) -> PoseLandmarks:
    """Return the same body with the labels left and right of these landmarks exchanged."""
    wanted = set(names)
    order = [INDEX[_partner(name) if name in wanted else name] for name in LANDMARK_NAMES]
    return replace(
        landmarks,
        image_xy=landmarks.image_xy[order],
        world_xyz=landmarks.world_xyz[order],
        visibility=landmarks.visibility[order],
    )


def _partner(name: str) -> str:
    words = {"left": "right", "right": "left"}
    return "_".join(words.get(word, word) for word in name.split("_"))


IN_FORM: Final = FormVerdict(Form.IN_FORM, is_full=True)
IN_FORM_NOT_FULL: Final = FormVerdict(Form.IN_FORM)
NOBODY: Final = FormVerdict(Form.NO_PERSON)
TURNED: Final = FormVerdict(Form.TURNED)
UNSEEN: Final = FormVerdict(Form.UNSEEN, unseen=("left_knee",))
OUT: Final = FormVerdict(Form.OUT_OF_FORM, faults=("trunk_forward",))


def pose_fields(**changes: object) -> dict[str, object]:
    """Return the fields of a small valid pose, as they are read from a file."""
    return {
        "title": "A pose",
        "summary": "For tests.",
        "how": ["Do it."],
        "safety": ["Gently."],
        "sources": ["None."],
        "view": {"kind": "side", "max_shoulder_width": 0.45, "why": "A test."},
        "dosage": {"hold_s": 10, "sides": 2, "times_a_week": 3, "why": "A test."},
        "gates": [
            {
                "measurement": "trunk_lean",
                "accept": [-12, 20],
                "full": [-6, 14],
                "why": "A test.",
            }
        ],
        "faults": [
            {
                "name": "trunk_forward",
                "measurement": "trunk_lean",
                "bound": "above",
                "cue": "Lift your chest",
                "why": "A test.",
            },
            {
                "name": "trunk_back",
                "measurement": "trunk_lean",
                "bound": "below",
                "cue": "Ribs down",
                "why": "A test.",
            },
        ],
        **changes,
    }


def small_pose(**changes: object) -> PoseDefinition:
    """Return a small valid pose."""
    return PoseDefinition.model_validate({"name": "small", **pose_fields(**changes)})
