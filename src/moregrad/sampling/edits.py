"""Words within a few edits of a list, found by walks of many words at once through the list's tries.

An edit inserts, deletes or replaces one character (Levenshtein 1966). If a word is k edits away from another, either
its first half or its second is at most k / 2 edits away from a beginning or an end of that other. So the trie of the
list is walked with half of the edits for the first half of a word, then the trie of its words read backwards. Letters
that are inserted between the halves count for the first alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int, UInt8, UInt32

from moregrad.data.encoded_words import EncodedWords
from moregrad.sampling.word_trie import WordTrie

AT_ONCE = 2**16
"""Pairs of a word and a node that are looked at together; bounds the memory of a walk."""
NO_LETTER = np.uint32(2**32 - 1)

Band = UInt8[np.ndarray, "cells pairs"]
"""A diagonal band of the table of distances between a word and a node, for many pairs of them: at a node of depth k,
cell i holds the edits between it and the first k + i - `edits` letters of the word, or one more than are allowed."""


@dataclass(frozen=True, eq=False)
class Neighbours:
    """A list of words indexed so that those near to any word are found."""

    forwards: WordTrie
    backwards: WordTrie

    @classmethod
    def of(cls, lists: Iterable[EncodedWords]) -> "Neighbours":
        """Indexes the words of several lists in one vocabulary."""
        parts = [listed.tokens[:-1] for listed in lists]
        tokens = np.concatenate([*parts, np.zeros(1, parts[0].dtype if parts else np.uint8)])
        return cls(*(WordTrie.of(EncodedWords(each)) for each in (tokens, np.ascontiguousarray(tokens[::-1]))))

    @property
    def shortest(self) -> int | None:
        """Characters in the shortest word of the list; None if there are no words."""
        return int(self.forwards.least[0]) if self.forwards.ends.any() else None

    def near(self, words: EncodedWords, edits: int) -> Bool[np.ndarray, " words"]:
        """Tells for each word whether a word of the list is at most so many edits away."""
        found = np.zeros(len(words), bool)
        if self.shortest is None or not len(words):
            return found
        _Walk(self.forwards, words, edits, edits // 2, words.lengths // 2).run(found)
        if edits > 0:
            turned = EncodedWords(np.ascontiguousarray(words.tokens[::-1]))
            early = edits - edits // 2 - 1
            _Walk(self.backwards, turned, edits, early, (turned.lengths - 1) // 2).run(found[::-1])
        return found


class _Walk:
    """A walk of many words through a trie, with at most `early` of the `edits` in the first `half` letters of each."""

    def __init__(
        self, trie: WordTrie, words: EncodedWords, edits: int, early: int, half: Int[np.ndarray, " words"]
    ) -> None:
        self._trie, self._edits, self._early, self._half = trie, edits, early, half
        self._lengths, self._spelled = words.lengths, _spell(words, edits)
        self._cells = np.arange(2 * edits + 1)[:, None]

    def run(self, found: Bool[np.ndarray, " words"]) -> None:
        """Marks the words that are near; those marked before are left out."""
        word = np.flatnonzero(~found)
        rest = [(0, word, np.zeros(len(word), np.int32), self._begin(word))]
        while rest:
            depth, word, node, band = rest.pop()
            if len(word) > AT_ONCE:
                halves = np.array_split(np.arange(len(word)), 2)
                rest += [(depth, word[half], node[half], band[:, half]) for half in halves]
                continue
            # The cell of the whole word.
            last = self._lengths[word] - depth + self._edits
            found[word[self._arrived(node, band, last)]] = True
            kept = self._may_arrive(node, band, last) & ~found[word]
            parent, child = self._trie.children(node[kept])
            word = word[kept][parent]
            if len(word):
                rest.append((depth + 1, word, child, self._follow(depth, word, child, band[:, kept][:, parent])))

    def _begin(self, word: Int[np.ndarray, " pairs"]) -> Band:
        inserted = self._cells - self._edits
        edits = np.where(inserted < 0, self._edits + 1, inserted)
        return self._bound(0, word, np.repeat(edits.astype(np.uint8), len(word), axis=1))

    def _follow(
        self, depth: int, word: Int[np.ndarray, " pairs"], child: Int[np.ndarray, " pairs"], band: Band
    ) -> Band:
        """Returns the band at the children of nodes of this depth."""
        letters = self._spelled[word, depth : depth + len(band)].T
        after = np.minimum(band + (letters != self._trie.token[child]), self._edits + 1).astype(np.uint8)
        after[:-1] = np.minimum(after[:-1], band[1:] + 1)
        for cell in range(1, len(after)):
            after[cell] = np.minimum(after[cell], after[cell - 1] + 1)
        return self._bound(depth + 1, word, after)

    def _bound(self, depth: int, word: Int[np.ndarray, " pairs"], band: Band) -> Band:
        """Gives up ways with too many edits in the first half."""
        too_many = (band > self._early) & (self._cells + (depth - self._edits) <= self._half[word])
        band[too_many] = self._edits + 1
        return band

    def _arrived(
        self, node: Int[np.ndarray, " pairs"], band: Band, last: Int[np.ndarray, " pairs"]
    ) -> Bool[np.ndarray, " pairs"]:
        """Tells where the node is a word and the whole word is near to it."""
        at = np.flatnonzero(self._trie.ends[node] & (last >= 0) & (last < len(band)))
        result = np.zeros(len(node), bool)
        result[at] = band[last[at], at] <= self._edits
        return result

    def _may_arrive(
        self, node: Int[np.ndarray, " pairs"], band: Band, last: Int[np.ndarray, " pairs"]
    ) -> Bool[np.ndarray, " pairs"]:
        """Tells where the letters left over and those below the node are not too unequal in number."""
        least, most = self._trie.least[node], self._trie.most[node]
        result = np.zeros(len(node), bool)
        for row, edits in enumerate(band):
            left = last - row
            needed = np.maximum(np.maximum(left - most, least - left), 0)
            result |= (left >= 0) & (edits + needed <= self._edits)
        return result


def _spell(words: EncodedWords, edits: int) -> UInt32[np.ndarray, "words time"]:
    """Returns the words as rows, among so many places without a letter that bands may reach over both ends."""
    rows = np.full((len(words), words.longest + 4 * edits + 2), NO_LETTER, np.uint32)
    word = np.repeat(np.arange(len(words)), words.lengths)
    place = np.arange(len(word)) - np.repeat(words.lengths.cumsum() - words.lengths, words.lengths)
    rows[word, edits + place] = words.tokens[words.tokens > 0]
    return rows
