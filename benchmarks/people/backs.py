"""What of the landmarks sees a back that bends backwards.

    python -m benchmarks.people.backs [FOLDER] [--pose low-lunge]

For the photos of a pose (default folder: the footage beside the checkout), each candidate's span in
good ones and in bad ones, and how many bad ones lie beyond the last good one: lines through hips,
shoulders and ears, in the picture and in MediaPipe's space, the hip's extension, the face, and
raised arms. The good ones are to be upright; the bad ones are taken to bend backwards.
"""

import argparse
from collections.abc import Callable, Mapping
from math import isnan, nan
from pathlib import Path
from typing import Final

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.people.__main__ import look_at
from benchmarks.people.labels import labelled_photos
from benchmarks.running.stage import SHARED
from formcheck.body.arms import raised_arm_lean
from formcheck.body.landmarks import INDEX, PoseLandmarks
from formcheck.body.measurements import measure
from formcheck.body.roles import Body, lean
from formcheck.body.view import View, see

Point = tuple[float, float]


def _middle(body: PoseLandmarks, view: View, joint: str, *, in_space: bool = False) -> Point:
    """Return the middle of a pair of landmarks, x forward and y up."""
    places = body.world_xyz if in_space else body.image_xy
    left, right = (places[INDEX[joint.format(side)]][:2] for side in ("left", "right"))
    middle = (left + right) / 2
    return float(np.dot(view.forward_xy, middle)), float(np.dot(view.up_xy, middle))


def _line(
    lower: str, upper: str, *, in_space: bool = False
) -> Callable[[PoseLandmarks, View], float]:
    return lambda body, view: lean(
        *(_middle(body, view, joint, in_space=in_space) for joint in (lower, upper))
    )


def _raised_arm(body: PoseLandmarks, view: View) -> float:
    return raised_arm_lean(Body(body, view)) or nan


def _less_extension(body: PoseLandmarks, view: View) -> float:
    return -measure(body, view)["rear_hip_extension"].value


HIP, SHOULDER, EAR = "{}_hip", "{}_shoulder", "{}_ear"
CANDIDATES: Final[Mapping[str, Callable[[PoseLandmarks, View], float]]] = {
    "hips to shoulders (trunk_lean)": _line(HIP, SHOULDER),
    "hips to shoulders in space": _line(HIP, SHOULDER, in_space=True),
    "shoulders to ears": _line(SHOULDER, EAR),
    "shoulders to ears in space": _line(SHOULDER, EAR, in_space=True),
    "hips to ears": _line(HIP, EAR),
    "hip, shoulder, ear: the bend": lambda body, view: (
        _line(SHOULDER, EAR)(body, view) - _line(HIP, SHOULDER)(body, view)
    ),
    "mouth to eyes": _line("mouth_{}", "{}_eye"),
    "less the hip's extension": _less_extension,
    "raised arm (raised_arm_lean)": _raised_arm,
}
"""Degrees, forward positive, so that bending backwards lowers each; not a number where it is not
there."""


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "footage")
    parser.add_argument("--pose", default="low-lunge")
    options = parser.parse_args()
    photos = [each for each in labelled_photos(options.folder) if each.pose == options.pose]
    table = Table("candidate", title=options.pose, box=None)
    for heading in ("good ones", "bad ones", "bad beyond the last good one"):
        table.add_column(heading, justify="right")
    seen = [
        (photo.label, body, view)
        for photo, body in zip(photos, look_at(photos), strict=True)
        if body is not None and (view := see(body)) is not None
    ]
    for name, value in CANDIDATES.items():
        good, bad = (
            sorted(
                number
                for label, body, view in seen
                if label == wanted and not isnan(number := value(body, view))
            )
            for wanted in ("yes", "no")
        )
        beyond = sum(each < good[0] for each in bad) if good else 0
        spans = (
            f"{each[0]:.0f} to {each[-1]:.0f} ({len(each)})" if each else "" for each in (good, bad)
        )
        table.add_row(name, *spans, f"{beyond} of {len(bad)}")
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
