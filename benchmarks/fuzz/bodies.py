"""What a detector may hand over: limbs nowhere, swapped, endless or tiny, at any times."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from math import inf, nextafter
from typing import Final

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from rich.console import Console

from benchmarks.fuzz.target import Target
from formcheck.body.landmarks import INDEX, LANDMARK_NAMES, PoseLandmarks, Side
from formcheck.body.measurements import MEASUREMENTS
from formcheck.body.roles import landmarks_of
from formcheck.body.view import BODY_LANDMARKS, see
from formcheck.figure.any_view import figure_for
from formcheck.judge.ledger import State
from formcheck.picture.surroundings import Surroundings
from formcheck.pose.definition import PoseDefinition, load_pose, pose_names
from formcheck.result.score import ClipScorer
from formcheck.session import Outcome, Session
from formcheck.speech.announcer import Announcer
from formcheck.ui.terminal import PlainView
from formcheck.ui.window.overlay import Overlay

Places = npt.NDArray[np.float64]

_PICTURE: Final = (640, 480)
_TRUNK_PX: Final = 110.0
_CANVAS: Final = (320, 240)

_POSES: Final = {name: load_pose(name) for name in pose_names()}

_HUGE: Final = [np.nan, np.inf, -np.inf, 1e308, -1e308, 1e-308, 0.0, -1.0, 1e9]


@cache
def in_form(pose: str = "lunge-stretch", rear: Side = "left") -> PoseLandmarks:
    """Return a body in good form for this pose, of which this leg is the rear one."""
    return figure_for(load_pose(pose)).landmarks(_TRUNK_PX, rear, _PICTURE)


@cache
def _usual_rear(pose: str) -> Side:
    """Return a rear leg with which the figure's chest is towards the camera."""
    return "right" if _POSES[pose].view.kind == "front" else "left"


@cache
def _judged(pose: str) -> list[int]:
    """Return the landmarks without which no frame of this pose may count."""
    view = see(in_form(pose, _usual_rear(pose)), _POSES[pose].view.kind)
    assert view is not None
    roles = {role for gate in _POSES[pose].gates for role in MEASUREMENTS[gate.measurement].roles}
    return sorted({INDEX[name] for role in roles for name in landmarks_of(role, view)})


_TRUNK_AND_LEGS: Final = [INDEX[name] for name in BODY_LANDMARKS]
"""The landmarks without whose places nothing can be judged, whatever the pose."""


_ACROSS: Final = [
    INDEX[name.replace("left", "*").replace("right", "left").replace("*", "right")]
    for name in LANDMARK_NAMES
]
"""For each landmark that of the other side."""


@dataclass(frozen=True)
class Scene:
    """Some frames that show the same, so many seconds after one another."""

    what: str
    frames: int
    step_s: float
    landmarks: PoseLandmarks | None = field(repr=False)
    may_count: bool
    """Nothing of what is judged is wrong with it: it may be held."""
    is_blank: bool = False
    is_paused: bool = False
    surroundings: Surroundings | None = None


_STEPS: Final = [1e-9, 1e-3, 1 / 30, 1 / 30, 0.1, 0.1, 0.39, 0.5, 0.51, 3.0, 1e6]
_HOLDING_STEPS: Final = [1 / 30, 1 / 30, 1 / 15, 0.1, 0.1, 0.2, 0.39, 0.5]

_WRONGS: Final = ["nowhere", "endless", "unseen", "outside", "tiny", "point", "any", "nobody"]
_RIGHTS: Final = ["in form", "in form", "swapped", "elsewhere", "nearer", "in another's form"]

_FALLEN_DEG: Final = 90.0
"""Further than any pose's band for the trunk is wide."""


