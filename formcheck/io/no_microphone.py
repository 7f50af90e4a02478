"""An import of MediaPipe that leaves its microphone alone."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final

_RECORDER: Final = "mediapipe.tasks.python.audio.core.audio_record"


@contextmanager
def no_microphone() -> Iterator[None]:
    """Within it MediaPipe's recorder of sound is an empty class.

    Its tasks for sound load `sounddevice`, which nobody asks for here, and which looks for its
    library by starting a compiler and other programs. Ctrl-Z while one of them starts stopped this
    program for good: a thread that waits for a child that is stopped, too, cannot be stopped.
    """
    if _RECORDER in sys.modules:
        yield
        return
    recorder = ModuleType(_RECORDER)
    recorder.__dict__["AudioRecord"] = type("AudioRecord", (), {})
    sys.modules[_RECORDER] = recorder
    try:
        yield
    finally:
        sys.modules.pop(_RECORDER, None)
