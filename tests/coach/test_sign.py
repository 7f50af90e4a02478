"""Forearms crossed before the chest, held and with the chest to the camera, end a session."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from benchmarks.counting.track import SUFFIX, load_track
from formcheck.body.landmarks import INDEX, PoseLandmarks
from formcheck.coach.sign import HELD_S, SignReader, is_sign
from tests.factories import STRETCH, swapped

SAMPLES = Path(__file__).parents[2] / "samples"
SHOWN_S = (14.8, 16.8)
"""In the sample: facing the camera, forearms crossed."""

Point = tuple[float, float]


def body(
    left: tuple[Point, Point],
    right: tuple[Point, Point],
    half_shoulders: float = 0.33,
    trunk_px: float = 150.0,
    lean_deg: float = 0.0,
) -> PoseLandmarks:
    """Return someone facing the camera, or turned, with elbow and wrist of each arm given.

    Points are in trunk lengths from the middle of the shoulders, x to the person's own left and
    y up along the trunk.
    """
    xy = np.zeros((len(INDEX), 2))
    turn = np.deg2rad(lean_deg)
    places = {
        "left_shoulder": (half_shoulders, 0.0),
        "right_shoulder": (-half_shoulders, 0.0),
        "left_hip": (half_shoulders / 2, -1.0),
        "right_hip": (-half_shoulders / 2, -1.0),
        "left_elbow": left[0],
        "left_wrist": left[1],
        "right_elbow": right[0],
        "right_wrist": right[1],
    }
    for name, (x, y) in places.items():
        across, up = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
        xy[INDEX[name]] = 640 + across * trunk_px, 300 - up * trunk_px
    return PoseLandmarks(xy, np.zeros((len(INDEX), 3)), np.full(len(INDEX), 0.9), (1280, 720))


CROSSED = body(left=((0.22, -0.42), (-0.14, -0.12)), right=((-0.15, -0.38), (0.32, -0.1)))


@pytest.mark.parametrize("trunk_px", [40.0, 300.0])
@pytest.mark.parametrize("lean_deg", [-30.0, 0.0, 30.0])
def test_crossed_forearms_are_the_sign_at_every_size_and_lean(
    trunk_px: float, lean_deg: float
) -> None:
    crossed = body(
        left=((0.22, -0.42), (-0.14, -0.12)),
        right=((-0.15, -0.38), (0.32, -0.1)),
        trunk_px=trunk_px,
        lean_deg=lean_deg,
    )

    assert is_sign(crossed)


def test_crossed_before_the_face_they_are_the_sign_too() -> None:
    assert is_sign(body(left=((0.05, -0.17), (-0.2, 0.29)), right=((-0.07, -0.15), (0.2, 0.28))))


@pytest.mark.parametrize(
    ("what", "left", "right"),
    [
        ("arms down", ((0.47, -0.58), (0.54, -1.06)), ((-0.47, -0.58), (-0.54, -1.06))),
        ("hands on the hips", ((0.8, -0.45), (0.4, -0.8)), ((-0.8, -0.45), (-0.4, -0.8))),
        ("arms folded", ((0.30, -0.46), (-0.25, -0.42)), ((-0.32, -0.46), (0.27, -0.40))),
        ("hands folded to pray", ((0.4, -0.4), (0.02, -0.12)), ((-0.4, -0.4), (-0.02, -0.12))),
        ("fists before the chest", ((0.4, -0.45), (0.2, -0.1)), ((-0.4, -0.45), (-0.2, -0.1))),
        ("arms overhead", ((0.4, 0.5), (0.1, 1.0)), ((-0.4, 0.5), (-0.1, 1.0))),
        ("arms crossed overhead", ((0.3, 0.5), (-0.1, 0.9)), ((-0.3, 0.5), (0.1, 0.9))),
        ("hands on the front knee", ((0.3, -0.5), (-0.1, -1.0)), ((-0.2, -0.5), (0.1, -1.0))),
        ("a hand at the chin", ((0.2, -0.4), (-0.05, 0.1)), ((-0.8, -0.45), (-0.4, -0.8))),
        ("a hand on the other shoulder", ((0.2, -0.35), (-0.3, -0.05)), ((-0.5, -0.6), (-0.5, -1))),
    ],
)  # fmt: skip
def test_what_people_do_with_their_arms_is_no_sign(
    what: str, left: tuple[Point, Point], right: tuple[Point, Point]
) -> None:
    assert not is_sign(body(left, right)), what


def test_side_on_or_with_the_back_to_the_camera_nothing_is_a_sign() -> None:
    arms = ((0.22, -0.42), (-0.14, -0.12)), ((-0.15, -0.38), (0.32, -0.1))

    assert not is_sign(body(*arms, half_shoulders=0.05))
    assert not is_sign(swapped(CROSSED))
    assert not is_sign(STRETCH.landmarks())


@pytest.mark.parametrize("name", ["left_wrist", "right_elbow", "left_shoulder"])
@pytest.mark.parametrize("harm", ["hidden", "unknown", "lost"])
def test_an_arm_that_is_not_seen_makes_no_sign(name: str, harm: str) -> None:
    visibility, xy = CROSSED.visibility.copy(), CROSSED.image_xy.copy()
    if harm == "lost":
        xy[INDEX[name]] = np.nan
    else:
        visibility[INDEX[name]] = 0.3 if harm == "hidden" else np.nan

    assert not is_sign(PoseLandmarks(xy, CROSSED.world_xyz, visibility, CROSSED.image_size))


def progress(pictures: Iterable[tuple[float, PoseLandmarks | None]]) -> list[float]:
    reader = SignReader()
    return [reader.step(time_s, landmarks) for time_s, landmarks in pictures]


def filmed(*phases: tuple[float, PoseLandmarks | None], fps: float = 20.0) -> list[
    tuple[float, PoseLandmarks | None]
]:  # fmt: skip
    frames = [landmarks for seconds, landmarks in phases for _ in range(round(seconds * fps))]
    return [(index / fps, landmarks) for index, landmarks in enumerate(frames)]


@pytest.mark.parametrize("fps", [5.0, 10.0, 30.0])
def test_it_fills_evenly_and_ends_after_its_seconds_at_every_rate(fps: float) -> None:
    pictures = filmed((1.0, None), (3.0, CROSSED), fps=fps)

    shown = progress(pictures)

    ended = next(time_s for (time_s, _), far in zip(pictures, shown, strict=True) if far >= 1.0)
    assert shown == sorted(shown)
    assert ended == pytest.approx(1.0 + HELD_S, abs=1.5 / fps)


def test_let_go_of_in_time_it_empties_and_ends_nothing() -> None:
    shown = progress(filmed((1.2, CROSSED), (2.0, STRETCH.landmarks())))

    assert 0.7 < max(shown) < 1.0
    assert shown[-1] == 0.0


def test_a_hand_lost_for_a_moment_costs_no_more_than_the_moment() -> None:
    shown = progress(filmed((0.8, CROSSED), (0.2, None), (1.0, CROSSED)))

    assert shown[-1] == 1.0


def test_waving_the_arms_across_again_and_again_never_adds_up() -> None:
    waving = [phase for _ in range(20) for phase in ((0.4, CROSSED), (0.7, STRETCH.landmarks()))]

    assert max(progress(filmed(*waving))) < 0.5


def test_time_without_a_frame_is_not_known_to_be_the_sign() -> None:
    assert progress([(0.0, CROSSED), (0.1, CROSSED), (9.0, CROSSED)])[-1] < 0.2


def test_shown_to_the_end_it_stays_shown() -> None:
    assert progress(filmed((2.0, CROSSED), (3.0, None)))[-1] == 1.0


def test_a_rendered_person_ends_the_session_by_it_and_only_by_it() -> None:
    pictures = list(load_track(SAMPLES / f"signs{SUFFIX}"))

    shown = dict(zip((time_s for time_s, _ in pictures), progress(pictures), strict=True))

    before = [far for time_s, far in shown.items() if time_s < SHOWN_S[0] - 0.1]
    assert set(before) == {0.0}  # raises a hand; side-on, crosses the forearms; faces the camera
    assert shown[max(time_s for time_s in shown if time_s <= SHOWN_S[1])] == 1.0


@pytest.mark.parametrize(
    "path",
    sorted(set(SAMPLES.glob(f"*{SUFFIX}")) - {SAMPLES / f"signs{SUFFIX}"}),
    ids=lambda path: path.name,
)
def test_no_stretch_holds_a_sign_anywhere(path: Path) -> None:
    assert not any(found is not None and is_sign(found) for _, found in load_track(path))
