"""Suggestions for misspelled names."""

import re
from collections.abc import Iterable
from difflib import get_close_matches


def nearest(given: str, known: Iterable[str]) -> str:
    """Returns the name in `known`, which must not be empty, that is most similar to `given`.

    Names of which `given` is a whole part go first, as learning_rate does for rate.
    """
    names = list(known)
    holding = [name for name in names if _parts(given) <= _parts(name)]
    return get_close_matches(given, holding or names, n=1, cutoff=0.0)[0]


def _parts(name: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", name.lower())) or {name}
