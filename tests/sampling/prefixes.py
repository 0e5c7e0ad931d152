"""Prefixes from text, for tests; each letter is an id, a being 1."""

from collections.abc import Sequence

import numpy as np

from moregrad.sampling.prefixes import Prefixes, widen


def prefixes(words: Sequence[str], nats: Sequence[float]) -> Prefixes:
    """Prefixes of so many nats, of which the i-th is the child of row i."""
    ids = widen(np.zeros((len(words), 1), np.uint32), max(map(len, words), default=1))
    for row, word in zip(ids, words, strict=True):
        row[: len(word)] = [ord(letter) - 96 for letter in word]
    rows = np.arange(len(words))
    return Prefixes(ids, np.array(list(map(len, words)), np.int64), np.array(nats, float), 0 * rows, rows)


def spell(found: Prefixes) -> list[str]:
    """The words of prefixes."""
    return ["".join(chr(96 + token) for token in row if token) for row in found.ids.tolist()]
