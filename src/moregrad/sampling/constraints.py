"""The wishes for words as one automaton and as tests of whole words."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.sampling.automaton import Automaton, lengths
from moregrad.sampling.ban import Ban
from moregrad.sampling.edits import Neighbours
from moregrad.sampling.options import Wanted
from moregrad.sampling.wishes import Wish, combine, read_wishes

Filter = Callable[[EncodedWords], Bool[np.ndarray, " words"]]


@dataclass(frozen=True)
class Constraints:
    """The words that are wanted: those that `automaton` accepts and that pass all `filters`.

    The automaton is None if nothing is asked for that it could tell; it accepts no empty word. Filters are what no
    small automaton can hold; they are slow, so that they best see few words.
    """

    automaton: Automaton | None = None
    filters: tuple[Filter, ...] = ()

    @classmethod
    def of(
        cls,
        options: Wanted,
        vocabulary: Vocabulary,
        *,
        longest: int,
        ban: Ban | None = None,
        neighbours: Neighbours | None = None,
    ) -> "Constraints":
        """Reads the constraints among `options` on words of at most `longest` characters.

        `ban` holds the words that its option names, and `neighbours` the list for `unlike`. Raises ConfigurationError
        for what cannot be understood and for wishes that exclude one another, AlphabetError for characters outside the
        vocabulary, ModelError for what is too intricate.
        """
        wishes, filters = list(read_wishes(options, vocabulary, longest=longest)), []
        if ban is not None:
            known = ban.within(vocabulary)
            if known.is_small:
                wishes.append(Wish("ban", options.ban, known.automaton(vocabulary)))
            else:
                filters.append(known.test(vocabulary))
        if options.unlike and neighbours is not None and neighbours.shortest is not None:
            # A word shorter than the wish is no further from a listed one that is as short.
            if neighbours.shortest < options.unlike:
                far = lengths(len(vocabulary), min(options.unlike, longest + 1), None)
                wishes.append(Wish("unlike", options.unlike, far))
            filters.append(lambda words: ~neighbours.near(words, options.unlike - 1))
        asked = any(wish.name != "prefix" for wish in wishes)
        return cls(combine(wishes, len(vocabulary), longest=longest) if asked else None, tuple(filters))

    def passes(self, words: EncodedWords) -> Bool[np.ndarray, " words"]:
        """Tells which words pass the filters."""
        return np.logical_and.reduce([np.ones(len(words), bool), *(passes(words) for passes in self.filters)])


UNCONSTRAINED = Constraints()
