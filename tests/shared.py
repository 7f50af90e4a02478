"""Where this team's footage and fake camera lie; tests that need them skip where they are not."""

import os
import shutil
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("FORMCHECK_SHARED", CHECKOUT.parent / "shared"))
CLIPS = SHARED / "footage" / "clips"
PHOTOS = SHARED / "footage" / "photos"
FAKECAM = SHARED / "tools" / "fakecam" / "fakecam"

needs_footage = pytest.mark.skipif(not CLIPS.is_dir(), reason=f"no footage in {SHARED}")
needs_fakecam = pytest.mark.skipif(
    not FAKECAM.exists() or not all(map(shutil.which, ("gcc", "ffmpeg"))),
    reason="no fake camera, or no gcc and ffmpeg to make it",
)
needs_screen = pytest.mark.skipif(
    not all(map(shutil.which, ("Xvfb", "xdotool"))), reason="no Xvfb or no xdotool"
)
