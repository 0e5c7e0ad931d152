"""Automata and words of few letters, for tests by enumeration."""

from itertools import product

from hypothesis import strategies as st

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.sampling.automaton import Automaton, words

LETTERS = Vocabulary("abc")
ALL = ["".join(word) for length in range(7) for word in product("abc", repeat=length)]
"""Every word of at most six letters."""
ENCODED = EncodedWords.of(ALL, LETTERS)

sets_of_words = st.sets(st.text("abc", max_size=6), max_size=12)


def automaton_of(listed: set[str]) -> Automaton:
    return words(EncodedWords.of(sorted(listed), LETTERS), len(LETTERS))


def language(automaton: Automaton) -> set[str]:
    """The words of at most six letters that are accepted."""
    return {word for word, accepted in zip(ALL, automaton.accepts(ENCODED), strict=True) if accepted}
