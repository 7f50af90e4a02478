"""Where this team's footage and fake camera lie; tests that need them skip where they are not."""

import shutil

import pytest

from benchmarks.running.stage import CHECKOUT, FAKECAM, SHARED

__all__ = [
    "CHECKOUT",
    "CLIPS",
    "FAKECAM",
    "PEOPLE",
    "PHOTOS",
    "needs_fakecam",
    "needs_footage",
    "needs_people",
    "needs_screen",
]

CLIPS = SHARED / "footage" / "clips"
PHOTOS = SHARED / "footage" / "photos"
PEOPLE = SHARED / "footage" / "people"

needs_footage = pytest.mark.skipif(not CLIPS.is_dir(), reason=f"no footage in {SHARED}")
needs_people = pytest.mark.skipif(not PEOPLE.is_dir(), reason=f"no labelled people in {SHARED}")
needs_fakecam = pytest.mark.skipif(
    not FAKECAM.exists() or not all(map(shutil.which, ("gcc", "ffmpeg"))),
    reason="no fake camera, or no gcc and ffmpeg to make it",
)
needs_screen = pytest.mark.skipif(
    not all(map(shutil.which, ("Xvfb", "xdotool"))), reason="no Xvfb or no xdotool"
)
