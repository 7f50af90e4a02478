"""Whether somebody in the picture stands there, or kneels."""

import pytest

from benchmarks.placements.saved import load
from benchmarks.placements.standing import FILE, NUMBERS, Standing, standing
from formcheck.body.framing import frame_body
from formcheck.body.landmarks import PoseLandmarks
from formcheck.body.view import see
from formcheck.pose.definition import load_pose
from tests.coach.placing import KNEELING

IN_PICTURE = load_pose("lunge-stretch").view.in_picture
TRACKS = load(FILE)
STAYING = [clip for clip in map(standing, NUMBERS) if len(clip.script.phases) == 1]
"""Seen from 0.1 to 1.6 m high; from above the legs are as short as 1.28 trunk lengths."""


def stands(body: PoseLandmarks) -> bool:
    view = see(body, "side")
    assert view is not None
    return frame_body(body, view, IN_PICTURE, will_kneel=True).is_standing


@pytest.mark.parametrize("clip", STAYING, ids=lambda clip: f"from {clip.camera.height:.2f} m")
def test_who_stands_is_standing_however_high_the_camera_is(clip: Standing) -> None:
    seen = [body for _, body in TRACKS[clip.name] if body is not None]
    assert seen
    assert all(map(stands, seen))


def test_who_kneels_is_not() -> None:
    assert not stands(KNEELING)
