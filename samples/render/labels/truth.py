"""The truth file of a clip: what is true of every frame, and what should be counted."""

import json
from typing import Any

import numpy as np

from formcheck.body.measurements import DEGREES, MEASUREMENTS
from formcheck.pose.definition import load_pose
from samples.render.clip import Clip
from samples.render.labels.intervals import intervals
from samples.render.labels.measures import in_picture, left_is_front, measure, pixels
from samples.render.skeleton import Array

SIGNS = ("hand raised", "forearms crossed")
"""What a phase says in which the arms make a sign."""

_TIMES = (
    "exact, from the true angles; no interval covers the moments beside an edge at which the truth "
    "is within the hysteresis of a band, and the time in which somebody in front hides the person"
)


def document(clip: Clip) -> dict[str, Any]:
    """Return everything that a truth file says."""
    script, camera = clip.script, clip.script.camera
    times = clip.times()
    figure = clip.figure(times)
    seen = pixels(clip, figure)
    pose = load_pose(script.pose)
    kind = pose.view.kind
    needed = in_picture(clip, seen, left_is_front(figure, kind), pose.view.in_picture)
    return {
        "clip": f"{script.name}.mp4",
        "pose": script.pose,
        "view": _view(clip),
        "shows": script.shows,
        "intervals": intervals(clip, pose),
        **_signs(clip),
        "times": _TIMES,
        "made_by": f"python -m samples.render {script.name}",
        "camera": {
            "yaw_deg": camera.yaw,
            "pitch_deg": camera.pitch,
            "height_m": camera.height,
            "distance_m": camera.distance,
            "fov_deg": camera.fov,
            "size": list(camera.size),
        },
        "body": {"stature_m": script.build.stature, "facing": script.facing},
        "frames": {
            "time_s": _rounded(times, 4),
            "measurements": {
                name: _rounded(values, 1 if MEASUREMENTS[name].unit == DEGREES else 2)
                for name, values in measure(figure, kind, script.pad).items()
            },
            "in_picture": needed.astype(int).tolist(),
            "joints": {
                name: {"x": _rounded(xy[:, 0], 1), "y": _rounded(xy[:, 1], 1)}
                for name, xy in seen.items()
            },
        },
    }


def _signs(clip: Clip) -> dict[str, Any]:
    """Return when the arms make a sign, where they do in this clip."""
    spans = clip.choreography.spans
    ends = [*(span.start_s for span in spans[1:]), clip.duration_s]
    shown = [
        {"start_s": span.start_s, "end_s": end_s, "sign": span.says}
        for span, end_s in zip(spans, ends, strict=True)
        if span.says in SIGNS
    ]
    return {"signs": shown} if shown else {}


def written(truth: dict[str, Any]) -> str:
    """Return a truth file's text: readable above, and one line for each array of frames."""
    frames = truth["frames"]
    rows = [f'"time_s": {_compact(frames["time_s"])}']
    for group in ("measurements", "joints"):
        inner = ",\n".join(f"{json.dumps(k)}: {_compact(v)}" for k, v in frames[group].items())
        rows.append(f'"{group}": {{\n{inner}\n}}')
    rows.append(f'"in_picture": {_compact(frames["in_picture"])}')
    head = json.dumps({**truth, "frames": "@"}, indent=1)
    return head.replace('"@"', "{\n" + ",\n".join(rows) + "\n}") + "\n"


def _view(clip: Clip) -> str:
    yaw, (width, height) = clip.script.camera.yaw, clip.script.camera.size
    towards = "towards" if yaw > 0 else "away from"
    turned = f"turned {abs(yaw):g} degrees {towards} the camera" if yaw else "side"
    return f"{turned}, faces image-{clip.script.facing}{', portrait' if height > width else ''}"


def _rounded(values: Array, digits: int) -> list[float]:
    """Round twice, so that the last bits of a processor's arithmetic do not show."""
    return [float(v) + 0.0 for v in np.round(np.round(values, 7), digits)]


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":")).replace(".0,", ",").replace(".0]", "]")
