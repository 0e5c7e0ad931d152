"""Suggestions for misspelled names."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(given: str, known: Iterable[str]) -> str:
    """Returns the name in `known`, which must not be empty, that is most similar to `given`."""
    return get_close_matches(given, list(known), n=1, cutoff=0.0)[0]
