"""The most probable words of a model, exactly and in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float64, Integer

from moregrad.data.vocabulary import BOUNDARY
from moregrad.models.model import Model
from moregrad.sampling.automaton import Automaton
from moregrad.sampling.best_words import BestWords, Test
from moregrad.sampling.cuts import MEMORY, Cuts
from moregrad.sampling.expansion import Expansion
from moregrad.sampling.free import check_prefix
from moregrad.sampling.prefixes import Pair, Pile, Prefixes

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
    looks at every prefix within a limit in nats, and so finds every word within it: these are proven to come before all
    others. The next round has a greater limit, until there are as many words as are wanted. It goes on from the
    prefixes that were cut off as long as those fit into memory, as best-first search does but for the order within a
    round; and else begins anew, keeping no more than a path of batches: iterative deepening (Korf 1985). Limits are
    taken from the prefixes that were cut off, so that the work grows geometrically (Sarkar et al. 1991).

    The bound is tightened by all that is known without asking the model: words found but not yet proven, which as many
    as are wanted must equal; prefixes that no wanted word within `longest` characters begins with; and among equally
    probable words the order of their lengths.
    """

    def __init__(
        self,
        model: Model,
        automaton: Automaton,
        prefix: Integer[np.ndarray, " prefix"],
        *,
        longest: int,
        memory: int = MEMORY,
    ) -> None:
        check_prefix(prefix, longest)
        self._automaton, self._memory = automaton, memory
        self._expansion = Expansion(model, automaton.vocab)
        self._ends = longest - _shortest_ends(automaton)
        self._root, self._states = self._walk(prefix)

    def __call__(self, count: int, wanted: Test, *, most: int) -> Iterator[Progress]:
        """Yields the state of the search for the `count` first words that are `wanted`, after every batch of prefixes.

        It ends, done or not, before it has looked at many more than `most` prefixes.
        """
        root = [(self._root, self._states)]
        best, cuts, begun, size, looked_at = BestWords(count, wanted), self._cut(float(self._root.nats[0])), root, 0, 0
        proven, is_done = best.words(), not (count and np.isfinite(cuts.limit))
        while not is_done and looked_at < most:
            before = looked_at
            for looked_at in self._round(begun, best, cuts, before):
                yield Progress(looked_at, proven)
                if looked_at >= most:
                    return
            found, size, again = best.words(), size + looked_at - before, 0
            proven = found.take(found.nats <= cuts.limit) if cuts.any else found
            is_done = len(proven) == count or not cuts.any
            begun = cuts.kept
            if begun is None:
                best, begun, size, again = BestWords(count, wanted, best.bound), root, 0, size
            room = int(SAFELY * (most - looked_at - again))
            if not is_done and room <= 0:
                break
            aim = min(max(self._expansion.batch, (GROWTH - 1) * (size or again)), room)
            cuts = self._cut(min(cuts.next(aim), best.bound.nats))
        yield Progress(looked_at, proven, is_done)

    def _round(self, begun: Sequence[Pair], best: BestWords, cuts: Cuts, looked_at: int) -> Iterator[int]:
        """Finds all words within the limit of `cuts` that begin with prefixes of `begun`, which have their states.

        Yields how many prefixes have been looked at, `looked_at` of them before.
        """
        pile = Pile()
        for prefixes, states in begun:
            possible = prefixes.take(best.bound.admits(prefixes.nats, prefixes.lengths))
            _file(possible, states, pile, cuts)
        while taken := pile.pop(self._expansion.batch, best.bound.nats):
            prefixes, states = taken
            looked_at += len(prefixes)
            nats, states = self._expansion(states, prefixes.last)
            nats += prefixes.nats[:, None]
            can_end = self._automaton.accepting[prefixes.place] & (prefixes.lengths > 0)
            words = prefixes.with_nats(np.where(can_end, nats[:, BOUNDARY], np.inf))
            best.add(words.take(best.bound.admits(words.nats, words.lengths)))
            _file(self._extend(prefixes, nats, best), states, pile, cuts)
            yield looked_at

    def _cut(self, limit: float) -> Cuts:
        return Cuts(limit, memory=self._memory)

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


def _file(prefixes: Prefixes, states: Any, pile: Pile, cuts: Cuts) -> None:
    """Puts prefixes within the limit of `cuts` on the pile, and leaves the others to `cuts`."""
    within = prefixes.nats <= cuts.limit
    pile.push(prefixes.take(within), states)
    cuts.add(prefixes.take(~within), states)


def _shortest_ends(automaton: Automaton) -> Float64[np.ndarray, " states"]:
    """Returns how many more characters the shortest accepted word has from each state; infinitely many from DEAD."""
    shortest = np.where(automaton.accepting, 0.0, np.inf)
    while True:
        shorter = np.minimum(shortest, 1 + shortest[automaton.moves[:, 1:]].min(axis=1, initial=np.inf))
        if np.array_equal(shorter, shortest):
            return shortest
        shortest = shorter
