"""Numbers that were estimated, written with no more digits than their standard error supports."""

import math
from typing import Any, Self

MOST = 4
"""Decimals of a number without an error, and the most there are."""


class Estimate(float):
    """A number with its standard error, or None where that is unknown. It computes as a float and is exact in JSON.

    Only as text it is rounded, as the Particle Data Group rounds (Review of Particle Physics, section 5.3): so that one
    digit of the error is shown, or two where they are at most 35.
    """

    error: float | None

    def __new__(cls, value: float, error: float | None = None) -> Self:
        made = super().__new__(cls, value)
        made.error = error
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Returns what a copy and a pickle are made of."""
        return type(self), (float(self), self.error)

    def __str__(self) -> str:
        return f"{float(self):.{decimals(self.error)}f}"


class EstimateWithError(Estimate):
    """An estimate that shows its standard error as well."""

    def __str__(self) -> str:
        return super().__str__() + (f" ±{self.error:.{decimals(self.error)}f}" if self.error is not None else "")


def decimals(error: float | None) -> int:
    """Returns the decimals that a number with this standard error is written with, from 0 to MOST."""
    if not error or not math.isfinite(error):
        return MOST
    exponent = math.floor(math.log10(error))
    leading = error / 10.0**exponent
    return min(max((leading < 3.55) - exponent, 0), MOST)
