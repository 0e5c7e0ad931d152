"""The most probable of the words found so far, and the order of words."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float64, Int

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.sampling.prefixes import Prefixes, join

PENDING = 1024
"""Words that are found before they are sorted in."""
TESTED = 64
"""Words that are tested together, or as many as are asked for; tests may be slow, and the first words suffice."""

Test = Callable[[Prefixes], Bool[np.ndarray, " words"]]


@dataclass(frozen=True)
class Bound:
    """The place in the order of words behind which none is wanted: its nats, and its length among words of as many.

    A prefix bounds every word that begins with it: none is more probable, and none is shorter.
    """

    nats: float = np.inf
    length: float = np.inf

    def admits(
        self, nats: Float64[np.ndarray, "*#axes"], lengths: Int[np.ndarray, "*#axes"]
    ) -> Bool[np.ndarray, "*#axes"]:
        """Tells which prefixes and words may come before; an infinite surprisal never does."""
        return ((nats < self.nats) | ((nats == self.nats) & (lengths <= self.length))) & (nats < np.inf)


class BestWords:
    """The `count` words that come first among all that were added and are `wanted`; each may be added once.

    The more probable word comes first, of equally probable ones the shorter, of these the one whose characters come
    first in the order of their code points.
    """

    def __init__(self, count: int, wanted: Test, bound: Bound | None = None) -> None:
        self._count, self._wanted = count, wanted
        self._best, self._pending = Prefixes.none(), [Prefixes.none()]
        self._waiting = 0
        self.bound = bound or Bound()

    def add(self, words: Prefixes) -> None:
        """Takes up `words`, whose nats include the end."""
        self._pending.append(words)
        self._waiting += len(words)
        if self._waiting >= max(PENDING, self._count):
            self._sort_in()

    def words(self) -> Prefixes:
        """Returns the words in their order."""
        self._sort_in()
        return self._best

    def _sort_in(self) -> None:
        new = join(self._pending)
        self._pending, self._waiting = [Prefixes.none()], 0
        new = _ordered(new.take(self.bound.admits(new.nats, new.lengths)))
        while len(new):
            few = new.take(slice(max(TESTED, self._count)))
            found = join([self._best, few.take(self._wanted(few))])
            self._best = _ordered(found).take(slice(self._count))
            if len(self._best) == self._count:
                self.bound = Bound(float(self._best.nats[-1]), int(self._best.lengths[-1]))
            new = new.take(slice(len(few), None))
            new = new.take(self.bound.admits(new.nats, new.lengths))


def _ordered(words: Prefixes) -> Prefixes:
    return words.take(np.lexsort((_as_text(words), words.lengths, words.nats)))


def _as_text(words: Prefixes) -> np.ndarray:
    """Returns the ids as strings, which NumPy compares id by id; ids are in the order of code points."""
    return np.ascontiguousarray(words.ids).view(f"U{words.ids.shape[1]}")[:, 0]


def encode(words: Prefixes, vocabulary: Vocabulary) -> EncodedWords:
    """Returns the words as a list of encoded ones."""
    rows = np.pad(words.ids, ((0, 0), (1, 0))).astype(vocabulary.dtype)
    within = np.arange(rows.shape[1]) <= words.lengths[:, None]
    return EncodedWords(np.append(rows[within], vocabulary.dtype.type(0)))
