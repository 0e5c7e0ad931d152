"""Automata made small: states that no wanted word needs are dropped, and those that accept the same are merged."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int, Int32

DEAD = 0
ROUNDS = 100
"""Rounds of refinement after which states are left as they are; a chain takes as many as it has states."""

Moves = Int32[np.ndarray, "states vocab"]
Accepting = Bool[np.ndarray, " states"]
Reduced = tuple[Int32[np.ndarray, "kept vocab"], Bool[np.ndarray, " kept"], int]


@dataclass(frozen=True, eq=False)
class Edges:
    """The states that follow each state, those of state i from `first[i]` up to, not including, `first[i + 1]`."""

    first: Int[np.ndarray, " bounds"]
    target: Int[np.ndarray, " edges"]

    @classmethod
    def of(cls, moves: Moves) -> "Edges":
        """Returns the edges of the moves, each once; those to DEAD are left out."""
        return cls._sorted(*_pairs(moves), len(moves))

    @classmethod
    def backwards(cls, moves: Moves) -> "Edges":
        """Returns the edges of the moves, each in the opposite direction."""
        source, target = _pairs(moves)
        return cls._sorted(target, source, len(moves))

    @classmethod
    def _sorted(cls, source: Int[np.ndarray, " edges"], target: Int[np.ndarray, " edges"], states: int) -> "Edges":
        order = np.argsort(source, kind="stable")
        return cls(np.searchsorted(source[order], np.arange(states + 1)), target[order])

    def after(self, states: Int[np.ndarray, " some"]) -> Int[np.ndarray, " next"]:
        """Returns the states that follow, one for each edge."""
        counts = self.first[states + 1] - self.first[states]
        offsets = np.repeat(self.first[states] - np.cumsum(counts) + counts, counts)
        return self.target[offsets + np.arange(len(offsets))]

    def levels(self, begin: Int[np.ndarray, " some"]) -> Iterator[Int[np.ndarray, " level"]]:
        """Yields the states that are 0, 1, ... edges from the nearest of `begin`."""
        seen = np.zeros(len(self.first) - 1, bool)
        level = np.unique(begin)
        while len(level):
            seen[level] = True
            yield level
            level = np.unique(self.after(level))
            level = level[~seen[level]]

    def reached(self, begin: Int[np.ndarray, " some"]) -> Bool[np.ndarray, " states"]:
        """Marks the states that can be reached from those of `begin`."""
        mask = np.zeros(len(self.first) - 1, bool)
        for level in self.levels(begin):
            mask[level] = True
        return mask

    def longest_path(self, start: int) -> int | None:
        """Returns the edges on the longest path from `start`, which leads everywhere; None if there are circles."""
        waiting = np.bincount(self.target, minlength=len(self.first) - 1)
        if waiting[start]:
            return None
        level, length, done = np.array([start]), -1, 0
        while len(level):
            length, done = length + 1, done + len(level)
            states, entered = np.unique(self.after(level), return_counts=True)
            waiting[states] -= entered
            level = states[waiting[states] == 0]
        # DEAD is on no path.
        return length if done == len(waiting) - 1 else None


def _pairs(moves: Moves) -> tuple[Int[np.ndarray, " edges"], Int[np.ndarray, " edges"]]:
    source, token = np.nonzero(moves)
    return np.divmod(np.unique(source * len(moves) + moves[source, token]), len(moves))


def trim(moves: Moves, accepting: Accepting, start: int) -> Reduced:
    """Drops the states that `start` does not reach or that lead to no accepting one; state 0 is DEAD and stays."""
    kept = Edges.of(moves).reached(np.array([start])) & Edges.backwards(moves).reached(np.flatnonzero(accepting))
    kept[DEAD] = False
    number = np.where(kept, np.cumsum(kept), DEAD).astype(np.int32)
    kept[DEAD] = True
    return number[moves[kept]], accepting[kept], int(number[start])


def merge(moves: Moves, accepting: Accepting, start: int) -> Reduced:
    """Merges states from which the same words are accepted (Moore 1956); expects what `trim` returns.

    Rows are compared by hashes of 64 bits while classes are refined, and in full before states are merged.
    """
    random = np.random.default_rng(0)
    weights = random.integers(2**64, size=moves.shape[1], dtype=np.uint64)
    labels = random.integers(2**64, size=len(moves) + 2, dtype=np.uint64)
    classes, count = np.where(np.arange(len(moves)) == DEAD, 0, 1 + accepting), 0
    for _ in range(ROUNDS):
        rows = labels[classes][moves] @ weights + labels[classes] * weights[0]
        _, chosen, refined = np.unique(rows, return_index=True, return_inverse=True)
        if len(chosen) == count:
            break
        classes, count = refined, len(chosen)
    else:
        return moves, accepting, start
    first = np.sort(chosen)
    number = np.empty(count, np.int32)
    number[classes[first]] = np.arange(count)
    named = number[classes]
    same = (named[moves] == named[moves][first][named]).all() and (accepting == accepting[first][named]).all()
    return (named[moves[first]], accepting[first], int(named[start])) if same else (moves, accepting, start)
