"""What measured figures say about whether a session can run, and what to do where they are poor."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from formcheck.body.camera.pose import CameraPose
from formcheck.coach.cue import SetupStep
from formcheck.coach.placement import BLACK_LUMA, BLURRED, DARK_LUMA, PALE_CONTRAST
from formcheck.picture.surroundings import Surroundings


class Mark(Enum):
    """How one thing stands."""

    GOOD = "good"
    POOR = "poor"
    """A session can run, but something is worth mending."""
    BAD = "bad"
    """No session can run."""
    UNKNOWN = "unknown"
    """It could not be looked at."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    mark: Mark
    says: str
    """What was found."""
    remedy: str | None = None
    """What to do about it."""
    figures: Mapping[str, float | int | str | None] = field(default_factory=dict)
    """What was measured, by name with its unit."""


@dataclass(frozen=True, slots=True)
class CameraFigures:
    """What a camera gave within a few seconds."""

    name: str
    first_picture_s: float
    """From opening it to the first picture."""
    frames_per_s: float | None
    """As the camera takes them; None where it gave one alone."""
    size: tuple[int, int]
    """Width and height in pixels."""
    surroundings: Surroundings
    is_blank: bool
    """Nothing at all stands out in the picture."""


LONGEST_GAP_S: Final = 0.5
"""A longer time without a frame is never counted."""
_SMOOTH_RATE: Final = 10.0
"""Down to here the same clip gives the same seconds (see the samples)."""
_SMALL_PX: Final = 360
_TINY_PX: Final = 120
"""Of the shorter edge: a kneeling person's trunk is about a fifth of it, and MediaPipe cannot tell
the joints of one of 24 pixels."""
_BRIGHT_LUMA: Final = 235.0
_SLOW_MS: Final = 100.0
_TOO_SLOW_MS: Final = 1000 * LONGEST_GAP_S
_LITTLE_SPACE: Final = 100_000_000
"""Bytes; a recording of a minute takes about ten million."""


def judge_camera(figures: CameraFigures) -> Iterator[Finding]:
    """Yield what to think of the camera, its rate, its picture, the light and the sharpness."""
    yield Finding(
        "camera",
        Mark.GOOD,
        f"{figures.name} gives a picture after {figures.first_picture_s:.1f} s",
        figures={"source": figures.name, "first_picture_s": round(figures.first_picture_s, 2)},
    )
    shows_nothing = figures.is_blank or figures.surroundings.brightness < BLACK_LUMA
    if figures.frames_per_s is None and shows_nothing:
        # Pictures that are all the same are not told apart, and one that is black is no other.
        yield Finding("frame rate", Mark.UNKNOWN, "the picture shows nothing that moves")
    else:
        yield _judge_rate(figures.frames_per_s)
    yield _judge_size(*figures.size)
    yield from _judge_light(figures.surroundings, is_blank=figures.is_blank)


def _judge_rate(rate: float | None) -> Finding:
    if rate is None:
        return Finding(
            "frame rate",
            Mark.BAD,
            "the picture stands still",
            "Plug the camera in again, without a hub, and close other programs that use it.",
        )
    says, found = f"{rate:.0f} pictures a second", {"frames_per_s": round(rate, 1)}
    remedy = "More light makes most webcams faster. Plug it in without a hub."
    if rate * LONGEST_GAP_S < 1.0:
        return Finding("frame rate", Mark.BAD, f"{rate:.1f} pictures a second", remedy, found)
    if rate < _SMOOTH_RATE:
        return Finding("frame rate", Mark.POOR, says, remedy, found)
    return Finding("frame rate", Mark.GOOD, says, figures=found)


def _judge_size(width: int, height: int) -> Finding:
    says, found = f"{width} x {height}", {"width_px": width, "height_px": height}
    if min(width, height) >= _SMALL_PX:
        return Finding("picture size", Mark.GOOD, says, figures=found)
    mark = Mark.BAD if min(width, height) < _TINY_PX else Mark.POOR
    remedy = "Choose 640 x 480 or more in the camera's settings, or stay within two metres."
    return Finding("picture size", mark, f"{says} is small", remedy, found)


