"""Probabilities of lists before a word is known."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Float

from moregrad.configuration import shorten
from moregrad.errors import ConfigurationError

Prior = str | Sequence[float] | Mapping[str, float] | None

UNIFORM, SIZES = "uniform", "sizes"
ALLOWED = 'it must be "uniform", "sizes", or numbers of 0 or more, one for each list, not all of them 0'


def to_probabilities(prior: Prior, sizes: Mapping[str, int]) -> Float[np.ndarray, " lists"]:
    """Returns the prior probability of each list, given the number of training words of each by name.

    Raises ConfigurationError for a prior of another form.
    """
    if isinstance(prior, str):
        numbers = _named(prior, sizes)
    elif isinstance(prior, Mapping):
        if set(prior) != set(sizes):
            raise _refuse(prior, f"; the lists are {', '.join(sizes)}")
        numbers = [prior[name] for name in sizes]
    else:
        numbers = list(prior or ())
    if len(numbers) != len(sizes):
        raise _refuse(prior, f"; there are {len(sizes)} lists: {', '.join(sizes)}")
    if not all(_is_weight(number) for number in numbers) or not any(numbers):
        raise _refuse(prior, "")
    weights = np.array(numbers, np.float64)
    scaled = weights / weights.max()
    return scaled / scaled.sum()


def parse_prior(text: str) -> Prior:
    """Reads a prior as it is typed: a name, or numbers separated by commas, such as 0.7,0.3."""
    if text in (UNIFORM, SIZES):
        return text
    try:
        return [float(number) for number in text.split(",")]
    except ValueError:
        raise _refuse(text, "") from None


def _named(prior: str, sizes: Mapping[str, int]) -> list[float]:
    if prior == UNIFORM:
        return [1.0] * len(sizes)
    if prior == SIZES:
        return [float(size) for size in sizes.values()]
    raise _refuse(prior, "")


def _is_weight(number: object) -> bool:
    if isinstance(number, bool) or not isinstance(number, int | float | np.integer | np.floating):
        return False
    return math.isfinite(float(number)) and float(number) >= 0


def _refuse(prior: object, more: str) -> ConfigurationError:
    return ConfigurationError(f"classification: prior is {shorten(prior)}; {ALLOWED}{more}", setting="prior")
