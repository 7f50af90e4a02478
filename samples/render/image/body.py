"""The body as smooth solids around its joints: flesh, clothes, face, hair and shoes."""

from dataclasses import dataclass

import numpy as np

from samples.render.image.collect import (
    EYE,
    HAIR,
    LIP,
    SHOE,
    SKIN,
    SOCK,
    SOLE,
    TOP,
    TROUSERS,
    Solids,
)
from samples.render.script import Look
from samples.render.skeleton import SIGN, Array, Figure, Side

_TORSO, _NECK, _HEAD, _HAIR, _ARM, _LEG = 0, 1, 2, 3, 4, 6
"""Parts of the body: solids melt together within one. An arm or leg adds 1 on the right."""


@dataclass(frozen=True)
class Pose:
    """One frame of a figure in the world."""

    joints: dict[str, Array]
    """(3,) by name."""
    axes: dict[str, Array]
    """(3, 3) by part, as columns; a hand's is its direction three times over."""
    scale: float
    girth: float
    bend: float


def pose_at(figure: Figure, index: int) -> Pose:
    """Take one frame out of a figure."""
    angle = np.deg2rad(figure.posture.heading[index])
    cos, sin = np.cos(angle), np.sin(angle)
    turn = np.array([[cos, 0.0, sin], [0.0, 1.0, 0.0], [-sin, 0.0, cos]])
    x, z = figure.posture.origin[index]
    place = np.array([x, 0.0, z])
    return Pose(
        {name: turn @ points[index] + place for name, points in figure.joints.items()},
        {name: turn @ axes[index] for name, axes in figure.frames.items()},
        figure.build.scale,
        figure.build.girth,
        float(figure.posture.bend[index]),
    )


def solids_of(pose: Pose, look: Look, person: int = 0) -> Array:
    """Return (N, ROW) solids of one person; `person` keeps several people's parts apart."""
    solids = Solids(person, pose.scale)
    _torso(solids, pose, look)
    _head(solids, pose, look)
    for index, side in enumerate(SIGN):
        _arm(solids, pose, look, side, _ARM + index)
        _leg(solids, pose, look, side, _LEG + index)
    return np.array(solids.rows)


def head_of(pose: Pose) -> Array:
    """Return (4, 4): the head's axes as columns, then its centre and scale, for the face."""
    head = np.zeros((4, 4))
    head[:3, :3] = pose.axes["head"]
    head[3, :3], head[3, 3] = pose.joints["head"], pose.scale
    return head


def materials_of(look: Look) -> Array:
    """Return (9, 7): colour, shine, depth of folds, sharpness of shine and density of folds."""
    lip = (look.skin[0] * 0.80, look.skin[1] * 0.52, look.skin[2] * 0.55)
    white = (0.80, 0.78, 0.76)
    grey = (0.7, 0.7, 0.7)
    fold = 16.0 - 6.0 * look.loose
    top, trousers = 1.6 + 2.2 * look.loose, 1.1 + 2.4 * look.loose
    return np.array(
        [
            (*look.skin, 0.06, 0.0, 18.0, fold),
            (*look.top, 0.01, top, 10.0, fold),
            (*look.trousers, 0.02, trousers, 12.0, fold),
            (*look.shoes, 0.05, 0.0, 20.0, fold),
            (*look.hair, 0.06, 0.0, 25.0, fold),
            (*white, 0.30, 0.0, 60.0, fold),
            (*lip, 0.06, 0.0, 25.0, fold),
            (*grey, 0.02, 0.0, 10.0, fold),
            (*grey, 0.0, 0.0, 10.0, fold),
        ]
    )


def _torso(solids: Solids, pose: Pose, look: Look) -> None:
    hips, chest, pelvis = pose.joints["mid_hip"], pose.axes["chest"], pose.axes["pelvis"]
    spine, top, s = pose.axes["spine"], pose.joints["mid_shoulder"], pose.scale
    girth, loose = pose.girth, 1.0 + 0.13 * look.loose

    def on(axes: Array, origin: Array, x: float, y: float, z: float) -> Array:
        return np.asarray(origin + axes @ (np.array([x, y, z]) * s))

    def add(material: int, axes: Array, at: Array, radii: tuple[float, float, float]) -> None:
        grow = girth * (loose if material == TOP else 1.0 + 0.05 * look.loose)
        solids.ellipsoid(_TORSO, material, 0.05, axes, at, radii, grow)

    add(TROUSERS, pelvis, on(pelvis, hips, -0.008, 0.02, 0), (0.108, 0.115, 0.160))
    for sign in (-1.0, 1.0):
        add(TROUSERS, pelvis, on(pelvis, hips, -0.058, -0.015, sign * 0.075), (0.080, 0.100, 0.085))
    back = -0.0022 * pose.bend  # a rounded back stands behind the straight line
    waist = hips + 0.36 * (top - hips)
    add(TOP, spine, on(spine, waist, 0.004 + back, 0, 0), (0.096, 0.170, 0.136))
    hem = hips + 0.14 * (top - hips)
    add(TOP, spine, on(spine, hem, -0.006, -0.03 * look.loose, 0), (0.106, 0.085, 0.152))
    add(TOP, chest, on(chest, top, -0.002 + back / 2, -0.15, 0), (0.116, 0.165, 0.158))
    add(TOP, chest, on(chest, top, -0.02, -0.02, 0), (0.082, 0.070, 0.165))
    for side, sign in SIGN.items():
        shoulder = pose.joints[f"{side}_shoulder"]
        add(TOP, chest, on(chest, top, 0.055, -0.10, sign * 0.065), (0.058, 0.062, 0.075))
        solids.limb(
            _TORSO,
            TOP,
            0.03,
            on(chest, top, -0.02, 0.035, sign * 0.05),
            on(chest, shoulder, -0.012, 0.012, -sign * 0.02),
            (0.040, 0.048),
            loose,
        )
        at = on(chest, shoulder, -0.005, -0.015, sign * 0.003)
        solids.ellipsoid(_TORSO, TOP, 0.03, chest, at, (0.062, 0.072, 0.056), girth * loose)