@st.composite
def _wrong(draw: st.DrawFn, pose: str) -> tuple[str, PoseLandmarks | None]:
    """Return a body with which something is wrong that no hold may have."""
    good = in_form(pose, _usual_rear(pose))
    xy, seen = good.image_xy.copy(), good.visibility.copy()
    what = draw(st.sampled_from([*_WRONGS, *["bent over"] * 4 * _is_told_by_trunk(pose)]))
    match what:
        case "nobody":
            return what, None
        case "bent over":
            _bend(xy, draw(st.sampled_from([-_FALLEN_DEG, _FALLEN_DEG])))
            _spoil(draw, pose, xy, seen)
        case "nowhere":
            xy[draw(st.sampled_from(_TRUNK_AND_LEGS))] = np.nan
        case "endless":
            place = draw(st.sampled_from([np.inf, -np.inf, 1e308, -1e308]))
            xy[draw(st.sampled_from(_judged(pose))), draw(st.integers(0, 1))] = place
        case "unseen":
            joint = draw(st.sampled_from(_judged(pose)))
            # Of someone who lies, the leg that is seen less well is called the front one.
            hidden = [joint, _ACROSS[joint]] if _POSES[pose].view.kind == "lying" else joint
            seen[hidden] = draw(st.sampled_from([0.0, 0.49, np.nan, -np.inf, -1.0]))
        case "outside":
            xy[:, 0] += draw(st.sampled_from([-640.0, 640.0, 1e6, -1e300]))
        case "tiny":
            middle = xy.mean(axis=0)
            xy = middle + (xy - middle) * draw(st.sampled_from([0.02, 0.01, 1e-6, 1e-200]))
        case "point":
            xy[:] = draw(st.sampled_from([(0.0, 0.0), (320.0, 240.0), (1e300, 1e300)]))
        case "any":
            wild = draw(st.lists(st.sampled_from(_HUGE), min_size=xy.size, max_size=xy.size))
            xy = np.array(wild).reshape(xy.shape)
    return what, replace(good, image_xy=xy, visibility=seen)


@st.composite
def _right(draw: st.DrawFn, pose: str) -> tuple[str, PoseLandmarks]:
    """Return a body with which nothing is wrong, or nothing of what this pose looks at."""
    what = draw(st.sampled_from(_RIGHTS))
    other = draw(st.sampled_from(sorted(_POSES))) if what == "in another's form" else pose
    good = in_form(other, _usual_rear(other))
    if what == "swapped":
        good = _swapped(good)
    xy, seen = good.image_xy.copy(), good.visibility.copy()
    if what == "elsewhere":
        xy += draw(st.sampled_from([(30.0, 0.0), (-25.0, 10.0), (0.5, -0.5)]))
    if what == "nearer":
        middle = xy.mean(axis=0)
        xy = middle + (xy - middle) * draw(st.sampled_from([0.6, 0.97, 1.03, 1.1]))
    _spoil(draw, pose, xy, seen)
    return what, replace(good, image_xy=xy, visibility=seen)


def _spoil(draw: st.DrawFn, pose: str, xy: Places, seen: Places) -> None:
    """Put some landmarks anywhere, if any, of those that this pose does not look at."""
    looked_at = {*_judged(pose), *_TRUNK_AND_LEGS}
    others = [joint for joint in range(len(LANDMARK_NAMES)) if joint not in looked_at]
    for joint in draw(st.just([]) | st.lists(st.sampled_from(others), max_size=25)):
        xy[joint, draw(st.integers(0, 1))] = draw(st.sampled_from(_HUGE))
        seen[joint] = draw(st.sampled_from([0.0, 1.0, 1.0, np.nan, -np.inf, np.inf]))


def _is_told_by_trunk(pose: str) -> bool:
    """Tell whether this pose has a band for the trunk that nobody who falls over is in."""
    gate = _POSES[pose].gate_by_measurement.get("trunk_lean")
    return gate is not None and gate.accept[1] - gate.accept[0] < _FALLEN_DEG - 20


def _bend(xy: Places, by_deg: float) -> None:
    """Turn everything above the hips about them."""
    upper = [index for name, index in INDEX.items()
             if not name.endswith(("hip", "knee", "ankle", "heel", "foot_index"))]  # fmt: skip
    hips = (xy[INDEX["left_hip"]] + xy[INDEX["right_hip"]]) / 2
    turn = np.radians(by_deg)
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    xy[upper] = hips + (xy[upper] - hips) @ turned.T


def _swapped(body: PoseLandmarks) -> PoseLandmarks:
    return replace(body, image_xy=body.image_xy[_ACROSS])


