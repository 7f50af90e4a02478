from dataclasses import replace
from math import hypot

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.coach.cue import Tone
from formcheck.session import Outcome
from formcheck.speech.rest import NEXT
from formcheck.ui.cue_shape import shape_of
from formcheck.ui.display import Resting, Status
from formcheck.ui.drawing import text
from formcheck.ui.drawing.colours import GOOD, INK, MEND, PAPER, Colour
from formcheck.ui.drawing.shapes import Shape
from formcheck.ui.drawing.sprite import Pixels
from formcheck.ui.window import panel
from formcheck.ui.window.overlay import Overlay
from tests.ui.bodies import POSE, Kneeling, after, made_of, outcomes

CANVASES = [(1280, 720), (1920, 1080), (720, 1280), (640, 480), (160, 160)]
IMAGES = [(640, 480), (1280, 720), (720, 1280)]


def grey(size: tuple[int, int], level: int = 90) -> Pixels:
    return np.full((size[1], size[0], 3), level, np.uint8)


def on_canvas(overlay: Overlay, point: tuple[float, float]) -> tuple[int, int]:
    right, down = overlay.layout.mirrored(*point, (640, 480))
    return round(overlay.layout.picture.x + right), round(overlay.layout.picture.y + down)


def luminance(colour: Colour) -> float:
    linear = [float((part / 255) ** 2.2) for part in colour]
    return 0.0722 * linear[0] + 0.7152 * linear[1] + 0.2126 * linear[2]


def contrast(a: Colour, b: Colour) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("faces_left", [False, True])
def test_the_joints_are_drawn_over_the_mirrored_person(faces_left: bool) -> None:
    body = Kneeling(middle=(380, 260), faces_left=faces_left).landmarks()
    outcome = after(3, body)
    image = grey(body.image_size)
    shirt: Colour = (200, 40, 40)
    knee = body.image_xy[25]
    x, y = int(knee[0]), int(knee[1])
    image[y - 25 : y + 25, x - 25 : x + 25] = shirt
    overlay = Overlay(POSE)
    canvas = overlay.draw(image, outcome)
    right, down = on_canvas(overlay, (float(knee[0]), float(knee[1])))
    assert tuple(canvas[down, right]) == GOOD
    ys, xs = np.nonzero((canvas == shirt).all(axis=2))
    assert abs(xs.min() + xs.max() - 2 * right) <= 6
    assert abs(ys.min() + ys.max() - 2 * down) <= 6


def test_the_picture_is_mirrored_and_the_image_itself_is_not_touched() -> None:
    overlay = Overlay(POSE)
    area = overlay.layout.picture
    shape = area.height, area.width, 3
    image = np.random.default_rng(1).integers(0, 255, shape, dtype=np.uint8)
    before = image.copy()
    canvas = overlay.draw(image, None)
    assert overlay.layout.picture == area
    middle = np.s_[100:400, 100:600]
    assert (canvas[area.pixels][middle] == image[:, ::-1][middle]).all()
    assert (image == before).all()


@given(
    st.builds(
        Kneeling,
        lean_deg=st.floats(-180, 180),
        hips_forward=st.floats(-3, 3),
        trunk_px=st.floats(2, 3000),
        middle=st.tuples(st.floats(-300, 900), st.floats(-300, 800)),
        faces_left=st.booleans(),
    ),
    st.sampled_from(CANVASES),
)
def test_nothing_of_any_body_is_drawn_outside_the_picture(
    kneeling: Kneeling, canvas: tuple[int, int]
) -> None:
    overlay = Overlay(POSE, canvas)
    states = outcomes([kneeling.landmarks()] * 12)
    for outcome in (states[0], replace(states[-1], time_s=30.0), replace(states[-1], time_s=31.0)):
        with_body = overlay.draw(grey((640, 480)), outcome).copy()
        without = overlay.draw(grey((640, 480)), replace(outcome, landmarks=None, view=None))
        area = overlay.layout.picture
        for drawn in (with_body, without):
            drawn[area.pixels] = 0
        assert (with_body == without).all()


