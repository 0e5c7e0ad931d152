"""Automata, against sets of words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moregrad.data.encoded_words import EncodedWords
from moregrad.data.vocabulary import Vocabulary
from moregrad.errors import ModelError
from moregrad.sampling.automaton import DEAD, Automaton, everything, from_nfa, lengths, nothing, words
from sampling.automata import ALL, LETTERS, automaton_of, language, sets_of_words

VOCAB = len(LETTERS)


def check_form(automaton: Automaton) -> None:
    """Checks that every state is reached and leads to an end, and that the boundary and DEAD lead nowhere."""
    assert automaton.moves.dtype == np.int32
    assert not automaton.moves[:, 0].any()
    assert not automaton.moves[DEAD].any()
    assert not automaton.accepting[DEAD]
    reached, ending = {automaton.start}, set(np.flatnonzero(automaton.accepting).tolist())
    for _ in automaton.moves:
        reached |= set(automaton.moves[sorted(reached)].ravel().tolist())
        ending |= set(np.flatnonzero(np.isin(automaton.moves, sorted(ending)).any(axis=1)).tolist())
    states = set(range(1, len(automaton.moves)))
    assert reached - {DEAD} == ending == states


@given(sets_of_words)
def test_the_words_of_a_list_and_no_others_are_accepted(listed: set[str]):
    automaton = automaton_of(listed)
    check_form(automaton)
    assert language(automaton) == listed
    assert automaton.is_empty == (not listed)
    assert automaton.shortest == min(map(len, listed), default=None)
    assert automaton.longest == max(map(len, listed), default=None)


@given(sets_of_words, sets_of_words)
def test_a_product_accepts_what_both_accept(one: set[str], other: set[str]):
    both = automaton_of(one) & automaton_of(other)
    check_form(both)
    assert language(both) == one & other
    rest = automaton_of(one) & automaton_of(other).complement()
    check_form(rest)
    assert language(rest) == one - other
    assert rest.longest == max(map(len, one - other), default=None)


@given(sets_of_words)
def test_a_complement_accepts_all_other_words_of_any_length(listed: set[str]):
    rest = automaton_of(listed).complement()
    check_form(rest)
    assert language(rest) == set(ALL) - listed
    assert rest.longest is None
    assert rest.shortest == min(len(word) for word in ALL if word not in listed)


@given(sets_of_words)
def test_an_automaton_is_as_small_as_its_language_allows(listed: set[str]):
    prefixes = {word[:length] for word in listed for length in range(len(word) + 1)}
    endings = {frozenset(word[len(prefix) :] for word in listed if word.startswith(prefix)) for prefix in prefixes}
    assert len(automaton_of(listed).moves) == 1 + len(endings)


@given(st.integers(0, 5), st.none() | st.integers(0, 5))
def test_words_of_some_lengths(least: int, most: int | None):
    automaton = lengths(VOCAB, least, most)
    check_form(automaton)
    assert language(automaton) == {word for word in ALL if least <= len(word) <= (6 if most is None else most)}
    if not automaton.is_empty:
        assert (automaton.shortest, automaton.longest) == (least, most)


def test_nothing_and_everything():
    assert nothing(VOCAB).is_empty
    assert (nothing(VOCAB).shortest, nothing(VOCAB).longest) == (None, None)
    assert (nothing(VOCAB) & everything(VOCAB)).is_empty
    assert nothing(VOCAB).complement().longest is None
    assert language(everything(VOCAB)) == set(ALL)
    assert everything(VOCAB).shortest == 0
    assert not everything(VOCAB).is_empty
    assert everything(VOCAB).complement().is_empty


def test_an_empty_list_of_words_has_no_answers():
    assert everything(VOCAB).accepts(EncodedWords.of([], LETTERS)).tolist() == []


def test_a_vocabulary_without_characters_has_the_empty_word_alone():
    assert everything(1).longest == 0
    assert everything(1).accepts(EncodedWords.of([""], Vocabulary(""))).tolist() == [True]


def test_subsets_of_positions_are_states():
    # (a|ab)c* by hand: positions a, a, b, c.
    letters = np.zeros((5, VOCAB), bool)
    letters[[1, 2, 3, 4], [1, 1, 2, 3]] = True
    automaton = from_nfa(letters, [0b00110, 0b10000, 0b01000, 0b10000, 0b10000], 0b11010)
    check_form(automaton)
    assert language(automaton) == {start + "c" * count for start in ("a", "ab") for count in range(7 - len(start))}


def test_long_chains_are_measured():
    automaton = lengths(VOCAB, 3000, 5000) & lengths(VOCAB, 0, 4000)
    assert (automaton.shortest, automaton.longest) == (3000, 4000)


def test_an_automaton_that_would_fill_the_memory_is_refused():
    with pytest.raises(ModelError, match="too intricate: it takes an automaton of more than 65,536 states"):
        lengths(VOCAB, 0, 2**16)
    # The third letter of the last twenty: a state for every subset of them.
    letters = np.ones((24, VOCAB), bool)
    letters[2] = np.arange(VOCAB) == 1
    follow = [0b110, 0b110, *(1 << position for position in range(3, 24)), 0]
    with pytest.raises(ModelError, match="want less at once"):
        from_nfa(letters, follow, 1 << 23)


def test_large_vocabularies_have_their_words():
    vocabulary = Vocabulary("".join(map(chr, range(0x4E00, 0x4E00 + 5000))))
    listed = EncodedWords.of(["一丁", "丁", "七丄丅"], vocabulary)
    assert words(listed, len(vocabulary)).accepts(listed).all()
