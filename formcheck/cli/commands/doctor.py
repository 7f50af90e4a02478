"""`formcheck doctor`: does everything work here, and what to do where it does not."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

import click

from formcheck.catalogue import load_pose
from formcheck.cli.options import model_option, rotate_camera_option
from formcheck.cli.output.console import looking, plain_console
from formcheck.cli.output.findings import finding_json, findings_table, verdict
from formcheck.coach.checkup import (
    CameraFigures,
    Finding,
    Mark,
    judge_camera,
    judge_model,
    judge_place,
    judge_stand,
    judge_storage,
)
from formcheck.errors import FormcheckError
from formcheck.picture.frame import Frame, FrameSource
from formcheck.pose.definition import PoseDefinition
from formcheck.redaction import redacted
from formcheck.run import Detector

_RATE_S: Final = 1.5
"""How long the camera's pictures are counted."""
_LOOK_S: Final = 2.0
"""How long the model looks at them then."""
_SURE_S: Final = 0.3
"""A picture that shows a body on its side or head for so long of these is turned."""
_PATIENCE_S: Final = 8.0
"""A camera that gives no picture for so long after it was opened gives none."""
_LOOKS: Final = 8
"""How often the model looks where there is no camera."""


@dataclass(frozen=True, eq=False)
class _Loaded:
    """The model, loaded."""

    detector: Detector
    file: Path | None
    """What `--model` named."""
    load_s: float
    """How long that took."""

    def judged(self, look_ms: float, *, saw_person: bool) -> Finding:
        """Return what to think of it, by the median time of a look."""
        from formcheck.io.model import MODEL_NAME, fingerprint, read_model

        name = MODEL_NAME if self.file is None else self.file.name
        sha256 = fingerprint(read_model(self.file))
        return judge_model(name, sha256, self.load_s, look_ms, saw_person=saw_person)


