"""Where this team's footage and fake camera lie; tests that need them skip where they are not."""

import shutil

import pytest

from benchmarks.running.stage import CHECKOUT, FAKECAM, SHARED

__all__ = [
    "CHECKOUT",
    "CLIPS",
    "FAKECAM",
    "PHOTOS",
    "needs_fakecam",
    "needs_footage",
    "needs_screen",
]

CLIPS = SHARED / "footage" / "clips"
PHOTOS = SHARED / "footage" / "photos"

needs_footage = pytest.mark.skipif(not CLIPS.is_dir(), reason=f"no footage in {SHARED}")
needs_fakecam = pytest.mark.skipif(
    not FAKECAM.exists() or not all(map(shutil.which, ("gcc", "ffmpeg"))),
    reason="no fake camera, or no gcc and ffmpeg to make it",
)
needs_screen = pytest.mark.skipif(
    not all(map(shutil.which, ("Xvfb", "xdotool"))), reason="no Xvfb or no xdotool"
)
