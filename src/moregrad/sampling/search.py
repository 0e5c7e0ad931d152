"""The most probable words of a model, exactly and in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float64, Integer

from moregrad.data.vocabulary import BOUNDARY
from moregrad.errors import ModelError
from moregrad.models.model import Model
from moregrad.sampling.automaton import Automaton
from moregrad.sampling.best_words import BestWords, Wanted
from moregrad.sampling.cuts import Cuts
from moregrad.sampling.expansion import Expansion
from moregrad.sampling.prefixes import Prefixes, Stack

GROWTH = 3
"""Prefixes of a round for every one of the round before."""
SAFELY = 0.8
"""Share of the prefixes that may still be looked at that a last round is planned for; one that is broken off proves
nothing."""


@dataclass(frozen=True, eq=False)
class Progress:
    """The state of a search: prefixes looked at in all rounds, and the words proven to come first, in order.

    `words` are at most as many as asked for; `is_done` tells that these are all that there are, or all that were asked
    for.
    """

    looked_at: int
    words: Prefixes
    is_done: bool = False


class Search:
    """The search for the most probable words of at most `longest` characters that `automaton` accepts.

    No word is more probable than any of its prefixes, which therefore bound all words that begin with them. A round
    looks at every prefix within a bound in nats, and so finds every word within it: these are proven to come before all
    others. Rounds begin anew with a greater bound until they have as many words as are wanted: iterative deepening
    (Korf 1985), which looks at prefixes in the order of best-first search, but for those of one round, and keeps no
    more than a path of batches in memory. The next bound is taken from the prefixes that the last one cut off, so that
    the work grows geometrically (Sarkar et al. 1991).

    The bound is tightened by all that is known without asking the model: words found but not yet proven, which as many
    as are wanted must equal; prefixes that no wanted word within `longest` characters begins with; and among equally
    probable words the order of their lengths.
    """

    def __init__(
        self, model: Model, automaton: Automaton, prefix: Integer[np.ndarray, " prefix"], *, longest: int
    ) -> None:
        if len(prefix) > longest:
            raise ModelError(f"a prefix of {len(prefix)} characters does not fit in words of at most {longest}")
        self._automaton, self._longest = automaton, longest
        self._expansion = Expansion(model, automaton.vocab)
        self._ends = longest - _shortest_ends(automaton)
        self._root, self._states = self._walk(prefix)

    def __call__(self, count: int, wanted: Wanted, *, most: int) -> Iterator[Progress]:
        """Yields the state of the search for the `count` first words that are `wanted`, after every batch of prefixes.

        It ends, done or not, before it has looked at many more than `most` prefixes.
        """
        looked_at, limit, best = 0, float(self._root.nats[0]), BestWords(count, wanted)
        proven, is_done = best.words(), not (count and np.isfinite(limit))
        while not is_done and looked_at < most:
            best, cuts, before = BestWords(count, wanted, best.bound), Cuts(limit), looked_at
            for looked_at in self._round(limit, best, cuts, before):
                yield Progress(looked_at, proven)
                if looked_at >= most:
                    return
            found, size = best.words(), looked_at - before
            proven = found.take(found.nats <= limit) if cuts.any else found
            is_done = len(proven) == count or not cuts.any
            room = int(SAFELY * (most - looked_at - size))
            if not is_done and room <= 0:
                break
            limit = min(cuts.next(min(max(self._expansion.batch, (GROWTH - 1) * size), room)), best.bound.nats)
        yield Progress(looked_at, proven, is_done)

    def _round(self, limit: float, best: BestWords, cuts: Cuts, looked_at: int) -> Iterator[int]:
        """Finds all words of at most `limit` nats; yields how many prefixes have been looked at, in all rounds."""
        stack = Stack()
        stack.push(self._root, self._states)
        while taken := stack.pop(self._expansion.batch, min(limit, best.bound.nats)):
            prefixes, states = taken
            looked_at += len(prefixes)
            nats, states = self._expansion(states, prefixes.last)
            nats += prefixes.nats[:, None]
            ends = np.where(
                self._automaton.accepting[prefixes.place] & (prefixes.lengths > 0), nats[:, BOUNDARY], np.inf
            )
            words = prefixes.with_nats(ends)
            best.add(words.take(best.bound.admits(words.nats, words.lengths)))
            children = self._extend(prefixes, nats, best)
            cuts.add(children.nats)
            stack.push(children.take(children.nats <= limit), states)
            yield looked_at

    def _extend(self, prefixes: Prefixes, nats: Float64[np.ndarray, "prefixes vocab"], best: BestWords) -> Prefixes:
        """Returns the prefixes that are one character longer and may begin a word that is wanted."""
        place = self._automaton.moves[prefixes.place]
        lengths = prefixes.lengths[:, None] + 1
        possible = (lengths <= self._ends[place]) & best.bound.admits(nats, lengths)
        possible[:, BOUNDARY] = False
        row, token = np.nonzero(possible)
        return prefixes.extend(row, token, nats[row, token], place[row, token])

    def _walk(self, prefix: Integer[np.ndarray, " prefix"]) -> tuple[Prefixes, Any]:
        """Returns `prefix` with the states before its last character."""
        one = np.zeros(1, np.int64)
        at = Prefixes(np.zeros((1, 1), np.uint32), one, np.zeros(1), one + self._automaton.start, one)
        states = self._expansion.begin()
        for token in prefix.astype(np.int64):
            nats, states = self._expansion(states, at.last)
            place = self._automaton.moves[at.place, token]
            cost = np.where(at.lengths + 1 <= self._ends[place], nats[:1, token], np.inf)
            at = at.extend(one, np.array([token]), at.nats + cost, place)
        return at, states


def _shortest_ends(automaton: Automaton) -> Float64[np.ndarray, " states"]:
    """Returns how many more characters the shortest accepted word has from each state; infinitely many from DEAD."""
    shortest = np.where(automaton.accepting, 0.0, np.inf)
    while True:
        shorter = np.minimum(shortest, 1 + shortest[automaton.moves[:, 1:]].min(axis=1, initial=np.inf))
        if np.array_equal(shorter, shortest):
            return shortest
        shortest = shorter
