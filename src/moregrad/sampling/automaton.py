"""Deterministic automata over the ids of a vocabulary: which words are wanted, and what may still come in one begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Int, Int32

from moregrad.data.encoded_words import EncodedWords
from moregrad.errors import ModelError
from moregrad.sampling.reduction import DEAD, Edges, merge, trim

MOST_STATES, MOST_MOVES = 2**16, 2**24
"""States and moves of the largest automaton: seconds to build, 64 MiB."""


@dataclass(frozen=True, eq=False)
class Automaton:
    """States joined by moves; a word is accepted if its ids lead from `start` to a state where a word may end.

    `moves[state, id]` is the next state, DEAD where no wanted word goes on so; the column of the boundary is unused and
    holds DEAD. Every state but DEAD can be reached from `start` and leads to an accepting one, and no two accept the
    same. If no word is wanted, DEAD is the only state and the start.
    """

    moves: Int32[np.ndarray, "states vocab"]
    accepting: Bool[np.ndarray, " states"]
    start: int

    @classmethod
    def of(
        cls, moves: Int[np.ndarray, "states vocab"], accepting: Bool[np.ndarray, " states"], start: int
    ) -> "Automaton":
        """Returns the smallest automaton that accepts the same words; state 0 of `moves` must be DEAD."""
        moves, accepting, start = trim(moves.astype(np.int32), accepting, start)
        return cls(*merge(moves, accepting, start))

    @property
    def vocab(self) -> int:
        """Ids of the vocabulary, the boundary included."""
        return self.moves.shape[1]

    @property
    def is_empty(self) -> bool:
        """True if no word is accepted."""
        return self.start == DEAD

    @cached_property
    def shortest(self) -> int | None:
        """Characters in the shortest word that is accepted; None if none is."""
        if self.is_empty:
            return None
        levels = Edges.of(self.moves).levels(np.array([self.start]))
        return next(length for length, states in enumerate(levels) if self.accepting[states].any())

    @cached_property
    def longest(self) -> int | None:
        """Characters in the longest word that is accepted; None if none is, or if words may have any length."""
        return None if self.is_empty else Edges.of(self.moves).longest_path(self.start)

    def accepts(self, words: EncodedWords) -> Bool[np.ndarray, " words"]:
        """Tells for each word whether it is accepted."""
        order = np.argsort(-words.lengths, kind="stable")
        lengths, starts = words.lengths[order], words.starts[order]
        states = np.full(len(words), self.start, np.int32)
        for position in range(words.longest):
            going = int(np.searchsorted(-lengths, -position))
            states[:going] = self.moves[states[:going], words.tokens[starts[:going] + 1 + position]]
        accepted = np.empty(len(words), bool)
        accepted[order] = self.accepting[states]
        return accepted

    def __and__(self, other: "Automaton") -> "Automaton":
        """Returns the automaton of the words that both accept; raises ModelError if it is too large."""
        if self.is_empty or other.is_empty:
            return nothing(self.vocab)
        pairs = [np.array([DEAD, self.start * len(other.moves) + other.start])]
        numbered, rows = pairs[0], []
        while len(pairs[-1]):
            check_size(len(numbered), self.vocab)
            left, right = np.divmod(pairs[-1], len(other.moves))
            both = self.moves[left].astype(np.int64) * len(other.moves) + other.moves[right]
            both[(self.moves[left] == DEAD) | (other.moves[right] == DEAD)] = DEAD
            rows.append(both)
            pairs.append(np.setdiff1d(both, numbered))
            numbered = np.union1d(numbered, pairs[-1])
        found = np.concatenate(pairs)
        left, right = np.divmod(found, len(other.moves))
        # `numbered` is sorted, `found` in the order of discovery: both name every pair once.
        place = np.empty(len(found), np.int32)
        place[np.searchsorted(numbered, found)] = np.arange(len(found))
        moves = place[np.searchsorted(numbered, np.concatenate(rows))]
        return Automaton.of(moves, self.accepting[left] & other.accepting[right], 1)

    def complement(self) -> "Automaton":
        """Returns the automaton of the words that this one does not accept."""
        # DEAD becomes a state in which every word ends well.
        moves = np.vstack([np.zeros((1, self.vocab), np.int32), self.moves + 1])
        moves[:, 0] = DEAD
        return Automaton.of(moves, np.concatenate([[False], ~self.accepting]), self.start + 1)


def check_size(states: int, vocab: int) -> None:
    """Raises ModelError for an automaton with more states than MOST_STATES or more moves than MOST_MOVES."""
    most = min(MOST_STATES, MOST_MOVES // vocab)
    if states > most:
        raise ModelError(
            f"what is wanted of the words is too intricate: it takes an automaton of more than {most:,} states; "
            "want less at once, or shorter words"
        )


def nothing(vocab: int) -> Automaton:
    """Returns the automaton that accepts no word."""
    return Automaton(np.zeros((1, vocab), np.int32), np.zeros(1, bool), DEAD)


def everything(vocab: int) -> Automaton:
    """Returns the automaton that accepts every word, the empty one included."""
    return nothing(vocab).complement()


def lengths(vocab: int, least: int, most: int | None) -> Automaton:
    """Returns the automaton of the words of `least` to `most` characters, or of any number from `least` if None."""
    states = (least if most is None else most) + 2
    check_size(states, vocab)
    moves = np.zeros((states, vocab), np.int32)
    moves[1:-1, 1:] = np.arange(2, states)[:, None]
    moves[-1, 1:] = DEAD if most is not None else states - 1
    return Automaton.of(moves, np.arange(states) > least, 1)


def words(encoded: EncodedWords, vocab: int) -> Automaton:
    """Returns the automaton of the words of a list; raises ModelError if it is too large."""
    nodes: dict[tuple[int, int], int] = {}
    ends = set()
    for start, length in zip(encoded.starts.tolist(), encoded.lengths.tolist(), strict=True):
        state = 1
        for token in encoded.tokens[start + 1 : start + 1 + length].tolist():
            state = nodes.setdefault((state, token), len(nodes) + 2)
        ends.add(state)
    check_size(len(nodes) + 2, vocab)
    moves = np.zeros((len(nodes) + 2, vocab), np.int32)
    if nodes:
        moves[tuple(np.array(list(nodes)).T)] = list(nodes.values())
    return Automaton.of(moves, np.isin(np.arange(len(moves)), list(ends)), 1)


def from_nfa(letters: Bool[np.ndarray, "positions vocab"], follow: Sequence[int], last: int) -> Automaton:
    """Returns the automaton of a nondeterministic one, by the construction of subsets; ModelError if it is too large.

    A position is entered by the ids that its row of `letters` allows, from the positions in whose bit set of `follow`
    it is. All words begin at position 0, which has no letters, and end at a position in the bit set `last`.
    """
    letters = letters & (np.arange(letters.shape[1]) > 0)
    kinds, kind = np.unique(letters, axis=1, return_inverse=True)
    entered = [sum(1 << int(position) for position in np.flatnonzero(column)) for column in kinds.T]
    numbers = {0: DEAD, 1: 1}
    rows = [[DEAD] * len(entered)]
    for subset in (found := [1]):
        check_size(len(numbers), letters.shape[1])
        after = _union(follow, subset)
        row = []
        for mask in entered:
            if (reached := after & mask) not in numbers:
                numbers[reached] = len(numbers)
                found.append(reached)
            row.append(numbers[reached])
        rows.append(row)
    accepting = np.array([bool(subset & last) for subset in numbers])
    return Automaton.of(np.array(rows, np.int32)[:, kind.reshape(-1)], accepting, 1)


def _union(follow: Sequence[int], subset: int) -> int:
    """Returns the union of what follows each position of `subset`."""
    result = 0
    while subset:
        lowest = subset & -subset
        result |= follow[lowest.bit_length() - 1]
        subset ^= lowest
    return result