def _judge_light(surroundings: Surroundings, *, is_blank: bool) -> Iterator[Finding]:
    luma, contrast = surroundings.brightness, surroundings.contrast
    found = {"brightness": round(luma, 1), "contrast": round(contrast, 1)}
    says = f"brightness {luma:.0f} of 255, contrast {contrast:.0f}"
    if luma < BLACK_LUMA:
        remedy = "Uncover the lens, open its shutter, or put on a light."
        yield Finding("light", Mark.BAD, f"the picture is black: {says}", remedy, found)
    elif is_blank:
        remedy = "Uncover the lens and wipe it."
        yield Finding("light", Mark.BAD, f"the picture is empty: {says}", remedy, found)
    elif luma < DARK_LUMA[0]:
        yield Finding("light", Mark.POOR, f"too dark: {says}", "Put on a light before you.", found)
    elif contrast < PALE_CONTRAST[0]:
        remedy = "Wipe the lens, and turn the camera away from windows and lamps."
        yield Finding("light", Mark.POOR, f"hardly any contrast: {says}", remedy, found)
    elif luma > _BRIGHT_LUMA:
        remedy = "Turn the camera away from windows and lamps."
        yield Finding("light", Mark.POOR, f"too bright: {says}", remedy, found)
    else:
        yield Finding("light", Mark.GOOD, says, figures=found)
    yield _judge_sharpness(surroundings.sharpness)


def _judge_sharpness(sharpness: float | None) -> Finding:
    if sharpness is None:
        return Finding("sharpness", Mark.UNKNOWN, "nothing in the picture shows it")
    found = {"sharpness": round(sharpness, 3)}
    says = f"{sharpness:.2f}, where sharp pictures have {BLURRED[0] + 0.03:.2f} and more"
    if sharpness < BLURRED[0]:
        remedy = "Wipe the lens, peel off its film, and let the camera stand still."
        return Finding("sharpness", Mark.POOR, f"blurred: {says}", remedy, found)
    return Finding("sharpness", Mark.GOOD, says, figures=found)


def judge_model(
    name: str, sha256: str, load_s: float, look_ms: float, *, saw_person: bool
) -> Finding:
    """Return which pose model it is, and what to think of its speed.

    Args:
        name: Of its file.
        sha256: Of its content, in hexadecimal digits.
        load_s: How long it took to load.
        look_ms: The median time of a look at a picture.
        saw_person: Somebody was in the pictures; without, a look takes another time.
    """
    found: dict[str, float | int | str | None] = {
        "file": name,
        "sha256": sha256,
        "load_s": round(load_s, 2),
        "look_ms": round(look_ms, 1),
    }
    where = "" if saw_person else ", nobody in it"
    says = (
        f"{name} ({sha256[:8]}) loads in {load_s:.1f} s, looks at a picture in "
        f"{look_ms:.0f} ms{where}"
    )
    remedy = "Close other programs, plug in the charger, or choose a lighter model with --model."
    if look_ms > _TOO_SLOW_MS:
        return Finding("model", Mark.BAD, f"too slow: {says}", remedy, found)
    if look_ms > _SLOW_MS:
        return Finding("model", Mark.POOR, f"slow: {says}", remedy, found)
    return Finding("model", Mark.GOOD, says, figures=found)


def judge_place(step: SetupStep | None, *, saw_person: bool) -> Finding:
    """Return how the person stands in the picture."""
    if not saw_person:
        return Finding("you", Mark.UNKNOWN, "nobody is in the picture")
    if step is None:
        return Finding("you", Mark.GOOD, "well placed in the picture")
    return Finding("you", Mark.POOR, step.cue.text.lower(), step.spoken)


def judge_stand(camera: CameraPose | None) -> Finding:
    """Return how the camera stands, as somebody who stood still before it told."""
    if camera is None:
        return Finding("camera position", Mark.UNKNOWN, "told once you stand still, feet in sight")
    pitch, roll = camera.pitch_deg, camera.roll_deg
    ways = f"looks {'up' if pitch < 0 else 'down'}", "left" if roll < 0 else "right"
    says = (
        f"{ways[0]} by {abs(pitch):.0f}° (± {camera.pitch_error_deg:.0f}), its {ways[1]} edge "
        f"lower by {abs(roll):.0f}° (± {camera.roll_error_deg:.0f}), {camera.height_m:.1f} m "
        f"(± {camera.height_error_m:.1f}) above the floor"
    )
    return Finding("camera position", Mark.GOOD, says, figures=camera.as_json())


def judge_storage(folder: str, free_bytes: int | None, problem: str | None) -> Finding:
    """Return what to think of the place where sessions are kept.

    Args:
        folder: Where that is.
        free_bytes: Room on its disk; None where not known.
        problem: Why it cannot be used, in a sentence with the remedy.
    """
    found = {"folder": folder, "free_bytes": free_bytes}
    if problem is not None:
        return Finding("storage", Mark.POOR, "sessions cannot be kept", problem, found)
    says = folder if free_bytes is None else f"{folder}, {free_bytes / 1e9:.1f} GB free"
    if free_bytes is not None and free_bytes < _LITTLE_SPACE:
        return Finding("storage", Mark.POOR, f"little room: {says}", "Make room there.", found)
    return Finding("storage", Mark.GOOD, says, figures=found)
