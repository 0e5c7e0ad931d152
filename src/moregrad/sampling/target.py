"""The wishes for words as the draws need them, and the look-ahead of counts on it, if it fits in memory."""

from dataclasses import dataclass

import jax
import numpy as np
from jaxtyping import Integer

from moregrad.models.ngram import NGramModel
from moregrad.ngrams.histories import Histories, count_histories
from moregrad.sampling.automaton import Automaton
from moregrad.sampling.look_ahead import LookAhead, look_ahead
from moregrad.sampling.options import Sampling
from moregrad.sampling.product import Product
from moregrad.sampling.rows import changes_nothing, drawn_with


@dataclass(frozen=True, eq=False)
class Target:
    """Words that `automaton` accepts, of at most `longest` characters, drawn with `options`.

    The characters of `prefix` are given, not drawn, whatever their probability; the automaton accepts no other.
    """

    automaton: Automaton
    options: Sampling
    prefix: Integer[np.ndarray, " prefix"]
    longest: int

    def look_ahead(self, counts: NGramModel, *, order: int, most: int, open_to: float = 0.0) -> LookAhead | None:
        """Looks ahead with the n-grams of at most `order` tokens of `counts`; None if that takes over `most` numbers.

        A share of `open_to` of each probability is drawn with `options` left aside.
        """
        tables = jax.tree.map(np.asarray, counts.tables)
        histories = count_histories(tables.trie, order)
        if histories * max(counts.vocab, len(self.automaton.moves)) > most:
            return None
        found = Histories.of(tables.trie, tables.gain, tables.weight, counts.vocab, order=order)
        product, allowed = Product.of(self.automaton, found, most=most), self.automaton.longest
        longest = self.longest if allowed is None else min(self.longest, allowed)
        if product is None or len(product) * longest > most:
            return None
        drawn = drawn_with(found.probability, self.options)
        if open_to and not changes_nothing(self.options):
            drawn = (1 - open_to) * drawn + open_to * found.probability
        return look_ahead(self.automaton, found, product, drawn, longest=longest, forced=len(self.prefix))
