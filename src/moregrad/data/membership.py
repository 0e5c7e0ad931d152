"""Which words of one list stand in another, for lists of any length."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Bool, UInt64

from moregrad.data.tape import Tape

NEW = "new"

# Odd constants of SplitMix64 (Steele, Lea, Flood 2014), which spreads every input bit over all 64.
_GOLDEN, _FIRST, _SECOND = (np.uint64(c) for c in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def fingerprints(tape: Tape) -> UInt64[np.ndarray, " words"]:
    """A 64-bit number per word, the same for the same word.

    In one list of ten million words out of some 10^5 do two different words agree by chance.
    """
    if not len(tape):
        return np.zeros(0, np.uint64)
    place = np.arange(len(tape.symbols) - 1) - np.repeat(tape.starts, tape.lengths + 1)
    mixed = _mixed(_mixed(place.astype(np.uint64)) + tape.symbols[:-1].astype(np.uint64))
    return np.add.reduceat(mixed, tape.starts)


def _mixed(x: UInt64[np.ndarray, " n"]) -> UInt64[np.ndarray, " n"]:
    x = (x + np.uint64(1)) * _GOLDEN
    x = (x ^ (x >> np.uint64(30))) * _FIRST
    x = (x ^ (x >> np.uint64(27))) * _SECOND
    return x ^ (x >> np.uint64(31))


def among(tape: Tape, known: Tape) -> Bool[np.ndarray, " words"]:
    """Which words of `tape` stand in `known`."""
    return np.isin(fingerprints(tape), fingerprints(known))


class Known:
    """The words of several named lists, ready to be asked in which one a word stands."""

    def __init__(self, tapes: Mapping[str, Tape]) -> None:
        self._prints = {name: np.unique(fingerprints(tape)) for name, tape in tapes.items()}

    def whereabouts(self, tape: Tape) -> list[str]:
        """For each word of `tape`, the name of the first list that holds it, or 'new'."""
        asked = fingerprints(tape)
        found = np.full(len(tape), NEW, dtype=object)
        for name in reversed(self._prints):
            found[np.isin(asked, self._prints[name])] = name
        return found.tolist()
