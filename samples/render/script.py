"""A clip's script: what `NAME.toml` may say, checked when it is read."""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from samples.render.camera import Camera
from samples.render.skeleton import Arms, Build, Side

Do = Literal["stand", "kneel", "lunge", "bridge", "hang", "squat", "kneel_both", "walk", "turn"]
T = TypeVar("T")

_WAYS = {
    "stand": "standing up",
    "kneel": "on the way",
    "lunge": "on the way",
    "bridge": "on the way",
    "hang": "on the way",
    "squat": "on the way",
    "kneel_both": "on the way",
}
_SAYS = {
    "stand": "standing",
    "kneel": "stretch",
    "lunge": "stretch",
    "bridge": "stretch",
    "hang": "stretch",
    "squat": "squatting",
    "kneel_both": "kneeling on both knees",
    "walk": "walking",
    "turn": "turning round",
}


@dataclass(frozen=True)
class Phase:
    """One thing the person does: `over` seconds to get there, then `for` seconds of it."""

    do: Do
    over_s: float = 0.0
    for_s: float = 0.0
    says: str = ""
    says_way: str = ""
    side: Side | None = None
    """From here on this leg is the rear, stretched one."""
    by: float = 0.0
    """Walk: metres ahead. Turn: degrees, anticlockwise from above."""
    extension: float = 24.0
    """Rear thigh against trunk."""
    lean: float = 3.0
    """Trunk from the vertical, forward positive; lying: from the level, shoulders up positive."""
    front_knee: float | None = None
    """Bend of the front knee. Kneel: not given, the front foot stays where it is."""
    rear_knee: float = 12.0
    """Lunge and hang: bend of the rear knee."""
    front_hip: float = 118.0
    """Hang: bend of the front hip."""
    side_bend: float = 0.0
    """Trunk bent sideways, away from the rear leg positive."""
    hip_drop: float = 0.0
    """Pelvis tilted sideways, lower on the front leg's side positive."""
    knee_in: float = 0.0
    """How far the front knee falls inward, as a share of how far it is ahead."""
    bend: float = 4.0
    """Rounding of the back."""
    rear_foot: Literal["relaxed", "tucked"] = "relaxed"
    rear_shin: float | None = None
    """Kneel: how far the rear shin rises behind the knee; not given, the foot lies on the floor."""
    rear_pitch: float | None = None
    """Kneel: pitch of the rear foot, toes up positive; not given, that of `rear_foot`."""
    rear_knee_up: float = 0.0
    """Kneel: metres between the floor and the rear knee, or the height of a pad."""
    front_heel: float = 0.0
    """Kneel: how far the front heel is raised, in degrees about the toes."""
    feet_near: float = 0.0
    """Bridge: 1 where the feet stand nearer to the hips than the knees do, 0 where further away."""
    arms: Arms | None = None
    """Where the hands are; not given: down in standing and on the way, else as suits the pose."""
    sway: float = 1.0
    """How much breathing and balance move a hold; 1 is about a degree."""
    bounce: float = 0.0
    """Kneel: amplitude of bouncing, in degrees of the rear thigh."""
    bounce_hz: float = 1.0


@dataclass(frozen=True)
class Look:
    """Colours as linear red, green and blue of 0 to 1, and the cut of the clothes."""

    skin: tuple[float, float, float] = (0.62, 0.36, 0.25)
    top: tuple[float, float, float] = (0.10, 0.22, 0.48)
    trousers: tuple[float, float, float] = (0.045, 0.045, 0.055)
    shoes: tuple[float, float, float] = (0.55, 0.55, 0.58)
    hair: tuple[float, float, float] = (0.045, 0.025, 0.015)
    hair_style: Literal["short", "bun", "bald"] = "short"
    trouser_cut: Literal["long", "short"] = "long"
    sleeve: float = 0.42
    """Share of the upper arm that the sleeve covers, up to 1."""
    loose: float = 0.0
    """0 close to the body, 1 loose."""


@dataclass(frozen=True)
class Room:
    """What stands around the person."""

    floor: tuple[float, float, float] = (0.42, 0.25, 0.13)
    wall: tuple[float, float, float] = (0.62, 0.60, 0.55)
    mat: tuple[float, float, float] | None = (0.18, 0.30, 0.32)
    cluttered: bool = False
    seed: int = 1


@dataclass(frozen=True)
class Piece:
    """A piece of furniture that the person uses; it is painted behind the person."""

    x: tuple[float, float]
    """Where it begins and ends, in metres along the direction that the person first faces."""
    z: tuple[float, float]
    """How much nearer to the camera than the person it begins and ends."""
    top: float
    """Height above the floor."""
    colour: tuple[float, float, float] = (0.30, 0.20, 0.38)


@dataclass(frozen=True)
class Light:
    """How bright it is, and how noisy the camera."""

    exposure: float = 1.0
    """1 for a well-lit room."""
    noise: float = 0.003
    """Standard deviation, of a full scale of 1."""


@dataclass(frozen=True)
class Passer:
    """Somebody else who walks through."""

    z: float
    """How far nearer to the camera than the person; negative: behind."""
    start_s: float
    over_s: float = 4.0
    from_x: float = -3.0
    to_x: float = 3.0
    stature: float = 1.78


@dataclass(frozen=True)
class Script:
    """A whole clip."""

    name: str
    shows: str
    facing: Side
    stretched: Side
    phases: tuple[Phase, ...]
    fps: float = 12.0
    uneven: float = 0.0
    """How far frame times stray from even ones, as a share of a frame; below 0.5."""
    pose: str = "lunge-stretch"
    crf: int = 27
    """Compression: higher is smaller."""
    detail: float = 1.0
    """Share of the picture's size at which it is painted before it is enlarged: less is faster."""
    pad: float = 0.0
    """Height of a pad under the rear knee."""
    camera: Camera = field(default_factory=Camera)
    build: Build = field(default_factory=Build)
    look: Look = field(default_factory=Look)
    room: Room = field(default_factory=Room)
    light: Light = field(default_factory=Light)
    passer: Passer | None = None
    furniture: tuple[Piece, ...] = ()


def read_script(path: Path) -> Script:
    """Read a script.

    Raises:
        ValueError: It says something that no clip has.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    parts: dict[str, Any] = {
        name: _made(kind, data.pop(name), f"{path.name}: {name}")
        for name, kind in (
            ("camera", Camera),
            ("build", Build),
            ("look", Look),
            ("room", Room),
            ("light", Light),
            ("passer", Passer),
        )
        if name in data
    }
    phases = tuple(_phase(entry, path.name) for entry in data.pop("phase"))
    where = f"{path.name}: furniture"
    pieces = tuple(_made(Piece, entry, where) for entry in data.pop("furniture", ()))
    given = {"name": path.stem, "phases": phases, "furniture": pieces, **data, **parts}
    return _made(Script, given, path.name)


def _phase(entry: dict[str, Any], where: str) -> Phase:
    renamed = {{"over": "over_s", "for": "for_s"}.get(key, key): v for key, v in entry.items()}
    do = str(renamed.get("do"))
    if do not in get_args(Do):
        raise ValueError(f"{where}: a phase does one of {get_args(Do)}, not {do!r}")
    renamed.setdefault("says", _SAYS[do])
    renamed.setdefault("says_way", _WAYS.get(do, _SAYS[do]))
    return _made(Phase, renamed, f"{where}: phase")


def _made(kind: type[T], given: dict[str, Any], where: str) -> T:
    known = {item.name for item in fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(set(given) - known):
        raise ValueError(f"{where}: no {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    return kind(**{key: tuple(v) if isinstance(v, list) else v for key, v in given.items()})
