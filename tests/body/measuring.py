"""What is measured of a body or of landmarks made by hand."""

from formcheck.body.landmarks import PoseLandmarks
from formcheck.body.measurements import Measurement, measure
from formcheck.body.view import see
from tests.factories import Body


def measured(landmarks: PoseLandmarks) -> dict[str, Measurement]:
    view = see(landmarks)
    assert view is not None
    return measure(landmarks, view)


def values(body: Body) -> dict[str, float]:
    return {name: taken.value for name, taken in measured(body.landmarks()).items()}
