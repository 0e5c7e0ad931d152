"""The product of an automaton and the histories of counts: what is still wanted of a word, and what will be likely."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Int32

from moregrad.data.vocabulary import BOUNDARY
from moregrad.ngrams.histories import Histories
from moregrad.sampling.automaton import Automaton
from moregrad.sampling.reduction import DEAD

ENDED, BEGUN = 1, 2
"""The pair of a word that has ended as wanted, and that of a word of which nothing has come yet."""

Some = Int32[np.ndarray, " some"]


@dataclass(frozen=True, eq=False)
class Product:
    """The pairs of a state of the automaton and a history of the counts that a word can reach.

    `after[pair, w]` is the pair that token w leads to: DEAD if no wanted word goes on so, ENDED for the boundary where
    a word may end. No word is empty: BEGUN is of its own, whatever state and history it has, and does not end.
    """

    after: Int32[np.ndarray, "pairs vocab"]
    state: Int32[np.ndarray, " pairs"]
    history: Int32[np.ndarray, " pairs"]

    @classmethod
    def of(cls, automaton: Automaton, histories: Histories, *, most: int) -> "Product | None":
        """Finds the pairs breadth first; returns None if there are more than `most` moves between them."""
        number = np.zeros(len(automaton.moves) * len(histories), np.int32)
        state, history = np.array([automaton.start], np.int32), np.array([histories.start], np.int32)
        states, reached, rows = [np.zeros(2, np.int32)], [np.zeros(2, np.int32)], [_settled(histories.vocab)]
        known = BEGUN
        while len(state):
            known += len(state)
            if known * histories.vocab > most:
                return None
            moves, after = automaton.moves[state].astype(np.int64), histories.after[history]
            pairs = np.where(moves == DEAD, DEAD, moves * len(histories) + after)
            states.append(state)
            reached.append(history)
            fresh = _number(pairs[number[pairs] == 0], number, known)
            rows.append(number[pairs])
            rows[-1][:, BOUNDARY] = np.where(automaton.accepting[state], ENDED, DEAD)
            state, history = (part.astype(np.int32) for part in np.divmod(fresh, len(histories)))
        rows[1][0, BOUNDARY] = DEAD
        return cls(np.concatenate(rows), np.concatenate(states), np.concatenate(reached))

    def __len__(self) -> int:
        return len(self.after)


def _settled(vocab: int) -> Int32[np.ndarray, "2 vocab"]:
    """Returns the moves of the pairs that nothing leads out of: DEAD, and ENDED, which stays as it is."""
    rows = np.full((2, vocab), DEAD, np.int32)
    rows[ENDED, BOUNDARY] = ENDED
    return rows


def _number(pairs: np.ndarray, number: np.ndarray, known: int) -> np.ndarray:
    """Numbers the distinct ones of `pairs` from `known` on, and returns them; DEAD keeps number 0.

    Of equal pairs the one written last stays: many times faster than sorting them.
    """
    order = np.arange(len(pairs), dtype=np.int32)
    number[pairs] = order
    fresh = pairs[(number[pairs] == order) & (pairs != DEAD)]
    number[fresh] = np.arange(known, known + len(fresh), dtype=np.int32)
    number[DEAD] = DEAD
    return fresh
