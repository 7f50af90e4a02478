"""The placements: where a camera may stand, and what somebody does in front of it.

In every clip they stand, then kneel down (or step into a high lunge) and keep still, facing the
picture's right, so that the right leg is the one near the camera. The camera is pitched so that
the whole body is in the picture all the time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import atan2, degrees
from typing import Final, Literal

from samples.render.camera import Camera
from samples.render.clip import Clip
from samples.render.script import Look, Phase, Script
from samples.render.skeleton import Build

Leg = Literal["near", "far"]
Does = Literal["kneel", "lunge"]

FPS: Final = 10.0
STAND_S: Final = 1.2
OVER_S: Final = 2.5
HOLD_S: Final = 4.8

HEIGHTS_M: Final = (0.15, 0.30, 0.55, 0.85, 1.20, 1.50)
YAWS_DEG: Final = (-30, -20, -10, 0, 10, 20, 30)
LEGS: Final[tuple[Leg, ...]] = ("near", "far")

_DETAIL: Final = 0.6
"""Painted at 384 by 288: MediaPipe, which looks at 256 by 256, finds the same joints in it."""
_LOOKED_AT_M: Final = 0.82
"""The height at which the middle of the picture is: about half of a body."""

BODIES: Final[dict[str, tuple[Build, Look]]] = {
    "average": (Build(), Look()),
    "broad": (
        Build(1.66, girth=1.22, legs=0.97),
        Look(
            skin=(0.45, 0.25, 0.16),
            top=(0.10, 0.35, 0.16),
            trousers=(0.30, 0.24, 0.16),
            hair_style="bald",
            trouser_cut="short",
            loose=0.5,
        ),
    ),
    "small": (
        Build(1.62, girth=0.95, legs=1.02, shoulders=0.94),
        Look(
            skin=(0.70, 0.45, 0.34),
            top=(0.55, 0.10, 0.12),
            trousers=(0.10, 0.11, 0.14),
            shoes=(0.08, 0.08, 0.09),
            hair=(0.16, 0.08, 0.035),
            hair_style="bun",
            trouser_cut="short",
        ),
    ),
    "tall": (
        Build(1.84, girth=1.06, shoulders=1.08),
        Look(
            skin=(0.16, 0.085, 0.05),
            top=(0.30, 0.32, 0.10),
            trousers=(0.05, 0.06, 0.09),
            shoes=(0.30, 0.05, 0.05),
            hair=(0.015, 0.012, 0.01),
        ),
    ),
}


@dataclass(frozen=True)
class Placement:
    """One clip. Metres and degrees."""

    group: str
    """What it is there for: "grid", "lifted 24 cm", "rolled"..."""
    leg: Leg = "near"
    """Where the stretched leg is."""
    height: float = 0.85
    """Of the lens above the floor."""
    yaw: float = 0.0
    """How far the person is turned towards the camera."""
    distance: float = 2.9
    fov: float = 60.0
    """Of the picture's height."""
    roll: float = 0.0
    """Of the camera, clockwise from behind it."""
    barrel: float = 0.0
    """By what share of itself the lens draws the picture's corner nearer to the middle."""
    aside: float = 0.0
    """How far the person is from the middle of the picture, backwards."""
    pad: float = 0.0
    """Height of a pad under the rear knee."""
    lift: float = 0.0
    """Of the rear knee above the floor, in the air."""
    does: Does = "kneel"
    body: str = "average"
    size: tuple[int, int] = (640, 480)

    @property
    def name(self) -> str:
        """A name of its own, from all that sets it apart."""
        default = Placement(self.group)
        words = [self.group, self.leg, f"{self.height:.2f}m", f"yaw{self.yaw:+.0f}"]
        for item in ("distance", "fov", "roll", "barrel", "aside", "pad", "lift", "body"):
            value = getattr(self, item)
            if value != getattr(default, item):
                words.append(f"{item}-{value if isinstance(value, str) else f'{value:g}'}")
        if self.size != default.size:
            words.append(f"{self.size[0]}x{self.size[1]}")
        return " ".join(words)

    @property
    def pitch(self) -> float:
        """How far the camera looks down, in degrees."""
        return degrees(atan2(self.height - _LOOKED_AT_M, self.distance))

    @property
    def is_good(self) -> bool:
        """Whether every second of the hold is to be counted."""
        return self.does == "kneel" and self.lift == 0 and abs(self.yaw) <= 30

    @property
    def hold_from_s(self) -> float:
        """When the person is in the pose, in seconds."""
        return STAND_S + OVER_S

    def clip(self) -> Clip:
        """Return what is to be painted, its truth included."""
        build, look = BODIES[self.body]
        if self.does == "lunge":
            pose = Phase(
                "lunge",
                over_s=OVER_S,
                for_s=HOLD_S,
                front_knee=85.0,
                extension=45.0,
                lean=4.0,
                rear_knee=8.0,
            )
        else:
            pose = Phase(
                "kneel",
                over_s=OVER_S,
                for_s=HOLD_S,
                front_knee=111.0,
                rear_knee_up=self.lift + self.pad,
                rear_foot="tucked" if self.lift else "relaxed",
            )
        camera = Camera(
            size=self.size,
            yaw=self.yaw,
            pitch=self.pitch,
            height=self.height,
            distance=self.distance,
            fov=self.fov,
            aim=-0.3 + self.aside,
            roll=self.roll,
        )
        return Clip(
            Script(
                self.name,
                self.group,
                "right",
                "right" if self.leg == "near" else "left",
                (Phase("stand", for_s=STAND_S), pose),
                fps=FPS,
                detail=_DETAIL,
                pad=self.pad,
                camera=camera,
                build=build,
                look=look,
            )
        )