@click.command("doctor", short_help="Check camera, light, model, screen, sound and storage.")
@click.argument("source", default="0")
@click.option(
    "--pose",
    "pose_name",
    default="lunge-stretch",
    show_default=True,
    metavar="NAME",
    help="The pose to stand in place for.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@rotate_camera_option
@model_option
def doctor_command(
    *, source: str, pose_name: str, as_json: bool, rotate: int | None, model: Path | None
) -> int:
    """Check what a session needs, and say what to do about what is poor.

    SOURCE is a camera number, a device, a URL or a clip; by default camera 0. It is watched for
    a few seconds: stand where you will stretch, and it tells how you stand in the picture. The
    exit status is 0 when a session can run.
    """
    pose = load_pose(pose_name)
    console = plain_console()
    findings: list[Finding] = []
    with looking(console, "Looking ..."):
        findings += _camera_and_model(source, pose, model, rotate)
        findings += [_screen(), _sound(), _storage()]
    can_run = all(finding.mark is not Mark.BAD for finding in findings)
    if as_json:
        click.echo(
            json.dumps({"ready": can_run, "checks": [finding_json(each) for each in findings]})
        )
    else:
        console = console if console.is_terminal else plain_console(width=160)
        console.print(findings_table(findings))
        console.print(verdict(findings))
    return 0 if can_run else 1


def _camera_and_model(
    source: str, pose: PoseDefinition, model: Path | None, rotate: int | None
) -> Iterator[Finding]:
    from formcheck.cli.live.rotation import rotation_of
    from formcheck.io.detector import PoseDetector
    from formcheck.io.source import open_source
    from formcheck.picture.rotation import TurnedSource
    from formcheck.store import Store

    began_s = perf_counter()
    try:
        detector = PoseDetector("video", model)
    except FormcheckError as error:
        yield Finding("model", Mark.BAD, "the pose model cannot be loaded", str(error))
        return
    loaded = _Loaded(detector, model, perf_counter() - began_s)
    with detector:
        began_s = perf_counter()
        try:
            camera: FrameSource = open_source(source, pose.name)
        except FormcheckError as error:
            reason = redacted(str(error), [source])
            yield Finding("camera", Mark.BAD, "there is no picture", reason)
            yield loaded.judged(_look_at_nothing(detector), saw_person=False)
            return
        turned_deg = rotation_of(source, rotate, Store())
        if turned_deg:
            camera = TurnedSource(camera, turned_deg)
        try:
            yield from _watch(camera, began_s, loaded, pose, turned_deg)
        finally:
            camera.close()


def _watch(
    camera: FrameSource, began_s: float, loaded: _Loaded, pose: PoseDefinition, turned_deg: int
) -> Iterator[Finding]:
    """Watch for some seconds; what is found of camera, model, and the person's place."""
    from formcheck.body.camera.bearing import Bearing
    from formcheck.body.camera.way_in import WayIn
    from formcheck.body.view import see
    from formcheck.coach.placement import Placement, aslant
    from formcheck.coach.setup_step import step_for
    from formcheck.io.detector import PeopleCounter
    from formcheck.io.surroundings_meter import SurroundingsMeter
    from formcheck.picture.blank import is_blank

    first = _first_picture(camera)
    if first is None:
        yield Finding(
            "camera",
            Mark.BAD,
            f"{camera.name} opens, but gives no picture",
            camera.problem or "Close other programs that use it, and plug it in again.",
        )
        yield loaded.judged(_look_at_nothing(loaded.detector), saw_person=False)
        return
    first_picture_s = perf_counter() - began_s
    rate = _frames_per_s(camera, first)
    placement, way_in = Placement(pose), WayIn()
    bearing = Bearing(may_lie=pose.view.kind == "lying", sure_s=_SURE_S)
    looks_ms, seen, newest, step = [], 0, first, None
    frame: Frame | None = first
    until_s = perf_counter() + _LOOK_S
    with PeopleCounter(loaded.file) as counter:
        meter = SurroundingsMeter(counter.count)
        while True:  # one look at least, also where a short clip is over by now
            if frame is not None:
                newest = frame
                look_s = perf_counter()
                landmarks = loaded.detector.detect(frame)
                looks_ms.append(1000 * (perf_counter() - look_s))
                seen += landmarks is not None
                view = see(landmarks, pose.view.kind) if landmarks is not None else None
                way_in.step(frame.time_s, landmarks, view)
                step = placement.step(
                    frame.time_s, landmarks, view, meter.look(frame), camera=way_in.certain
                )
                if more_deg := bearing.step(frame.time_s, landmarks):
                    step = step_for(aslant(more_deg, turned_deg))
            if perf_counter() >= until_s or camera.ended:
                break
            frame = camera.read()
    yield from judge_camera(
        CameraFigures(
            name=camera.name,
            first_picture_s=first_picture_s,
            frames_per_s=rate,
            size=(newest.image.shape[1], newest.image.shape[0]),
            surroundings=meter.look(newest),
            is_blank=is_blank(newest.image),
        )
    )
    saw_person = 2 * seen > len(looks_ms)
    # The first look warms the model up.
    yield loaded.judged(median(looks_ms[1:] or looks_ms), saw_person=saw_person)
    yield judge_place(step, saw_person=saw_person)
    yield judge_stand(way_in.camera)


def _frames_per_s(camera: FrameSource, first: Frame) -> float | None:
    """Return how many pictures a second come while nothing else is done; None for no other one."""
    newest, until_s = first, perf_counter() + _RATE_S
    while perf_counter() < until_s and not camera.ended:
        newest = camera.read() or newest
    passed_s = newest.time_s - first.time_s
    return (newest.index - first.index) / passed_s if passed_s > 0 else None


def _first_picture(camera: FrameSource) -> Frame | None:
    until_s = perf_counter() + _PATIENCE_S
    while perf_counter() < until_s and not camera.ended:
        frame = camera.read()
        if frame is not None:
            return frame
    return None


def _look_at_nothing(detector: Detector) -> float:
    """Return the median time in milliseconds of a look at an empty picture."""
    import numpy as np

    image = np.full((480, 640, 3), 127, np.uint8)
    times_ms = []
    for index in range(_LOOKS):
        began_s = perf_counter()
        detector.detect(Frame(image, index / 10, index))
        times_ms.append(1000 * (perf_counter() - began_s))
    return median(times_ms[1:])


def _screen() -> Finding:
    from formcheck.ui.screen import has_screen

    if has_screen():
        return Finding("screen", Mark.GOOD, "a window can be opened")
    return Finding(
        "screen",
        Mark.POOR,
        "no window can be opened here",
        "Sessions show in the terminal. For the window, run formcheck on the desktop itself.",
    )


def _sound() -> Finding:
    from formcheck.ui.audio.sound_check import check

    found = check()
    figures = {"output": found.output, "voice": found.voice}
    if found.output is None:
        says = "nothing can be heard"
    elif found.voice is None:
        says = f"tones through {found.output}, no voice"
    else:
        says = f"through {found.output}, with the voice of {found.voice}"
    mark = Mark.POOR if found.problems else Mark.GOOD
    return Finding("sound", mark, says, " ".join(found.problems) or None, figures)


def _storage() -> Finding:
    """Look whether sessions can be kept; nothing is made."""
    from formcheck.store import Store, StoreError
    from formcheck.store.private_files import data_folder

    folder = data_folder()
    nearest = next(
        path
        for path in (folder, *folder.parents)
        if os.path.exists(path)  # noqa: PTH110 - pathlib's raises below a closed folder
    )
    problem = None
    try:
        store = Store(folder)
        if store.database.exists():
            store.history.sessions()
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except StoreError as error:
        problem = str(error)
    except OSError as error:
        problem = f"{nearest} cannot be written: {error.strerror}. Check the rights of that folder."
    try:
        free_bytes: int | None = shutil.disk_usage(nearest).free
    except OSError:
        free_bytes = None
    return judge_storage(str(folder), free_bytes, problem)
