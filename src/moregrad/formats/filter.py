"""A filter that holds the words of a list in a few bytes each (Bloom 1970)."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.membership import hash_words

HALF = np.uint64(32)


@dataclass(frozen=True)
class Filter:
    """Bits that know every word of a list, and take other words for words of it at the rate `error`.

    A word sets, or finds set, the bits `first + i * second` modulo their number for i below `hashes` (Kirsch and
    Mitzenmacher 2006); `first` and `second` are the lower and the upper half of its hash.
    """

    bits: bytes
    hashes: int
    error: float

    @classmethod
    def of(cls, lists: Iterable[EncodedWords], *, error: float = 1e-3) -> "Filter":
        """Takes the words of all `lists`, in 1.8 bytes each for an `error` of a thousandth."""
        found = np.unique(np.concatenate([np.zeros(0, np.uint64), *map(hash_words, lists)]))
        if not len(found):
            return cls(b"", 0, 0.0)
        size = 8 * math.ceil(len(found) * -math.log(error) / math.log(2) ** 2 / 8)
        hashes = max(1, round(size / len(found) * math.log(2)))
        bits = np.zeros(size, bool)
        first, second = found & np.uint64(2**32 - 1), found >> HALF
        for index in range(hashes):
            bits[(first + np.uint64(index) * second) % np.uint64(size)] = True
        return cls(np.packbits(bits, bitorder="little").tobytes(), hashes, float(bits.mean() ** hashes))
