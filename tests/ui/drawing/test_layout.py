from math import atan, degrees
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.coach import coach
from formcheck.coach.cue import Cue
from formcheck.coach.setup_step import Need, Wanted, step_for
from formcheck.pose.definition import load_pose, pose_names
from formcheck.ui import readout
from formcheck.ui.drawing.layout import CAPITALS, PanelPlace, Rect, arrange
from formcheck.ui.drawing.text import CAP_HEIGHT, Cut, fitting_cut, word
from formcheck.ui.window.band import words_of
from formcheck.ui.window.panel import LARGEST_NUMBER, LARGEST_TITLE

sides = st.integers(160, 2600)
sizes = st.tuples(sides, sides)
SHAPES = [(640, 480), (1280, 720), (480, 640), (480, 854), (720, 1280), (640, 640), (352, 288)]
shapes = st.sampled_from(SHAPES)

PIXEL_MM = 13 * 25.4 / (1280**2 + 720**2) ** 0.5
"""Of a screen of 13 inches that 1280 x 720 pixels fill."""


def minutes_of_arc(height_px: float, distance_mm: float = 3000) -> float:
    return degrees(atan(height_px * PIXEL_MM / distance_mm)) * 60


@given(sizes, shapes)
def test_everything_lies_on_the_canvas_and_nothing_over_anything_else(
    canvas: tuple[int, int], image: tuple[int, int]
) -> None:
    layout = arrange(canvas, image)
    whole = Rect(0, 0, *canvas)
    parts = (layout.band.area, layout.picture, layout.panel)
    for part in parts:
        assert part.overlap(whole) == part.area
    assert sum(a.overlap(b) for a in parts for b in parts if a is not b) == 0


@given(sizes, shapes)
def test_the_picture_keeps_its_shape(canvas: tuple[int, int], image: tuple[int, int]) -> None:
    picture = arrange(canvas, image).picture
    assert abs(picture.width * image[1] - picture.height * image[0]) <= max(image)


@given(st.tuples(st.integers(480, 2600), st.integers(360, 2600)), shapes)
def test_the_parts_of_the_panel_lie_in_it_apart_from_each_other(
    canvas: tuple[int, int], image: tuple[int, int]
) -> None:
    layout = arrange(canvas, image)
    parts, panel = layout.parts, Rect(0, 0, layout.panel.width, layout.panel.height)
    x, y = parts.ring_centre
    reach = parts.ring_radius
    cap = round(CAPITALS * LARGEST_TITLE * parts.unit)
    half = parts.title_width // 2
    title = Rect(parts.title[0] - half, parts.title[1] - cap, 2 * half, cap)
    boxes = [Rect(x - reach, y - reach, 2 * reach, 2 * reach), title, *parts.bars]
    for box in boxes:
        assert box.grown(-2).overlap(panel) == box.grown(-2).area
    assert sum(a.overlap(b) for a in boxes for b in boxes if a is not b) == 0
    assert parts.small_print[1] < layout.panel.height


@pytest.mark.parametrize("image", SHAPES[:4])
def test_side_and_number_can_be_read_at_three_metres(image: tuple[int, int]) -> None:
    parts = arrange((1280, 720), image).parts
    for text, largest, width in (
        ("Right", LARGEST_TITLE * parts.unit, parts.title_width),
        ("Left", LARGEST_TITLE * parts.unit, parts.title_width),
        ("60", LARGEST_NUMBER * parts.unit, round(200 * parts.unit)),
        ("120", LARGEST_NUMBER * parts.unit, round(200 * parts.unit)),
    ):
        size, _ = fitting_cut(text, round(largest), width)
        assert minutes_of_arc(CAP_HEIGHT * size) >= 20, text


def every_cue() -> list[str]:
    """Every cue of the program's own, and of every pose."""
    own = [value for each in (coach, readout) for value in vars(each).values()]
    texts = [cue.text for cue in own if isinstance(cue, Cue)]
    steps = [step_for(Wanted(need, 90.0)) for need in Need]
    texts += [step.cue.text for step in steps]
    for name in pose_names():
        pose = load_pose(name)
        texts += [fault.cue for fault in pose.faults] + [hint.cue for hint in pose.hints]
    return sorted(set(texts))


@pytest.mark.parametrize("text", every_cue())
def test_every_cue_can_be_read_at_three_metres(text: str) -> None:
    setting = words_of(text, arrange((1280, 720), (640, 480)).band)
    assert minutes_of_arc(CAP_HEIGHT * setting.font_size) >= 20
    assert len(setting.lines) == 1


def test_small_print_can_be_read_before_the_laptop() -> None:
    parts = arrange((1280, 720), (640, 480)).parts
    assert minutes_of_arc(CAP_HEIGHT * 23 * parts.unit, 600) >= 20


def test_a_camera_s_usual_picture_fills_the_height_below_the_words() -> None:
    layout = arrange((1280, 720), (640, 480))
    assert layout.place is PanelPlace.BESIDE
    assert layout.picture.bottom == 720
    assert layout.picture.width >= 0.6 * 1280


def test_a_canvas_on_its_end_has_the_panel_below() -> None:
    assert arrange((720, 1280), (640, 480)).place is PanelPlace.BELOW


def test_numbers_of_equally_many_digits_are_equally_wide() -> None:
    for cut in get_args(Cut):
        assert len({word(str(number), 130, cut).advance for number in range(10, 60)}) == 1


@given(shapes, st.floats(0, 1), st.floats(0, 1))
def test_mirroring_twice_is_no_mirroring(image: tuple[int, int], x: float, y: float) -> None:
    layout = arrange((1280, 720), image)
    once = layout.mirrored(x * image[0], y * image[1], image)
    size = layout.picture.width, layout.picture.height
    twice = layout.mirrored(*once, size)
    assert abs(twice[0] - x * size[0]) < 1e-6
    assert abs(twice[1] - once[1]) < 1e-6
