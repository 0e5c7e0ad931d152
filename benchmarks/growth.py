"""The power of a size with which a cost grows, by least squares of logarithms."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

DECADES = 2.0
"""The powers of ten, from the largest size down, in which an exponent is fitted: below, fixed costs hide it."""

FEWEST = 3
"""Sizes that an exponent with a standard error takes."""


@dataclass(frozen=True)
class Growth:
    """Cost = constant times size to the power of `exponent`; both are NaN where there were too few sizes."""

    exponent: float
    standard_error: float

    @classmethod
    def of(cls, costs: Mapping[float, float], *, decades: float = DECADES) -> "Growth":
        """Fits the `costs` by size, those above 0 in the upper `decades`."""
        positive = {size: cost for size, cost in costs.items() if cost > 0}
        least = max(positive, default=1) / 10**decades * (1 - 1e-9)
        points = [(math.log(size), math.log(cost)) for size, cost in positive.items() if size >= least]
        return cls(*_line(points)) if len(points) >= FEWEST else cls(math.nan, math.nan)

    def __str__(self) -> str:
        """The exponent with its standard error, or a dash."""
        return "–" if math.isnan(self.exponent) else f"{self.exponent:.2f} ± {self.standard_error:.2f}"


def _line(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Returns the slope of the line of least squares through `points`, and its standard error."""
    mean_x, mean_y = (sum(column) / len(points) for column in zip(*points, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    left = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points)
    return slope, math.sqrt(left / (len(points) - 2) / spread)