def _head(solids: Solids, pose: Pose, look: Look) -> None:
    head, centre, s = pose.axes["head"], pose.joints["head"], pose.scale
    chest, top = pose.axes["chest"], pose.joints["mid_shoulder"]

    def on(x: float, y: float, z: float = 0.0) -> Array:
        return np.asarray(centre + head @ (np.array([x, y, z]) * s))

    def add(
        material: int,
        blend: float,
        at: Array,
        radii: tuple[float, float, float],
        is_face: bool = False,
    ) -> None:
        solids.ellipsoid(_HEAD, material, blend, head, at, radii, is_face=is_face)

    throat = top + chest @ (np.array([-0.022, 0.0, 0.0]) * s)
    solids.limb(_NECK, SKIN, 0.02, throat, on(-0.028, -0.05), (0.064, 0.056, 0.052, 0.052, 0.052))
    add(SKIN, 0.03, on(-0.014, 0.030), (0.096, 0.092, 0.074), is_face=True)
    add(SKIN, 0.03, on(0.022, -0.035), (0.066, 0.078, 0.057), is_face=True)
    add(SKIN, 0.03, on(0.058, -0.092), (0.024, 0.020, 0.026), is_face=True)
    nose = (0.008, 0.009, 0.010, 0.012, 0.014)
    solids.limb(_HEAD, SKIN, 0.012, on(0.083, 0.022), on(0.106, -0.022), nose, is_face=True)
    add(SKIN, 0.015, on(0.074, 0.040), (0.016, 0.012, 0.050), is_face=True)
    add(LIP, 0.006, on(0.081, -0.056), (0.012, 0.006, 0.024))
    add(LIP, 0.006, on(0.079, -0.066), (0.012, 0.007, 0.021))
    for sign in (-1.0, 1.0):
        jaw = (0.018, 0.016)
        solids.limb(
            _HEAD,
            SKIN,
            0.02,
            on(0.0, -0.072, 0.045 * sign),
            on(0.058, -0.095, 0.012 * sign),
            jaw,
            is_face=True,
        )
        add(SKIN, 0.010, on(0.094, -0.028, 0.012 * sign), (0.012, 0.008, 0.009), is_face=True)
        add(EYE, 0.003, on(0.066, 0.014, 0.032 * sign), (0.0155, 0.0095, 0.0150))
        add(SKIN, 0.006, on(-0.006, -0.004, 0.076 * sign), (0.020, 0.032, 0.010))
        add(SKIN, 0.02, on(0.060, -0.015, 0.040 * sign), (0.018, 0.016, 0.014), is_face=True)
    if look.hair_style == "bald":
        return
    line = (0.80, -0.60, 0.0, -0.035)
    solids.ellipsoid(_HAIR, HAIR, 0.015, head, on(-0.020, 0.036), (0.104, 0.100, 0.083), cut=line)
    solids.ellipsoid(_HAIR, HAIR, 0.02, head, on(-0.055, -0.005), (0.060, 0.070, 0.070), cut=line)
    if look.hair_style == "bun":
        solids.ellipsoid(_HAIR, HAIR, 0.01, head, on(-0.120, 0.045), (0.042, 0.040, 0.042))


