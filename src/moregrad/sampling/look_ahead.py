"""The probability that a word begun becomes a wanted one: exact, backward from the greatest length, as counts have it.

With q(w | h) the probability that token w is drawn after history h, and t tokens come so far,

    ahead_t(state, h) = sum over w of q(w | h) ahead_t+1(state after w, history after w),    ahead_t(ended) = 1,

the backward half of the forward-backward algorithm, over pairs of a state and a history.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Float64, Int

from moregrad.ngrams.histories import Histories
from moregrad.sampling.automaton import Automaton
from moregrad.sampling.product import BEGUN, ENDED, Product
from moregrad.sampling.reduction import Edges

CHUNK = 2**16
"""Pairs handled at a time, so that temporary arrays stay small."""

LARGEST_EXPONENT = 700.0
"""Beyond it the exponential of a float64 overflows."""


@dataclass(frozen=True, eq=False)
class LookAhead:
    """`values[t]`, times exp(`scales[t]`), are the probabilities of `pairs[t]` to become wanted words.

    `pairs[t]` are all pairs of `product` that a word of t characters can have and still become a wanted one in time.
    `drawn[h, w]` is q(w | h). The first `forced` characters are not drawn: the automaton alone says what they are.
    """

    product: Product
    drawn: Float[np.ndarray, "histories vocab"]
    forced: int
    pairs: list[Int[np.ndarray, "_"]]
    values: list[Float64[np.ndarray, "_"]]
    scales: list[float]

    @property
    def is_impossible(self) -> bool:
        """True if no wanted word has any probability."""
        return not self.values[0].any()

    def at(self, length: int) -> Float64[np.ndarray, " pairs"]:
        """Returns the values of all pairs for words of `length` characters, which have `scales[length]` in common."""
        values = np.zeros(len(self.product))
        if length < len(self.pairs):
            values[self.pairs[length]] = self.values[length]
        values[ENDED] = np.exp(min(-self.scales[length], LARGEST_EXPONENT))
        return values

    def weigh(
        self, pair: Int[np.ndarray, " some"], length: int, after: Float64[np.ndarray, " pairs"]
    ) -> Float64[np.ndarray, "some vocab"]:
        """Returns what each next token of words of `length` characters adds to the sum; `after` is `at(length + 1)`."""
        values = after[self.product.after[pair]]
        return values if length < self.forced else values * self.drawn[self.product.history[pair]]


def look_ahead(
    automaton: Automaton,
    histories: Histories,
    product: Product,
    drawn: Float[np.ndarray, "histories vocab"],
    *,
    longest: int,
    forced: int = 0,
) -> LookAhead:
    """Looks ahead from every pair of `product`, over words of at most `longest` characters."""
    pairs = _pairs_by_length(automaton, histories, product, longest)
    result = LookAhead(product, drawn, forced, pairs, [np.zeros(0)] * (longest + 1), [0.0] * (longest + 2))
    for length in range(longest, -1, -1):
        after, scale, values = result.at(length + 1), result.scales[length + 1], np.empty(len(pairs[length]))
        for start in range(0, len(values), CHUNK):
            some = slice(start, start + CHUNK)
            values[some] = result.weigh(pairs[length][some], length, after).sum(axis=1)
        largest = values.max(initial=0) or 1.0
        result.values[length] = values / largest
        result.scales[length] = scale + float(np.log(largest))
    return result


def _pairs_by_length(
    automaton: Automaton, histories: Histories, product: Product, longest: int
) -> list[Int[np.ndarray, "_"]]:
    """Returns the pairs that a word of 0, 1, ... characters can have and still be a wanted one of at most `longest`."""
    edges, missing = Edges.of(automaton.moves), np.full(len(automaton.moves), longest + 1)
    for distance, states in enumerate(Edges.backwards(automaton.moves).levels(np.flatnonzero(automaton.accepting))):
        missing[states] = distance
    # A history that opens the word has come about in one way; any other is behind at least as many characters.
    earliest = histories.length - histories.opening
    drawn, states, result = np.arange(BEGUN + 1, len(product)), np.array([automaton.start]), [np.array([BEGUN])]
    state, history = product.state[drawn], product.history[drawn]
    for length in range(1, longest + 1):
        states = np.unique(edges.after(states))
        live = np.zeros(len(automaton.moves), bool)
        live[states] = missing[states] <= longest - length
        possible = live[state] & np.where(histories.opening, earliest == length, earliest <= length)[history]
        result.append(drawn[possible])
    return result
