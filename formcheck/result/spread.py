"""How a measurement was spread, from as many values as there may be, in little memory."""

from collections import Counter
from itertools import accumulate
from math import ceil, floor, isfinite
from typing import Final

from formcheck.body.measurements import Measurement

Spread = dict[str, float]
"""`p10`, `median` and `p90` of a measurement, in its unit; and `error`, by how much it is off on
average in the views it was taken in, where that is known."""

_PARTS: Final = 100
"""A value is kept to a hundredth of its unit, which is far more exact than it was measured."""

_SHARES: Final = {"p10": 0.1, "median": 0.5, "p90": 0.9}


class Tally:
    """Counts how often each value came; it grows with their range, not with their number."""

    def __init__(self) -> None:
        """Begin without a value."""
        self._counts: Counter[int] = Counter()

    def add(self, value: float) -> None:
        """Count a value; one that is not finite is no measurement, and is left out."""
        if isfinite(value):
            self._counts[round(value * _PARTS)] += 1

    def spread(self) -> Spread | None:
        """Return the spread, to a hundredth; None without a value.

        Between two values it is interpolated, as numpy's percentiles are.
        """
        if not self._counts:
            return None
        values = sorted(self._counts)
        ends = list(accumulate(self._counts[value] for value in values))
        return {name: round(_at(share, values, ends), 2) for name, share in _SHARES.items()}


class MeasurementTally:
    """Counts the values of a measurement, and how exact they were."""

    def __init__(self) -> None:
        """Begin without a value."""
        self._values, self._errors = Tally(), Tally()

    def add(self, measured: Measurement) -> None:
        """Count a measurement; one that is not finite is none, and is left out."""
        self._values.add(measured.value)
        if measured.error is not None and isfinite(measured.value):
            self._errors.add(measured.error)

    def spread(self) -> Spread | None:
        """Return the spread, to a hundredth, and the middle error; None without a value."""
        spread, errors = self._values.spread(), self._errors.spread()
        if spread is None or errors is None:
            return spread
        return {**spread, "error": errors["median"]}


def _at(share: float, values: list[int], ends: list[int]) -> float:
    """Return the value below which this share of all lie.

    Args:
        share: 0 to 1.
        values: In hundredths, rising.
        ends: How many there are up to each of them.
    """
    place = share * (ends[-1] - 1)
    below, above = (
        next(value for value, end in zip(values, ends, strict=True) if number < end)
        for number in (floor(place), ceil(place))
    )
    return (below + (above - below) * (place - floor(place))) / _PARTS
