"""What formcheck makes of the placements' landmarks, against what is true of them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from benchmarks.placements.grid import Placement, placements
from formcheck.body.camera.pose import CameraPose
from formcheck.io.recording.track import Track
from formcheck.judge.ledger import State
from formcheck.pose.definition import load_pose
from formcheck.session import Session
from samples.render.labels.measures import measure

ANGLES: Final = ("rear_hip_extension", "trunk_lean", "front_knee_flexion", "rear_knee_flexion")

LOWER: Final = "Lower your back knee"


@dataclass(frozen=True)
class Judged:
    """One placement, judged. Seconds, but where said otherwise."""

    placement: Placement
    held_s: float
    """Counted while the person is in the pose."""
    wrongly_s: float
    """Counted on the other side, and anything where nothing is to be counted."""
    of_s: float
    """From the moment at which the person is in the pose to the last frame."""
    said: str
    """What was said for longest while the person was in the pose and nothing counted, or ""."""
    lower_s: float
    """For how long the person was told to lower the rear knee, in the pose."""
    errors: Mapping[str, float]
    """Measured less true, the median of the frames in the pose, in degrees."""
    swapped: float
    """The share of frames in the pose in which the legs are the wrong way round, 0 to 1."""
    camera: CameraPose | None
    """As it is learnt from who stands before it; None where it is not."""

    @property
    def camera_errors(self) -> tuple[tuple[float, float], ...]:
        """As `camera_errors`; empty where nothing is learnt."""
        true = self.placement
        return camera_errors(self.camera, true.pitch, true.roll, true.height)

    @property
    def share(self) -> float:
        """Of the time in the pose, what was counted: 0 to 1."""
        return self.held_s / self.of_s


def camera_errors(
    learnt: CameraPose | None, pitch_deg: float, roll_deg: float, height_m: float
) -> tuple[tuple[float, float], ...]:
    """Return of pitch, roll and height what is learnt less what is true, and the error told.

    Empty where nothing is learnt.
    """
    if learnt is None:
        return ()
    return (
        (learnt.pitch_deg - pitch_deg, learnt.pitch_error_deg),
        (learnt.roll_deg - roll_deg, learnt.roll_error_deg),
        (learnt.height_m - height_m, learnt.height_error_m),
    )


def judge(placement: Placement, track: Track) -> Judged:
    """Judge one placement's landmarks as a session does."""
    session = Session(load_pose("lunge-stretch"))
    truth, from_s, last_s = _truth(placement.name), placement.hold_from_s, track[-1][0]
    rear = "right" if placement.leg == "near" else "left"
    said: Counter[str] = Counter()
    lower_s, swapped, errors = 0.0, [], {name: list[float]() for name in ANGLES}
    before_s = 0.0
    for index, (time_s, landmarks) in enumerate(track):
        outcome = session.step(time_s, landmarks)
        if time_s >= from_s:
            cue = outcome.feedback.cue
            lower_s += (time_s - before_s) * (cue.text == LOWER)
            if outcome.hold.state is not State.HELD:
                said[cue.text] += 1
            if outcome.view is not None:
                swapped.append(outcome.view.rear_leg != rear)
            for name in ANGLES:
                measured = outcome.measurements.get(name)
                if measured is not None:
                    errors[name].append(measured.value - truth[name][index])
        before_s = time_s
    held = [span for span in session.intervals() if span.state is State.HELD]
    right = [span for span in held if span.side == rear and placement.is_good]
    return Judged(
        placement,
        held_s=sum(max(0.0, span.end_s - max(span.start_s, from_s)) for span in right),
        wrongly_s=sum(span.duration_s for span in held if span not in right),
        of_s=last_s - from_s,
        said=said.most_common(1)[0][0] if said else "",
        lower_s=lower_s,
        errors={name: float(np.median(values)) for name, values in errors.items() if values},
        swapped=float(np.mean(swapped)) if swapped else 0.0,
        camera=session.way_in.camera,
    )


def judged(tracks: Mapping[str, Track]) -> Iterator[Judged]:
    """Judge every placement that there are landmarks of, in the order of the grid."""
    for name, placement in placements().items():
        if name in tracks:
            yield judge(placement, tracks[name])


@cache
def _truth(name: str) -> dict[str, list[float]]:
    """Return the true angles of every frame."""
    clip = placements()[name].clip()
    values = measure(clip.figure(clip.times()))
    return {angle: values[angle].tolist() for angle in ANGLES}