@cache
def placements() -> dict[str, Placement]:
    """Return every placement by its name."""
    return {placement.name: placement for placement in _every()}


def _every() -> Iterator[Placement]:  # noqa: PLR0912
    for leg in LEGS:
        for height in HEIGHTS_M:
            for yaw in YAWS_DEG:
                yield Placement("grid", leg, height, yaw)
    for leg in LEGS:
        for lift in (0.24, 0.16):
            for height in (0.30, 0.85, 1.20):
                for yaw in (-20, 0, 20):
                    yield Placement(f"lifted {100 * lift:.0f} cm", leg, height, yaw, lift=lift)
        for height in (0.30, 1.20):
            for yaw in (-20, 20):
                yield Placement("high lunge", leg, height, yaw, does="lunge")
        for height in (0.55, 1.20):
            for yaw in (-45, -38, 38, 45):
                yield Placement("turned too far", leg, height, yaw)
        for yaw in (-10, 10):
            yield Placement("pad", leg, 1.20, yaw, pad=0.08)
            yield Placement("rolled", leg, 1.20, yaw, roll=8.0)
            yield Placement("rolled", leg, 0.55, yaw, roll=-8.0)
        for height, yaw, distance, fov in (
            (1.20, 15, 1.8, 78),
            (1.20, -15, 1.8, 78),
            (0.30, 15, 1.8, 78),
            (1.20, 15, 1.9, 100),
            (0.55, -15, 1.9, 100),
            (1.20, 15, 2.3, 60),
            (1.20, 15, 4.0, 55),
            (0.85, -20, 5.5, 55),
        ):
            yield Placement("distance", leg, height, yaw, distance, fov)
        yield Placement("barrel", leg, 0.85, 20, 1.9, 90.0, barrel=0.12)
        yield Placement("barrel", leg, 1.20, -20, 1.9, 90.0, barrel=0.12)
        yield Placement("aside", leg, 0.85, 10, aside=0.9)
        yield Placement("portrait", leg, 0.85, -15, 3.2, 62.0, size=(480, 640))
    for body in ("broad", "small", "tall"):
        for leg in LEGS:
            for height in (0.30, 0.85, 1.50):
                for yaw in (-30, 30) if body == "tall" else (-30, -15, 15, 30):
                    yield Placement("body", leg, height, yaw, body=body)
            for height, yaw in ((0.85, -20), (1.20, 0), (0.30, 20)) if body != "tall" else ():
                yield Placement("lifted 16 cm", leg, height, yaw, lift=0.16, body=body)
            for yaw in (-38, 38):
                yield Placement("turned too far", leg, 0.85, yaw, body=body)
