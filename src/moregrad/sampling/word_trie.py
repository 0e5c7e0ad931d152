"""A trie of whole words in flat arrays."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from jaxtyping import Bool, Int, Integer

from moregrad.data.encoded_words import EncodedWords

Prefixes = tuple[Int[np.ndarray, " nodes"], Integer[np.ndarray, " nodes"], Bool[np.ndarray, " nodes"]]


@dataclass(frozen=True, eq=False)
class WordTrie:
    """The prefixes of a list, by length and then in order; node 0 is the empty one.

    The children of node i are the nodes from `first[i]` up to, not including, `first[i + 1]`. `token` leads to each
    node and `ends` marks those that are words; the words that begin with a node have `least` to `most` characters more.
    """

    first: Int[np.ndarray, " bounds"]
    token: Integer[np.ndarray, " nodes"]
    ends: Bool[np.ndarray, " nodes"]
    least: Int[np.ndarray, " nodes"]
    most: Int[np.ndarray, " nodes"]

    @classmethod
    def of(cls, words: EncodedWords) -> "WordTrie":
        """Builds the trie of `words`."""
        parents, tokens, ends = zip(*_levels(words), strict=True)
        starts = np.cumsum([0, *map(len, tokens)])
        bounds = [
            start + np.searchsorted(parent, np.arange(len(above)))
            for start, parent, above in zip(starts[1:], parents[1:], tokens, strict=False)
        ]
        first = np.concatenate([*bounds, np.full(len(tokens[-1]) + 1, starts[-1])]).astype(np.int32)
        ending = np.concatenate(ends)
        return cls(first, np.concatenate(tokens), ending, *_measure(first, ending, starts))

    def children(self, nodes: Int[np.ndarray, " some"]) -> tuple[Int[np.ndarray, " next"], Int[np.ndarray, " next"]]:
        """Returns the index in `nodes` of each child's parent, and the children."""
        counts = self.first[nodes + 1] - self.first[nodes]
        parent = np.repeat(np.arange(len(nodes)), counts)
        offsets = np.repeat(self.first[nodes] - np.cumsum(counts) + counts, counts)
        return parent, offsets + np.arange(len(parent))


def _levels(words: EncodedWords) -> Iterator[Prefixes]:
    """Yields the prefixes of 0, 1, ... characters: the index of the one before, the last token, and which are words."""
    vocab = int(words.tokens.max()) + 1
    parent, token = np.zeros(1, np.int64), np.zeros(1, words.tokens.dtype)
    word, node = np.arange(len(words)), np.zeros(len(words), np.int64)
    for length in range(words.longest + 1):
        ending = words.lengths[word] == length
        yield parent, token, np.bincount(node[ending], minlength=len(token)) > 0
        word, node = word[~ending], node[~ending]
        letters = words.tokens[words.starts[word] + 1 + length]
        keys, node = np.unique(node * vocab + letters, return_inverse=True)
        parent, token = keys // vocab, (keys % vocab).astype(words.tokens.dtype)


def _measure(
    first: Int[np.ndarray, " bounds"], ends: Bool[np.ndarray, " nodes"], starts: Int[np.ndarray, " levels"]
) -> tuple[Int[np.ndarray, " nodes"], Int[np.ndarray, " nodes"]]:
    """Returns the fewest and the most characters that may follow each node, the longest prefixes first."""
    least, most = np.zeros(len(ends), np.int32), np.zeros(len(ends), np.int32)
    for start, stop in reversed(list(pairwise(starts.tolist()))):
        inner = start + np.flatnonzero(np.diff(first[start : stop + 1]))
        if len(inner):
            below = slice(int(first[inner[0]]), int(first[stop]))
            segments = first[inner] - below.start
            most[inner] = np.maximum.reduceat(most[below], segments) + 1
            least[inner] = np.where(ends[inner], 0, np.minimum.reduceat(least[below], segments) + 1)
    return least, most
