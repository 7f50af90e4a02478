"""The few colours, by the numbers: read in sunlight, and told apart by every kind of eye."""

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from formcheck.ui.drawing.colours import GOOD, INK, MEND, PAPER, QUIET, TRACK, WAIT, Colour
from formcheck.ui.window.camera_picture import DIMMED

Linear = npt.NDArray[np.float64]
"""Red, green and blue light, 0 to 1."""

KINDS_OF_EYE = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""What each sees of red, green and blue light: Machado, Oliveira and Fernandes, IEEE Transactions
on Visualization and Computer Graphics 2009;15(6):1291-1298, severity 1."""

TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour: Colour) -> Linear:
    red_green_blue = np.array(colour[::-1]) / 255
    low = red_green_blue <= 0.04045
    return np.where(low, red_green_blue / 12.92, ((red_green_blue + 0.055) / 1.055) ** 2.4)


def luminance(colour: Colour) -> float:
    return float(linear(colour) @ TO_XYZ[1])


def contrast(a: Colour, b: Colour) -> float:
    """Return the contrast ratio of WCAG 2, 1 to 21."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def in_sunlight(a: Colour, b: Colour, glare: float) -> float:
    """The same with so much of the screen's white reflected from its front."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + glare + 0.05) / (dark + glare + 0.05)


def lab(seen: Linear) -> npt.NDArray[np.float64]:
    """Return CIE L*a*b* for daylight."""
    x, y, z = TO_XYZ @ np.clip(seen, 0, 1) / (0.9505, 1.0, 1.089)
    fx, fy, fz = (
        value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116
        for value in (x, y, z)
    )
    return np.array([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)])


@pytest.mark.parametrize("colour", [PAPER, WAIT, QUIET, GOOD, MEND])
def test_every_colour_of_words_has_seven_to_one_on_their_ground(colour: Colour) -> None:
    assert contrast(colour, INK) >= 7


@pytest.mark.parametrize("colour", [PAPER, GOOD, MEND])
def test_large_words_are_read_with_the_sun_on_the_screen(colour: Colour) -> None:
    # A tenth of its white comes back from its front; WCAG asks 3 of large words.
    assert in_sunlight(colour, INK, 0.1) >= 3


def test_the_last_words_are_read_on_a_dimmed_white_wall() -> None:
    wall = round(255 * DIMMED)
    assert contrast(PAPER, (wall, wall, wall)) >= 7
    assert contrast(GOOD, (wall, wall, wall)) >= 3


@pytest.mark.parametrize("kind", list(KINDS_OF_EYE))
def test_what_means_different_things_looks_different_to_every_eye(kind: str) -> None:
    eye = KINDS_OF_EYE[kind]
    seen = {
        name: lab(eye @ linear(colour))
        for name, colour in {"good": GOOD, "mend": MEND, "wait": WAIT, "track": TRACK}.items()
    }
    for one, other in combinations(seen, 2):
        # 2.3 can just be told apart side by side.
        assert np.linalg.norm(seen[one] - seen[other]) >= 20, (kind, one, other)