_PICTURES: Final = st.none() | st.builds(
    Surroundings,
    brightness=st.sampled_from([0.0, 29.0, 120.0, 255.0]),
    contrast=st.sampled_from([0.0, 50.0]),
    sharpness=st.sampled_from([None, 0.0, 0.3]),
    people=st.sampled_from([None, 0, 1, 2]),
)


@st.composite
def _scenes(draw: st.DrawFn, pose: str) -> Scene:
    """Return frames that may be held, or that something is wrong with."""
    if draw(st.booleans()):
        what, body = draw(_right(pose))
        return Scene(
            what,
            draw(st.sampled_from([1, 2, 5, 15, 45])),
            draw(st.sampled_from(_HOLDING_STEPS) | st.sampled_from(_STEPS)),
            body,
            may_count=True,
            surroundings=draw(_PICTURES),
        )
    wrong, someone = draw(_wrong(pose))
    return Scene(
        wrong,
        draw(st.sampled_from([1, 1, 1, 2, 3, 12, 45])),
        draw(st.sampled_from(_STEPS)),
        someone,
        may_count=False,
        is_blank=draw(st.sampled_from([False, False, False, True])),
        is_paused=draw(st.sampled_from([False, False, False, True])),
        surroundings=draw(_PICTURES),
    )


@dataclass(frozen=True)
class Film:
    """What a session is shown."""

    pose: str
    scenes: Sequence[Scene]
    find_depth: bool


@st.composite
def _films(draw: st.DrawFn) -> Film:
    pose = draw(st.sampled_from(sorted(_POSES)))
    scenes = draw(st.lists(_scenes(pose), min_size=1, max_size=14))
    return Film(pose, scenes, find_depth=draw(st.booleans()) and _POSES[pose].depth is not None)


class _Sinks:
    """Everything that a session's outcomes are handed to."""

    def __init__(self, pose: PoseDefinition, session: Session) -> None:
        self._scorer = ClipScorer(session)
        self._announcer = Announcer(pose, session.plan)
        self._overlay = Overlay(pose, _CANVAS)
        self._lines = PlainView(pose, Console(file=io.StringIO()))
        self._image = np.full((_PICTURE[1], _PICTURE[0], 3), 90, np.uint8)

    def take(self, outcome: Outcome, *, draws: bool) -> None:
        self._scorer.add(outcome)
        self._announcer.step(outcome)
        self._lines.show(None, outcome)
        if draws:
            self._overlay.draw(self._image, outcome)

    def close(self) -> None:
        json.dumps(self._scorer.score("film").as_json(), allow_nan=False)


def check(film: Film) -> None:
    """Show a session these frames: what counts was good at both ends, or bridged for a moment."""
    pose = _POSES[film.pose]
    session = Session(pose, find_depth=film.find_depth)
    sinks = _Sinks(pose, session)
    now = 0.0
    times, good = [], []
    for scene in film.scenes:
        for number in range(scene.frames):
            now = max(now + scene.step_s, nextafter(now, inf))
            with np.errstate(all="ignore"):
                outcome = session.step(
                    now,
                    scene.landmarks,
                    is_blank=scene.is_blank,
                    is_paused=scene.is_paused,
                    surroundings=scene.surroundings,
                )
            sinks.take(outcome, draws=number in (0, scene.frames - 1))
            times.append(now)
            good.append(scene.may_count)
    sinks.close()
    ledger = session.intervals()
    for before, after in pairwise(ledger):
        assert before.end_s == after.start_s
    if ledger:
        assert (ledger[0].start_s, ledger[-1].end_s) == (times[0], times[-1])
    for each in ledger:
        if each.state is not State.HELD:
            continue
        inside = [(at, fine) for at, fine in zip(times, good, strict=True)
                  if each.start_s <= at <= each.end_s]  # fmt: skip
        gaps = [b - a for (a, _), (b, _) in pairwise(inside)]
        assert max(gaps) <= pose.hold.longest_gap_s + 1e-6
        assert inside[0][1]
        assert inside[-1][1]
        if each.is_bridged:
            assert each.duration_s <= pose.hold.grace_s + 1e-6 or len(inside) == 2
        else:
            assert all(fine for _, fine in inside)
    held_s = sum(session.held_s.values())
    assert held_s <= sum(each.duration_s for each in ledger if each.state is State.HELD) + 1e-6


LANDMARKS: Final = Target("landmarks", _films(), check)
