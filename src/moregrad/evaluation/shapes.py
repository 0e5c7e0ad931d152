"""The shapes of words: what tells at a glance that a word that was made is not like those of the list."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

MATERIAL = 0.02
"""The least excess of a share of words that is seen by eye."""

CERTAIN = 2.5
"""Standard errors beyond which an excess is no chance; by chance alone it is beyond in one of 160 comparisons."""

OUTER = 0.01
"""The share of a list's words that count as unusually short, and of those that count as unusually long."""


@dataclass(frozen=True)
class Shapes:
    """The number of words, and the share of them that has each trait."""

    words: int
    shares: Mapping[str, float]


@dataclass(frozen=True)
class Lengths:
    """The lengths within which all but the shortest and the longest words of a list are."""

    least: int
    most: int

    @classmethod
    def of(cls, words: Sequence[str]) -> "Lengths":
        """Measures `words`, of which there must be one."""
        least, most = np.quantile([len(word) for word in words], [OUTER, 1 - OUTER])
        return cls(math.floor(least), math.ceil(most))


def shapes(words: Sequence[str], usual: Lengths) -> Shapes:
    """Measures the shapes of `words`; lengths outside `usual` are unusual ones."""
    traits: dict[str, Callable[[str], bool]] = {
        "a capital inside": _has_capital_inside,
        "an unusual length": lambda word: not usual.least <= len(word) <= usual.most,
        "a character that is no letter": lambda word: not word.isalpha(),
        "a doubled letter": _has_doubled_letter,
    }
    return Shapes(len(words), {name: _share(map(has, words), len(words)) for name, has in traits.items()})


def astray(made: Shapes, listed: Shapes) -> list[str]:
    """Names the traits that `made` words have more often than `listed` ones: so much that it is seen, and no chance."""
    return [name for name in made.shares if _is_astray(made, listed, name)]


def _is_astray(made: Shapes, listed: Shapes, name: str) -> bool:
    excess = made.shares[name] - listed.shares[name]
    if not made.words or not listed.words or excess < MATERIAL:
        return False
    pooled = (made.shares[name] * made.words + listed.shares[name] * listed.words) / (made.words + listed.words)
    error = math.sqrt(pooled * (1 - pooled) * (1 / made.words + 1 / listed.words))
    return excess > CERTAIN * error


def _share(has: Iterable[bool], words: int) -> float:
    return sum(has) / words if words else 0.0


def _has_capital_inside(word: str) -> bool:
    return any(before.isalpha() and letter.isupper() for before, letter in pairwise(word))


def _has_doubled_letter(word: str) -> bool:
    return any(before == letter and letter.isalpha() for before, letter in pairwise(word))
