from hypothesis import given
from hypothesis import strategies as st

from formcheck.ui.layout import PanelPlace, Rect, arrange
from formcheck.ui.text import word

sides = st.integers(160, 2000)
sizes = st.tuples(sides, sides)
shapes = st.sampled_from([(640, 480), (1280, 720), (480, 640), (720, 1280), (640, 640), (352, 288)])


@given(sizes, shapes, st.booleans())
def test_everything_lies_on_the_canvas(
    canvas: tuple[int, int], image: tuple[int, int], covers_left: bool
) -> None:
    layout = arrange(canvas, image, covers_left=covers_left)
    whole = Rect(0, 0, *canvas)
    for part in (layout.picture, layout.panel, layout.cue_area):
        assert part.overlap(whole) == part.area


@given(sizes, shapes)
def test_the_picture_keeps_its_shape(canvas: tuple[int, int], image: tuple[int, int]) -> None:
    picture = arrange(canvas, image).picture
    assert abs(picture.width * image[1] - picture.height * image[0]) <= max(image)


@given(sizes, shapes)
def test_only_a_wide_picture_is_covered_by_the_panel(
    canvas: tuple[int, int], image: tuple[int, int]
) -> None:
    layout = arrange(canvas, image)
    is_covered = layout.picture.overlap(layout.panel) > 0
    assert is_covered == (layout.place is PanelPlace.OVER)
    assert not is_covered or image[0] / image[1] >= 1.5


@given(sizes, shapes, st.booleans())
def test_the_cue_and_the_panel_have_their_own_places(
    canvas: tuple[int, int], image: tuple[int, int], covers_left: bool
) -> None:
    layout = arrange(canvas, image, covers_left=covers_left)
    parts = layout.parts
    ring = Rect(
        layout.panel.x + parts.ring_centre[0] - parts.ring_radius,
        layout.panel.y + parts.ring_centre[1] - parts.ring_radius,
        2 * parts.ring_radius,
        2 * parts.ring_radius,
    )
    assert layout.cue_area.overlap(ring) == 0


def test_a_camera_s_usual_picture_fills_the_height_with_the_panel_beside_it() -> None:
    layout = arrange((1280, 720), (640, 480))
    assert layout.place is PanelPlace.BESIDE
    assert layout.picture == Rect(0, 0, 960, 720)


def test_a_wide_picture_fills_the_canvas_under_the_panel() -> None:
    layout = arrange((1280, 720), (1920, 1080))
    assert layout.place is PanelPlace.OVER
    assert layout.picture == Rect(0, 0, 1280, 720)


def test_a_wide_picture_is_covered_at_the_edge_that_is_asked_for() -> None:
    right = arrange((1280, 720), (1280, 720))
    left = arrange((1280, 720), (1280, 720), covers_left=True)
    assert right.cue_area.x < right.panel.x
    assert left.panel.x < left.cue_area.x


def test_a_canvas_on_its_end_has_the_panel_below() -> None:
    assert arrange((720, 1280), (640, 480)).place is PanelPlace.BELOW
    assert arrange((720, 1280), (720, 1280)).place is PanelPlace.BELOW


def test_numbers_of_equally_many_digits_are_equally_wide() -> None:
    assert len({word(str(number), 130).advance for number in range(10, 60)}) == 1


@given(shapes, st.floats(0, 1), st.floats(0, 1))
def test_mirroring_twice_is_no_mirroring(image: tuple[int, int], x: float, y: float) -> None:
    layout = arrange((1280, 720), image)
    once = layout.mirrored(x * image[0], y * image[1], image)
    size = layout.picture.width, layout.picture.height
    twice = layout.mirrored(*once, size)
    assert abs(twice[0] - x * size[0]) < 1e-6
    assert abs(twice[1] - once[1]) < 1e-6
