"""The name that was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(given: str, known: Iterable[str]) -> str:
    """The one of `known` that looks most like `given`."""
    return get_close_matches(given, list(known), n=1, cutoff=0.0)[0]
