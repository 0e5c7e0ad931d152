"""The histories that counts tell apart, as the states of an automaton: what each lets follow, and where that leads."""

from dataclasses import dataclass
from itertools import islice

import numpy as np
from jaxtyping import Bool, Float64, Int32, Int64

from moregrad.ngrams.smoothing import distributions
from moregrad.ngrams.trie import ROOT, Trie


@dataclass(frozen=True, eq=False)
class Histories:
    """Every history of a trie, by its node: a word so far has the longest of those that it ends with.

    `after[h, w]` is the history once token w has come, whose column of the boundary is unused; `probability[h, w]` that
    w comes. `start` is the history of a word of which nothing has come yet. `length` counts the tokens of a history,
    and `opening` tells whether its first is the boundary before the word.
    """

    after: Int32[np.ndarray, "histories vocab"]
    probability: Float64[np.ndarray, "histories vocab"]
    length: Int64[np.ndarray, " histories"]
    opening: Bool[np.ndarray, " histories"]
    start: int

    @classmethod
    def of(cls, trie: Trie, gain: np.ndarray, weight: np.ndarray, vocab: int, *, order: int) -> "Histories":
        """Unrolls the interpolation of `moregrad.ngrams.smoothing` for the histories of fewer than `order` tokens.

        Takes 12 bytes for each history and token.
        """
        count = count_histories(trie, order)
        after, length = np.full((count, vocab), ROOT, np.int32), np.zeros(count, np.int64)
        opening = np.zeros(count, bool)
        starts = trie.starts[(trie.starts > ROOT) & (trie.starts < count)]
        opening[starts] = True
        rows = [np.zeros((1, vocab))]
        levels = zip(trie.levels(vocab), distributions(trie, gain, weight, vocab, room=count * vocab), strict=False)
        for number, ((histories, suffix), row) in enumerate(islice(levels, order)):
            history, child = trie.children(histories)
            parent, node = histories.start + history, np.arange(child.start, child.stop)
            parent, node = parent[node < count], node[node < count]
            if histories.start > ROOT:
                after[histories.start : histories.stop] = after[suffix]
            after[parent, trie.token[node]] = node
            opening[node] |= opening[parent]
            length[histories.start : histories.stop] = number
            rows.append(row)
        return cls(after, np.concatenate(rows), length, opening, int(starts.max(initial=ROOT)))

    def __len__(self) -> int:
        return len(self.after)

    @property
    def vocab(self) -> int:
        """Ids of the vocabulary, the boundary included."""
        return self.after.shape[1]


def count_histories(trie: Trie, order: int) -> int:
    """Counts the histories of fewer than `order` tokens, and the missing one."""
    stop = ROOT + 1
    for _ in range(min(order, len(trie.starts)) - 1):
        stop = min(int(trie.first[stop]), len(trie.first) - 1)
    return stop
