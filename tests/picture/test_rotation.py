from typing import Any

import numpy as np
import pytest

from formcheck.picture.frame import Frame
from formcheck.picture.rotation import TURNS, TurnedSource, turned


def arrow() -> Frame:
    """Return a picture that is bright at its upper edge alone."""
    image = np.zeros((4, 6, 3), np.uint8)
    image[0] = 255
    return Frame(image, 1.5, 7)


@pytest.mark.parametrize(
    ("clockwise_deg", "edge"),
    [(0, np.s_[0]), (90, np.s_[:, -1]), (180, np.s_[-1]), (270, np.s_[:, 0])],
)
def test_a_picture_is_turned_clockwise(clockwise_deg: int, edge: Any) -> None:
    frame = turned(arrow(), clockwise_deg)

    assert frame.image.shape[:2] == ((4, 6) if clockwise_deg % 180 == 0 else (6, 4))
    assert (frame.image[edge] == 255).all()
    assert frame.image.flags["C_CONTIGUOUS"]
    assert (frame.time_s, frame.index) == (1.5, 7)


class _Source:
    name, is_live, problem = "camera 0", True, None
    ended = False

    def read(self, timeout_s: float = 0.5) -> Frame | None:
        return None if self.ended else arrow()

    def close(self) -> None:
        self.ended = True


def test_a_turned_source_is_its_camera_in_all_but_the_picture() -> None:
    assert TURNS == (0, 90, 180, 270)
    source = TurnedSource(_Source(), 90)
    frame = source.read()

    assert frame is not None
    assert frame.image.shape == (6, 4, 3)
    assert (source.name, source.is_live, source.problem, source.ended) == (
        "camera 0", True, None, False
    )  # fmt: skip
    source.close()
    assert source.ended
    assert source.read() is None
