"""A comparison of one's own gradient with a reference."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

RELATIVE, ABSOLUTE = 1e-5, 1e-8
"""Tolerances within which two numbers are approximately equal: those of `torch.allclose`."""


@dataclass(frozen=True)
class Comparison:
    """The differences of an array from its reference; `difference` is the largest, infinite if the shapes differ."""

    name: str
    shape: tuple[int, ...]
    reference_shape: tuple[int, ...]
    exact: bool
    approximate: bool
    difference: float

    def __str__(self) -> str:
        if self.shape != self.reference_shape:
            return f"{self.name:<15} has shape {self.shape}; the reference has {self.reference_shape}"
        told = {True: "yes", False: "no"}
        exact, approximate = told[self.exact], told[self.approximate]
        return (
            f"{self.name:<15} exact {exact:<3}  approximate {approximate:<3}  largest difference {self.difference:.3g}"
        )


def compare(name: str, mine: ArrayLike, reference: ArrayLike) -> Comparison:
    """Compares `mine` with `reference` number by number and prints the result on one line.

    >>> import numpy as np
    >>> _ = compare("logits", np.array([1.0, 2.0]), np.array([1.0, 2.5]))
    logits          exact no   approximate no   largest difference 0.5
    >>> _ = compare("W1", np.zeros((3, 2)), np.zeros((2, 3)))
    W1              has shape (3, 2); the reference has (2, 3)
    """
    one, other = np.asarray(mine, np.float64), np.asarray(reference, np.float64)
    if one.shape != other.shape:
        comparison = Comparison(name, one.shape, other.shape, False, False, float("inf"))
    else:
        exact, approximate = np.array_equal(one, other), np.allclose(one, other, rtol=RELATIVE, atol=ABSOLUTE)
        with np.errstate(invalid="ignore"):  # infinity minus infinity
            difference = float(np.abs(np.where(one == other, 0, one - other)).max(initial=0))
        comparison = Comparison(name, one.shape, other.shape, exact, approximate, difference)
    print(comparison)
    return comparison
