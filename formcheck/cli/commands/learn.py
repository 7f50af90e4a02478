"""`formcheck learn NAME FILE`: a new pose from a clip or a photo of good form."""

import re
import sys
from collections.abc import Iterator
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import click
from rich.progress import Progress

from formcheck.body.camera.bearing import Bearing
from formcheck.body.landmarks import PoseLandmarks
from formcheck.body.measurements import MEASUREMENTS
from formcheck.body.view import ViewKind
from formcheck.catalogue import COMMANDS, find
from formcheck.cli import interrupts
from formcheck.cli.options import model_option, rotate_option
from formcheck.cli.output.console import plain_console
from formcheck.errors import FormcheckError
from formcheck.learn.example import SEEN, Example, Track, learn
from formcheck.learn.pose_file import pose_text
from formcheck.picture.frame import Frame
from formcheck.picture.rotation import turned
from formcheck.pose.definition import PoseDefinition, read_pose
from formcheck.printable import printable
from formcheck.session import Session
from formcheck.store.private_files import kind_of

if TYPE_CHECKING:
    from formcheck.io.files.clip import Clip

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")


@click.command("learn", short_help="Make a pose of your own from a clip or photo of good form.")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--view",
    type=click.Choice(("side", "front", "lying")),
    help="How the person is seen; found out where not given.",
)
@click.option(
    "--from", "from_s", type=float, default=-inf, metavar="SECONDS", help="Look from here."
)
@click.option("--to", "to_s", type=float, default=inf, metavar="SECONDS", help="Look up to here.")
@click.option(
    "--picture",
    type=click.Path(path_type=Path),
    metavar="PNG",
    help="Where to put the picture of what was taken; NAME.png by default.",
)
@click.option("--force", is_flag=True, help="Replace files that are there.")
@rotate_option("the clip or photo")
@model_option
def learn_command(
    *,
    name: str,
    file: Path,
    view: str | None,
    from_s: float,
    to_s: float,
    picture: Path | None,
    force: bool,
    rotate: int | None,
    model: Path | None,
) -> int:
    """Make a pose of your own from a clip or photo of good form.

    It finds where the pose is held, takes what is steady and seen there, and writes NAME.toml in
    this folder, commented for you to edit, with a picture of what it took. Then:

    \b
    formcheck NAME.toml                   coaches it
    formcheck score CLIP --pose NAME.toml counts it
    """
    if not _NAME.fullmatch(name):
        raise FormcheckError(
            f"A pose cannot be called {name!r:.80}. Take small letters, digits and hyphens."
        )
    if name in COMMANDS or find(name) is not None:
        raise FormcheckError(
            f"There is a pose called {name} already, or a command. Take another name."
        )
    target = Path(f"{name}.toml")
    picture = picture or Path(f"{name}.png")
    if picture.suffix.lower() != ".png":
        raise FormcheckError(f"The picture is a PNG, so {picture} has to end in .png.")
    for path in (target, picture):
        if kind_of(path) and not force:
            raise FormcheckError(f"{path} is there already. Take another name, or --force.")
    interrupts.heed()
    track = _landmarks(file, model, rotate or 0)
    _refuse_head_down(track, file, rotate or 0)
    example = learn(track, kind=cast("ViewKind | None", view), between_s=(from_s, to_s))
    _write(target, pose_text(name, file.name, example).encode("utf-8"))
    pose = read_pose(target)
    _write(picture, _drawn(file, track, name, example, rotate or 0))
    _tell(pose, target, picture, track, example)
    return 0


def _refuse_head_down(track: Track, file: Path, turned_deg: int) -> None:
    """Refuse a clip whose picture stands on its head.

    One that lies on its side cannot be told from somebody who lies down.

    Raises:
        FormcheckError: It does, with the turn that mends it.
    """
    bearing = Bearing(may_lie=True)
    for time_s, landmarks in track:
        if more_deg := bearing.step(time_s, landmarks):
            raise FormcheckError(
                f"The picture of {file} is upside down. Add: "
                f"--rotate {(turned_deg + more_deg) % 360}"
            )


def _landmarks(file: Path, model: Path | None, turned_deg: int) -> Track:
    from formcheck.io.detector import PoseDetector
    from formcheck.io.files.clip import Clip
    from formcheck.io.files.photo import is_photo, read_photo

    if is_photo(file):
        with PoseDetector("photo", model) as detector:
            return [(0.0, detector.detect(turned(Frame(read_photo(file), 0.0, 0), turned_deg)))]
    track: list[tuple[float, PoseLandmarks | None]] = []
    clip = Clip(file)
    try:
        with (
            PoseDetector("video", model) as detector,
            Progress(
                console=plain_console(stderr=True, file=sys.stderr),
                transient=True,
                disable=not sys.stderr.isatty(),
            ) as progress,
        ):
            task = progress.add_task(file.name, total=clip.frame_count or None)
            while not clip.ended:
                frame = clip.read()
                if frame is not None:
                    track.append((frame.time_s, detector.detect(turned(frame, turned_deg))))
                    progress.advance(task)
    finally:
        clip.close()
    return track


def _drawn(file: Path, track: Track, name: str, example: Example, turned_deg: int) -> bytes:
    """Return the PNG of the example's most typical frame."""
    import cv2

    from formcheck.io.files.clip import Clip
    from formcheck.io.files.photo import is_photo, read_photo
    from formcheck.ui.learnt_picture import learnt_picture

    landmarks = next(body for time_s, body in track if time_s == example.best_s)
    assert landmarks is not None, "the most typical frame has a body"
    if is_photo(file):
        frame = Frame(read_photo(file), 0.0, 0)
    else:
        clip = Clip(file)
        try:
            frame = next(frame for frame in _frames(clip) if frame.time_s >= example.best_s)
        finally:
            clip.close()
    image = turned(frame, turned_deg).image
    _, png = cv2.imencode(".png", learnt_picture(image, landmarks, name, example))
    return png.tobytes()


def _frames(clip: "Clip") -> Iterator[Frame]:
    while not clip.ended:
        frame = clip.read()
        if frame is not None:
            yield frame


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise FormcheckError(
            f"Cannot write {path}: {error.strerror}. Check the folder, or go to another."
        ) from error


def _tell(
    pose: PoseDefinition, target: Path, picture: Path, track: Track, example: Example
) -> None:
    """Say what was taken, and whether the new pose counts its own example."""
    console = plain_console(soft_wrap=True)
    session = Session(pose)
    if len(track) == 1:
        where = "the photo"
        outcome = session.step(0.0, track[0][1])
        proof = f"The photo is {outcome.verdict.form.value.replace('_', ' ')} by it."
    else:
        where = f"{example.start_s:.1f} to {example.end_s:.1f} s"
        for time_s, landmarks in track:
            session.step(time_s, landmarks)
        proof = f"It counts {sum(session.held_s.values()):.1f} s of its own clip."
    console.print(f"Learnt from {where}, {SEEN[example.kind]}:", highlight=False)
    for learnt in example.taken:
        definition = MEASUREMENTS[learnt.measurement]
        value = f"{learnt.median:.3g} {definition.unit}, {definition.in_words}"
        console.print(f"  {learnt.measurement}  {value}", highlight=False)
    for name, why in example.left_out.items():
        console.print(f"  not {name}: {why}", highlight=False, style="dim")
    console.print(proof, highlight=False)
    console.print(printable(f"Now edit {target}; {picture} shows what was taken."), highlight=False)
    console.print(
        printable(f"Then hold it before your camera: formcheck {target}"), highlight=False
    )