def test_the_number_is_the_whole_seconds_held(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []

    def write(canvas: Pixels, words: str, at: tuple[int, int], **how: object) -> None:
        written.append(words)
        text.write(canvas, words, at, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(panel, "write", write)
    overlay = Overlay(POSE)
    body = Kneeling().landmarks()
    for outcome in outcomes([body] * 200)[::23]:
        written.clear()
        overlay.draw(grey((640, 480)), outcome)
        seconds = int(outcome.feedback.seconds)
        if written and outcome.hold.is_holding:  # it is drawn only when something changed
            assert {str(seconds), f"{seconds} s", "of 60 s"} <= set(written)


def test_the_number_can_be_read_across_a_room() -> None:
    for image in IMAGES[:2]:
        overlay = Overlay(POSE)
        ten = after(11.0, Kneeling().landmarks())
        canvas = overlay.draw(grey(image), ten)
        parts, place = overlay.layout.parts, overlay.layout.panel
        x, y = place.x + parts.ring_centre[0], place.y + parts.ring_centre[1]
        reach = round(parts.ring_radius * 0.75)
        within = canvas[y - reach : y + round(reach * 0.4), x - reach : x + reach]
        rows = np.nonzero((within.min(axis=2) > 180).any(axis=1))[0]
        assert rows.max() - rows.min() >= 80


@pytest.mark.parametrize("canvas", CANVASES)
@pytest.mark.parametrize("image", IMAGES)
def test_every_state_can_be_drawn_on_every_canvas(
    canvas: tuple[int, int], image: tuple[int, int]
) -> None:
    middle = image[0] / 2, image[1] / 2
    good = Kneeling(size=image, middle=middle, trunk_px=image[1] / 4)
    states: list[Outcome | None] = [
        None,
        after(2, None),
        after(3, good.landmarks()),
        after(3, Kneeling(40, size=image, middle=middle, trunk_px=image[1] / 4).landmarks()),
        after(3, good.landmarks(), target_s=1),
        outcomes([good.landmarks()] * 60, paused=True)[-1],
    ]
    overlay = Overlay(POSE, canvas)
    for outcome in states:
        for status in (*Status, Resting(7.2, NEXT["lying"])):
            for picture in (grey(image), None):
                drawn = overlay.draw(picture, outcome, status)
                assert drawn.shape == (canvas[1], canvas[0], 3)
                assert drawn.dtype == np.uint8


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -1e9, 1e9, -40.0, 5000.0])
def test_landmarks_off_the_picture_or_missing_break_nothing(wrong: float) -> None:
    overlay = Overlay(POSE)
    for index in (0, 11, 23, 25, 28):
        xy = Kneeling().landmarks().image_xy.copy()
        xy[index] = wrong
        overlay.draw(grey((640, 480)), after(1, made_of(xy)))


def test_another_picture_size_and_another_canvas_size_are_followed() -> None:
    overlay = Overlay(POSE)
    outcome = after(2, Kneeling().landmarks())
    assert overlay.draw(grey((640, 480)), outcome).shape == (720, 1280, 3)
    overlay.draw(grey((1280, 720)), outcome)
    assert overlay.layout.picture.width == 960
    overlay.resize((900, 700))
    assert overlay.draw(grey((1280, 720)), outcome).shape == (700, 900, 3)


def test_without_a_camera_the_last_picture_stays_dimmed_with_its_seconds() -> None:
    overlay = Overlay(POSE)
    outcome = after(5, Kneeling().landmarks())
    bright = overlay.draw(grey((640, 480), 200), outcome).copy()
    dark = overlay.draw(None, None, Status.NO_CAMERA)
    corner = np.s_[600, 40]
    assert 0 < dark[corner].max() < bright[corner].max() / 2
    fresh = Overlay(POSE).draw(None, None, Status.NO_CAMERA)
    place = overlay.layout.panel.pixels
    assert (dark[place] != fresh[place]).any()


def test_what_is_the_same_is_drawn_the_same() -> None:
    overlay = Overlay(POSE)
    outcome = after(5, Kneeling().landmarks())
    once = overlay.draw(grey((640, 480)), outcome).copy()
    assert (overlay.draw(grey((640, 480)), outcome) == once).all()


def test_good_and_to_mend_differ_without_their_colours() -> None:
    held, fault = after(5, Kneeling().landmarks()), after(5, Kneeling(35).landmarks())
    assert held.feedback.cue.tone is Tone.GOOD
    assert fault.feedback.cue.tone is Tone.MEND
    assert shape_of(held.feedback.cue) is Shape.CHECK
    assert shape_of(fault.feedback.cue) is Shape.TRIANGLE
    overlay = Overlay(POSE)
    top = np.s_[overlay.layout.picture.y + 2, : overlay.layout.picture.width]
    whole = overlay.draw(grey((640, 480)), held)[top].copy()
    dashed = Overlay(POSE).draw(grey((640, 480)), fault)[top].copy()
    assert len(np.unique(whole, axis=0)) == 1
    assert {tuple(colour) for colour in np.unique(dashed, axis=0)} == {MEND, INK}


def test_a_joint_to_mend_has_another_outline_than_a_good_one() -> None:
    fault = after(5, Kneeling(35).landmarks())
    assert fault.landmarks is not None
    overlay = Overlay(POSE)
    canvas = overlay.draw(grey((640, 480)), fault)
    shoulder = fault.landmarks.image_xy[11]
    x, y = on_canvas(overlay, (float(shoulder[0]), float(shoulder[1])))
    assert tuple(canvas[y, x]) == MEND
    # A diamond: ink at its corner's side, where a circle of that reach would still be filled.
    reach = 15 * overlay.layout.picture.height / 720
    aslant = round(reach / hypot(1, 1))
    assert tuple(canvas[y + aslant, x + aslant]) != MEND


def test_words_and_marks_stand_out_from_their_ground() -> None:
    for colour in (PAPER, GOOD, MEND):
        assert contrast(colour, INK) >= 7
    assert GOOD[0] - MEND[0] > 100, "teal and amber differ in blue, which every eye tells"


def test_cached_words_are_bounded() -> None:
    for number in range(400):
        text.word(str(number), 20)
    assert text.word.cache_info().currsize <= 96
