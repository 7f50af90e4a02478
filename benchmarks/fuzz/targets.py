"""All targets but those that native libraries read, which have a process of their own."""

from typing import Final

from benchmarks.fuzz.bodies import LANDMARKS
from benchmarks.fuzz.commands import COMMANDS
from benchmarks.fuzz.keyboards import ENCODINGS, KEYS
from benchmarks.fuzz.texts import POSE_TEXTS, POSE_VALUES, ROUTINES, TRUTHS

BY_NAME: Final = {
    target.name: target
    for target in (POSE_TEXTS, POSE_VALUES, ROUTINES, TRUTHS, LANDMARKS, COMMANDS, KEYS, ENCODINGS)
}
"""By what they are called on the command line."""