def _arm(solids: Solids, pose: Pose, look: Look, side: Side, part: int) -> None:
    shoulder, elbow = pose.joints[f"{side}_shoulder"], pose.joints[f"{side}_elbow"]
    wrist, girth, s = pose.joints[f"{side}_wrist"], pose.girth, pose.scale
    sign = SIGN[side]
    forward = pose.axes["chest"][:, 0]
    solids.limb(
        part, SKIN, 0.02, shoulder, elbow, (0.050, 0.050, 0.048, 0.043, 0.040), girth, forward
    )
    along = elbow - shoulder
    sleeve = (0.058, 0.060, 0.059, 0.058, 0.057)
    cloth = girth * (1.0 + 0.22 * look.loose)
    start, end = shoulder - 0.02 * along, shoulder + look.sleeve * along
    solids.limb(part, TOP, 0.01, start, end, sleeve, cloth, forward)
    solids.limb(
        part, SKIN, 0.02, elbow, wrist, (0.040, 0.043, 0.038, 0.031, 0.027), girth, forward, 0.92
    )
    hand = pose.axes[f"{side}_hand"][:, 0]
    inward = pose.axes["spine"][:, 2] * -sign
    across = np.cross(hand, inward)
    across = across / (np.linalg.norm(across) + 1e-9)
    palm = np.cross(across, hand)
    axes = np.stack([across, hand, palm], 1)
    solids.ellipsoid(part, SKIN, 0.015, axes, wrist + hand * 0.045 * s, (0.036, 0.050, 0.017))
    for offset, length in ((-0.027, 0.068), (-0.009, 0.078), (0.009, 0.074), (0.027, 0.056)):
        knuckle = wrist + (hand * 0.080 + across * offset) * s
        tip = knuckle + (hand * length * 0.9 + palm * 0.015) * s
        solids.limb(part, SKIN, 0.004, knuckle, tip, (0.010, 0.0075))
    thumb = wrist + (hand * 0.03 - across * 0.028) * s
    tip = wrist + (hand * 0.085 - across * 0.052 + palm * 0.01) * s
    solids.limb(part, SKIN, 0.008, thumb, tip, (0.013, 0.009))


def _leg(solids: Solids, pose: Pose, look: Look, side: Side, part: int) -> None:
    hip, knee = pose.joints[f"{side}_hip"], pose.joints[f"{side}_knee"]
    ankle, girth, s = pose.joints[f"{side}_ankle"], pose.girth, pose.scale
    sign = SIGN[side]
    body = pose.axes["pelvis"]
    forward = np.array([body[0, 0], 0.3, body[2, 0]])
    is_long = look.trouser_cut == "long"
    cover = TROUSERS if is_long else SKIN
    cloth = girth * (1.0 + (0.16 * look.loose if is_long else 0.0))
    solids.limb(part, cover, 0.035, hip, knee, (0.084, 0.086, 0.077, 0.063, 0.056), cloth, forward)
    if not is_long:
        shorts = (0.092, 0.096, 0.093, 0.090, 0.088)
        grow = girth * (1.0 + 0.12 * look.loose)
        solids.limb(part, TROUSERS, 0.01, hip, hip + 0.55 * (knee - hip), shorts, grow, forward)
    ahead = knee - (hip + ankle) / 2
    ahead = ahead / (np.linalg.norm(ahead) + 1e-9)
    cap = (0.052, 0.054, 0.052)
    solids.ellipsoid(part, cover, 0.03, np.eye(3), knee + ahead * 0.008 * s, cap, girth)
    shin = ankle - knee
    down = shin / np.linalg.norm(shin)
    behind = (down * (ahead @ down) - ahead) * s
    solids.limb(part, cover, 0.03, knee, ankle, (0.052, 0.050, 0.046, 0.038, 0.035), cloth, forward)
    calf = (0.040, 0.050, 0.052, 0.044, 0.032)
    solids.limb(
        part,
        cover,
        0.03,
        knee + 0.08 * shin + behind * 0.018,
        knee + 0.62 * shin + behind * 0.010,
        calf,
        cloth,
        forward,
    )
    if is_long and look.loose > 0:
        hem = (0.050, 0.056, 0.060)
        solids.limb(
            part, TROUSERS, 0.02, knee + 0.35 * shin, knee + 0.88 * shin, hem, 1 + 0.2 * look.loose
        )
    foot = pose.axes[f"{side}_foot"]

    def on(x: float, y: float, z: float = 0.0) -> Array:
        return np.asarray(ankle + foot @ (np.array([x, y, z]) * s))

    start, end = ankle - down * 0.06 * s, ankle + down * 0.005 * s
    solids.limb(part, SOCK, 0.012, start, end, (0.041, 0.040))
    heel_cut, toe_cut = (0.0, -1.0, 0.0, -0.051), (0.0, -1.0, 0.0, -0.025)
    solids.ellipsoid(
        part, SHOE, 0.02, foot, on(-0.022, -0.034), (0.052, 0.048, 0.038), cut=heel_cut
    )
    solids.limb(part, SHOE, 0.03, on(0, -0.018), on(0.105, -0.056), (0.044, 0.030), 1.0, foot[:, 2])
    solids.ellipsoid(
        part, SHOE, 0.02, foot, on(0.115, -0.060, 0.004 * sign), (0.068, 0.034, 0.044), cut=toe_cut
    )
    solids.ellipsoid(part, SOLE, 0.004, foot, on(0.050, -0.078), (0.140, 0.012, 0.048))
