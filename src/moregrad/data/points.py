"""Toy data sets for classification, points of two classes in the plane: moons, circles, spirals, xor.

Moons and circles are those of scikit-learn's make_moons and make_circles to the bit, so published figures can be
reproduced: `moons(100, noise=0.1, seed=1337)` is the data of micrograd's demo.
"""

from math import pi
from numbers import Integral, Real
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from moregrad.configuration import is_finite, shorten
from moregrad.errors import DataError

LAST_SEED = 2**32 - 1
MOST = 10**7

Positions = NDArray[np.float64]
"""Of shape (count, 2)."""


class Points(NamedTuple):
    """Positions of shape (count, 2), and the class of each point, 0 or 1, of shape (count,).

    The hinge loss takes classes of -1 and 1: `2 * labels - 1`.
    """

    positions: Positions
    labels: NDArray[np.int64]


def moons(count: int = 100, *, noise: float | None = 0.1, seed: int = 0) -> Points:
    """Draws two interleaving half circles of radius 1; the upper one is class 0.

    `noise` is the standard deviation of Gaussian noise on every coordinate; None and 0 add none. Raises DataError for
    a count that is not a whole number from 2 to 10 million, for noise that is negative or not finite, and for a seed
    that is not a whole number from 0 to 2**32 - 1.
    """
    upper, lower = (np.linspace(0, pi, part) for part in _split_count(count))
    below = np.column_stack([1 - np.cos(lower), 1 - np.sin(lower) - 0.5])
    return _mix(_place_on_circle(upper), below, noise, seed)


def circles(count: int = 100, *, noise: float | None = 0.1, factor: float = 0.5, seed: int = 0) -> Points:
    """Draws a circle of radius 1, class 0, around one of radius `factor`, class 1.

    Raises DataError as `moons` does, and for a factor that is not between 0 and 1.
    """
    if not (_is_number(factor) and 0 < factor < 1):
        raise DataError(
            f"factor {shorten(factor)}: must be a number above 0 and below 1, the radius of the inner circle"
        )
    outer, inner = (np.linspace(0, 2 * pi, part, endpoint=False) for part in _split_count(count))
    return _mix(_place_on_circle(outer), _place_on_circle(inner) * factor, noise, seed)


def spirals(count: int = 100, *, noise: float | None = 0.1, turns: float = 1.5, seed: int = 0) -> Points:
    """Draws two arms of Archimedes' spiral that wind `turns` times around each other, class 1 half a turn behind.

    The radius is the angle divided by pi, so the arms are 1 apart everywhere and end 2 * `turns` from the centre.
    Raises DataError as `moons` does, and for turns that are not above 0.
    """
    if not (_is_number(turns) and turns > 0):
        raise DataError(f"turns {shorten(turns)}: must be a finite number above 0")
    first, second = (_make_arm(part, turns) for part in _split_count(count))
    return _mix(first, -second, noise, seed)


def xor(count: int = 100, *, noise: float | None = 0.0, seed: int = 0) -> Points:
    """Draws points uniformly from the square from -1 to 1; class 1 is where the signs of the coordinates differ.

    Noise is added after classes are assigned, so that some points end up on the wrong side. Raises DataError as `moons`
    does.
    """
    _split_count(count)
    draws = _make_stream(seed)
    positions = draws.uniform(-1, 1, (count, 2))
    labels = (positions[:, 0] > 0) != (positions[:, 1] > 0)
    return Points(_add_noise(positions, noise, draws), labels.astype(np.int64))


def _place_on_circle(angles: NDArray[np.float64]) -> Positions:
    return np.column_stack([np.cos(angles), np.sin(angles)])


def _make_arm(count: int, turns: float) -> Positions:
    """Points at even distances along an arm, whose length grows with the square of the angle; none at the centre."""
    angles = 2 * pi * turns * np.sqrt(np.arange(1, count + 1) / count)
    return _place_on_circle(angles) * (angles / pi)[:, None]


def _split_count(count: int) -> tuple[int, int]:
    """The number of points in each class; the second has one more of an odd count."""
    if not (_is_whole(count) and 2 <= count <= MOST):
        raise DataError(
            f"count {shorten(count)}: must be a whole number of at least 2, so that both classes get a point, and at "
            f"most {MOST:,}"
        )
    return count // 2, count - count // 2


def _mix(first: Positions, second: Positions, noise: float | None, seed: int) -> Points:
    """Shuffles the points of both classes and adds noise, drawing random numbers in scikit-learn's order."""
    draws = _make_stream(seed)
    labels = np.repeat([0, 1], [len(first), len(second)])
    order = draws.permutation(len(labels))
    return Points(_add_noise(np.concatenate([first, second])[order], noise, draws), labels[order])


def _add_noise(positions: Positions, noise: float | None, draws: np.random.RandomState) -> Positions:
    if noise is not None and not (_is_number(noise) and noise >= 0):
        raise DataError(f"noise {shorten(noise)}: must be a finite number of at least 0, or None for no noise")
    return positions + draws.normal(scale=noise, size=positions.shape) if noise else positions


def _make_stream(seed: int) -> np.random.RandomState:
    if not (_is_whole(seed) and 0 <= seed <= LAST_SEED):
        raise DataError(f"seed {shorten(seed)}: must be a whole number from 0 to {LAST_SEED}")
    return np.random.RandomState(seed)


def _is_whole(given: object) -> bool:
    return isinstance(given, Integral) and not isinstance(given, bool)


def _is_number(given: object) -> bool:
    return isinstance(given, Real) and is_finite(given)
