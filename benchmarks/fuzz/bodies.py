"""What a detector may hand over: limbs nowhere, swapped, endless or tiny, at any times."""

from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf, nextafter
from typing import Final

import numpy as np
from hypothesis import strategies as st

from benchmarks.fuzz.target import Target
from formcheck.landmarks import INDEX, LANDMARK_NAMES, PoseLandmarks
from formcheck.ledger import State
from formcheck.pose import load_pose
from formcheck.session import Session

_PICTURE: Final = (640, 480)

_IN_FORM: Final[dict[str, tuple[float, float]]] = {
    "shoulder": (340, 130),
    "elbow": (340, 180),
    "wrist": (340, 230),
    "hip": (350, 230),
    "knee": (400, 305),
    "ankle": (480, 315),
    "heel": (485, 318),
    "index": (490, 325),
}
"""A body in the kneeling stretch that faces the left edge; y down, in pixels."""
_FRONT: Final[dict[str, tuple[float, float]]] = {
    "knee": (262, 225),
    "ankle": (270, 315),
    "heel": (275, 320),
    "index": (245, 322),
}

_JUDGED: Final = [INDEX[f"{side}_{joint}"] for joint in ("shoulder", "hip", "knee", "ankle")
                  for side in ("left", "right")]  # fmt: skip

_POSES: Final = {name: load_pose(name) for name in ("lunge-stretch", "crescent", "thomas-stretch")}

_HUGE: Final = [np.nan, np.inf, -np.inf, 1e308, -1e308, 1e-308, 0.0, -1.0, 1e9]


def in_form() -> PoseLandmarks:
    """Return a body in good form, the left leg stretched."""
    places = np.full((len(LANDMARK_NAMES), 2), (335.0, 100.0))
    for name, index in INDEX.items():
        joint = name.rsplit("_", 1)[-1]
        place = _IN_FORM.get(joint)
        if name.startswith("right_") and joint in _FRONT and "hand" not in name:
            place = _FRONT[joint]
        if name in ("left_index", "right_index", "left_thumb", "right_thumb"):
            place = _IN_FORM["wrist"]
        if place is not None:
            places[index] = place
    count = len(LANDMARK_NAMES)
    return PoseLandmarks(places, np.zeros((count, 3)), np.full(count, 0.9), _PICTURE)


@dataclass(frozen=True)
class Shot:
    """One frame, so many seconds after the one before."""

    step_s: float
    landmarks: PoseLandmarks | None = field(repr=False)
    is_good: bool
    """In good form, and nothing is wrong with it: it may be held."""
    is_blank: bool = False
    is_paused: bool = False


_WRONGS: Final = ["nowhere", "endless", "unseen", "outside", "tiny", "point", "any"]

_GOOD: Final = in_form()
_STEPS: Final = [1e-9, 1e-3, 1 / 30, 1 / 30, 1 / 30, 0.1, 0.1, 0.39, 0.5, 0.51, 3.0, 1e6]


@st.composite
def _broken(draw: st.DrawFn) -> PoseLandmarks:
    """Return a body with which something is wrong that no hold may have."""
    xy, seen = _GOOD.image_xy.copy(), _GOOD.visibility.copy()
    joint = draw(st.sampled_from(_JUDGED))
    match draw(
        st.sampled_from(["nowhere", "endless", "unseen", "outside", "tiny", "point", "any"])
    ):
        case "nowhere":
            xy[joint] = np.nan
        case "endless":
            xy[joint, draw(st.integers(0, 1))] = draw(st.sampled_from([np.inf, -np.inf, 1e308]))
        case "unseen":
            seen[joint] = draw(st.sampled_from([0.0, 0.49, np.nan, -np.inf, -1.0]))
        case "outside":
            xy[:, 0] += draw(st.sampled_from([-640.0, 640.0, 1e6, -1e300]))
        case "tiny":
            middle = xy.mean(axis=0)
            xy = middle + (xy - middle) * draw(st.sampled_from([0.02, 0.01, 1e-6, 1e-200]))
        case "point":
            xy[:] = draw(st.sampled_from([(0.0, 0.0), (320.0, 240.0), (1e300, 1e300)]))
        case "any":
            size = xy.shape
            wild = draw(st.lists(st.sampled_from(_HUGE), min_size=xy.size, max_size=xy.size))
            xy = np.array(wild).reshape(size)
    return replace(_GOOD, image_xy=xy, visibility=seen)


def _swapped() -> PoseLandmarks:
    order = [INDEX[name.replace("left", "*").replace("right", "left").replace("*", "right")]
             for name in LANDMARK_NAMES]  # fmt: skip
    return replace(_GOOD, image_xy=_GOOD.image_xy[order])


_SHOTS: Final = st.builds(
    Shot,
    st.sampled_from(_STEPS),
    st.none() | _broken(),
    st.just(False),
    st.booleans(),
    st.sampled_from([False, False, False, True]),
) | st.builds(
    Shot, st.sampled_from(_STEPS), st.sampled_from([_GOOD, _GOOD, _swapped()]), st.just(True)
)


@st.composite
def _films(draw: st.DrawFn) -> tuple[str, list[Shot]]:
    """Return a film of runs of such frames."""
    shots: list[Shot] = []
    for shot in draw(st.lists(_SHOTS, max_size=25)):
        shots += [shot] * draw(st.sampled_from([1, 1, 2, 10, 45]))
    return draw(st.sampled_from(sorted(_POSES))), shots


def check(film: tuple[str, list[Shot]]) -> None:
    """Show a session these frames: what counts was good at both ends, or bridged for a moment."""
    name, shots = film
    pose = _POSES[name]
    session = Session(pose)
    now = 0.0
    times, good = [], []
    for shot in shots:
        now = max(now + shot.step_s, nextafter(now, inf))
        with np.errstate(all="ignore"):
            session.step(now, shot.landmarks, is_blank=shot.is_blank, is_paused=shot.is_paused)
        times.append(now)
        good.append(shot.is_good and not shot.is_blank and not shot.is_paused)
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
