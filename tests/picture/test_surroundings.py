"""Light, sharpness and company are measured on the picture, seldom, and people never in a hold."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from formcheck.io.files.clip import Clip
from formcheck.io.surroundings_meter import SurroundingsMeter, measure_light
from formcheck.picture.brightness_grid import Box
from formcheck.picture.frame import Frame
from tests.shared import CHECKOUT, CLIPS, needs_footage

Image = npt.NDArray[np.uint8]


def picture(name: str = "lunge-stretch-good") -> Image:
    clip = Clip(CHECKOUT / "samples" / f"{name}.mp4")
    frame = clip.read()
    clip.close()
    assert frame is not None
    return frame.image


def blurred(image: Image, sigma: float) -> Image:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.uint8)


def darkened(image: Image, gain: float) -> Image:
    noise = np.random.default_rng(1).normal(0, 3, image.shape)
    return np.clip(image * gain + noise, 0, 255).astype(np.uint8)


def test_brightness_and_contrast_are_those_of_the_luma() -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    image[:, 320:] = 200

    brightness, contrast, sharpness = measure_light(image)

    assert (brightness, contrast) == pytest.approx((100.0, 100.0), abs=1.0)
    assert sharpness is not None


def test_an_even_picture_is_neither_sharp_nor_blurred() -> None:
    assert measure_light(np.full((480, 640, 3), 90, np.uint8)) == (90.0, 0.0, None)


@pytest.mark.parametrize("name", ["lunge-stretch-good", "dim-noisy-24fps", "far-away-wide"])
def test_sharp_pictures_and_blurred_ones_lie_on_either_side_of_the_limit(name: str) -> None:
    image = picture(name)
    sharp, soft = measure_light(image)[2], measure_light(blurred(image, 10.0))[2]

    assert sharp is not None
    assert soft is not None
    assert soft < 0.12
    assert sharp > 0.15


def test_noise_in_the_dark_does_not_pass_for_sharpness() -> None:
    soft = measure_light(darkened(blurred(picture(), 8.0), 0.15))[2]

    assert soft is not None
    assert soft < 0.12


@pytest.mark.parametrize("size", [(320, 240), (1280, 720), (1920, 1080), (480, 854), (7, 3)])
def test_the_size_of_the_picture_makes_little_difference(size: tuple[int, int]) -> None:
    brightness, _, sharpness = measure_light(cv2.resize(picture(), size))  # type: ignore[arg-type]

    assert brightness == pytest.approx(158, abs=8)
    if min(size) > 100:
        assert sharpness == pytest.approx(0.23, abs=0.07)


class Counter:
    def __init__(self) -> None:
        self.times: list[float] = []

    def __call__(self, frame: Frame) -> int:
        self.times.append(frame.time_s)
        return 2


def test_people_are_counted_seldom_and_never_in_a_hold() -> None:
    counter, image = Counter(), picture()
    meter = SurroundingsMeter(counter)

    found = [
        meter.look(Frame(image, index / 10, index), may_count=not 30 <= index < 80).people
        for index in range(100)
    ]

    assert set(found[:30]) == {2}
    assert set(found[30:80]) == {None}
    assert set(found[80:]) == {2}
    assert all(not 3.0 <= time_s < 8.0 for time_s in counter.times)
    assert len(counter.times) == 3


def alone_in_a_quiet_room(index: int) -> tuple[Image, Box]:
    """Return a picture of somebody who moves, as a noisy camera sees it, and where they are."""
    noise = np.random.default_rng(index).normal(0, 6, (480, 640, 3))
    image = picture().astype(np.float64)
    left = 240 + 3 * (index % 7)
    image[140:420, left : left + 60] = 40
    return np.clip(image + noise, 0, 255).astype(np.uint8), (200, 100, 360, 460)


def test_people_are_not_counted_for_somebody_who_is_alone_in_a_quiet_room() -> None:
    counter = Counter()
    meter = SurroundingsMeter(counter, only_after_a_stir=True)

    for index in range(60):
        image, person = alone_in_a_quiet_room(index)
        dimmed = darkened(image, 1 - index / 200)  # a cloud, or the camera's exposure
        told = meter.look(Frame(dimmed, index / 10, index), person=person)
        assert told.people is None

    assert counter.times == []


def test_people_are_counted_once_somebody_stirs_beside_the_person() -> None:
    counter = Counter()
    meter = SurroundingsMeter(counter, only_after_a_stir=True)

    for index in range(60):
        image, person = alone_in_a_quiet_room(index)
        if index >= 30:  # somebody sways by a finger's breadth, from each look to the next
            image[150:420, 500 + index % 4 : 560 + index % 4] = 30
        told = meter.look(Frame(image, index / 10, index), person=person)

    assert 3.5 <= counter.times[0] <= 4.0
    assert told.people == 2


def test_what_changes_at_once_and_stays_so_is_nobody() -> None:
    counter = Counter()
    meter = SurroundingsMeter(counter, only_after_a_stir=True)

    for index in range(90):
        image, person = alone_in_a_quiet_room(index)
        if index >= 30:
            image[:90, 400:] = 20  # a lamp in the corner goes out
        if index >= 60:
            image, person = image[:, 40:], (160, 100, 320, 460)  # the camera is pushed
        meter.look(Frame(np.ascontiguousarray(image), index / 10, index), person=person)

    assert counter.times == []


def test_what_moves_with_the_person_is_nobody_else() -> None:
    counter = Counter()
    meter = SurroundingsMeter(counter, only_after_a_stir=True)

    for index in range(90):
        image = np.full((480, 640, 3), 160, np.uint8)
        left = 20 + 5 * index  # they walk across the picture, and their shadow before them
        image[140:420, left : left + 60] = 40
        image[140:420, left + 80 : left + 140] = 90
        told = meter.look(Frame(image, index / 10, index), person=(left, 140, left + 60, 420))
        assert told.people is None

    assert counter.times == []


def test_without_a_counter_the_number_of_people_is_not_known() -> None:
    assert SurroundingsMeter().look(Frame(picture(), 0.0, 0)).people is None


def test_the_light_is_looked_at_again_after_a_moment() -> None:
    meter, image = SurroundingsMeter(), picture()

    first = meter.look(Frame(image, 0.0, 0)).brightness
    at_once = meter.look(Frame(darkened(image, 0.1), 0.1, 1)).brightness
    later = meter.look(Frame(darkened(image, 0.1), 0.4, 2)).brightness

    assert first == at_once
    assert later < 0.2 * first


@pytest.mark.mediapipe
def test_one_person_is_counted_once_and_an_empty_room_as_nobody() -> None:
    from formcheck.io.detector import PeopleCounter

    counter = PeopleCounter()
    empty = np.full((480, 640, 3), 127, np.uint8)

    assert counter.count(Frame(picture(), 0.0, 0)) == 1
    assert counter.count(Frame(empty, 0.0, 1)) == 0
    counter.close()


@needs_footage
@pytest.mark.mediapipe
def test_two_people_are_counted_as_two() -> None:
    from formcheck.io.detector import PeopleCounter

    clip, counter = Clip(CLIPS / "neg_26_two_people_squats_side.mp4"), PeopleCounter()
    frame = clip.read()
    clip.close()

    assert frame is not None
    assert counter.count(frame) == 2
    counter.close()
